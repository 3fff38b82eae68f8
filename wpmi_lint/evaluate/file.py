"""All rules of a policy over one file as understood, or over one release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.evaluate.columns import Facts, shared, words_first
from wpmi_lint.evaluate.rules import LISTED, LISTED_IN_FILE, judge
from wpmi_lint.nouns import NOUNS
from wpmi_lint.nouns.context import FileContext, TableContext
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wpmi_lint.model import Document, Finding, Table, Text
    from wpmi_lint.nouns.release_context import ReleaseContext
    from wpmi_lint.policy.resolved import Expression, Policy, Rule, Sentence
    from wpmi_lint.terms import Matcher


class Verdicts(NamedTuple):
    """What the rules gave: findings, the rules that had something to apply to, and how much was undecided."""

    findings: tuple[Finding, ...]
    rules_run: frozenset[str]
    not_checked: int


class Plan(NamedTuple):
    """The sentences of the rules that are to run, by noun, in the order of NOUNS: only these nouns are filled."""

    policy: Policy
    by_noun: dict[str, tuple[tuple[Rule, Sentence], ...]]


def plan(policy: Policy, wanted: Callable[[Rule], bool]) -> Plan:
    """A plan for the rules wanted."""
    by_noun: dict[str, list[tuple[Rule, Sentence]]] = {name: [] for name in NOUNS}
    known: dict[tuple[type, Expression], Expression] = {}
    for rule in policy.rules:
        for sentence in rule.sentences if wanted(rule) else ():
            by_noun[sentence.noun].append((rule, _ordered(sentence, known)))
    return Plan(policy, {noun: tuple(sentences) for noun, sentences in by_noun.items() if sentences})


def _ordered(sentence: Sentence, known: dict[tuple[type, Expression], Expression]) -> Sentence:
    """The sentence with the order of its tests chosen, where its facts may be many: those of a table."""
    noun = NOUNS[sentence.noun]
    if noun.scope != "table":
        return sentence
    where, require = (e and shared(words_first(e, noun.fields), known) for e in (sentence.where, sentence.require))
    return sentence._replace(where=where, require=require)


def evaluate(
    plan: Plan, document: Document, tables: Sequence[Table], texts: Sequence[Text], matcher: Matcher
) -> Verdicts:
    """All verdicts on one file, in the order of its tables and cells."""
    collected = _Collector(plan)
    for table in tables:
        collected.look("table", TableContext(document, table, matcher))
    collected.look("file", FileContext(document, tables, texts, matcher))
    return collected.verdicts()


def evaluate_release(plan: Plan, context: ReleaseContext) -> Verdicts:
    """All verdicts on what manifest and register say."""
    collected = _Collector(plan)
    collected.look("release", context)
    return collected.verdicts()


def evaluate_facts(plan: Plan, stated: Iterable[Facts]) -> Verdicts:
    """All verdicts on facts that were written down: those of an example."""
    collected = _Collector(plan)
    for facts in stated:
        collected.add(facts)
    return collected.verdicts()


class _Collector:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.findings: list[Finding] = []
        self.ran: set[str] = set()
        self.undecided = 0

    def look(self, scope: str, context: TableContext | FileContext | ReleaseContext) -> None:
        for name in self.plan.by_noun:
            noun = NOUNS[name]
            if noun.scope == scope:
                self.add(Facts(noun, noun.find(context)))

    def add(self, facts: Facts) -> None:
        if not facts.size:
            return
        for rule, sentence in self.plan.by_noun.get(facts.noun.name, ()):
            room = min(LISTED, LISTED_IN_FILE - len(self.findings))
            judged = judge(self.plan.policy, rule, sentence, facts, listed=room)
            self.findings += judged.findings
            self.undecided += judged.undecided
            if judged.applies:
                self.ran.add(rule.code)

    def verdicts(self) -> Verdicts:
        return Verdicts(tuple(self.findings), frozenset(self.ran), self.undecided)
