"""The figures of a body: in units, with their statistic, as headers, signs, units of the file and layouts say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Statistic
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables import statistic
from wpmi_lint.tables.numbers import NUMBER, PERCENT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wpmi_lint.model import Codes, Matrix
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.frames import Frame
    from wpmi_lint.tables.headers import Levels
    from wpmi_lint.tables.measures import Words

_UNSCALED = (Statistic.PERCENTAGE, Statistic.RATE, Statistic.INDEX)


class Cells(NamedTuple):
    """The body of a frame, [R, C] each."""

    kind: Codes
    value: Matrix
    decimals: Codes
    flags: Codes


def body(grid: Grid, frame: Frame) -> Cells:
    """The cells of the body; views of the grid where that is possible, but for what may be changed."""
    rows, cols = frame.rows, frame.body
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, cols[0], cols[-1] + 1
    if bottom - top == len(rows) and right - left == len(cols):
        kind, flags = grid.kind[top:bottom, left:right], grid.flags[top:bottom, left:right]
        value, decimals = grid.value[top:bottom, left:right], grid.decimals[top:bottom, left:right]
        return Cells(kind, value.copy(), decimals.copy(), flags)
    at = np.ix_(rows, np.array(cols))
    return Cells(grid.kind[at], grid.value[at], grid.decimals[at], grid.flags[at])


def with_units(levels: Sequence[Levels], units: Mapping[str, str]) -> list[Levels]:
    """Headers with the unit that the file gives for them outside the grid, as their lowest words."""
    if not units:
        return list(levels)
    return [[*level, (units[level[-1][0]], -1, -1)] if level and level[-1][0] in units else level for level in levels]


def scaled(
    grid: Grid, cells: Cells, levels: Sequence[Levels], above: Sequence[Words], stated: Sequence[float]
) -> Cells:
    """Figures in units: "(thousands)" in a header, unit line or title is applied. `stated`: scales of a layout."""
    general = next((s for line in above if (s := statistic.scale(line.words)) != 1.0), 1.0)
    for at, level in enumerate(levels):
        words = [w for w, _, _ in level]
        factor = next((s for w in reversed(words) if (s := statistic.scale(w)) != 1.0), general)
        if grid.divided or statistic.of_levels(words) in _UNSCALED:
            factor = 1.0
        factor = stated[at] if stated and stated[at] != 1.0 else factor
        if factor != 1.0:
            _multiply(cells, at, factor)
    return cells


def _multiply(cells: Cells, at: int, factor: float) -> None:
    """Multiply a column in place, and move the decimals with it; a percentage stays what it is."""
    number = (cells.kind[:, at] == NUMBER) & ((cells.flags[:, at] & PERCENT) == 0)
    cells.value[number, at] = np.round(cells.value[number, at] * factor, 6)
    moved = len(str(int(factor))) - 1
    cells.decimals[number, at] = np.maximum(cells.decimals[number, at] - moved, 0)


def as_percent(cells: Cells, stats: Codes) -> None:
    """Percentages written as fractions that make up one whole (0.25, 0.75) become 25 and 75, in place."""
    for at in np.flatnonzero((stats == Statistic.PERCENTAGE).any(axis=0)).tolist():
        here = (stats[:, at] == Statistic.PERCENTAGE) & (cells.kind[:, at] == NUMBER)
        values = cells.value[here, at]
        if (cells.flags[here, at] & PERCENT).any() or len(values) < 2 or (values == np.floor(values)).all():
            continue
        slack = len(values) * 0.5 * 10.0 ** -int(cells.decimals[here, at].max())
        total = float(values.sum())
        if values.min() >= 0 and values.max() <= 1 and min(abs(total - 1), abs(total - 2)) <= min(slack, 0.05) + 1e-9:
            cells.value[here, at] = np.round(values * 100, 9)
            cells.decimals[here, at] = np.maximum(cells.decimals[here, at] - 2, 0)
