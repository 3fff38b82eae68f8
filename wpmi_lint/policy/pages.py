"""The files of a policy, one after the other: a line number counts through all of them, and is shown as of its file.

The policy itself comes first, then each part that it includes. The items of a part take the place of its `include`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.policy import syntax as s
from wpmi_lint.policy.parse import parse
from wpmi_lint.policy.problems import Problem, at, render
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_ONLY_IN_A_POLICY: dict[type, str] = {s.Extends: "extends", s.Force: "in force", s.SourceItem: "source"}


class File(NamedTuple):
    """A text to read; `parts` are those it includes by the name it gives them, or why one cannot be included."""

    path: str
    text: str
    parts: Mapping[str, File | str]


class Page(NamedTuple):
    """A file in its place behind others."""

    path: str
    name: str  # as the policy includes it, "" for the policy itself
    before: int  # lines of the pages before this one
    lines: tuple[str, ...]
    include: s.Word | None  # where the policy itself includes it


class Written(NamedTuple):
    """A policy as written, its parts in their places. `head` is None where it cannot be understood at all."""

    head: s.Head | None
    items: tuple[s.Item, ...]
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]


def page_of(pages: tuple[Page, ...], line: int) -> Page:
    """The page of a line."""
    return next((page for page in reversed(pages) if page.before < line), pages[0])


def rendered(pages: tuple[Page, ...], problem: Problem) -> str:
    """A problem as people read it: the line of its own file."""
    page = page_of(pages, problem.line)
    return render(problem._replace(line=problem.line - page.before), page.path, page.lines)


def written(file: File) -> Written:
    """A policy and its parts, parsed; problems of a part's place are reported at its `include`."""
    reader = _Reader()
    head, items = reader.read(file, "", None)
    if head and head.what == "part":
        help = "check the policy that includes it, or begin the file with: policy"
        reader.problems.append(at(head.name, f"`{head.name.text}` is a part, not a policy", help))
        head, items = None, []  # what it lacks is in that policy
    return Written(head, tuple(items), pages=tuple(reader.pages), problems=tuple(reader.problems))


class _Reader:
    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.problems: list[Problem] = []
        self._lines = 0

    def read(self, file: File, name: str, include: s.Word | None) -> tuple[s.Head | None, list[s.Item]]:
        page = Page(file.path, name, self._lines, lines=tuple(file.text.split("\n")), include=include)
        self.pages.append(page)
        self._lines += len(page.lines)
        tree, problems = parse(file.text, page.before)
        self.problems += problems
        if tree is None:
            return None, []
        items: list[s.Item] = []
        for item in tree.items:
            match item:
                case s.Setting(what="include", value=s.Word() as part):
                    items += self._part(part, file, include)
                case _:
                    items.append(item)
        return tree.head, items

    def _part(self, name: s.Word, file: File, outer: s.Word | None) -> list[s.Item]:
        part = file.parts.get(name.text, 'write `include "name"` in one line')
        if isinstance(part, File) and name.text in {page.name for page in self.pages}:
            part = "it is included above"
        if isinstance(part, str):
            self.problems.append(at(name, f"`{name.text}` cannot be included", part))
            return []
        head, items = self.read(part, name.text, outer or name)
        if head and head.what == "policy":
            help = 'extend it: extends "name" version ..., or begin it with: part name'
            self.problems.append(at(name, f"`{name.text}` is a policy, not a part", help))
        for item in items:
            self._belongs(item)
        return items

    def _belongs(self, item: s.Item) -> None:
        """Notes what only a policy itself can say."""
        if isinstance(item, s.Setting):
            what, word = item.what if item.what in ("status", "owner", "summary") else "", item.value
        elif isinstance(item, s.Extends | s.Force | s.SourceItem):
            what, word = _ONLY_IN_A_POLICY[type(item)], item[0]
        else:
            return
        if what and word:
            help = "say it in the policy that includes the part"
            self.problems.append(at(word, f"a part cannot say `{what}`", help))
