"""Text to syntax tree. The only module, with recover.py and build.py, that imports lark."""

from __future__ import annotations

import os
from functools import cache

from lark import Lark
from lark.exceptions import UnexpectedInput

from wpmi_lint import resources
from wpmi_lint.policy.build import build
from wpmi_lint.policy.problems import Problem
from wpmi_lint.policy.recover import Recovery
from wpmi_lint.policy.syntax import Tree
from wpmi_lint.records import NamedTuple


class Parse(NamedTuple):
    """What came of parsing: the tree where there is one, and every problem found on the way."""

    tree: Tree | None
    problems: tuple[Problem, ...]


def grammar_path() -> str:
    """The grammar of the policy language."""
    return os.path.join(resources.folder("grammar"), "policy.lark")


@cache
def parser() -> Lark:
    """The parser of the policy language."""
    with open(grammar_path(), encoding="utf-8") as file:
        return Lark(file.read(), parser="lalr", maybe_placeholders=True)


def parse(text: str, before: int = 0) -> Parse:
    """The syntax tree of a policy or part and all problems of its syntax, its lines counted on from `before`.

    Never raises for a bad policy.
    """
    recovery = Recovery(text, parser())
    try:
        parsed = parser().parse(text, on_error=recovery.on_error)
    except UnexpectedInput as error:
        recovery.last(error)
        parsed = None
    try:
        tree = None if parsed is None else build(parsed, before)
    except RecursionError:
        tree = None
        recovery.problems.append(Problem(1, 1, 1, "a condition is nested too deeply", "split the rule"))
    return Parse(tree, tuple(problem._replace(line=problem.line + before) for problem in recovery.problems))
