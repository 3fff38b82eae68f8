"""The noun total: a cell that is the sum of others."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.figure_text import figure_text
from wpmi_lint.model import Arithmetic, Figure
from wpmi_lint.nouns.cell import FIELDS, Cells, subjects
from wpmi_lint.nouns.contract import Coded, Field, Noun, Numbers, Subjects

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from wpmi_lint.nouns.context import TableContext

_SHOWN_PARTS = 8  # a longer sum is folded in the middle


def find(context: TableContext) -> Subjects:
    """Every total of a table. It speaks of its own figure alone: the parts are used, and judged by their own rules."""
    return subjects(context, context.table.totals.cell)


def _parts(cells: Cells) -> Numbers:
    count = np.diff(cells.table.totals.start).astype(np.float64)
    return Numbers(np.where(count > 0, count, np.nan))


def _direction(cells: Cells) -> Coded:
    totals, width = cells.table.totals, max(len(cells.table.cols), 1)
    across = np.zeros(len(totals.cell), np.int32)
    if len(totals.part):
        first = totals.part[np.minimum(totals.start[:-1], len(totals.part) - 1)]
        across = np.asarray(first // width == totals.cell // width, np.int32)
    return Coded(across, ("column", "row"))


def _worked(cells: Cells, i: int, compared: Collection[str]) -> Arithmetic | None:
    if "sum_of_parts" not in compared:
        return None
    totals = cells.table.totals
    parts = totals.part[totals.start[i] : totals.start[i + 1]].tolist()
    return added([cells.context.address(part) for part in parts], float(cells.context.sums[i]))


def added(parts: Sequence[str], total: float, unit: str = "") -> Arithmetic:
    """Cells added up: B9 + C9 = 360; the cells alone where the sum is not known (NaN)."""
    named = parts if len(parts) <= _SHOWN_PARTS else [*parts[:3], "…", *parts[-3:]]
    if isnan(total):
        return Arithmetic((", ".join(named),), tuple(parts))
    words = (f"{' + '.join(named)} = ", Figure(figure_text(total), deduced=True))
    return Arithmetic((*words, unit) if unit else words, tuple(parts))


_SUM = "the parts added up; absent where a part is suppressed or no figure"
FIELDS = FIELDS | {
    "parts": Field("number", "how many parts the total has; absent where none are shown", _parts),
    "sum_of_parts": Field("number", _SUM, lambda cells: Numbers(cells.context.sums), figure=True, deduced=True),
    "direction": Field(("row", "column"), "the total closes a row or a column", _direction),
}
EACH = "cell that is a total, once for each direction in which it is one"
NOUNS = (Noun("total", each=EACH, scope="table", find=find, fields=FIELDS, worked=_worked),)
