"""Text to syntax tree. The only module, with recover.py, that imports lark.

The children of a rule of the grammar are the fields of its record in syntax.py.
"""

from __future__ import annotations

import os
import re
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from lark import Lark, Token
from lark.exceptions import UnexpectedInput

from wpmi_lint import resources
from wpmi_lint.policy import syntax as s
from wpmi_lint.policy.problems import Problem
from wpmi_lint.policy.recover import Recovery
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Part = TypeVar("Part")
Node = Any  # the parser's trees are untyped: strings of a rule's name with mixed children

DEEPEST = 45  # levels of the tree, most of them and, or, not in a condition: more is not a sentence
_BROKEN = re.compile(r"[ \t]*\n[ \t]*")


class Parse(NamedTuple):
    """The tree where there is one, and every problem of the syntax."""

    tree: s.Tree | None
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
        tree = None
        if parsed is not None:
            recovery.problems.extend(_no_days(parsed))
            head, *items = (_record(child, before) for child in parsed.children)
            tree = s.Tree(head, tuple(items))
    except RecursionError:
        recovery.problems.append(Problem(1, 1, 1, message="a condition is nested too deeply", help="split the rule"))
    return Parse(tree, tuple(problem._replace(line=problem.line + before) for problem in recovery.problems))


def _no_days(parsed: Node) -> Iterator[Problem]:
    """A problem for each date that no calendar has."""
    for token in parsed.scan_values(lambda child: isinstance(child, Token) and child.type == "DATE"):
        try:
            date.fromisoformat(token)
        except ValueError:
            message, help = f"`{token}` is not a date", "write a day that exists"
            yield Problem(token.line, token.column, len(token), message=message, help=help)


def _record(node: Node, before: int, depth: int = 0) -> Node:
    if node is None:
        return None
    if isinstance(node, Token):
        return _word(node, before)
    if depth > DEEPEST:
        raise RecursionError
    children = [_record(child, before, depth + 1) for child in node.children]
    make = _RECORDS.get(str(node.data))
    return make(*children) if make else tuple(children)


def _word(token: Token, before: int) -> s.Word:
    text, kind = str(token), str(token.type)
    width = len(text.partition("\n")[0])
    if kind == "STRING":
        text = _BROKEN.sub(" ", text[1:-1])
    return s.Word(text, kind, (token.line or 0) + before, column=token.column or 0, width=width)


def _joined(*parts: s.Word | None) -> s.Word:
    """Words that name a noun: `pair of tables`."""
    words = [word for word in parts if word]
    first, last = words[0], words[-1]
    text = " of ".join(word.text for word in words)
    return first._replace(text=text, width=max(last.column + last.width - first.column, first.width))


def _rule(verb: str, code: s.Word, *body: Node) -> s.RuleItem:
    words = [part for part in body if isinstance(part, s.Word) and part.type != "ROW"]
    name, title = {"rule": words, "rules": [code, *words]}.get(verb, (None, None))
    return s.RuleItem(
        verb=verb,
        code=code,
        name=name,
        title=title,
        cites=_only(s.Cites, body),
        sentences=_only(s.SentenceItem, body),
        settings=_only(s.Setting, body),
        rows=tuple(word for word in _only(s.Word, body) if word.type == "ROW"),
    )


def _example(name: s.Word, *body: Node) -> s.ExampleItem:
    given = tuple(part for part in body if type(part) is tuple)
    return s.ExampleItem(name=name, given=given, rows=_only(s.Word, body), expect=_only(s.Expect, body))


def _only(kind: type[Part], body: tuple[Node, ...]) -> tuple[Part, ...]:
    return tuple(part for part in body if isinstance(part, kind))


def _comparison(op: str, negated: bool = False) -> Callable[..., s.Test]:
    return lambda field, *operands: s.Test(field, op, operands, negated=negated)


_SETTINGS = (
    "language status owner summary note include totals edition dated at read_in person unchecked only_tighten "
    "severity say because fix unwaivable"
)
_RELATIONS = "same at_least at_most more_than less_than multiple_of one_of between present absent"

_RECORDS: dict[str, Callable[..., Node]] = {
    **{what: partial(s.Setting, what) for what in _SETTINGS.split()},
    **{what: partial(s.Head, what) for what in ("policy", "part")},
    **{what: partial(s.TermItem, what) for what in ("measure", "kind", "label")},
    **{verb: partial(_rule, verb) for verb in ("rule", "tighten", "replace")},
    "let": lambda name, value: s.TermItem("let", name, (value,)),
    "dimension": lambda name, named, values: s.TermItem("dimension", name, named, values=values),
    "marker": lambda texts, meaning: s.TermItem("marker", meaning, texts),
    "not_name": lambda name: name._replace(text=f"not {name.text}"),
    "family": partial(_rule, "rules"),
    "extends": s.Extends,
    "force": s.Force,
    "source": lambda name, title, *details: s.SourceItem(name, title, details),
    "clause": s.ClauseItem,
    "figures": s.Figures,
    "leave": s.Leave,
    "withdraw": s.Withdraw,
    "example": _example,
    "expect_finding": s.Expect,
    "expect_none": lambda code: s.Expect(code, negated=True),
    "expect_nothing": lambda _: s.Expect(None),
    "cites": s.Cites,
    "sentence": lambda noun, where, *demands: s.SentenceItem(noun, where, demands),
    "noun": _joined,
    "require": partial(s.Demand, "require"),
    "forbid": partial(s.Demand, "forbid"),
    "ask": lambda question: s.Demand("ask", word=question),
    "check": lambda name, *given: s.Demand("check", word=name, arguments=tuple(filter(None, given))),
    **{op: partial(lambda op, *terms: s.Group(op, terms), op) for op in ("all_of", "any_of", "negation")},
    **{op: partial(lambda op, *operands: (op, operands), op) for op in _RELATIONS.split()},
    "is_": lambda field, relation: s.Test(field, *relation),
    "is_not": lambda field, relation: s.Test(field, *relation)._replace(negated=True),
    "holds": _comparison("holds"),
    "equals": _comparison("equals"),
    "equals_not": _comparison("equals", negated=True),
    "matches": _comparison("matches"),
    "matches_not": _comparison("matches", negated=True),
}
