"""Rules over facts: each sentence gives verdicts, verdicts give findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.evaluate.arithmetic import explain
from wpmi_lint.evaluate.columns import FALSE, TRUE, UNKNOWN, fields_of, verdicts_of
from wpmi_lint.evaluate.messages import fill
from wpmi_lint.model import Finding
from wpmi_lint.nouns import CHECKS
from wpmi_lint.policy.resolved import place
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from wpmi_lint.evaluate.columns import Facts, Logic
    from wpmi_lint.model import Words
    from wpmi_lint.policy.resolved import Policy, Rule, Sentence

# Findings of one rule in one table, and of a file, that are listed one by one; the rest is counted in `more` of the
# last. A file of many tables, all wrong, must not need memory without bound.
LISTED = 1000
LISTED_IN_FILE = 10_000


class Judged(NamedTuple):
    """What one sentence gave on one set of facts: `applies` facts in its scope, `undecided` of them not checked."""

    findings: tuple[Finding, ...]
    applies: int
    undecided: int


def judge(policy: Policy, rule: Rule, sentence: Sentence, facts: Facts, listed: int = LISTED) -> Judged:
    """The findings of one sentence on the facts of its noun.

    A fact for which `where` is not known stays in scope; one for which `require` is not known is not checked. At most
    `listed` findings are told one by one, at least one.
    """
    if not facts.size:
        return Judged((), 0, 0)
    where = TRUE if sentence.where is None else facts.evaluate(sentence.where)
    chosen = np.not_equal(where, FALSE)
    applies = facts.size * int(chosen) if np.ndim(chosen) == 0 else int(np.count_nonzero(chosen))
    if not applies:
        return Judged((), 0, 0)
    verdict = _verdict(sentence, facts)
    if np.ndim(verdict) == 0 and verdict == TRUE:
        return Judged((), applies, 0)
    decided = np.broadcast_to(np.where(chosen, verdict, TRUE), (facts.size,))
    failed, undecided = np.flatnonzero(decided == FALSE), np.flatnonzero(decided == UNKNOWN)
    findings = [_failed(policy, rule, sentence, facts, i) for i in failed[: max(1, listed)].tolist()]
    if findings:
        findings[-1] = findings[-1]._replace(more=len(failed) - len(findings))
    if len(undecided):
        findings.append(_not_checked(policy, rule, sentence, facts, int(undecided[0])))
        findings[-1] = findings[-1]._replace(more=len(undecided) - 1)
    return Judged(tuple(findings), applies, len(undecided))


def _verdict(sentence: Sentence, facts: Facts) -> Logic:
    if sentence.ask:
        return FALSE
    if sentence.check:
        return verdicts_of(CHECKS[sentence.check].run(facts.subjects.of, dict(sentence.parameters)))
    return TRUE if sentence.require is None else facts.evaluate(sentence.require)


def _failed(policy: Policy, rule: Rule, sentence: Sentence, facts: Facts, i: int) -> Finding:
    return _finding(policy, rule, facts, i)._replace(
        verdict="review" if sentence.ask else "fail",
        severity="review" if sentence.ask else rule.severity,
        message=fill(sentence.ask or rule.say or (rule.title,), facts, i, policy.lets),
        why=rule.because,
        fix=fill(rule.fix, facts, i, policy.lets),
        arithmetic=explain(sentence.require, facts, i),
    )


def _not_checked(policy: Policy, rule: Rule, sentence: Sentence, facts: Facts, i: int) -> Finding:
    finding = _finding(policy, rule, facts, i)
    return finding._replace(message=_reason(sentence, facts, i), arithmetic=explain(None, facts, i))


def _finding(policy: Policy, rule: Rule, facts: Facts, i: int) -> Finding:
    where, cited = facts.subjects.place(i), clause(policy, rule)
    return Finding(
        rule.code,
        rule.name,
        verdict="not-checked",
        severity="review",
        place=where,
        message=(),
        clause=cited,
        policy=place(policy, rule),
    )


def _reason(sentence: Sentence, facts: Facts, i: int) -> Words:
    noun = facts.noun
    for name in fields_of(sentence.require):
        if not facts.present(name, i):
            _, _, absent = noun.fields[name].doc.partition("; absent")
            state = f"absent{absent}" if absent else "not known"
            return (f"{noun.name} not checked: {name.replace('_', ' ')} is {state}",)
    return (f"{noun.name} not checked: what the rule compares is not known",)


def clause(policy: Policy, rule: Rule) -> str:
    """The sentence of the guidance, with the document that it stands in; `explain` has the section too."""
    titles = {source.name: source.title.partition(": ")[0] for source in policy.sources}
    cited = []
    for one in rule.cites:
        source = titles.get(one.source, one.source)
        cited.append(f'{source}: "{one.quote}"' if one.quote else f"{source}, {one.section}")
    return "; ".join(cited)
