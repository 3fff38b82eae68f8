"""The words around a table: its title, the lines under it, its notes, and those of its sheet and file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.lexicon.headers import looks_like_note, looks_like_title
from wpmi_lint.tables.numbers import EMPTY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.layouts import Layout
    from wpmi_lint.model import Mask, Range
    from wpmi_lint.tables.body import Frame
    from wpmi_lint.tables.cells import Grid

_LINES = 20_000  # rows of words around one table that are read
_CELLS = 50  # cells of a row that are read


class Nearby(NamedTuple):
    """Words around a table, with what they are and where they stand."""

    words: str
    why: str
    cell: tuple[int, int] | None = None


class Placed(NamedTuple):
    """A frame with the layout that speaks of it; `alone`: no other table stands beside it."""

    frame: Frame
    alone: bool
    layout: Layout | None = None
    marking: tuple[Nearby, ...] = ()  # words of a label column
    part: str = ""  # tells tables of one range apart, which a label column marks differently


class Around(NamedTuple):
    """Words around one table."""

    title: str
    own: tuple[Nearby, ...]  # title first, then the other lines above the headers
    notes: tuple[Nearby, ...]  # below the body
    names: tuple[Nearby, ...]  # sheet name, file name

    @property
    def holding(self) -> str:
        """The title whose words hold for the figures: its own, or that of the table above."""
        return self.title or next((line.words for line in self.own if line.why == "title of the table above"), "")


def lines(grid: Grid, area: Range, why: str, *, only: Mask | None = None) -> list[Nearby]:
    """The rows of words of an area, one entry a row, its cells joined by a space.

    only: the cells to take, in the shape of the sheet.
    """
    nearby = []
    for row in range(area.top, min(area.bottom + 1, area.top + _LINES)):
        cells = grid.kind[row] != EMPTY if only is None else only[row]
        cols = np.flatnonzero(cells[area.left : area.right + 1]).tolist()
        if cols:
            words = " ".join(grid.text(row, area.left + col) for col in cols[:_CELLS])
            nearby.append(Nearby(words, why, (row, area.left + cols[0])))
    return nearby


def around(grid: Grid, placed: Placed, file_name: str) -> Around:
    """What stands around a table."""
    frame, sheet = placed.frame, grid.sheet
    area = frame.area
    if placed.alone:
        area = area._replace(left=0, right=grid.kind.shape[1] - 1)
    above = lines(grid, area._replace(top=frame.preface, bottom=frame.top - 1), "title")
    notes = lines(grid, area._replace(top=area.bottom + 1, bottom=frame.until - 1), "note")
    own = _title_first(above) or _title_in_stub(grid, frame)
    if sheet.title:
        own = [Nearby(sheet.title, "title"), *own]
    own += [Nearby(note, "note") for note in sheet.notes]
    title = own[0].words if own and own[0].why == "title" else ""
    return Around(title=title, own=tuple(own), notes=tuple(notes), names=names(sheet.name, file_name))


def _title_in_stub(grid: Grid, frame: Frame) -> list[Nearby]:
    """A title that stands in the first cell of the header row."""
    if not frame.header or not frame.stub:
        return []
    cell = (frame.header[0], frame.stub[0])
    words = grid.text(*cell)
    return [Nearby(words, "title", cell)] if looks_like_title(words) else []


def names(sheet_name: str, file_name: str) -> tuple[Nearby, ...]:
    """Sheet name and file name as words."""
    own = [Nearby(sheet_name, "sheet name")] if sheet_name else []
    if file_name and file_name != "-":
        stem = os.path.splitext(os.path.basename(file_name))[0]
        own.append(Nearby(stem.replace("_", " ").replace("-", " "), "file name"))
    return tuple(own)


def _title_first(above: Sequence[Nearby]) -> list[Nearby]:
    """The title is the first line that says "Table 3", else the first that is no note; the others follow."""
    title = next((line for line in above if looks_like_title(line.words)), None)
    title = title or next((line for line in above if not looks_like_note(line.words)), None)
    if title is None:
        return [line._replace(why="note") for line in above]
    return [title, *(line._replace(why="line under the title") for line in above if line is not title)]
