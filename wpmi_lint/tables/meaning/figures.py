"""The cells of a body: figures in units, and the markers that stand where a figure could."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import are_whole
from wpmi_lint.model import Statistic
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables import body as state
from wpmi_lint.tables.body import BodyCells
from wpmi_lint.tables.lexicon import word_set
from wpmi_lint.tables.lexicon.headers import of_levels, scale_of
from wpmi_lint.tables.numbers import DATE, EMPTY, MARKER, NUMBER, PERCENT, SOFT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wpmi_lint.model import Codes
    from wpmi_lint.tables.body import Frame
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.find.headers import Levels
    from wpmi_lint.tables.find.surroundings import Nearby
    from wpmi_lint.terms import Matcher


_UNSCALED = (Statistic.PERCENTAGE, Statistic.RATE, Statistic.INDEX)


def body_cells(grid: Grid, frame: Frame) -> BodyCells:
    """The cells of the body; views of the grid where that is possible, but for what may be changed."""
    rows, cols = frame.rows, frame.body
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, cols[0], cols[-1] + 1
    whole = bottom - top == len(rows) and right - left == len(cols)
    at = (slice(top, bottom), slice(left, right)) if whole else np.ix_(rows, np.array(cols))
    value, decimals = grid.value[at], grid.decimals[at]
    if whole:
        value, decimals = value.copy(), decimals.copy()
    return BodyCells(kind=grid.kind[at], value=value, decimals=decimals, flags=grid.flags[at])


def with_units(levels: Sequence[Levels], units: Mapping[str, str]) -> list[Levels]:
    """Headers with the unit that the file gives for them outside the grid, as their lowest words."""
    if not units:
        return list(levels)
    return [[*level, (units[level[-1][0]], -1, -1)] if level and level[-1][0] in units else level for level in levels]


def scales(headers: Sequence[Levels], above: Sequence[Nearby], *, divided: bool) -> list[float]:
    """The factor of each column: "(thousands)" in a header, unit line or title.

    divided: a number format divides what is stored already.
    """
    general = _first(line.words for line in above)
    factors = []
    for levels in headers:
        words = [words for words, _, _ in levels]
        own = _first(reversed(words))
        unscaled = divided or of_levels(words) in _UNSCALED
        factors.append(1.0 if unscaled else general if own == 1.0 else own)
    return factors


def _first(lines: Iterable[str]) -> float:
    return next((factor for words in lines if (factor := scale_of(words)) != 1.0), 1.0)


def multiply(cells: BodyCells, factors: Sequence[float]) -> None:
    """Multiply columns in place, and move the decimals with them; a percentage stays what it is."""
    for at, factor in enumerate(factors):
        if factor == 1.0:
            continue
        number = (cells.number & ~cells.percent)[:, at]
        cells.value[number, at] = np.round(cells.value[number, at] * factor, 6)
        moved = len(str(int(factor))) - 1
        cells.decimals[number, at] = np.maximum(cells.decimals[number, at] - moved, 0)


def as_percent(cells: BodyCells, statistics: Codes) -> None:
    """Percentages written as fractions that make up one whole (0.25, 0.75) become 25 and 75, in place."""
    percent = statistics == Statistic.PERCENTAGE
    for at in np.flatnonzero(percent.any(axis=0)).tolist():
        here = percent[:, at] & (cells.kind[:, at] == NUMBER)
        values = cells.value[here, at]
        if (cells.flags[here, at] & PERCENT).any() or len(values) < 2 or are_whole(values):
            continue
        slack = len(values) * 0.5 * 10.0 ** -int(cells.decimals[here, at].max())
        total = float(values.sum())
        if values.min() >= 0 and values.max() <= 1 and min(abs(total - 1), abs(total - 2)) <= min(slack, 0.05) + 1e-9:
            cells.value[here, at] = np.round(values * 100, 9)
            cells.decimals[here, at] = np.maximum(cells.decimals[here, at] - 2, 0)


_ZERO = ("nil", "zero", "not applicable")  # meanings of a policy; the others hide a figure
_NIL = word_set("- -- – — − nil none . z [z]")  # where the policy does not say
_MARKERS = 30_000  # different texts that are told apart in one table


class Marks(NamedTuple):
    """What stands in the body instead of figures."""

    markers: tuple[str, ...]
    code: Codes  # [R, C] index into markers, -1 where there is a number
    state: Codes  # [R, C] of body.py
    unknown: Codes | None = None  # [R, C] 1 where text is neither figure nor marker


def marks(grid: Grid, frame: Frame, cells: BodyCells, *, matcher: Matcher) -> Marks:
    """The markers of a body."""
    kind = cells.kind
    code = np.full(kind.shape, -1, np.int16)
    states = np.full(kind.shape, state.NUMBER, np.int8)
    if (kind == NUMBER).all():
        return Marks(markers=(), code=code, state=states)
    empty = kind == EMPTY
    seen: dict[str, int] = {}
    if empty.any():
        seen[""] = 0
        code[empty], states[empty] = 0, state.BLANK
    unknown = np.zeros(kind.shape, np.int8)
    rows, cols = np.nonzero((kind != NUMBER) & ~empty)
    for row, col in zip(rows.tolist(), cols.tolist(), strict=True):
        text = grid.text(int(frame.rows[row]), frame.body[col])
        if len(seen) >= _MARKERS and text not in seen:
            text = "…"
        code[row, col] = seen.setdefault(text, len(seen))
        meaning = matcher.marker(text)
        if meaning is not None:
            states[row, col] = state.NIL if meaning in _ZERO else state.HIDDEN
        elif kind[row, col] == MARKER or cells.flags[row, col] & SOFT:
            states[row, col] = state.NIL if text.lower() in _NIL else state.HIDDEN
        else:
            states[row, col] = state.OTHER
            unknown[row, col] = kind[row, col] != DATE
    return Marks(markers=tuple(seen), code=code, state=states, unknown=unknown if unknown.any() else None)
