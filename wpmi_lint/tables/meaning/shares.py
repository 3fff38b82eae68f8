"""Percentages: a share of a whole, a rate of something else, or not said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Statistic
from wpmi_lint.tables.breakdown import breakdowns
from wpmi_lint.tables.lexicon.shares import RATE, SHARE, UNSAID, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wpmi_lint.model import Codes, Measure, Table
    from wpmi_lint.tables.find.headers import Levels

_ROWS = 2000  # rows of a table whose labels are looked at


def shares(table: Table, headers: Sequence[Levels], title: str) -> Codes | None:
    """SHARE, RATE or UNSAID for each percentage, as its words put it; None where there is no percentage."""
    percent = table.statistic == Statistic.PERCENTAGE
    if not percent.any():
        return None
    of_measures = np.array([_of_measure(measure) for measure in table.measures], np.int8)
    found = np.where(percent, of_measures[table.measure], np.int8(UNSAID))
    of_title = worded(title) if title else UNSAID
    for at, levels in enumerate(headers):
        column = _first(words for words, _, _ in reversed(levels))
        found[percent[:, at] & (found[:, at] == UNSAID), at] = of_title if column == UNSAID else column
    for at, label in enumerate(table.row_headers if len(table.row_headers) <= _ROWS else ()):
        row = _first(label)
        if row != UNSAID:
            found[at, percent[at] & (found[at] == UNSAID)] = row
    return found


def _first(lines: Iterable[str]) -> int:
    return next((said for words in lines if (said := worded(words)) != UNSAID), UNSAID)


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
