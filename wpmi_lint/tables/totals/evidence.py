"""How much the figures speak for a line being the sum of other lines: odds against coincidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.totals.relations import Trial

if TYPE_CHECKING:
    from wpmi_lint.model import Ints, Mask, Matrix

# Natural logarithms of odds; see `weigh`. Set by hand on annotated tables of official files. benchmarks/constants.py
# halves and doubles each: the F1 of total cells and that of their parts move by 0.001 at most.
MISS = -3.0  # a position where the sum is out by more than rounding explains
MOST = 9.0  # one position says no more than this, however large its figures
LONE = 0.25  # a position with one part that is not zero: total and part are equal, which says little
LEAST = -0.3  # the least that a sum within rounding says: it may hold by chance, but it holds


class Weight(NamedTuple):
    """Evidence for c candidates."""

    score: Matrix  # [c]
    used: Ints  # [c] positions that could be compared
    held: Ints  # [c] positions where the sum holds within rounding
    exact: Ints  # [c] positions where it holds exactly

    def trial(self, i: int) -> Trial:
        """At how many positions one candidate was tried."""
        return Trial(used=int(self.used[i]), held=int(self.held[i]), exact=int(self.exact[i]))


class Sums(NamedTuple):
    """Figures beside the sums that they may be, for c candidates at m positions."""

    total: Matrix  # [c, m]
    added: Matrix  # [c, m]
    live: Matrix  # [c, m] parts that are not zero
    parts: Ints  # [c, 1]
    usable: Mask  # [c, m] where both can be compared
    unit: Matrix  # what the total is rounded to
    bound: Matrix  # half the units of total and parts added
    own: Matrix  # [c, 1] what total and parts have that is not common to all lines


def slack(bound: Matrix, parts: Ints | int) -> Matrix:
    """How far rounding takes a total from the sum of its rounded parts.

    `bound` is half the units of all figures added: b/2 · (k + 1) for one base. Of many parts 3 deviations are enough.
    """
    k = np.asarray(parts, dtype=np.float64) + 1
    likely: Matrix = np.minimum(1.0, 1 / k + 3 * np.sqrt(1 / (3 * k)))
    return bound * likely


def weigh(sums: Sums) -> Weight:
    """Evidence for each candidate.

    A chance hit in one position is as likely as rounding is wide against the size of a part (the end of the run was
    chosen to fit, so it is the size of a part and not of the total that counts), in further positions against what is
    the lines' own; a true sum holds exactly in 7 of 10 positions, within rounding in nearly all.
    """
    live, unit = sums.live, sums.unit
    off = np.abs(sums.total - sums.added)
    scale = np.maximum(np.abs(sums.added), np.abs(sums.total))
    usable = sums.usable & (scale > 0)
    bound = slack(sums.bound, sums.parts)
    size = scale / np.maximum(live, 1)
    tiny = 1e-9 * scale
    exact = off <= np.minimum(0.01 * unit, 1e-6) + tiny
    near = usable & (off <= bound * (1 + 1e-9) + tiny)
    peculiar = np.minimum(size, sums.own)
    gain = np.log(np.maximum(peculiar * np.where(exact, 0.7 / unit, 0.12 / bound), np.where(exact, 1.0, np.exp(LEAST))))
    np.minimum(gain, np.where(live >= 2, MOST, LONE), out=gain)
    gain = np.where(near, gain, np.where(usable, MISS, 0.0))
    first = np.where(near & (live >= 2), size, 0.0).max(axis=1, initial=0.0)
    common = np.maximum(np.where(near, peculiar, 0.0).max(axis=1, initial=0.0), unit.max() if unit.size == 1 else 1e-9)
    first = np.minimum(np.log(np.maximum(first / common, 1.0)), MOST)
    return Weight(
        score=gain.sum(axis=1) + first,
        used=usable.sum(axis=1),
        held=near.sum(axis=1),
        exact=(near & exact).sum(axis=1),
    )
