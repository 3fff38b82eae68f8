"""wpmi-lint policy check, test, fmt and show."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from wpmi_lint.cli.arguments import closest
from wpmi_lint.errors import PolicyError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wpmi_lint.cli.arguments import Arguments

CLEAN, FOUND, WRONG = 0, 1, 2


def run(arguments: Arguments) -> int:
    """Run one of the actions on each policy given; the highest status of them."""
    if not arguments.operands:
        raise UsageError("policy check, test, fmt or show?", "for instance: wpmi-lint policy check my.wpmi")
    action, *paths = arguments.operands
    if action not in ACTIONS:
        near = closest(action, list(ACTIONS), "policy ")
        raise UsageError(f'policy has no action "{action}"{near}', f"known are {', '.join(ACTIONS)}")
    if not paths:
        raise UsageError(f"policy {action}: no policy given", "a bundled name, such as work-programme, or a .wpmi file")
    return max(_guarded(ACTIONS[action], path, arguments) for path in paths)


def _guarded(action: Callable[[str, Arguments], int], path: str, arguments: Arguments) -> int:
    """One bad policy must not hide the next."""
    try:
        return action(path, arguments)
    except PolicyError as error:
        sys.stderr.write("\n\n".join(error.problems) + "\n")
        return WRONG


def _check(path: str, arguments: Arguments) -> int:
    from wpmi_lint.policy import load

    policy = load(path)
    if not arguments.flag("quiet"):
        print(f"{path}: {policy.name} {policy.version}: {len(policy.rules)} rules, no problem found")
    return CLEAN


ACTIONS: dict[str, Callable[[str, Arguments], int]] = {"check": _check}
