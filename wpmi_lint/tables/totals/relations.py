"""Relations between lines, and which of them can be true together."""

from __future__ import annotations

from wpmi_lint.records import NamedTuple


class Relation(NamedTuple):
    """Line `total` is the sum of the lines `parts`."""

    total: int
    parts: tuple[int, ...]
    used: int  # positions that could be compared
    held: int  # positions where the sum holds within rounding
    exact: int  # positions where it holds exactly
    family: str = ""  # the lines that were looked at, in words, where not all were


class Known:
    """The relations accepted so far in one direction."""

    def __init__(self) -> None:
        self.relations: list[Relation] = []
        self.of_total: dict[int, list[Relation]] = {}
        self._of_part: dict[int, list[Relation]] = {}

    def add(self, new: Relation) -> bool:
        """Accept a relation unless it contradicts one that was accepted before; whether it was accepted."""
        parts = set(new.parts)
        if new.total in parts or not self._fits(new, parts):
            return False
        self.relations.append(new)
        self.of_total.setdefault(new.total, []).append(new)
        for part in new.parts:
            self._of_part.setdefault(part, []).append(new)
        return True

    def _fits(self, new: Relation, parts: set[int]) -> bool:
        for old in self.of_total.get(new.total, ()):
            if new.parts == old.parts or not parts.isdisjoint(self._below(old)) or not parts.isdisjoint(old.parts):
                return False  # another partition of the same total must be of other lines
        if not self.relations:
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
        found: set[int] = set()
        for relation in self.of_total.get(line, ()):
            found.update(relation.parts)
        return found

    def _below(self, relation: Relation) -> set[int]:
        """All lines below a relation, down to the leaves."""
        found: set[int] = set()
        waiting = list(relation.parts)
        while waiting:
            line = waiting.pop()
            if line not in found:
                found.add(line)
                waiting.extend(self._children(line))
        return found
