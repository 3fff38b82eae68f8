"""Sets of shares of one whole: percentages down a column, along a row, or over a dimension of a tidy table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import distinct
from wpmi_lint.model import Statistic
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.lexicon import says_total
from wpmi_lint.tables.named import RATE, SHARE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wpmi_lint.model import Table

    Places = NDArray[np.intp]

_AT_MOST = 5000  # breakdowns of one table


class Breakdown(NamedTuple):
    """Shares of one whole. `cells` are indices into the flattened body; the sum is in percent."""

    cells: Places
    measure: int  # index into Table.measures, -1: none
    axis: str  # "rows": the shares go over rows, down a column; "columns": along a row
    by: str | None  # the policy's dimension that they go over
    sum: float
    decimals: int
    complete: bool | None  # the sum is 100 within rounding; None where a share is hidden


def breakdowns(table: Table) -> tuple[Breakdown, ...]:
    """All breakdowns of a table, total cells left out."""
    if table.share is None:
        return ()
    possible = (table.statistic == Statistic.PERCENTAGE) & (table.share != RATE)
    if not possible.any():
        return ()
    if table.form == "tidy":
        return tuple(_tidy(table, possible))
    found: list[Breakdown] = []
    for code in distinct(table.measure[possible]).tolist():
        found += _cross(table, possible & (table.measure == code), code)
    return tuple(found[:_AT_MOST])


def slack(cells: int, decimals: int) -> float:
    """How far rounding alone can take the sum of that many shares: half a unit of the last decimal each."""
    return float(cells * 0.5 * 10.0**-decimals)


# ---------------------------------------------------------------- cross tables


def _cross(table: Table, mask: NDArray[np.bool_], code: int) -> list[Breakdown]:
    """The breakdowns of one measure: over the rows or over the columns, whichever adds up to 100 more often."""
    down = _lines(table, mask, code, "rows")
    along = _lines(table, mask, code, "columns")
    best = max((down, along), key=_adding_up)
    if _adding_up(best) > 0:
        return [b for b in best if _adds_up(b) or _said(table, b)]
    return [b for b in (down or along) if _said(table, b)]


def _adding_up(found: Sequence[Breakdown]) -> float:
    """The part of the lines that add up to 100."""
    return sum(1 for b in found if _adds_up(b)) / len(found) if found else 0.0


def _adds_up(b: Breakdown) -> bool:
    return abs(b.sum - 100.0) <= slack(len(b.cells), b.decimals) + 1e-9


def _said(table: Table, b: Breakdown) -> bool:
    assert table.share is not None
    return bool((table.share.ravel()[b.cells] == SHARE).all())


def _lines(table: Table, mask: NDArray[np.bool_], code: int, axis: str) -> list[Breakdown]:
    over_rows = axis == "rows"
    labels = table.row_headers if over_rows else [column.header for column in table.columns]
    total = np.array([bool(label) and says_total(label[-1]) for label in labels])
    width = table.value.shape[1]
    totals = _totals_along(table, over_rows)
    found = []
    used = np.flatnonzero(mask.any(axis=0 if over_rows else 1))
    by = next((d.term for d in table.dimensions if d.axis == axis and d.term), None)
    for line in used.tolist()[:_AT_MOST]:
        at = np.flatnonzero(mask[:, line] if over_rows else mask[line])
        cells = at * width + line if over_rows else line * width + at
        keep = ~total[at] & np.array([cell not in totals for cell in cells.tolist()], np.bool_)
        cells = cells[keep]
        if len(cells) >= 2:
            found.append(_breakdown(table, cells, code, axis, by))
    return found


def _totals_along(table: Table, over_rows: bool) -> frozenset[int]:
    """Flat indices of the totals whose parts stand in the same column (over_rows) or the same row."""
    totals, width = table.totals, table.value.shape[1]
    if not len(totals.cell):
        return frozenset()
    has = np.diff(totals.start) > 0
    cell = totals.cell[has]
    first = totals.part[totals.start[:-1][has]]
    same = cell % width == first % width if over_rows else cell // width == first // width
    return frozenset(cell[same].tolist())


def _breakdown(table: Table, cells: Places, code: int, axis: str, by: str | None) -> Breakdown:
    values = table.value.ravel()[cells]
    known = ~np.isnan(values)
    decimals = int(table.decimals.ravel()[cells][known].max(initial=0))
    total = float(np.round(values[known].sum(), 9))
    complete = bool(abs(total - 100.0) <= slack(len(cells), decimals) + 1e-9)
    hidden = not known.all() and not complete
    return Breakdown(cells, code, axis, by, total, decimals, None if hidden else complete)


# ---------------------------------------------------------------- tidy tables


def _tidy(table: Table, possible: NDArray[np.bool_]) -> list[Breakdown]:
    """For each value column, the dimension over which the shares of a group add up to 100 most often."""
    codes = [_codes([label[at] for label in table.row_headers]) for at in range(len(table.stub_cols))]
    total = np.array([any(map(says_total, label)) for label in table.row_headers])
    found: list[Breakdown] = []
    for col in np.flatnonzero(possible.any(axis=0)).tolist():
        rows = np.flatnonzero(possible[:, col] & ~total)
        best: list[Breakdown] = []
        for over, dimension in enumerate(table.dimensions[: len(codes)]):
            groups = _groups([c[rows] for at, c in enumerate(codes) if at != over and c.max(initial=0) > 0], rows)
            lines = [
                _breakdown(table, g * table.value.shape[1] + col, int(table.measure[g[0], col]), "rows", dimension.term)
                for g in groups
                if len(g) >= 2
            ]
            if (_adding_up(lines), bool(dimension.term)) > (_adding_up(best), False) or not best:
                best = lines
        found += [b for b in best if _adds_up(b) or _said(table, b)]
    return found[:_AT_MOST]


def _codes(words: Sequence[str]) -> NDArray[np.int32]:
    seen: dict[str, int] = {}
    return np.fromiter((seen.setdefault(word, len(seen)) for word in words), np.int32, len(words))


def _groups(keys: Sequence[NDArray[np.int32]], rows: Places) -> list[Places]:
    """Rows that are alike in all other dimensions."""
    if not keys:
        return [rows]
    order = np.lexsort(keys)
    stacked = np.stack(keys)[:, order]
    cut = np.flatnonzero((np.diff(stacked, axis=1) != 0).any(axis=0)) + 1
    return np.split(rows[order], cut)[:_AT_MOST]
