"""Rules over facts: each sentence gives verdicts, verdicts give findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.evaluate.arithmetic import explain
from wpmi_lint.evaluate.columns import FALSE, TRUE, UNKNOWN, Scope
from wpmi_lint.evaluate.messages import fill
from wpmi_lint.model import Finding
from wpmi_lint.nouns import NOUNS
from wpmi_lint.policy.resolved import And, Between, Compare, FieldOf, Not, OneOf, Or, Present, place
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from wpmi_lint.evaluate.cells import TableFacts
    from wpmi_lint.evaluate.columns import Logic
    from wpmi_lint.model import Words
    from wpmi_lint.policy.resolved import Expression, Policy, Rule, Sentence

# Findings of one rule in one table, and of a file, that are listed one by one; the rest is counted in `more` of the
# last. A file of many tables, all wrong, must not need memory without bound.
LISTED = 1000
LISTED_IN_FILE = 10_000


class Judged(NamedTuple):
    """What one sentence gave on one set of facts: `applies` facts in its scope, `undecided` of them not checked."""

    findings: tuple[Finding, ...]
    applies: int
    undecided: int


def judge(
    policy: Policy,
    rule: Rule,
    sentence: Sentence,
    scope: Scope,
    check: Callable[[], NDArray[np.uint8]] | None = None,
    table: TableFacts | None = None,
    listed: int = LISTED,
) -> Judged:
    """The findings of one sentence on the facts of its noun.

    `check` gives the verdict of a named check for every fact. A fact for which `where` is not known stays in scope;
    one for which `require` is not known is not checked. At most `listed` findings are told one by one, at least one.
    """
    if not scope.facts.size:
        return Judged((), 0, 0)
    where = TRUE if sentence.where is None else scope.evaluate(sentence.where)
    chosen = np.not_equal(where, FALSE)
    applies = scope.facts.size * int(chosen) if np.ndim(chosen) == 0 else int(np.count_nonzero(chosen))
    if not applies:
        return Judged((), 0, 0)
    if sentence.ask:
        verdict: Logic = FALSE
    elif check is not None:
        verdict = check()
    else:
        verdict = TRUE if sentence.require is None else scope.evaluate(sentence.require)
    if np.ndim(verdict) == 0 and verdict == TRUE:
        return Judged((), applies, 0)
    decided = np.broadcast_to(np.where(chosen, verdict, TRUE), (scope.facts.size,))
    failed, undecided = np.flatnonzero(decided == FALSE), np.flatnonzero(decided == UNKNOWN)
    found = list(_findings(policy, rule, sentence, scope, failed, table, listed))
    if len(undecided):
        found.append(_not_checked(policy, rule, sentence, scope, undecided))
    return Judged(tuple(found), applies, len(undecided))


def _findings(
    policy: Policy,
    rule: Rule,
    sentence: Sentence,
    scope: Scope,
    facts: NDArray[np.intp],
    table: TableFacts | None,
    most: int,
) -> Iterator[Finding]:
    listed = facts[: max(1, most)].tolist()
    for i in listed:
        template = sentence.ask or rule.say or (rule.title,)
        finding = Finding(
            rule.code,
            rule.name,
            "review" if sentence.ask else "fail",
            "review" if sentence.ask else rule.severity,
            scope.facts.place(i),
            fill(template, scope, i, policy.lets),
            clause=clause(policy, rule),
            why=rule.because,
            fix=fill(rule.fix, scope, i, policy.lets),
            policy=place(policy, rule),
            arithmetic=explain(sentence.require, scope, i, table),
        )
        yield finding if i != listed[-1] else finding._replace(more=len(facts) - len(listed))


def _not_checked(policy: Policy, rule: Rule, sentence: Sentence, scope: Scope, facts: NDArray[np.intp]) -> Finding:
    first = int(facts[0])
    return Finding(
        rule.code,
        rule.name,
        "not-checked",
        "review",
        scope.facts.place(first),
        _reason(sentence, scope, first),
        clause=clause(policy, rule),
        policy=place(policy, rule),
        more=len(facts) - 1,
    )


def _reason(sentence: Sentence, scope: Scope, i: int) -> Words:
    noun = scope.facts.noun
    for name in fields(sentence.require):
        if not scope.present(name, i):
            _, _, absent = NOUNS[noun][name].doc.partition("; absent")
            return (f"{noun} not checked: {name.replace('_', ' ')} is {'absent' + absent if absent else 'not known'}",)
    return (f"{noun} not checked: what the rule compares is not known",)


def fields(expression: Expression | None) -> Iterator[str]:
    """The fields that an expression looks at."""
    match expression:
        case And() | Or():
            for term in expression.terms:
                yield from fields(term)
        case Not():
            yield from fields(expression.term)
        case Compare():
            yield expression.left.name
            if isinstance(expression.right, FieldOf):
                yield expression.right.name
        case OneOf() | Present():
            yield expression.left.name
        case Between():
            yield expression.left.name
            yield from (end.name for end in (expression.low, expression.high) if isinstance(end, FieldOf))


def clause(policy: Policy, rule: Rule) -> str:
    """The sentence of the guidance, with the document that it stands in; `explain` has the section too."""
    titles = {source.name: source.title.partition(": ")[0] for source in policy.sources}
    cited = []
    for one in rule.cites:
        source = titles.get(one.source, one.source)
        cited.append(f'{source}: "{one.quote}"' if one.quote else f"{source}, {one.section}")
    return "; ".join(cited)
