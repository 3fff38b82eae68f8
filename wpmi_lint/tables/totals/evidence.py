"""How much the figures speak for a line being the sum of a run of lines: odds against coincidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wpmi_lint.model import Matrix

    Ints = NDArray[np.intp]
    Mask = NDArray[np.bool_]

# natural logarithms of odds; see `weigh`
MISS = -3.0  # a position where the sum is out by more than rounding explains
MOST = 9.0  # one position says no more than this, however large its figures
LONE = 0.25  # a position with one part that is not zero: total and part are equal, which says little


class Weight(NamedTuple):
    """Evidence for c candidates."""

    score: Matrix  # [c]
    used: NDArray[np.intp]  # [c] positions that could be compared
    held: NDArray[np.intp]  # [c] positions where the sum holds within rounding
    exact: NDArray[np.intp]  # [c]


def slack(base: float, parts: Matrix) -> Matrix:
    """How far rounding takes a total from the sum of its rounded parts: b/2 · (k + 1), for many 3 deviations."""
    worst: Matrix = base / 2 * (parts + 1)
    return np.minimum(worst, base * (0.5 + 3 * np.sqrt((parts + 1) / 12)))


def weigh(total: Matrix, sums: Matrix, live: Matrix, parts: Matrix, usable: Mask, base: float) -> Weight:
    """Evidence for each candidate.

    total, sums: [c, m]; live: [c, m] parts that are not zero; parts: [c, 1] parts; usable: [c, m].
    A chance hit on one position is as likely as rounding is wide against the size of a part (the end of the run was
    chosen to fit, so it is the size of a part and not of the total that counts); a true sum holds exactly in 7 of 10
    positions, within rounding in nearly all.
    """
    off = np.abs(total - sums)
    bound = slack(base, parts)
    usable = usable & ((total != 0) | (sums != 0))
    size = np.maximum(np.abs(sums), np.abs(total)) / np.maximum(live, 1) / base
    exact = usable & (off <= np.minimum(0.01 * base, 1e-6) + 1e-9 * np.abs(total))
    near = usable & (off <= bound * (1 + 1e-9))
    gain = np.log(np.maximum(np.where(exact, 0.7 * size, 0.12 * size / (bound / base)), 0.5))
    gain = np.minimum(gain, MOST)
    gain = np.where(near, np.where(live >= 2, gain, np.minimum(gain, LONE)), np.where(usable, MISS, 0.0))
    return Weight(gain.sum(1), usable.sum(1), near.sum(1), exact.sum(1))
