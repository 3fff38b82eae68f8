"""wpmi-lint rules and wpmi-lint explain."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from wpmi_lint import config
from wpmi_lint.cli import outputs
from wpmi_lint.cli.arguments import closest
from wpmi_lint.errors import UsageError
from wpmi_lint.report.style import write

if TYPE_CHECKING:
    from wpmi_lint.cli.arguments import Arguments
    from wpmi_lint.policy.resolved import Policy, Rule
    from wpmi_lint.report.rules_view import Own


def rules(arguments: Arguments) -> int:
    """All rules of the policy in force."""
    policy = _policy(arguments)
    if arguments.text("output") == "json":
        from wpmi_lint.report.jsondoc import dumps
        from wpmi_lint.report.rules_view import document

        print(dumps(document(policy)))
        return 0
    from wpmi_lint.report.rules_view import listing

    width = outputs.width(arguments, sys.stdout)
    write(listing(policy, width, _own()), sys.stdout, outputs.colour(arguments, sys.stdout))
    return 0


def explain(arguments: Arguments) -> int:
    """Rules in full, by code or name; clauses by their source too."""
    from wpmi_lint.report.rules_view import own, rule

    if not arguments.operands:
        raise UsageError("which rule?", "for instance: wpmi-lint explain WP102; wpmi-lint rules lists them")
    policy = _policy(arguments)
    linter = {name: one for one in _own() for name in (one.code, one.name)}
    width = outputs.width(arguments, sys.stdout)
    for place, word in enumerate(arguments.operands):
        if place:
            print()
        known = linter.get(word.upper()) or linter.get(word.lower())
        lines = own(known, width) if known else rule(policy, _named(policy, word), width)
        write(lines, sys.stdout, outputs.colour(arguments, sys.stdout))
    return 0


def _own() -> tuple[Own, ...]:
    from wpmi_lint.evaluate.own import OWN
    from wpmi_lint.report.rules_view import Own

    return tuple(Own(code, *rule) for code, rule in OWN.items())


def _policy(arguments: Arguments) -> Policy:
    """The policy that is in force in this folder."""
    from wpmi_lint.cli.check import options
    from wpmi_lint.policy import load

    return load(config.load_for(["-"], options(arguments)).targets[0].settings.policy)


def _named(policy: Policy, word: str) -> Rule:
    for rule in policy.rules:
        if word.upper() == rule.code or word.lower() == rule.name:
            return rule
    near = closest(word, [rule.name for rule in policy.rules], "")
    raise UsageError(f'{policy.name} has no rule "{word}"{near}', "wpmi-lint rules lists them")
