"""Where tables are in a sheet: the runs of rows that belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.cells import words_of
from wpmi_lint.tables.find.rows import BLANK, DATA, SINGLE, WORDS
from wpmi_lint.tables.lexicon.headers import looks_like_title
from wpmi_lint.tables.lexicon.totals import is_total
from wpmi_lint.tables.numbers import EMPTY, MARKER, NUMBER, SOFT, TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wpmi_lint.model import Codes, Ints, Mask
    from wpmi_lint.tables.cells import Grid

SAMPLE = 20_000  # rows that columns are judged by
_RUNS = 50_000  # beyond so many changes from figures to words nothing is told apart


class RowRun(NamedTuple):
    """Neighbouring rows of one kind, ends included."""

    kind: int
    top: int
    bottom: int


class Segment(NamedTuple):
    """Rows that hold one table, or several side by side."""

    preface: int  # first row of the words above
    rows: Ints  # the rows with figures
    until: int  # first row after the notes that follow
    shares_header: bool = False  # continues under the header of the segment before


class Block(NamedTuple):
    """Neighbouring columns of a segment, ends included, that may hold one table."""

    grid: Grid
    kinds: NDArray[np.int8]  # of the rows of the sheet
    segment: Segment
    left: int
    right: int
    rows: Ints  # the rows of the segment that are not empty here

    def kind(self, rows: int | Ints) -> Codes:
        """What the cells of one row or several hold."""
        return self.grid.kind[rows, self.left : self.right + 1]

    def flags(self, rows: int | Ints) -> Codes:
        """The flags of the cells of one row or several."""
        return self.grid.flags[rows, self.left : self.right + 1]


def runs(kinds: NDArray[np.int8]) -> list[RowRun]:
    """Run-length encoding of the kinds of rows."""
    if not len(kinds):
        return []
    starts = np.concatenate(([0], np.flatnonzero(np.diff(kinds)) + 1))
    ends = np.concatenate((starts[1:] - 1, [len(kinds) - 1]))
    return [RowRun(*run) for run in zip(kinds[starts].tolist(), starts.tolist(), ends.tolist(), strict=True)]


def segments(grid: Grid, kinds: NDArray[np.int8]) -> list[Segment]:
    """The tables of a sheet as runs of rows, from the top down."""
    whole: list[Segment] = []
    parts: list[RowRun] = []  # runs of figures of the segment at hand
    between: list[RowRun] = []
    preface, shares = 0, False
    for at, run in enumerate(runs(kinds)):
        if run.kind != DATA:
            between.append(run)
            continue
        if parts and at < _RUNS:
            start = _new_table(grid, _Gap(above=parts[-1], between=between, below=run))
            if start is not None:
                whole.append(Segment(preface=preface, rows=_rows(parts), until=start[0], shares_header=shares))
                parts, preface, shares = [], *start
        parts.append(run)
        between = []
    if parts:
        whole.append(Segment(preface=preface, rows=_rows(parts), until=len(kinds), shares_header=shares))
    return whole


def _rows(parts: Sequence[RowRun]) -> Ints:
    return np.concatenate([np.arange(run.top, run.bottom + 1) for run in parts])


class _Gap(NamedTuple):
    """Two runs of figures and what stands between them."""

    above: RowRun
    between: list[RowRun]
    below: RowRun

    def of(self, kind: int) -> list[RowRun]:
        """The runs of a kind between the figures."""
        return [run for run in self.between if run.kind == kind]


def _new_table(grid: Grid, gap: _Gap) -> tuple[int, bool] | None:
    """(first row of its words, shares the header) where another table begins below a gap, None where it continues."""
    blank, words, single = bool(gap.of(BLANK)), gap.of(WORDS), gap.of(SINGLE)
    above = _figure_columns(grid, gap.above) if blank or words else None
    if above is not None:
        header = next((run for run in words if _restarts(grid, run, gap)), None)
        if header is not None:
            return _preface(gap, header), False
    if any(looks_like_title(_first(grid, row)) for run in single for row in range(run.top, run.bottom + 1)):
        return _preface(gap, single[-1]), False
    if blank and single and is_total(_first(grid, gap.above.bottom)):
        return single[-1].top, True
    if blank and not single and _outer_block(grid, gap.above) and _outer_block(grid, gap.below):
        return gap.below.top, True
    if blank and above is not None and not (above & _figure_columns(grid, gap.below)).any():
        return gap.between[0].top, False
    return None


def _preface(gap: _Gap, header: RowRun) -> int:
    """Where the words that belong to the table below begin: below the last blank row."""
    before = [run for run in gap.between if run.top < header.top]
    start = header.top
    for run in reversed(before):
        if run.kind == BLANK:
            break
        start = run.top
    # a blank row may stand between title and header
    if start == header.top and [run.kind for run in before[-2:]] == [SINGLE, BLANK]:
        start = before[-2].top
    return start


def _restarts(grid: Grid, words: RowRun, gap: _Gap) -> bool:
    """True where a row of words between figures is the header of another table."""
    figures = _figure_columns(grid, gap.above) | _figure_columns(grid, gap.below)
    size = max(int(figures.sum()), 1)
    spaced = bool(gap.of(BLANK) or gap.of(SINGLE))
    rows = slice(words.top, words.bottom + 1)
    named = (figures & (grid.kind[rows] == TEXT) & ((grid.flags[rows] & SOFT) == 0)).sum(axis=1)
    return bool((named > size / 2).any() or (spaced and (named >= 2).any()))


def _figure_columns(grid: Grid, run: RowRun) -> Mask:
    part = grid.kind[run.top : run.bottom + 1]
    return ((part == NUMBER) | (part == MARKER)).any(axis=0)  # type: ignore[no-any-return]


def _first(grid: Grid, row: int) -> str:
    return next((words for cell in grid.sheet.rows[row] if (words := words_of(cell))), "")


def _outer_block(grid: Grid, run: RowRun) -> bool:
    """True where the first column names the whole block in its first row, and the rows have labels of their own."""
    if run.bottom - run.top < 2:
        return False
    part = grid.kind[run.top : run.bottom + 1] != EMPTY
    first = int(np.argmax(part.any(axis=0)))
    own = part[:, first + 1] if first + 1 < part.shape[1] else part[:, first]
    return bool(part[0, first] and not part[1:, first].any() and own.all())
