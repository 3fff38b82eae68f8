"""How many people a set of shares can stand for."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def smallest_base(shares: Sequence[float], decimals: int, below: int) -> int | None:
    """The smallest base under `below` that gives these percentages when rounded to so many decimals.

    None where no base under `below` does. A base n is feasible where every share has a whole number of people in
    its rounding interval and those numbers can add up to n (the reasoning of the GRIM test, Brown and Heathers 2017,
    for a whole set of shares). Exact: fractions, never floating point.
    """
    half = Fraction(1, 2 * 10**decimals)
    exact = [Fraction(round(share * 10**decimals), 10**decimals) for share in shares]
    return next((n for n in range(1, below) if _feasible(n, exact, half)), None)


def _feasible(base: int, shares: Sequence[Fraction], half: Fraction) -> bool:
    low = high = 0
    for share in shares:
        least = max(0, ceil(base * (share - half) / 100))
        most = min(base, floor(base * (share + half) / 100))
        if least > most:
            return False
        low, high = low + least, high + most
    return low <= base <= high
