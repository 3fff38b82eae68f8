"""How many people a set of shares can stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def smallest_base(shares: Sequence[float], decimals: int, below: int) -> int | None:
    """The smallest base under `below` that gives these percentages when rounded to so many decimals.

    None where no base under `below` does. A base n is feasible where every share has a whole number of people in
    its rounding interval and those numbers can add up to n (the reasoning of the GRIM test, Brown and Heathers 2017,
    for a whole set of shares). Exact: whole numbers, never floating point.
    """
    exact = [round(share * 10**decimals) for share in shares]  # in units of the last decimal
    return next((base for base in range(1, below) if _feasible(base, exact, 2 * 100 * 10**decimals)), None)


def _feasible(base: int, shares: Sequence[int], whole: int) -> bool:
    """Whether people can be counted so; whole: 100 percent in half units of the last decimal."""
    low = high = 0
    for share in shares:
        least, most = max(0, -(-base * (2 * share - 1) // whole)), min(base, base * (2 * share + 1) // whole)
        if least > most:
            return False
        low, high = low + least, high + most
    return low <= base <= high
