"""All words of a sheet that are not figures of its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.tables.cells import words_of
from wpmi_lint.tables.find.surroundings import Nearby, lines
from wpmi_lint.tables.numbers import EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.find.surroundings import Around
    from wpmi_lint.tables.frame import Frame
    from wpmi_lint.tables.stated import Placed
    from wpmi_lint.terms import Matcher

BESIDE = "words beside a table"
_LINES = 20_000  # rows with words outside tables


def of_sheet(grid: Grid, placed: Sequence[Placed], around: Sequence[Around], *, matcher: Matcher) -> list[Nearby]:
    """Titles, notes, headers and what else a sheet says, each words of a cell once."""
    if not placed:
        return lines(grid, grid.area, "note")
    near = list(_around(around))
    headers = [line for frame, *_ in placed for line in _headers(grid, frame, matcher)]
    found: dict[tuple[str, tuple[int, int] | None], Nearby] = {}
    for line in (*near, *headers, *_outside(grid, placed, near)):
        found.setdefault((line.words, line.cell), line)
    return list(found.values())


def _around(around: Sequence[Around]) -> Iterator[Nearby]:
    for near in around:
        for at, line in enumerate(near.own):
            yield line._replace(why="title" if at == 0 and near.title else "note")
        yield from near.notes


def _headers(grid: Grid, frame: Frame, matcher: Matcher) -> Iterator[Nearby]:
    for row in frame.header:
        for col in frame.columns:
            if grid.kind[row, col] != EMPTY:
                yield Nearby(grid.text(row, col), "header", (row, col))
    for words, cell in _telling_labels(grid, frame):
        if matcher.measures(words):
            yield Nearby(words, "header", cell)


def _telling_labels(grid: Grid, frame: Frame) -> Iterator[tuple[str, tuple[int, int]]]:
    """Labels of rows with a figure in them: "Job outcomes (n = 340)"."""
    rows = frame.rows[:_LINES].tolist()
    cells = grid.cells.take(frame.rows[:_LINES])
    for col in frame.stub:
        column = cells.column(col)
        telling = {raw for raw in set(column) if isinstance(raw, str) and _tells(raw)}
        if telling:
            yield from ((words_of(raw), (row, col)) for row, raw in zip(rows, column, strict=True) if raw in telling)


def _tells(label: str) -> bool:
    return ("(" in label or "=" in label or ":" in label) and any(map(str.isdigit, label))


def _outside(grid: Grid, placed: Sequence[Placed], around: Sequence[Nearby]) -> list[Nearby]:
    """The words that stand neither in a table nor around one: nothing of a sheet is passed over."""
    left = grid.kind != EMPTY
    for frame, *_ in placed:
        columns = np.array(frame.columns)
        left[np.ix_(frame.rows, columns)] = False
        left[np.ix_(np.array(frame.header, np.intp), columns)] = False
    for line in around:
        if line.cell is not None:
            left[line.cell[0]] = False
    rows = np.flatnonzero(left.any(axis=1))[:_LINES].tolist()
    return [line for row in rows for line in lines(grid, grid.area._replace(top=row, bottom=row), BESIDE, only=left)]
