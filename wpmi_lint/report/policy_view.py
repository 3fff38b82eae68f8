"""A policy after resolution: what is in force, its rules, clauses, exemptions and terms, for a person or as JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wpmi_lint.figure_text import constant_text
from wpmi_lint.nouns import NOUNS
from wpmi_lint.policy.resolved import And, Between, Compare, Expression, Literal, Not, OneOf, Or, Present, place
from wpmi_lint.report.rules_view import listing
from wpmi_lint.report.style import Span, hanging
from wpmi_lint.report.text import clean, counted
from wpmi_lint.terms import Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.policy.resolved import Clause, Leave, Operand, Policy
    from wpmi_lint.report.style import Line
    from wpmi_lint.terms import DimensionTerm

LABELS = 13
_RELATIONS = {
    "is": "is",
    "is not": "is not",
    "multiple of": "is a multiple of",
    "not multiple of": "is not a multiple of",
    "matches": "matches",
    "not matches": "does not match",
    "equals": "equals",
    "not equals": "does not equal",
}


def lines(policy: Policy, columns: int) -> Iterator[Line]:
    """The policy's head, rules, clauses, exemptions, terms and constants."""
    yield from listing(policy, columns)
    yield ""
    yield from _facts("in force", [_time(policy)], columns)
    sources = [
        ", ".join(filter(None, (f"{source.name}: {source.title}", source.edition, source.dated, source.at)))
        for source in policy.sources
    ]
    yield from _facts("sources", sources, columns)
    yield from _facts(
        "constants", [f"{name} is {constant_text(value)}" for name, value in policy.lets.items()], columns
    )
    rounding = ", ".join(f"{what} {constant_text(value)}" for what, value in policy.rounding)
    yield from _facts("figures", [f"rounded: {rounding}" if rounding else "rounding not stated"], columns)
    yield from _facts("totals", [policy.totals or "not stated"], columns)
    yield from _terms(policy, columns)
    yield from _facts("nouns", _nouns(policy), columns)
    yield from _facts("clauses", [_clause(policy, clause) for clause in policy.clauses], columns)
    yield from _facts("exemptions", [_leave(policy, leave) for leave in policy.leaves], columns)
    yield from _facts("examples", [counted(len(policy.examples), "example")], columns)
    yield from _facts("sha256", [policy.sha256], columns)


def document(node: object) -> object:
    """A policy, or a part of it, as JSON has it: a record is an object; `node` is the kind of a condition."""
    if isinstance(node, dict):
        return {key: document(value) for key, value in node.items()}
    if not isinstance(node, tuple):
        return node
    if not hasattr(node, "_asdict"):
        return [document(part) for part in node]
    kind = {"node": type(node).__name__.lower()} if isinstance(node, Expression) else {}
    return {**kind, **{name: document(part) for name, part in node._asdict().items()}}


def _clause(policy: Policy, clause: Clause) -> str:
    """A clause by its name, and what becomes of it."""
    citing = [rule for rule in policy.rules if any(cited.clause == clause.name for cited in rule.cites)]
    families = Counter(rule.family for rule in citing if rule.family)
    rules = [rule.code for rule in citing if not rule.family]
    rules += [f"{family} ({counted(number, 'rule')})" for family, number in families.items()]
    outcomes = (
        f"checked by {', '.join(rules)}" if rules else "",
        f"for a person: {clause.person}" if clause.person else "",
        f"nothing to check because {clause.unchecked}" if clause.unchecked else "",
    )
    return f"{clause.code} {clause.name}: ".lstrip() + "; ".join(filter(None, outcomes))


def _leave(policy: Policy, leave: Leave) -> str:
    where = f" where {condition(leave.where)}" if leave.where else ""
    return f"every {leave.noun}{where}, because {leave.because} ({place(policy, leave)})"


def condition(expression: Expression, inside: bool = False) -> str:
    """A condition as a policy writes it; in brackets where it is an `or` inside of another."""
    match expression:
        case Compare(op=op, left=left, right=right):
            return f"{left.name} {_RELATIONS.get(op, f'is {op}')} {_operand(right)}"
        case OneOf(left=left, values=values, negated=negated):
            return f"{left.name} is {_no(negated)}one of {', '.join(map(constant_text, values))}"
        case Between(left=left, low=low, high=high, negated=negated):
            return f"{left.name} is {_no(negated)}between {_operand(low)} and {_operand(high)}"
        case Present(left=left, negated=negated):
            return f"{left.name} is {'absent' if negated else 'present'}"
        case Not(term=term):
            return f"not ({condition(term)})"
        case And(terms=terms):
            words = " and ".join(condition(term, inside=True) for term in terms)
        case Or(terms=terms):
            words = " or ".join(condition(term, inside=True) for term in terms)
    return f"({words})" if inside else words


def _no(negated: bool) -> str:
    return "not " if negated else ""


def _operand(operand: Operand) -> str:
    if not isinstance(operand, Literal):
        return operand.name
    return operand.name or constant_text(operand.value)


def _time(policy: Policy) -> str:
    since = policy.from_date and f"from {policy.from_date}"
    until = policy.until_date and f"until {policy.until_date}"
    return ", ".join(filter(None, (policy.status or "status not stated", since, until)))


def _terms(policy: Policy, columns: int) -> Iterator[Line]:
    words = policy.vocabulary
    yield from _facts("measures", [f"{term.name}: {_named(term)}" for term in words.measures], columns)
    yield from _facts("kinds", [f"{name}: {', '.join(of)}" for name, of in words.kinds.items()], columns)
    yield from _facts("dimensions", [f"{term.name}: {_named(term)}" for term in words.dimensions], columns)
    yield from _facts("labels", [f"{term.name}: {_named(term)}" for term in words.labels], columns)
    yield from _facts("markers", [f'"{text}" means {what}' for text, what in words.markers.items()], columns)


def _nouns(policy: Policy) -> list[str]:
    """What the rules speak of, and what they could."""
    rules = Counter(noun for rule in policy.rules for noun in {sentence.noun for sentence in rule.sentences})
    spoken = [noun for noun in NOUNS.values() if noun.name in rules]
    others = [noun.name for noun in NOUNS.values() if noun.name not in rules]
    entries = [f"{noun.name}, one for each {noun.each}: {counted(rules[noun.name], 'rule')}" for noun in spoken]
    return [*entries, f"no rule speaks of {', '.join(others)}"] if others else entries


def _named(term: Term | DimensionTerm) -> str:
    unless = ", ".join(f'"{pattern}"' for pattern in term.unless) if isinstance(term, Term) else ""
    return ", ".join(f'"{pattern}"' for pattern in term.named) + (f" but not {unless}" if unless else "")


def _facts(label: str, entries: list[str], columns: int) -> Iterator[Line]:
    for number, entry in enumerate(entries):
        start = Span(("" if number else label).ljust(LABELS), "header")
        yield from hanging((start,), clean(entry), columns, deeper=2)
