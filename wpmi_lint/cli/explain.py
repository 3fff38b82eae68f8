"""wpmi-lint explain: rules in full, by code, name or the beginning of a code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from wpmi_lint.cli import outputs
from wpmi_lint.cli.options import COMMON, SETTINGS, Command
from wpmi_lint.cli.rules import in_force, own
from wpmi_lint.closest import closest
from wpmi_lint.errors import UsageError
from wpmi_lint.report import rules_view
from wpmi_lint.status import CLEAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.cli.settings import Settings
    from wpmi_lint.policy.resolved import Policy
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
    """What a word names: a rule by its code or name, or all whose code begins with it."""
    code, name = word.upper(), word.lower()
    rules = [rule for rule in policy.rules if rule.code == code or rule.name == name]
    linters = [rule for rule in own() if rule.code == code or rule.name == name]
    if not rules and not linters and code:
        rules = [rule for rule in policy.rules if rule.code.startswith(code)]
        linters = [rule for rule in own() if rule.code.startswith(code)]
    if not rules and not linters:
        known = [rule.name for rule in policy.rules] + [rule.code for rule in policy.rules]
        known += [rule.name for rule in own()] + [rule.code for rule in own()]
        near = closest(word, known, "; did you mean {}?")
        raise UsageError(f'{policy.name} has no rule "{word}"{near}', "wpmi-lint rules lists them")
    return [
        *(rules_view.rule(policy, rule, width) for rule in rules),
        *(rules_view.own(rule, width) for rule in linters),
    ]


COMMAND = Command(
    operands="RULE...",
    summary="explain a rule: what it asks, the clause it rests on, why, how to put it right",
    more="RULE is a code (WP102), a name (stale-total) or the beginning of codes (WP1).",
    options=(*COMMON, *SETTINGS),
    examples=("wpmi-lint explain WP102", "wpmi-lint explain stale-total", "wpmi-lint explain WP5"),
    run=run,
    suggest="rule",
)
