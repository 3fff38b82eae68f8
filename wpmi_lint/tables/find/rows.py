"""The kinds of rows of a sheet; rows of years, ages or groups that name columns are words, not figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import are_whole, distinct
from wpmi_lint.tables.lexicon.periods import are_years
from wpmi_lint.tables.numbers import DATE, EMPTY, MARKER, NUMBER, ODD, SOFT, TEXT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wpmi_lint.model import Mask, Matrix
    from wpmi_lint.tables.cells import Grid

_BELOW = 8  # rows looked at below a possible header
_CANDIDATES = 5000  # a sheet with more tables is none that people read
_ROWS = 3  # rows of figures among them that say which columns hold figures

# kinds of rows: nothing, one cell of words, several cells of words, figures
BLANK, SINGLE, WORDS, DATA = range(4)


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
    for row in _number_headers(grid, kinds == DATA, kinds == WORDS):
        kinds[row] = WORDS
    return kinds


def _number_headers(grid: Grid, data: Mask, words: Mask) -> list[int]:
    """Rows that look like figures and are headers; `data`, `words`: rows by kind, [rows]."""
    first = np.flatnonzero(data & ~np.concatenate(([False], data[:-1])))
    number = grid.kind[first] == NUMBER
    value = grid.value[first]
    years = (~number | ((value >= 1900) & (value <= 2100))).all(axis=1)
    several = (number.sum(axis=1) >= 2) | ((grid.kind[first] == TEXT).sum(axis=1) >= 3)
    candidates = first[(years | several) & number.any(axis=1)].tolist()
    return [row for row in candidates[:_CANDIDATES] if _is_header(grid, row, data=data, words=words)]


def _is_header(grid: Grid, row: int, *, data: Mask, words: Mask) -> bool:
    number = grid.kind[row] == NUMBER
    values = grid.value[row][number]
    if not values.size or not are_whole(values) or grid.flags[row][number].any():
        return False
    later = np.flatnonzero(data[row + 1 : row + 1 + _BELOW])[:_ROWS] + row + 1
    if not later.size:
        return False
    figures = (grid.kind[later] == NUMBER).any(axis=0)
    letters = ((grid.flags[row] & SOFT) > 0) & ((grid.flags[later] & SOFT) > 0).any(axis=0)
    named = (grid.kind[row] == TEXT) & ((grid.flags[row] & ODD) == 0) & ~letters & figures
    if row and words[row - 1] and (grid.kind[row - 1][number | named] == TEXT).mean() > 0.5:
        return False  # another header row names these columns
    if (figures & number).sum() < 0.5 * len(values):
        return False
    years = are_years(values)
    soft = (grid.flags[row] & SOFT) > 0
    if years and (named & ~soft).any():
        return True  # "Area | 2011 | 2012 | Change"
    if named.sum() >= 2 and (named.sum() > len(values) or ((named & ~soft).sum() >= 2 and _in_order(values))):
        return True  # "Age | 0 | 1-4 | 5-9"
    if years:
        return len(values) >= 2 and _in_order(values)
    groups = values[0] in (0.0, 1.0) and (np.diff(values) == 1.0).all()  # 1, 2, 3, ... or 0, 1, 2, ...
    return len(values) >= 3 and bool(groups) and not data[:row].any() and bool(grid.kind[row][0] in (EMPTY, TEXT))


def _in_order(values: Matrix) -> bool:
    """True for names in order, perhaps repeated: 2011, 2011, 2012, 2012 or 2012, 2011, 2010."""
    steps = np.diff(values)
    apart = distinct(np.diff(distinct(values)))
    return bool((steps > 0).all() or (steps < 0).all()) or (len(apart) == 1 and apart[0] in (1.0, 5.0, 10.0))
