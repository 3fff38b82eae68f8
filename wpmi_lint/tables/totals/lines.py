"""Rows or columns of a body as lines: what is the same for both directions is written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wpmi_lint.model import Statistic
from wpmi_lint.tables.body import BLANK, HIDDEN, NIL, NUMBER
from wpmi_lint.tables.totals import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wpmi_lint.model import Matrix
    from wpmi_lint.tables.body import Body

    Mask = NDArray[np.bool_]

# classes of figures: only figures of one class are added up; SHARES only where words say total
NOT_ADDED, COUNTS, MONEY, OTHERS, SHARES = range(5)
_CLASS = np.zeros(len(Statistic), dtype=np.int8)
_CLASS[[Statistic.UNKNOWN, Statistic.COUNT]] = COUNTS
_CLASS[Statistic.MONEY] = MONEY
_CLASS[Statistic.OTHER] = OTHERS
_CLASS[Statistic.PERCENTAGE] = SHARES


class Cells(NamedTuple):
    """The cells of a body, as sums see them; all [R, C]."""

    value: Matrix  # 0 where there is no number
    number: Mask  # a number or a marker that means zero
    hidden: Mask  # suppressed
    shown: Mask  # anything that is not blank
    kind: NDArray[np.int8]  # class of the figure
    mixed: bool  # whether there is more than one class


class Lines(NamedTuple):
    """n lines (rows, or columns) of m positions each."""

    axis: str  # "row": lines are rows; "column": lines are columns
    value: Matrix  # [n, m]
    number: Mask
    hidden: Mask
    shown: Mask
    kind: NDArray[np.int8]
    labels: Sequence[tuple[str, ...]]  # [n]
    says: Sequence[int]  # [n] what the labels say, see words.py
    indent: Sequence[int]  # [n]
    bold: Sequence[bool]  # [n]
    base: float  # the rounding base of the figures
    sampled: NDArray[np.intp] | None  # the positions that are looked at, where there are very many
    at: NDArray[np.int64]  # [n, m] index of the cell in the flattened body


def cells(body: Body) -> Cells:
    """The body as sums see it."""
    kind = _CLASS[body.statistic]
    number = body.state == NUMBER
    nil = body.state == NIL
    value = np.where(number, body.value, 0.0)
    if not np.isfinite(value).all():
        finite = np.isfinite(value)
        number &= finite
        value = np.where(finite, value, 0.0)
    first = int(kind.flat[0]) if kind.size else COUNTS
    mixed = bool((kind != first).any())
    return Cells(value, number | nil, body.state == HIDDEN, body.state != BLANK, kind, mixed)


# more positions than this add nothing to the evidence for a sum
MOST_POSITIONS = 400


def across(body: Body, table: Cells, axis: str, base: float) -> Lines:
    """The lines of one direction."""
    value, number, hidden, shown, kind, _ = table
    at = np.arange(value.size).reshape(value.shape)
    if axis == "row":
        labels, indent, bold = body.row_labels, body.row_indent, body.row_bold
    else:
        value, number, hidden, shown, kind, at = value.T, number.T, hidden.T, shown.T, kind.T, at.T
        labels, indent, bold = body.col_labels, [0] * len(body.col_labels), [False] * len(body.col_labels)
    said = [words.line_says(label) for label in labels]
    sampled = sample(value.shape[1])
    return Lines(axis, value, number, hidden, shown, kind, labels, said, indent, bold, base, sampled, at)


def sample(positions: int) -> NDArray[np.intp] | None:
    """The positions to look at where there are more than needed, spread evenly."""
    if positions <= MOST_POSITIONS:
        return None
    return np.unique(np.linspace(0, positions - 1, MOST_POSITIONS).astype(np.intp))


_BASES = (1_000_000.0, 100_000.0, 10_000.0, 1_000.0, 500.0, 100.0, 50.0, 20.0, 10.0, 5.0)


def rounding_base(body: Body, table: Cells) -> float:
    """The base that nearly all figures are multiples of; one unit of the last decimal where there is none.

    A few figures may be off (the fault that is looked for); a base that few figures fit by chance is not taken.
    """
    adds = table.number & (table.value != 0)
    if table.mixed:
        adds &= (table.kind != NOT_ADDED) & (table.kind != SHARES)
    figures = table.value[adds]
    if figures.size == 0:
        return 1.0
    decimals = body.decimals[adds]
    most = int(decimals.max())
    if most > 0:
        shown = int(np.sort(decimals)[int(0.9 * (decimals.size - 1))])
        if shown > 0:
            return float(10.0 ** -min(shown, 12))
    figures = np.abs(figures[:: max(1, figures.size // 2000)])
    needed = figures.size - max(figures.size // 12, 1 if figures.size > 3 else 0)
    for base in _BASES:
        if np.count_nonzero(np.fmod(figures, base) == 0) >= needed and figures.size * np.log(base) > 7:
            return base
    return 1.0
