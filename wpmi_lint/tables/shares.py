"""Percentages: a share of a whole, a rate of something else, or not said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Statistic
from wpmi_lint.tables.breakdown import breakdowns
from wpmi_lint.tables.named import RATE, SHARE, UNSAID, worded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Codes, Measure, Table
    from wpmi_lint.tables.headers import Levels


def shares(
    stats: Codes,
    codes: Codes,
    measures: Sequence[Measure],
    headers: Sequence[Levels],
    rows: Sequence[tuple[str, ...]],
    title: str,
) -> Codes | None:
    """SHARE, RATE or UNSAID for each percentage, as its words put it; None where there is no percentage."""
    percent = stats == Statistic.PERCENTAGE
    if not percent.any():
        return None
    found = np.full(stats.shape, UNSAID, np.int8)
    by_measure = np.array([_of_measure(m) for m in measures], np.int8)
    said = by_measure[codes]
    found[percent] = said[percent]
    of_title = worded(title) if title else UNSAID
    for at, levels in enumerate(headers):
        column = next((w for w in (worded(words) for words, _, _ in reversed(levels)) if w != UNSAID), UNSAID)
        if column == UNSAID:
            column = of_title
        open_ = percent[:, at] & (found[:, at] == UNSAID)
        found[open_, at] = column
    if len(rows) <= 2000:
        for at, label in enumerate(rows):
            row = next((w for w in map(worded, label) if w != UNSAID), UNSAID)
            if row != UNSAID:
                found[at, percent[at] & (found[at] == UNSAID)] = row
    return found


def with_sums(table: Table) -> Table:
    """Percentages whose words leave it open are shares where a set of them adds up to 100 within rounding."""
    if table.share is None:
        return table
    open_ = (table.statistic == Statistic.PERCENTAGE) & (table.share == UNSAID)
    if not open_.any():
        return table
    width = table.value.shape[1]
    for one in breakdowns(table):
        if not one.complete:
            continue
        table.share.ravel()[one.cells] = SHARE
        if table.form == "cross":  # with them the total of the line: 100
            line = (slice(None), one.cells[0] % width) if one.axis == "rows" else (one.cells[0] // width, slice(None))
            table.share[line][open_[line] & (table.measure[line] == one.measure)] = SHARE
    return table


def _of_measure(measure: Measure) -> int:
    if measure.base is not None:
        return RATE if measure.base != measure.name or worded(measure.header) == RATE else SHARE
    return worded(measure.header) if measure.header else UNSAID


__all__ = ["RATE", "SHARE", "UNSAID", "shares", "with_sums"]
