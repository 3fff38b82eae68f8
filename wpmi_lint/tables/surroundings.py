"""The words around a table: its title, the lines under it, its notes, and those of its sheet and file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.lexicon import looks_like_note, looks_like_title
from wpmi_lint.tables.measures import Words
from wpmi_lint.tables.numbers import EMPTY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.frames import Frame

_LINES = 20_000  # rows of words around one table that are read


class Around(NamedTuple):
    """Words around one table."""

    title: str
    own: tuple[Words, ...]  # title first, then the other lines above the headers
    notes: tuple[Words, ...]  # below the body
    names: tuple[Words, ...]  # sheet name, file name


def lines(
    grid: Grid, top: int, bottom: int, left: int, right: int, where: str, only: NDArray[np.bool_] | None = None
) -> list[Words]:
    """The rows of words from top up to bottom, one entry a row, its cells joined by a space.

    only: the cells to take, in the shape of the sheet.
    """
    found = []
    for row in range(top, min(bottom, top + _LINES)):
        cells = grid.kind[row] != EMPTY if only is None else only[row]
        cols = np.flatnonzero(cells[left : right + 1]).tolist()
        if cols:
            words = " ".join(grid.text(row, left + col) for col in cols[:50])
            found.append(Words(words, where, (row, left + cols[0])))
    return found


def around(grid: Grid, frame: Frame, alone: bool, file_name: str) -> Around:
    """What stands around a table. `alone`: no other table stands beside it."""
    columns = (*frame.stub, *frame.body)
    left, right = (0, grid.kind.shape[1] - 1) if alone else (min(columns), max(columns))
    first = frame.header[0] if frame.header else int(frame.rows[0])
    above = lines(grid, frame.preface, max(first, frame.preface), left, right, "title") if first > frame.preface else []
    notes = lines(grid, int(frame.rows[-1]) + 1, frame.until, left, right, "note")
    sheet = grid.sheet
    own = _title_first(above) or _title_in_stub(grid, frame)
    if sheet.title:
        own = [Words(sheet.title, "title", None), *own]
    own += [Words(note, "note", None) for note in sheet.notes]
    title = own[0].words if own and own[0].why == "title" else ""
    return Around(title, tuple(own), tuple(notes), names(sheet.name, file_name))


def _title_in_stub(grid: Grid, frame: Frame) -> list[Words]:
    """A title that stands in the first cell of the header row."""
    if not frame.header or not frame.stub:
        return []
    words = grid.text(frame.header[0], frame.stub[0])
    return [Words(words, "title", (frame.header[0], frame.stub[0]))] if looks_like_title(words) else []


def names(sheet_name: str, file_name: str) -> tuple[Words, ...]:
    """Sheet name and file name as words."""
    found = []
    if sheet_name:
        found.append(Words(sheet_name, "sheet name", None))
    if file_name and file_name != "-":
        stem = os.path.splitext(os.path.basename(file_name))[0]
        found.append(Words(stem.replace("_", " ").replace("-", " "), "file name", None))
    return tuple(found)


def _title_first(above: Sequence[Words]) -> list[Words]:
    """The title is the first line that says "Table 3", else the first that is no note; the others follow."""
    ranked = [line for line in above if looks_like_title(line.words)] or [
        line for line in above if not looks_like_note(line.words)
    ]
    if not ranked:
        return [Words(line.words, "note", line.cell) for line in above]
    title = ranked[0]
    return [title, *(line._replace(why="line under the title") for line in above if line is not title)]
