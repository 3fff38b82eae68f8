"""wpmi-lint explain: rules in full, by code, name, family or the beginning of a code, and clauses of the guidance."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from wpmi_lint.cli import outputs
from wpmi_lint.cli.options import COMMON, SETTINGS, Command, Settings
from wpmi_lint.cli.rules import in_force
from wpmi_lint.closest import closest
from wpmi_lint.errors import UsageError
from wpmi_lint.linter_rules import LINTER_RULES, LinterRule
from wpmi_lint.report import rules_view
from wpmi_lint.status import CLEAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.policy.resolved import Policy, Rule
    from wpmi_lint.report.style import Line


def run(settings: Settings) -> int:
    """Print what each word names; nothing is printed where one of them names nothing."""
    if not settings.operands:
        raise UsageError("which rule?", "for instance: wpmi-lint explain WP102; wpmi-lint rules lists them")
    policy = in_force(settings)
    width = outputs.width(settings, sys.stdout)
    pages = [page for word in settings.operands for page in _pages(policy, word, width)]
    for place, page in enumerate(pages):
        if place:
            print()
        outputs.show(page, settings)
    return CLEAN


def _pages(policy: Policy, word: str, width: int) -> list[Iterator[Line]]:
    """What a word names: a rule, a clause, or several rules by a family or by the beginning of their codes."""
    code, name = word.upper(), word.lower()
    everything: list[Rule | LinterRule] = [*policy.rules, *LINTER_RULES.values()]
    rules = [rule for rule in everything if code == rule.code or name == rule.name]
    if rules:
        return [_page(policy, rule, width) for rule in rules]
    clauses = [clause for clause in policy.clauses if name == clause.name or code == clause.code]
    if clauses:
        return [rules_view.clause(policy, clause, width) for clause in clauses]
    rules = [*(rule for rule in policy.rules if name and name == rule.family)]
    rules = rules or [rule for rule in everything if code and rule.code.startswith(code)]
    if rules:
        return [rules_view.table(rules, width), *(_page(policy, rule, width) for rule in rules)]
    known = [
        *(rule.name for rule in everything),
        *(word for clause in policy.clauses for word in (clause.name, clause.code) if word),
    ]
    known += [*(rule.code for rule in everything), *(rule.family for rule in policy.rules if rule.family)]
    near = closest(word, known, "; did you mean {}?")
    raise UsageError(
        f'{policy.name} has no rule "{word}" and no clause of that name{near}', "wpmi-lint rules lists them"
    )


def _page(policy: Policy, rule: Rule | LinterRule, width: int) -> Iterator[Line]:
    return rules_view.own(rule, width) if isinstance(rule, LinterRule) else rules_view.rule(policy, rule, width)


COMMAND = Command(
    operands="RULE|CLAUSE...",
    summary="explain a rule: what it asks, its clause, why, what to do; or a clause",
    more="RULE is a code (WP102), a name (stale-total), the name of a family of rules or the beginning of codes (WP1); "
    "CLAUSE is the code (N10) or the name (rounding) that the policy gives to a sentence of its source.",
    options=(*COMMON, *SETTINGS),
    examples=("wpmi-lint explain WP102", "wpmi-lint explain stale-total", "wpmi-lint explain WP5"),
    run=run,
    suggest="rule",
)
