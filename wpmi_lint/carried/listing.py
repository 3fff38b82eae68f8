"""How hidden things are told: a sample of their texts, ranges in a row, the first few of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def sample(words: Iterable[str], most: int = 200, longest: int = 300) -> tuple[str, ...]:
    """Texts to look for figures and names in: different ones, not too many, not too long."""
    seen: dict[str, None] = {}
    for text in words:
        short = text.strip()[:longest]
        if short:
            seen.setdefault(short)
        if len(seen) >= most:
            break
    return tuple(seen)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Consecutive numbers as (first, last)."""
    out: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if out and number == out[-1][1] + 1:
            out[-1] = (out[-1][0], number)
        else:
            out.append((number, number))
    return out


def listed(ranges: list[str], count: int = 0, most: int = 4) -> str:
    """Ranges for people: the first few, then how many more there are of `count`."""
    more = max(count, len(ranges)) - most
    return ", ".join(ranges[:most]) + (f" and {more} more" if more > 0 else "")
