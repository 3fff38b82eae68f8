"""Rows or columns of a body as lines: what is the same for both directions is written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wpmi_lint.arrays import distinct, with_codes
from wpmi_lint.model import Statistic
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.body import BLANK, HIDDEN, NIL, NUMBER
from wpmi_lint.tables.lexicon import totals as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wpmi_lint.model import Index, Ints, Mask, Matrix
    from wpmi_lint.tables.body import Body

# classes of figures: only figures of one class are added up; SHARES only where words say total
NOT_ADDED, COUNTS, MONEY, OTHERS, SHARES = range(5)
_CLASS = np.zeros(len(Statistic), dtype=np.int8)
_CLASS[[Statistic.UNKNOWN, Statistic.COUNT]] = COUNTS
_CLASS[Statistic.MONEY] = MONEY
_CLASS[Statistic.OTHER] = OTHERS
_CLASS[Statistic.PERCENTAGE] = SHARES

LARGEST = 1e15  # larger figures are no counts, and sums of them would not be exact
MOST_POSITIONS = 400  # more positions add nothing to the evidence for a sum
MOST_LINES = 30_000  # more lines are no cross table: they are not searched


class Addends(NamedTuple):
    """The cells of a body, as sums see them; all [R, C]."""

    value: Matrix  # 0 where there is no number
    number: Mask  # a number or a marker that means zero
    hidden: Mask  # suppressed
    shown: Mask  # anything that is not blank
    kind: NDArray[np.int8]  # class of the figure
    unit: Matrix  # what figures are rounded to; [1, 1] where all are alike
    mixed: bool  # whether there is more than one class
    plain: bool  # every cell is a number, of one class

    def turned(self) -> Addends:
        """The same with columns as rows."""
        arrays: dict[str, Any] = {k: v.T for k, v in self._asdict().items() if isinstance(v, np.ndarray)}
        return self._replace(**arrays)


class Lines(NamedTuple):
    """n lines (rows, or columns) of m positions each."""

    axis: str  # what lines are: "row", "column", or "member" of a dimension of a tidy table
    value: Matrix  # [n, m]
    number: Mask
    hidden: Mask
    shown: Mask
    kind: NDArray[np.int8]
    unit: Matrix  # what figures are rounded to; [1, 1] where all are alike
    mixed: bool  # whether there is more than one class
    plain: bool  # every cell is a number, of one class
    labels: Sequence[tuple[str, ...]]  # [n]
    says: Ints  # [n] what the labels say, see lexicon/totals.py
    prior: Matrix  # [n] what words and bold type add to the odds that the line is a total
    outer: Index | None  # [n] code of the labels outside the innermost one, where lines have several
    sampled: Ints | None  # the positions that are looked at, spread evenly, where there are very many
    at: NDArray[np.int64]  # [n, m] index of the cell in the flattened body
    indent: Ints  # [n]
    indented: bool  # whether indentation differs


def addends(body: Body) -> Addends:
    """The body as sums see it."""
    kind = _CLASS[body.statistic]
    number = body.state == NUMBER
    with np.errstate(invalid="ignore"):
        number &= np.abs(body.value) <= LARGEST  # false for NaN
    all_numbers = bool(number.all())
    value = body.value if all_numbers else np.where(number, body.value, 0.0)
    for never, view in ((() if body.tidy else _never(body.row_labels), kind), (_never(body.col_labels), kind.T)):
        if never:
            view[never] = np.where(view[never] == SHARES, SHARES, NOT_ADDED)
    mixed = bool(kind.size and (kind != kind.flat[0]).any())
    return Addends(
        value=value,
        number=number | (body.state == NIL),
        hidden=body.state == HIDDEN,
        shown=number if all_numbers else body.state != BLANK,
        kind=kind,
        unit=units(value, number, decimals=body.decimals, kind=kind),
        mixed=mixed,
        plain=all_numbers and not mixed,
    )


def _never(labels: Sequence[tuple[str, ...]]) -> list[int]:
    if len(labels) > MOST_LINES:
        return []
    return [i for i, label in enumerate(labels) if words.weigh(label)[0] == words.NEVER]


def across(body: Body, cells: Addends, axis: str) -> Lines | None:
    """The lines of one direction; None where there are more than a cross table has."""
    at = np.arange(cells.value.size).reshape(cells.value.shape)
    labels = body.row_labels if axis == "row" else body.col_labels
    if len(labels) > MOST_LINES:
        return None
    weights = [words.weigh(label) for label in labels]
    if axis == "column":
        return lines_of(cells.turned(), at.T, labels, weights=weights, axis=axis)
    lines = lines_of(cells, at, labels, weights=weights, axis=axis)
    if any(body.row_bold) and not all(body.row_bold):
        lines = lines._replace(prior=lines.prior + words.BOLD * np.array(body.row_bold))
    if len(body.row_indent) != len(labels):
        return lines
    indent = np.array(body.row_indent, dtype=np.intp)
    return lines._replace(indent=indent, indented=bool(indent.size and (indent != indent[0]).any()))


def lines_of(
    cells: Addends,
    at: NDArray[np.int64],
    labels: Sequence[tuple[str, ...]],
    *,
    weights: Sequence[tuple[int, float]],
    axis: str,
) -> Lines:
    """Lines of cells, whose labels weigh so much (lexicon/totals.py), without indents."""
    n, m = cells.value.shape
    says, prior = np.array(weights, dtype=np.float64).reshape(n, 2).T
    blank = prior == words.BLANK
    if np.count_nonzero(blank) > max(2, n // 5):
        prior = np.where(blank, 0.0, prior)  # many lines without a label: that says nothing of any of them
    return Lines(
        **cells._asdict(),
        axis=axis,
        labels=labels,
        says=says.astype(np.intp),
        prior=prior,
        outer=with_codes([label[:-1] for label in labels])[0] if labels and len(labels[0]) > 1 else None,
        sampled=None if m <= MOST_POSITIONS else distinct(np.linspace(0, m - 1, MOST_POSITIONS).astype(np.intp)),
        at=at,
        indent=np.zeros(n, np.intp),
        indented=False,
    )


ENOUGH = 5.0  # odds (logarithm) against figures fitting a base by chance: two multiples of 20 do
# rounding bases that are looked for, each only where those before it in its chain hold
_BASES = (
    (5.0, ()),
    (10.0, (20.0, 50.0, 100.0)),
    (100.0, (500.0, 1000.0)),
    (1000.0, (10_000.0, 100_000.0, 1_000_000.0)),
)


def units(value: Matrix, number: Mask, *, decimals: NDArray[np.generic], kind: NDArray[np.int8]) -> Matrix:
    """What each figure is rounded to: the rounding base, or one unit of the last decimal of its column or row."""
    if not value.size:
        return np.ones((1, 1))
    if int(decimals.max()) <= 0:  # -1 where there is no number
        return np.full((1, 1), rounding_base(value, kind))
    # the most decimals that figures of each column, and of each row, show
    columns, rows = (np.where(number, decimals, 0).max(axis=axis) for axis in (0, 1))
    shown = columns[None] if int(np.ptp(columns)) >= int(np.ptp(rows)) else rows[:, None]
    return np.ascontiguousarray(np.broadcast_to(10.0 ** -np.minimum(shown, 12).astype(np.float64), value.shape))


def rounding_base(value: Matrix, kind: NDArray[np.int8]) -> float:
    """The base that nearly all whole figures are multiples of, 1 where there is none.

    A few figures may be off (the fault that is looked for); a base that few figures fit by chance is not taken.
    """
    figures = np.abs(value[(value != 0) & (kind != NOT_ADDED) & (kind != SHARES)])
    if figures.size > 2000:
        figures = figures[:: figures.size // 2000]
    allowed = max(figures.size // 8, int(figures.size > 3))
    best = 1.0
    for first, larger in _BASES:
        if np.count_nonzero(np.fmod(figures, first)) > allowed:
            return best
        best = first if figures.size * np.log(first) > ENOUGH else best
        for base in larger:
            if np.count_nonzero(np.fmod(figures, base)) <= allowed and figures.size * np.log(base) > ENOUGH:
                best = base
    return best
