"""Where tables are in a sheet: kinds of rows, and the runs of rows that belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.cells import words_of
from wpmi_lint.tables.headings import header_rows
from wpmi_lint.tables.lexicon import looks_like_title, says_total
from wpmi_lint.tables.numbers import DATE, EMPTY, MARKER, NUMBER, ODD, SOFT, TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wpmi_lint.tables.cells import Grid

_RUNS = 50_000  # beyond so many changes from figures to words nothing is told apart

# kinds of rows: nothing, one cell of words, several cells of words, figures
BLANK, SINGLE, WORDS, DATA = range(4)


class Run(NamedTuple):
    """Neighbouring rows of one kind, ends included."""

    kind: int
    top: int
    bottom: int


class Segment(NamedTuple):
    """Rows that hold one table, or several side by side."""

    preface: int  # first row of the words above
    rows: NDArray[np.intp]  # the rows with figures
    until: int  # first row after the notes that follow
    shares_header: bool = False  # continues under the header of the segment before


def row_kinds(grid: Grid) -> NDArray[np.int8]:
    """The kind of each row of the sheet."""
    figures = (grid.kind == NUMBER).sum(axis=1)
    marks = (grid.kind == MARKER).sum(axis=1)
    words = (grid.kind == TEXT).sum(axis=1) + (grid.kind == DATE).sum(axis=1)
    filled = figures + marks + words
    kinds = np.where(filled == 0, BLANK, np.where(words >= 2, WORDS, SINGLE)).astype(np.int8)
    odd = ((grid.flags[:, 1:] & ODD) > 0).any(axis=1)
    data = (figures > 0) | odd | ((marks > 0) & ((words > 0) | (marks > 1)))
    wide = grid.kind.shape[1] > 1 and filled.max(initial=0) > 1
    kinds[data & ((filled > 1) | (not wide))] = DATA
    for row in header_rows(grid, kinds == DATA, kinds == WORDS):
        kinds[row] = WORDS
    return kinds


def runs(kinds: NDArray[np.int8]) -> list[Run]:
    """Run-length encoding of the kinds of rows."""
    if not len(kinds):
        return []
    starts = np.concatenate(([0], np.flatnonzero(np.diff(kinds)) + 1))
    ends = np.concatenate((starts[1:] - 1, [len(kinds) - 1]))
    return [Run(*run) for run in zip(kinds[starts].tolist(), starts.tolist(), ends.tolist(), strict=True)]


def segments(grid: Grid, kinds: NDArray[np.int8]) -> list[Segment]:
    """The tables of a sheet as runs of rows, from the top down."""
    found: list[Segment] = []
    parts: list[Run] = []  # runs of figures of the segment at hand
    between: list[Run] = []
    preface = 0
    shares = False
    for at, run in enumerate(runs(kinds)):
        if run.kind != DATA:
            between.append(run)
            continue
        if parts and at < _RUNS:
            start = _new_table(grid, parts, between, run)
            if start is not None:
                found.append(Segment(preface, _rows(parts), start[0], shares))
                parts, preface, shares = [], *start
        parts.append(run)
        between = []
    if parts:
        found.append(Segment(preface, _rows(parts), len(kinds), shares))
    return found


def _rows(parts: Sequence[Run]) -> NDArray[np.intp]:
    return np.concatenate([np.arange(run.top, run.bottom + 1) for run in parts])


def _new_table(grid: Grid, parts: list[Run], between: list[Run], run: Run) -> tuple[int, bool] | None:
    """(first row of its words, shares the header) where `run` begins another table, None where it continues."""
    last = parts[-1]
    blank = any(r.kind == BLANK for r in between)
    columns = _figure_columns(grid, last) if blank or any(r.kind == WORDS for r in between) else None
    for words in between:
        if columns is not None and words.kind == WORDS and _restarts(grid, words, columns, between, run):
            return _preface(between, words), False
    single = [r for r in between if r.kind == SINGLE]
    if single and any(looks_like_title(_first(grid, row)) for r in single for row in range(r.top, r.bottom + 1)):
        return _preface(between, single[-1]), False
    if blank and single and _ends_with_total(grid, last):
        return single[-1].top, True
    if blank and not single and _outer_block(grid, last) and _outer_block(grid, run):
        return run.top, True
    if blank and columns is not None and not (columns & _figure_columns(grid, run)).any():
        return between[0].top, False
    return None


def _preface(between: list[Run], header: Run) -> int:
    """Where the words that belong to the table below begin: below the last blank row."""
    start = header.top
    for run in reversed([r for r in between if r.top < header.top]):
        if run.kind == BLANK:
            break
        start = run.top
    if start == header.top:  # a blank row stands between title and header
        before = [r for r in between if r.top < header.top]
        if len(before) >= 2 and before[-1].kind == BLANK and before[-2].kind == SINGLE:
            start = before[-2].top
    return start


def _figure_columns(grid: Grid, run: Run) -> NDArray[np.bool_]:
    part = grid.kind[run.top : run.bottom + 1]
    return ((part == NUMBER) | (part == MARKER)).any(axis=0)  # type: ignore[no-any-return]


def _restarts(grid: Grid, words: Run, columns: NDArray[np.bool_], between: list[Run], run: Run) -> bool:
    """True where a row of words between figures is the header of another table."""
    below = columns | _figure_columns(grid, run)
    size = max(int(below.sum()), 1)
    spaced = any(r.kind in (BLANK, SINGLE) for r in between)
    for row in range(words.top, words.bottom + 1):
        named = int((below & (grid.kind[row] == TEXT) & ((grid.flags[row] & SOFT) == 0)).sum())
        if named > size / 2 or (spaced and named >= 2):
            return True
    return False


def _first(grid: Grid, row: int) -> str:
    return next((words for cell in grid.sheet.rows[row] if (words := words_of(cell))), "")


def _outer_block(grid: Grid, run: Run) -> bool:
    """True where the first column names the whole block in its first row, and the rows have labels of their own."""
    if run.bottom - run.top < 2:
        return False
    part = grid.kind[run.top : run.bottom + 1] != EMPTY
    first = int(np.argmax(part.any(axis=0)))
    own = part[:, first + 1] if first + 1 < part.shape[1] else part[:, first]
    return bool(part[0, first] and not part[1:, first].any() and own.all())


def _ends_with_total(grid: Grid, run: Run) -> bool:
    return says_total(_first(grid, run.bottom))
