"""Rows or columns of a body as lines: what is the same for both directions is written once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import distinct
from wpmi_lint.model import Statistic
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.body import BLANK, HIDDEN, NIL, NUMBER
from wpmi_lint.tables.lexicon import totals as words

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
    unit: Matrix  # what figures are rounded to; [1, 1] where all are alike
    mixed: bool  # whether there is more than one class


class Lines(NamedTuple):
    """n lines (rows, or columns) of m positions each."""

    axis: str  # what lines are: "row", "column", or "member" of a dimension of a tidy table
    value: Matrix  # [n, m]
    number: Mask
    hidden: Mask
    shown: Mask
    kind: NDArray[np.int8]
    labels: Sequence[tuple[str, ...]]  # [n]
    says: NDArray[np.intp]  # [n] what the labels say, see words.py
    prior: Matrix  # [n] what words and bold type add to the odds that the line is a total
    indent: NDArray[np.intp]  # [n]
    indented: bool  # whether indentation differs
    outer: NDArray[np.intp] | None  # [n] code of the labels outside the innermost one, where lines have several
    unit: Matrix  # what figures are rounded to; [1, 1] where all are alike
    plain: bool  # every cell is a number, of one class
    sampled: NDArray[np.intp] | None  # the positions that are looked at, where there are very many
    at: NDArray[np.int64]  # [n, m] index of the cell in the flattened body


# larger figures are no counts, and sums of them would not be exact
LARGEST = 1e15


def cells(body: Body) -> Cells:
    """The body as sums see it."""
    kind = _CLASS[body.statistic]
    number = body.state == NUMBER
    with np.errstate(invalid="ignore"):
        sound = np.abs(body.value) <= LARGEST  # false for NaN
    number &= sound
    plain = bool(number.all())
    value = body.value if plain else np.where(number, body.value, 0.0)
    for never, view in ((() if body.tidy else _never(body.row_labels), kind), (_never(body.col_labels), kind.T)):
        if never:
            view[never] = np.where(view[never] == SHARES, SHARES, NOT_ADDED)
    mixed = bool(kind.size and (kind != kind.flat[0]).any())
    unit = units(value, number, body.decimals, kind)
    if plain:
        return Cells(value, number, np.zeros_like(number), number, kind, unit, mixed)
    shown = body.state != BLANK
    return Cells(value, number | (body.state == NIL), body.state == HIDDEN, shown, kind, unit, mixed)


def _never(labels: Sequence[tuple[str, ...]]) -> list[int]:
    if len(labels) > MOST_LINES:
        return []
    return [i for i, label in enumerate(labels) if words.weigh(label)[0] == words.NEVER]


# more positions than this add nothing to the evidence for a sum
MOST_POSITIONS = 400


# more lines than this are no cross table: they are not searched
MOST_LINES = 30_000


def across(body: Body, table: Cells, axis: str) -> Lines | None:
    """The lines of one direction; None where there are more than a cross table has."""
    value, number, hidden, shown, kind, unit, mixed = table
    plain = not mixed and number is shown
    at = np.arange(value.size).reshape(value.shape)
    if len(body.row_labels if axis == "row" else body.col_labels) > MOST_LINES:
        return None
    if axis == "row":
        said = [words.weigh(label) for label in body.row_labels]
        return _lines(axis, (value, number, hidden, shown, kind), unit, body.row_labels, said, body, plain, at)
    said = [words.weigh(label) for label in body.col_labels]
    turned = value.T, number.T, hidden.T, shown.T, kind.T
    return _lines(axis, turned, unit.T, body.col_labels, said, None, plain, at.T)


def _lines(
    axis: str,
    arrays: tuple[Matrix, Mask, Mask, Mask, NDArray[np.int8]],
    unit: Matrix,
    labels: Sequence[tuple[str, ...]],
    said: list[tuple[int, float]],
    body: Body | None,
    plain: bool,
    at: NDArray[np.int64],
) -> Lines:
    n, m = arrays[0].shape
    told = np.array(said, dtype=np.float64).reshape(n, 2)
    says, prior = told[:, 0].astype(np.intp), told[:, 1]
    blank = prior == words.BLANK
    if np.count_nonzero(blank) > max(2, n // 5):
        prior[blank] = 0.0  # many lines without a label: that says nothing of any of them
    indent = np.array(body.row_indent if body and len(body.row_indent) == n else [0] * n, dtype=np.intp)
    if body and any(body.row_bold) and not all(body.row_bold):
        prior = prior + words.BOLD * np.array(body.row_bold)
    indented = bool(body and n and (indent != indent[0]).any())
    return Lines(axis, *arrays, labels, says, prior, indent, indented, _outer(labels), unit, plain, sample(m), at)


def _outer(labels: Sequence[tuple[str, ...]]) -> NDArray[np.intp] | None:
    if not labels or len(labels[0]) < 2:
        return None
    codes: dict[tuple[str, ...], int] = {}
    return np.array([codes.setdefault(label[:-1], len(codes)) for label in labels], dtype=np.intp)


def sample(positions: int) -> NDArray[np.intp] | None:
    """The positions to look at where there are more than needed, spread evenly."""
    if positions <= MOST_POSITIONS:
        return None
    return distinct(np.linspace(0, positions - 1, MOST_POSITIONS).astype(np.intp))


ENOUGH = 5.0  # odds (logarithm) against figures fitting a base by chance: two multiples of 20 do
# rounding bases that are looked for, each only where those before it in its chain hold
_BASES = (
    (5.0, ()),
    (10.0, (20.0, 50.0, 100.0)),
    (100.0, (500.0, 1000.0)),
    (1000.0, (10_000.0, 100_000.0, 1_000_000.0)),
)


def units(value: Matrix, number: Mask, decimals: NDArray[np.generic], kind: NDArray[np.int8]) -> Matrix:
    """What each figure is rounded to: the rounding base, or one unit of the last decimal of its column or row."""
    if not value.size:
        return np.ones((1, 1))
    if int(decimals.max()) <= 0:  # -1 where there is no number
        return np.full((1, 1), rounding_base(value, kind))
    spread = [_shown(decimals, number, axis) for axis in (0, 1)]
    by_column = int(np.ptp(spread[0])) >= int(np.ptp(spread[1]))
    unit = 10.0 ** -np.minimum(spread[0] if by_column else spread[1], 12).astype(np.float64)
    return np.ascontiguousarray(np.broadcast_to(unit if by_column else unit[:, None], value.shape))


def _shown(decimals: NDArray[np.generic], number: Mask, axis: int) -> NDArray[np.generic]:
    """The most decimals that figures of each column (axis 0) or row (axis 1) show."""
    shown: NDArray[np.generic] = np.where(number, decimals, 0).max(axis=axis)
    return shown


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
