"""wpmi-lint rules: all rules of the policy in force."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from wpmi_lint import config
from wpmi_lint.cli import outputs
from wpmi_lint.cli.options import COMMON, FORMAT, SETTINGS, Command, Settings
from wpmi_lint.linter_rules import LINTER_RULES
from wpmi_lint.status import CLEAN

if TYPE_CHECKING:
    from wpmi_lint.policy.resolved import Policy


def run(settings: Settings) -> int:
    """List the rules."""
    from wpmi_lint.report.rules_view import document, listing

    policy = in_force(settings)
    if settings.machine:
        from wpmi_lint.report.jsondoc import dumps

        print(dumps(document(policy)))
        return CLEAN
    outputs.show(listing(policy, outputs.width(settings, sys.stdout), tuple(LINTER_RULES.values())), settings)
    return CLEAN


def in_force(settings: Settings) -> Policy:
    """The policy that is in force in this folder."""
    from wpmi_lint.policy import load

    return load(config.load_for(["-"], settings.overrides).targets[0].settings.policy)


COMMAND = Command(
    operands="",
    summary="list all rules of the policy in force",
    options=(*COMMON, *SETTINGS, FORMAT),
    examples=("wpmi-lint rules", "wpmi-lint rules --policy nhs-hes"),
    run=run,
    suggest="",
)
