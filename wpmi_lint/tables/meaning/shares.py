"""Percentages: shares of a whole, rates, and the sets of shares that make up a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import distinct, with_codes
from wpmi_lint.model import Statistic
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.lexicon.headers import RATE, SHARE, UNSAID, worded
from wpmi_lint.tables.lexicon.totals import is_total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wpmi_lint.model import Codes, Index, Ints, Mask, Measure, Table
    from wpmi_lint.tables.find.headers import Levels


_AT_MOST = 5000  # breakdowns of one table


class Breakdown(NamedTuple):
    """Shares of one whole. `cells` are indices into the flattened body; the sum is in percent."""

    cells: Ints
    measure: int  # index into Table.measures, -1: none
    axis: str  # "rows": the shares go over rows, down a column; "columns": along a row
    by: str | None  # the policy's dimension that they go over
    sum: float
    decimals: int
    complete: bool | None  # the sum is 100 within rounding; None where a share is hidden

    @property
    def adds_up(self) -> bool:
        """Whether the shares that are shown add up to 100 within rounding."""
        return _is_whole(self.sum, len(self.cells), self.decimals)


def breakdowns(table: Table) -> tuple[Breakdown, ...]:
    """All breakdowns of a table, total cells left out."""
    if table.share is None:
        return ()
    possible = (table.statistic == Statistic.PERCENTAGE) & (table.share != RATE)
    if not possible.any():
        return ()
    if table.form == "tidy":
        return tuple(_tidy(table, possible))
    by_axis = {axis: possible & ~_totals_over(table, axis) for axis in ("rows", "columns")}
    sets: list[Breakdown] = []
    for code in distinct(table.measure[possible]).tolist():
        own = table.measure == code
        sets += _cross(table, *(_lines(table, mask & own, axis) for axis, mask in by_axis.items()))
    return tuple(sets[:_AT_MOST])


def slack(cells: int, decimals: int) -> float:
    """How far rounding alone can take the sum of that many shares: half a unit of the last decimal each."""
    return float(cells * 0.5 * 10.0**-decimals)


def _is_whole(total: float, cells: int, decimals: int) -> bool:
    return bool(abs(total - 100.0) <= slack(cells, decimals) + 1e-9)


def _breakdown(table: Table, cells: Ints, *, axis: str, by: str | None) -> Breakdown:
    values = table.value.ravel()[cells]
    shown = ~np.isnan(values)
    decimals = int(table.decimals.ravel()[cells][shown].max(initial=0))
    total = float(np.round(values[shown].sum(), 9))
    complete = _is_whole(total, len(cells), decimals)
    return Breakdown(
        cells=cells,
        measure=int(table.measure.ravel()[cells[0]]),
        axis=axis,
        by=by,
        sum=total,
        decimals=decimals,
        complete=None if not shown.all() and not complete else complete,
    )


def _adding_up(sets: Sequence[Breakdown]) -> float:
    """The part of the breakdowns that add up to 100."""
    return sum(1 for b in sets if b.adds_up) / len(sets) if sets else 0.0


def _is_said(table: Table, b: Breakdown) -> bool:
    """Whether the words say of all its cells that they are shares."""
    assert table.share is not None
    return bool((table.share.ravel()[b.cells] == SHARE).all())


# ---------------------------------------------------------------- cross tables


def _cross(table: Table, down: list[Breakdown], along: list[Breakdown]) -> list[Breakdown]:
    """The breakdowns of one measure: over the rows or over the columns, whichever adds up to 100 more often."""
    best = max((down, along), key=_adding_up)
    if _adding_up(best) > 0:
        return [b for b in best if b.adds_up or _is_said(table, b)]
    return [b for b in (down or along) if _is_said(table, b)]


def _lines(table: Table, mask: Mask, axis: str) -> list[Breakdown]:
    """The shares over an axis, a breakdown for each line across it."""
    index = np.arange(mask.size).reshape(mask.shape)
    index, mask = (index.T, mask.T) if axis == "rows" else (index, mask)
    by = next((d.term for d in table.dimensions if d.axis == axis and d.term), None)
    lines = np.flatnonzero(mask.sum(axis=1) >= 2).tolist()[:_AT_MOST]
    return [_breakdown(table, index[line][mask[line]], axis=axis, by=by) for line in lines]


def _totals_over(table: Table, axis: str) -> Mask:
    """[R, C] True for what is a total over an axis: lines that say so, and cells whose parts stand along it."""
    totals, width = table.totals, table.value.shape[1]
    has = np.diff(totals.start) > 0
    cell = totals.cell[has]
    first = totals.part[totals.start[:-1][has]]
    if axis == "rows":
        lines = np.array([bool(label) and is_total(label[-1]) for label in table.row_headers])[:, None]
        cell = cell[cell % width == first % width]
    else:
        lines = np.array([bool(column.header) and is_total(column.header[-1]) for column in table.columns])[None]
        cell = cell[cell // width == first // width]
    over = np.zeros(table.value.size, np.bool_)
    over[cell] = True
    both: Mask = over.reshape(table.value.shape) | lines
    return both


# ---------------------------------------------------------------- tidy tables


def _tidy(table: Table, possible: Mask) -> list[Breakdown]:
    """For each value column, the dimension over which the shares of a group add up to 100 most often."""
    width = table.value.shape[1]
    codes = [with_codes([label[at] for label in table.row_headers])[0] for at in range(len(table.stub_cols))]
    total = np.array([any(map(is_total, label)) for label in table.row_headers])
    sets: list[Breakdown] = []
    for col in np.flatnonzero(possible.any(axis=0)).tolist():
        rows = np.flatnonzero(possible[:, col] & ~total)
        best: list[Breakdown] = []
        for over, dimension in enumerate(table.dimensions[: len(codes)]):
            groups = _groups([c[rows] for at, c in enumerate(codes) if at != over and c.max(initial=0) > 0], rows)
            lines = [
                _breakdown(table, group * width + col, axis="rows", by=dimension.term)
                for group in groups
                if len(group) >= 2
            ]
            if (_adding_up(lines), bool(dimension.term)) > (_adding_up(best), False) or not best:
                best = lines
        sets += [b for b in best if b.adds_up or _is_said(table, b)]
    return sets[:_AT_MOST]


def _groups(keys: Sequence[Index], rows: Ints) -> list[Ints]:
    """Rows that are alike in all other dimensions."""
    if not keys:
        return [rows]
    order = np.lexsort(keys)
    stacked = np.stack(keys)[:, order]
    cut = np.flatnonzero((np.diff(stacked, axis=1) != 0).any(axis=0)) + 1
    return np.split(rows[order], cut)[:_AT_MOST]


_ROWS = 2000  # rows of a table whose labels are looked at


def shares(table: Table, headers: Sequence[Levels], title: str) -> Codes | None:
    """SHARE, RATE or UNSAID for each percentage, as its words put it; None where there is no percentage."""
    percent = table.statistic == Statistic.PERCENTAGE
    if not percent.any():
        return None
    of_measures = np.array([_of_measure(measure) for measure in table.measures], np.int8)
    share = np.where(percent, of_measures[table.measure], np.int8(UNSAID))
    of_title = worded(title) if title else UNSAID
    for at, levels in enumerate(headers):
        column = _first(words for words, _, _ in reversed(levels))
        share[percent[:, at] & (share[:, at] == UNSAID), at] = of_title if column == UNSAID else column
    for at, label in enumerate(table.row_headers if len(table.row_headers) <= _ROWS else ()):
        row = _first(label)
        if row != UNSAID:
            share[at, percent[at] & (share[at] == UNSAID)] = row
    return share


def _first(lines: Iterable[str]) -> int:
    return next((wording for words in lines if (wording := worded(words)) != UNSAID), UNSAID)


def with_sums(table: Table) -> Table:
    """Percentages whose words leave it open are shares where a set of them adds up to 100 within rounding."""
    if table.share is None:
        return table
    unsaid = (table.statistic == Statistic.PERCENTAGE) & (table.share == UNSAID)
    if not unsaid.any():
        return table
    width = table.value.shape[1]
    for whole in breakdowns(table):
        if not whole.complete:
            continue
        table.share.ravel()[whole.cells] = SHARE
        if table.form == "cross":  # with them the total of the line: 100
            row, col = divmod(int(whole.cells[0]), width)
            line = (slice(None), col) if whole.axis == "rows" else (row, slice(None))
            table.share[line][unsaid[line] & (table.measure[line] == whole.measure)] = SHARE
    return table


def _of_measure(measure: Measure) -> int:
    if measure.base is not None:
        return RATE if measure.base != measure.name or worded(measure.header) == RATE else SHARE
    return worded(measure.header) if measure.header else UNSAID
