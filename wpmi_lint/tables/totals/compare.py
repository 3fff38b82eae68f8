"""A line beside the sum of others: where both can be compared, and how far they are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.totals.evidence import slack
from wpmi_lint.tables.totals.relations import Trial

if TYPE_CHECKING:
    from wpmi_lint.model import Ints, Mask, Matrix
    from wpmi_lint.tables.totals.lines import Lines


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
