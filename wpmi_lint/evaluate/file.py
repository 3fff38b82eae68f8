"""All rules of a policy over one file as understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.evaluate.arithmetic import of_shares
from wpmi_lint.evaluate.cells import NOUN_OF, TableFacts
from wpmi_lint.evaluate.checks import CHECKS, Subject
from wpmi_lint.evaluate.columns import Scope, shared, words_first
from wpmi_lint.evaluate.rules import LISTED, LISTED_IN_FILE, judge
from wpmi_lint.evaluate.things import (
    breakdown_facts,
    file_facts,
    measure_facts,
    sheet_facts,
    table_facts,
)
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from wpmi_lint.facts import Facts
    from wpmi_lint.model import Document, Finding, Table, Text
    from wpmi_lint.policy.resolved import Expression, Policy, Rule, Sentence
    from wpmi_lint.tables.breakdown import Breakdown
    from wpmi_lint.terms import Matcher


class Verdicts(NamedTuple):
    """What the rules gave: findings, the rules that had something to apply to, and how much was undecided."""

    findings: tuple[Finding, ...]
    rules_run: frozenset[str]
    not_checked: int


class Plan(NamedTuple):
    """The sentences of the rules that are to run, by noun: only these nouns are filled."""

    policy: Policy
    by_noun: dict[str, tuple[tuple[Rule, Sentence], ...]]


def plan(policy: Policy, wanted: Callable[[Rule], bool]) -> Plan:
    """A plan for the rules wanted."""
    by_noun: dict[str, list[tuple[Rule, Sentence]]] = {}
    known: dict[tuple[type, Expression], Expression] = {}
    for rule in policy.rules:
        if wanted(rule):
            for sentence in rule.sentences:
                ordered = _ordered(sentence, known) if sentence.noun in _BIG else sentence
                by_noun.setdefault(sentence.noun, []).append((rule, ordered))
    return Plan(policy, {noun: tuple(sentences) for noun, sentences in by_noun.items()})


def _ordered(sentence: Sentence, known: dict[tuple[type, Expression], Expression]) -> Sentence:
    parts = (sentence.where, sentence.require)
    where, require = (e and shared(words_first(e, sentence.noun), known) for e in parts)
    return sentence._replace(where=where, require=require)


def evaluate(
    plan: Plan, document: Document, tables: Sequence[Table], texts: Sequence[Text], matcher: Matcher
) -> Verdicts:
    """All verdicts on one file, in the order of its tables and cells."""
    collected = _Collector(plan)
    for table in tables:
        collected.table(TableFacts(document, table, matcher))
    collected.file(document, tables, texts, matcher)
    return Verdicts(tuple(collected.findings), frozenset(collected.ran), collected.undecided)


def evaluate_facts(plan: Plan, facts: Sequence[Facts]) -> Verdicts:
    """All verdicts on facts that were gathered outside the files: those of a release."""
    collected = _Collector(plan)
    for one in facts:
        if one.noun in plan.by_noun:
            collected.add(one.noun, Scope(one))
    return Verdicts(tuple(collected.findings), frozenset(collected.ran), collected.undecided)


class _Collector:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.findings: list[Finding] = []
        self.ran: set[str] = set()
        self.undecided = 0

    def table(self, facts: TableFacts) -> None:
        for noun in self.plan.by_noun:
            if noun == "breakdown":
                found, breakdowns = breakdown_facts(facts)
                self.add(noun, Scope(found), facts, breakdowns)
            elif noun == "cell" or noun in NOUN_OF:
                self.add(noun, Scope(facts.cells(noun)), facts)
            elif noun in _OF_TABLE:
                self.add(noun, Scope(_OF_TABLE[noun](facts)), facts)

    def file(self, document: Document, tables: Sequence[Table], texts: Sequence[Text], matcher: Matcher) -> None:
        asked = self.plan.by_noun.keys()
        if "sheet" in asked:
            self.add("sheet", Scope(sheet_facts(document, tables)))
        if "file" in asked:
            self.add("file", Scope(file_facts(document, tables)))
        if asked.isdisjoint(_CARRIED):
            return
        from wpmi_lint.evaluate.carried import Carried

        carried = Carried(document, tables, texts, matcher)
        if "text" in asked:
            self.add("text", Scope(carried.text_facts()))
        for noun, build in (("hidden", carried.hidden_facts), ("identifier", carried.identifier_facts)):
            if noun in asked and (facts := build()).size:  # most files have none, and the rules are many
                self.add(noun, Scope(facts))

    def add(
        self, noun: str, scope: Scope, facts: TableFacts | None = None, breakdowns: Sequence[Breakdown] = ()
    ) -> None:
        if not scope.facts.size:
            return
        for rule, sentence in self.plan.by_noun[noun]:
            check = None
            if sentence.check and facts is not None:
                check = _named(sentence, Subject(facts.table, breakdowns))
            room = min(LISTED, LISTED_IN_FILE - len(self.findings))
            judged = judge(self.plan.policy, rule, sentence, scope, check, facts, room)
            found = judged.findings
            if breakdowns and facts is not None:
                found = tuple(of_shares(finding, facts, breakdowns) for finding in found)
            self.findings += found
            self.undecided += judged.undecided
            if judged.applies:
                self.ran.add(rule.code)


def _named(sentence: Sentence, subject: Subject) -> Callable[[], NDArray[np.uint8]]:
    return lambda: CHECKS[sentence.check](subject, dict(sentence.parameters))


_BIG = frozenset({"cell", "total", *NOUN_OF})  # nouns of so many facts that the order of tests matters
_CARRIED = ("text", "hidden", "identifier")
_OF_TABLE = {"total": TableFacts.totals, "table": table_facts, "measure": measure_facts}
