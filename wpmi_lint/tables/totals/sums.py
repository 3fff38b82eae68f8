"""Sums of lines: how one is tried, how much its figures are evidence, and which can be true together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from wpmi_lint.model import Ints, Mask, Matrix
    from wpmi_lint.tables.totals.lines import Lines


class Trial(NamedTuple):
    """At how many positions a sum was tried."""

    used: int = 0  # positions that could be compared
    held: int = 0  # positions where the sum holds within rounding
    exact: int = 0  # positions where it holds exactly


class Sum(NamedTuple):
    """Line `total` is the sum of the lines `parts`."""

    total: int
    parts: tuple[int, ...]
    trial: Trial
    family: str = ""  # the lines that were looked at, in words, where not all were


class Accepted:
    """The sums accepted so far in one direction."""

    def __init__(self) -> None:
        self.sums: list[Sum] = []
        self.of_total: dict[int, list[Sum]] = {}
        self._of_part: dict[int, list[Sum]] = {}

    def add(self, new: Sum) -> bool:
        """Accept a sum unless it contradicts one that was accepted before; whether it was accepted."""
        parts = set(new.parts)
        if new.total in parts or not self._fits(new, parts):
            return False
        self.sums.append(new)
        self.of_total.setdefault(new.total, []).append(new)
        for part in new.parts:
            self._of_part.setdefault(part, []).append(new)
        return True

    @property
    def parts(self) -> set[int]:
        """The lines that are a part of some sum."""
        return set(self._of_part)

    def _fits(self, new: Sum, parts: set[int]) -> bool:
        for old in self.of_total.get(new.total, ()):
            if new.parts == old.parts or not parts.isdisjoint(self._below(old)):
                return False  # another partition of the same total must be of other lines
        if not self.sums:
            return True
        for part in new.parts:
            below = self._children(part)
            if new.total in below or not parts.isdisjoint(below):
                return False  # a circle, or a line added together with its own parts
            for old in self._of_part.get(part, ()):
                other = set(old.parts)
                if not (parts <= other or other <= parts or len(parts & other) == 1):
                    return False  # two totals share some parts only; one is shared where two breakdowns cross
        return True

    def _children(self, line: int) -> set[int]:
        return {part for summed in self.of_total.get(line, ()) for part in summed.parts}

    def _below(self, summed: Sum) -> set[int]:
        """All lines below a total, down to the leaves."""
        below: set[int] = set()
        waiting = list(summed.parts)
        while waiting:
            line = waiting.pop()
            if line not in below:
                below.add(line)
                waiting.extend(self._children(line))
        return below


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


def slack(bound: Matrix, parts: Ints | int) -> Matrix:
    """How far rounding takes a total from the sum of its rounded parts.

    `bound` is half the units of all figures added: b/2 · (k + 1) for one base. Of many parts 3 deviations are enough.
    """
    k = np.asarray(parts, dtype=np.float64) + 1
    likely: Matrix = np.minimum(1.0, 1 / k + 3 * np.sqrt(1 / (3 * k)))
    return bound * likely


def weigh(
    figure: Matrix, added: Matrix, *, live: Matrix, size: Ints, usable: Mask, unit: Matrix, bound: Matrix, own: Matrix
) -> Weight:
    """Evidence for c candidates at m positions: figures beside the sums [c, m] that they may be.

    live: parts that are not zero [c, m]; size: parts [c]; usable: where both can be compared; unit: what the figure is
    rounded to; bound: half the units of figure and parts added; own: what they have that not all lines have [c, 1].

    A chance hit in one position is as likely as rounding is wide against the size of a part (the end of the run was
    chosen to fit, so it is the size of a part and not of the total that counts), in further positions against what is
    the lines' own; a true sum holds exactly in 7 of 10 positions, within rounding in nearly all.
    """
    off = np.abs(figure - added)
    scale = np.maximum(np.abs(added), np.abs(figure))
    usable = usable & (scale > 0)
    bound = slack(bound, size[:, None])
    share = scale / np.maximum(live, 1)
    tiny = 1e-9 * scale
    exact = off <= np.minimum(0.01 * unit, 1e-6) + tiny
    near = usable & (off <= bound * (1 + 1e-9) + tiny)
    peculiar = np.minimum(share, own)
    gain = np.log(np.maximum(peculiar * np.where(exact, 0.7 / unit, 0.12 / bound), np.where(exact, 1.0, np.exp(LEAST))))
    np.minimum(gain, np.where(live >= 2, MOST, LONE), out=gain)
    gain = np.where(near, gain, np.where(usable, MISS, 0.0))
    first = np.where(near & (live >= 2), share, 0.0).max(axis=1, initial=0.0)
    common = np.maximum(np.where(near, peculiar, 0.0).max(axis=1, initial=0.0), unit.max() if unit.size == 1 else 1e-9)
    first = np.minimum(np.log(np.maximum(first / common, 1.0)), MOST)
    return Weight(
        score=gain.sum(axis=1) + first,
        used=usable.sum(axis=1),
        held=near.sum(axis=1),
        exact=(near & exact).sum(axis=1),
    )


class Beside(NamedTuple):
    """A line and the sum of others, at the positions that are looked at: [m], and [parts, m] for `value`."""

    figure: Matrix
    number: Mask  # where the line shows a number
    value: Matrix
    added: Matrix
    hidden: Mask  # where some part is hidden
    bound: Matrix  # how far rounding can take the line from the sum

    def trial(self, usable: Mask) -> Trial:
        """At how many of the usable positions the sum holds."""
        off = np.abs(self.figure - self.added)
        held, exact = (off <= self.bound) & usable, equal(self.figure, self.added) & usable
        return Trial(used=int(usable.sum()), held=int(held.sum()), exact=int(exact.sum()))

    def far(self, usable: Mask) -> float:
        """How far the sum is out in the middle one of the usable positions, as a share."""
        size = np.maximum(np.maximum(np.abs(self.figure), np.abs(self.added)), 2 * self.bound)
        return float(np.median((np.abs(self.figure - self.added) / size)[usable]))


def beside(lines: Lines, total: int, parts: tuple[int, ...]) -> Beside:
    """A line beside the sum of others."""
    at = slice(None) if lines.sampled is None else lines.sampled
    rows = np.array(parts, dtype=np.intp)
    value = lines.value[rows][:, at]
    veiled: Mask = lines.hidden[rows][:, at]
    bound = np.broadcast_to(rounding(lines, total, rows), lines.value[total].shape)[at]
    return Beside(
        figure=lines.value[total][at],
        number=lines.number[total][at],
        value=value,
        added=value.sum(axis=0),
        hidden=np.asarray(veiled.any(axis=0)),
        bound=bound,
    )


def equal(figure: Matrix, added: Matrix) -> Mask:
    """Where figures are the same but for the last digits of binary fractions."""
    same: Mask = np.abs(figure - added) <= 1e-9 * np.abs(figure)
    return same


def rounding(lines: Lines, total: int, parts: Ints) -> Matrix:
    """How far rounding can take the total from the sum of these parts, for each position or once for all."""
    if lines.unit.size == 1:
        return slack(lines.unit[0] / 2 * (parts.size + 1), parts.size)
    return slack((lines.unit[parts].sum(axis=0) + lines.unit[total]) / 2, parts.size)
