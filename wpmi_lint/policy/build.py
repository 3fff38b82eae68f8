"""From the parser's tree to the syntax tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lark import Token
from lark import Tree as Parsed

from wpmi_lint.policy import syntax as s

if TYPE_CHECKING:
    from collections.abc import Callable

Node = Any  # the parser's trees are untyped: strings of a rule's name with mixed children


DEEPEST = 40  # levels of and, or, not in a condition: more is no sentence


def build(parsed: Parsed[Token]) -> s.Tree:
    """The syntax tree of a parsed policy. Parts that the parser repaired may be missing.

    Raises RecursionError where a condition is nested deeper than DEEPEST.
    """
    head, *items = [child for child in parsed.children if isinstance(child, Parsed)]
    return s.Tree(_head(head.children), tuple(_ITEMS[str(item.data)](item.children) for item in items))


def _word(token: Node) -> s.Word:
    text = str(token)
    kind = str(token.type)
    return s.Word(text[1:-1] if kind == "STRING" else text, kind, token.line or 0, token.column or 0, len(text))


def _word_or_none(token: Node) -> s.Word | None:
    return None if token is None else _word(token)


def _words(node: Node) -> s.Words:
    """The words below a node such as `names`, or none where the node is absent."""
    return () if node is None else tuple(_word(token) for token in _leaves(node))


def _leaves(node: Node) -> list[Node]:
    if isinstance(node, Token):
        return [node]
    return [leaf for child in node.children if child is not None for leaf in _leaves(child)]


def _head(c: list[Node]) -> s.Head:
    return s.Head(_word(c[0]), _word_or_none(c[1]), _word(c[2]))


def _setting(what: str) -> Callable[[list[Node]], s.Setting]:
    return lambda c: s.Setting(what, _word(c[0]) if c else None)


def _term(what: str) -> Callable[[list[Node]], s.TermItem]:
    return lambda c: s.TermItem(what, _word(c[0]), _words(c[1]), _words(c[2]))


def _source(c: list[Node]) -> s.SourceItem:
    return s.SourceItem(_word(c[0]), _word(c[1]), tuple((str(d.data), _word(d.children[0])) for d in c[2:]))


def _dimension(c: list[Node]) -> s.DimensionItem:
    ranges = [] if c[2] is None else [r.children for r in c[2].children]
    return s.DimensionItem(_word(c[0]), _words(c[1]), tuple((_word(a), _word_or_none(b)) for a, b in ranges))


def _marker(c: list[Node]) -> s.MarkerItem:
    meaning = _word(c[1].children[0])
    if c[1].data == "meaning_not":
        meaning = meaning._replace(text=f"not {meaning.text}")
    return s.MarkerItem(_words(c[0]), meaning)


def _figures(c: list[Node]) -> s.Figures:
    if isinstance(c[0], Token):
        return s.Figures(_word(c[0]), None, None)
    method, base, halves = c[0].children
    return s.Figures(_word(method), _word(base), _word_or_none(halves))


def _rule(verb: str) -> Callable[[list[Node]], s.RuleItem]:
    def rule(c: list[Node]) -> s.RuleItem:
        named = verb == "rule"
        clauses = c[3:] if named else c[1:]
        of = {"cites": [], "sentence": [], "clause": []}  # type: dict[str, list[Node]]
        for clause in clauses:
            of.get(clause.data, of["clause"]).append(clause)
        return s.RuleItem(
            verb,
            _word(c[0]),
            _word(c[1]) if named else None,
            _word(c[2]) if named else None,
            tuple(s.Cites(_word(a), _word(b), _word_or_none(q)) for a, b, q in (n.children for n in of["cites"])),
            tuple(_sentence(n.children) for n in of["sentence"]),
            tuple(s.Clause(str(n.data), _word(n.children[0])) for n in of["clause"]),
        )

    return rule


def _sentence(c: list[Node]) -> s.SentenceItem:
    noun = _words(c[0])
    last = noun[-1]
    text = " of ".join(word.text for word in noun)
    whole = noun[0]._replace(text=text, width=last.column + last.width - noun[0].column)
    where = None if c[1] is None else _condition(c[1].children[0])
    return s.SentenceItem(whole, where, tuple(_demand(n) for n in c[2:]))


def _demand(node: Node) -> s.Demand:
    what, c = str(node.data), node.children
    if what == "require":
        return s.Demand(what, None, _condition(c[0]))
    arguments = tuple((_word(a.children[0]), _words(a.children[1])[0]) for a in c[1:] if a is not None)
    return s.Demand(what, _word(c[0]), None, arguments)


def _condition(node: Node, depth: int = 1) -> s.Condition:
    if depth > DEEPEST:
        raise RecursionError
    if node.data in ("all_of", "any_of", "negation"):
        return s.Group(str(node.data), tuple(_condition(n, depth + 1) for n in node.children))
    field, *operands = node.children
    return s.Test(str(node.data), _words(field)[0], tuple(w for n in operands for w in _words(n)))


def _example(c: list[Node]) -> s.ExampleItem:
    def of(*names: str) -> list[Node]:
        return [n for n in c[1:] if n.data in names]

    expects = of("expect_finding", "expect_none", "expect_nothing")
    return s.ExampleItem(
        _word(c[0]),
        tuple((_word(n.children[0]), _word(n.children[1])) for n in of("given")),
        tuple(_word(n.children[0]) for n in of("row")),
        tuple(_EXPECT[str(n.data)](n.children) for n in expects),
    )


_EXPECT: dict[str, Callable[[list[Node]], s.Expect]] = {
    "expect_finding": lambda c: s.Expect(_word(c[0]), _words(c[1])[0] if c[1] else None, _words(c[2])),
    "expect_none": lambda c: s.Expect(_word(c[0]), negated=True),
    "expect_nothing": lambda _: s.Expect(None),
}

_ITEMS: dict[str, Callable[[list[Node]], s.Item]] = {
    "extends": lambda c: s.Extends(_word(c[0]), _word(c[1]), c[2] is not None),
    "language": _setting("language"),
    "status": _setting("status"),
    "owner": _setting("owner"),
    "summary": _setting("summary"),
    "note": _setting("note"),
    "totals": _setting("totals"),
    "force": lambda c: s.Force(_word(c[0]), _word_or_none(c[1])),
    "source": _source,
    "let": lambda c: s.Let(_word(c[0]), _words(c[1])[0]),
    "measure": _term("measure"),
    "label": _term("label"),
    "kind": lambda c: s.KindItem(_word(c[0]), _words(c[1])),
    "dimension": _dimension,
    "marker": _marker,
    "figures": _figures,
    "rule": _rule("rule"),
    "tighten": _rule("tighten"),
    "replace": _rule("replace"),
    "withdraw": lambda c: s.Withdraw(_word(c[0]), _word(c[1])),
    "example": _example,
}
