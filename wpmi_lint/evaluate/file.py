"""All rules of a policy over one file as understood, or over one release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.evaluate.columns import Facts, prepared
from wpmi_lint.evaluate.rules import LISTED, LISTED_IN_FILE, judge
from wpmi_lint.nouns import NOUNS
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from wpmi_lint.model import Finding
    from wpmi_lint.nouns.context import FileContext, TableContext
    from wpmi_lint.nouns.release_context import ReleaseContext
    from wpmi_lint.policy.resolved import Expression, Policy, Rule, Sentence

    Context = TableContext | FileContext | ReleaseContext


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
            by_noun[sentence.noun].append((rule, _prepared(sentence, known)))
    return Plan(policy, {noun: tuple(sentences) for noun, sentences in by_noun.items() if sentences})


def _prepared(sentence: Sentence, known: dict[tuple[type, Expression], Expression]) -> Sentence:
    """The sentence with its tests made ready, where its facts may be many: those of a table."""
    noun = NOUNS[sentence.noun]
    if noun.scope != "table":
        return sentence
    where, require = (e and prepared(e, noun.fields, known) for e in (sentence.where, sentence.require))
    return sentence._replace(where=where, require=require)


def evaluate(plan: Plan, contexts: Iterable[Context]) -> Verdicts:
    """All verdicts on what is found in tables, files and a release, in their order."""
    return evaluate_facts(plan, (facts for context in contexts for facts in _found(plan, context)))


def _found(plan: Plan, context: Context) -> Iterator[Facts]:
    nouns = (NOUNS[name] for name in plan.by_noun)
    return (Facts(noun, noun.find(context)) for noun in nouns if noun.scope == context.scope)


def evaluate_facts(plan: Plan, found: Iterable[Facts]) -> Verdicts:
    """All verdicts on facts that were found, or written down in an example."""
    findings: list[Finding] = []
    ran: set[str] = set()
    undecided = 0
    for facts in found:
        for rule, sentence in plan.by_noun.get(facts.noun.name, ()) if facts.size else ():
            room = min(LISTED, LISTED_IN_FILE - len(findings))
            judged = judge(plan.policy, rule, sentence, facts, listed=room)
            findings += judged.findings
            undecided += judged.undecided
            if judged.applies:
                ran.add(rule.code)
    return Verdicts(tuple(findings), frozenset(ran), undecided)
