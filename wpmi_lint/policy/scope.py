"""The names that a policy defines, and the problems found while they are resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.nouns import CONSTANTS, DOMAINS
from wpmi_lint.policy.problems import Problem, at, did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wpmi_lint.policy.resolved import Scalar
    from wpmi_lint.policy.syntax import Word

CATEGORIES = ("measure", "kind", "dimension", "label", "source", "let", "rule")


class Scope:
    """What is defined so far. Lookups note the use of a name, and the problem where there is no such name."""

    def __init__(self, damaged: Iterable[int] = (), lines: tuple[str, ...] = ()) -> None:
        self.problems: list[Problem] = []
        self.lets: dict[str, Scalar] = {}
        self._defined: dict[str, dict[str, Word | None]] = {category: {} for category in CATEGORIES}
        self._used: set[tuple[str, str]] = set()
        self._damaged = frozenset(damaged)
        self._lines = lines
        self._lost = " ".join(lines[n - 1] for n in self._damaged if 0 < n <= len(lines))

    def report(self, word: Word, message: str, help: str = "") -> None:
        """Notes a problem with a word, unless its line already has a syntax error."""
        if word.line not in self._damaged:
            self.problems.append(at(word, message, help))

    def is_damaged(self, first: int, last: int) -> bool:
        """Whether a syntax error stands in these lines, so that something may have been lost."""
        return any(first <= line <= last for line in self._damaged)

    def define(self, category: str, word: Word) -> bool:
        """Defines a name; False where it is defined twice."""
        known = self._defined[category]
        if word.text in known:
            first = known[word.text]
            where = f"it is first defined in line {first.line}" if first else "it is inherited"
            self.report(word, f"the {_SAID.get(category, category)} `{word.text}` is defined twice", where)
            return False
        known[word.text] = word
        return True

    def inherit(self, category: str, names: Iterable[str]) -> None:
        """Names that a parent policy defines."""
        self._defined[category].update(dict.fromkeys(names))

    def names(self, category: str) -> list[str]:
        """The names that can stand for a category: the policy's own, or the words of a fixed domain."""
        return list(self._defined.get(category, DOMAINS.get(category, ())))

    def knows(self, category: str, name: str) -> bool:
        """Whether a name is defined; notes its use."""
        if name not in self.names(category):
            return False
        self._used.add((category, name))
        return True

    def lookup(self, category: str, word: Word) -> bool:
        """Whether a name is defined; notes its use, or the problem."""
        if self.knows(category, word.text):
            return True
        if word.text not in self._lost:
            names = self.names(category)
            known = f"known: {listed(names)}" if names else f"the policy defines no {_SAID.get(category, category)}"
            self.report(
                word,
                f"there is no {_SAID.get(category, category)} `{word.text}`",
                did_you_mean(word.text, names) or known,
            )
        return False

    def use_all(self, category: str) -> None:
        """Notes that a rule speaks of a whole category: a term of it is not idle."""
        for name in self.names(category):
            self._used.add((category, name))

    def report_unused(self) -> None:
        """Notes the definitions that nothing uses; what stands in a faulty part of the policy may be used there."""
        faulty = bool(self._damaged or self.problems)
        for category in ("let", "source", "kind") if faulty else tuple(_UNUSED):
            for name, word in self._defined[category].items():
                read = category == "let" and name in CONSTANTS
                if word is None or read or (category, name) in self._used:
                    continue
                if faulty and self._stands_elsewhere(word):
                    continue
                self.report(word, f"the {_SAID.get(category, category)} `{name}` is never used", _UNUSED[category])

    def _stands_elsewhere(self, word: Word) -> bool:
        return any(word.text in line for n, line in enumerate(self._lines, 1) if n != word.line)


_SAID = {"let": "constant"}
_UNUSED = {
    "let": "use it in a rule, or delete the line",
    "source": "cite it in a rule, or delete the line",
    "kind": "write a rule for it (where kind is ...), or delete the line",
    "measure": "no rule looks at measures or kinds: write one, or delete the line",
    "dimension": "no rule looks at what a table is broken down by: write one, or delete the line",
    "label": "no rule looks at labels: write one, or delete the line",
}
