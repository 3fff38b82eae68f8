"""The names that a policy defines, and the problems found while they are resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.nouns.contract import DOMAINS
from wpmi_lint.policy.pages import page_of
from wpmi_lint.policy.problems import Problem, at, hint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wpmi_lint.policy.pages import Page
    from wpmi_lint.policy.resolved import Clause, Scalar
    from wpmi_lint.policy.syntax import Word

CONSTANTS = ("waiver_days",)  # those that the tool itself reads, whether or not a rule does

CATEGORIES = ("measure", "kind", "dimension", "label", "source", "let", "clause", "rule", "rule name")


class Scope:
    """What is defined so far. Lookups note the use of a name, and the problem where there is no such name."""

    def __init__(self, pages: tuple[Page, ...], damaged: Iterable[int] = ()) -> None:
        self.pages = pages
        self.lets: dict[str, Scalar] = {}
        self.clauses: dict[str, Clause] = {}
        self._problems: dict[tuple[int, int, str], Problem] = {}  # each once: a family reports for each of its rows
        self._defined: dict[str, dict[str, Word | None]] = {category: {} for category in CATEGORIES}
        self._used: set[tuple[str, str]] = set()
        self._damaged = frozenset(damaged)
        self._lines = [line for page in pages for line in page.lines]
        self._lost = " ".join(self._lines[n - 1] for n in self._damaged if 0 < n <= len(self._lines))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was noted."""
        return tuple(self._problems.values())

    def report(self, word: Word, message: str, help: str = "", severity: str = "error") -> None:
        """Notes a problem with a word, unless its line already has a syntax error."""
        if word.line not in self._damaged:
            self._problems.setdefault((word.line, word.column, message), at(word, message, help, severity=severity))

    def is_damaged(self, first: int, last: int) -> bool:
        """Whether a syntax error is in these lines, so that something may have been lost."""
        return any(first <= line <= last for line in self._damaged)

    def page(self, word: Word) -> Page:
        """The file that a word is in."""
        return page_of(self.pages, word.line)

    def place(self, word: Word) -> tuple[int, str]:
        """The line of a word in its file, and the name of the part, "" for the policy itself."""
        page = self.page(word)
        return word.line - page.before, page.name

    def line(self, word: Word, asked: Word) -> str:
        """The place of a word, for a reader of another word: `line 7`, or the path as well."""
        page = self.page(word)
        line = word.line - page.before
        return f"line {line}" if page is self.page(asked) else f"{page.path}:{line}"

    def define(self, category: str, word: Word) -> bool:
        """Defines a name; False where it is defined twice."""
        names = self._defined[category]
        if word.text in names:
            first = names[word.text]
            where = f"it is first defined in {self.line(first, word)}" if first else "it is inherited"
            message = _TWICE.get(category, f"the {_NAMED.get(category, category)} `{{}}` is defined twice")
            self.report(word, message.format(word.text), where)
            return False
        names[word.text] = word
        return True

    def inherit(self, category: str, names: Iterable[str]) -> None:
        """Names that a parent policy defines."""
        self._defined[category].update(dict.fromkeys(names))

    def names(self, category: str) -> list[str]:
        """The names of a category: the policy's own, or the words of a fixed domain."""
        return list(self._defined.get(category, DOMAINS.get(category, ())))

    def knows(self, category: str, name: str) -> bool:
        """Whether a name is defined; notes its use."""
        if name not in self._defined.get(category, DOMAINS.get(category, ())):
            return False
        self._used.add((category, name))
        return True

    def lookup(self, category: str, word: Word) -> bool:
        """Whether a name is defined; notes its use, or the problem."""
        if self.knows(category, word.text):
            return True
        if word.text not in self._lost:
            names, what = self.names(category), _NAMED.get(category, category)
            help = hint(word.text, names, "known:", most=12) if names else f"the policy defines no {what}"
            self.report(word, f"there is no {what} `{word.text}`", help)
        return False

    def is_one_of(self, word: Word, allowed: Iterable[str], what: str, *, label: str = "write") -> bool:
        """Whether a word is one of those allowed; notes the problem."""
        good = word.text in allowed
        if not good:
            self.report(word, f"`{word.text}` is not a {what}", hint(word.text, allowed, label))
        return good

    def means_something(self, name: str) -> bool:
        """Whether any category or domain has this name; notes its uses, for a condition whose field is not known."""
        return sum(self.knows(category, name) for category in (*CATEGORIES, *DOMAINS)) > 0

    def use_all(self, category: str) -> None:
        """Notes that a rule speaks of a whole category: each term of it is used."""
        self._used.update((category, name) for name in self.names(category))

    def report_unused(self) -> None:
        """Notes the definitions that nothing uses; a name in a faulty line of the policy may be used there.

        Words for measures, kinds, dimensions and labels may be there for a policy that extends this one: a warning.
        """
        faulty = bool(self._damaged or self._problems)
        for category, (message, help, severity) in _UNUSED.items():
            for name, word in self._defined[category].items():
                read = category == "let" and name in CONSTANTS
                if word is None or read or (category, name) in self._used:
                    continue
                elsewhere = (line for n, line in enumerate(self._lines, 1) if n != word.line)
                if not (faulty and (severity == "warning" or any(name in line for line in elsewhere))):
                    self.report(word, message.format(name), help, severity=severity)


_NAMED = {"let": "constant"}
_TWICE = {"rule name": "two rules are named `{}`"}
_UNUSED = {
    "let": ("the constant `{}` is never used", "use it in a rule, or delete the line", "error"),
    "source": ("the source `{}` is never used", "cite it in a rule or a clause, or delete the line", "error"),
    "clause": (
        "no rule cites the clause `{}`",
        'cite it in a rule, or write: for a person "a question?", or: nothing to check because "a reason"',
        "error",
    ),
    "kind": ("the kind `{}` is never used", "write a rule for it (where kind is ...), or delete the line", "warning"),
    "measure": ("the measure `{}` is never used", "no rule looks at measures or kinds", "warning"),
    "dimension": ("the dimension `{}` is never used", "no rule looks at what a table is broken down by", "warning"),
    "label": ("the label `{}` is never used", "no rule looks at labels", "warning"),
}
