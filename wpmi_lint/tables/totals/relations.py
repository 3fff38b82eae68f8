"""Sums of lines, and which of them can be true together."""

from __future__ import annotations

from wpmi_lint.records import NamedTuple


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
