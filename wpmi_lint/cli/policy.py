"""wpmi-lint policy check, test, fmt and show."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from wpmi_lint.cli import outputs
from wpmi_lint.cli.options import COMMON, FORMAT, Command, Option, Settings
from wpmi_lint.closest import closest
from wpmi_lint.errors import PolicyError, UsageError
from wpmi_lint.report.text import clean, counted
from wpmi_lint.status import CLEAN, FOUND

if TYPE_CHECKING:
    from collections.abc import Callable


def run(settings: Settings) -> int:
    """Run one of the actions on each policy given; the highest status of them."""
    if not settings.operands:
        raise UsageError(f"policy what? {', '.join(ACTIONS)}", "for instance: wpmi-lint policy check my.wpmi")
    action, *paths = settings.operands
    if action not in ACTIONS:
        near = closest(action, ACTIONS, "; did you mean policy {}?")
        raise UsageError(f'policy has no action "{action}"{near}', f"known are {', '.join(ACTIONS)}")
    if not paths:
        raise UsageError(f"policy {action}: no policy given", "a bundled name, such as work-programme, or a .wpmi file")
    policies = dict.fromkeys(policy for path in paths for policy in _policies(action, path))
    return max([_guarded(ACTIONS[action], policy, settings) for policy in policies])


def _policies(action: str, path: str) -> list[str]:
    """What is to be looked at for a path: for a part, which is only whole inside of a policy, those that include it."""
    from wpmi_lint.policy import loading

    return (action != "fmt" and loading.including(path)) or [path]


def _guarded(action: Callable[[str, Settings], int], path: str, settings: Settings) -> int:
    """One bad policy must not hide the next."""
    try:
        return action(path, settings)
    except PolicyError as error:
        return outputs.complain("\n\n".join(error.problems))
    except UsageError as error:
        return outputs.complain(f"error: {error}", error.help)


def _check(path: str, _: Settings) -> int:
    """Whether it can be used."""
    from wpmi_lint.policy import loading

    text = loading.find(path)
    policy, warnings = loading.examined(text)
    if warnings:
        sys.stderr.write("\n\n".join(warnings) + "\n")
    rules, examples = counted(len(policy.rules), "rule"), counted(len(policy.examples), "example")
    outcome = counted(len(warnings), "warning") if warnings else "no problem found"
    print(f"{text.path}: {policy.name} {policy.version}: {rules}, {examples}; {outcome}")
    return CLEAN


def _test(path: str, settings: Settings) -> int:
    """Run its examples; each rule needs one that breaks it and one that passes."""
    from wpmi_lint.examples import test_policy
    from wpmi_lint.policy import load, resolved
    from wpmi_lint.policy.examples import uncovered

    policy = load(path)
    tested = test_policy(policy)
    failed = [one for one in tested if one.wrong]
    for one in tested:
        place = resolved.place(policy, one.example)
        if one.wrong:
            print(f'{place}: example failed: "{clean(one.example.name)}"')
            for words in one.wrong:
                print(f"  {clean(words)}")
        elif settings.verbose:
            print(f'{place}: passed: "{clean(one.example.name)}"')
    bare = uncovered(policy)
    for rule in bare:
        kind = "breaks it" if rule.missing == "breaks" else "passes it"
        print(f"{rule.place}: {rule.code} has no example that {kind}")
    passed = len(tested) - len(failed)
    lacking = f"; {counted(len({rule.code for rule in bare}), 'rule')} without both kinds of example" if bare else ""
    print(f"{policy.name}: {passed} of {counted(len(tested), 'example')} passed{lacking}")
    return FOUND if failed or bare else CLEAN


def _show(path: str, settings: Settings) -> int:
    """The policy after resolution."""
    from wpmi_lint.policy import load

    policy = load(path)
    from wpmi_lint.report.policy_view import document, lines

    if settings.machine:
        print(json.dumps(document(policy), ensure_ascii=False))
        return CLEAN
    outputs.show(lines(policy, outputs.width(settings, sys.stdout)), settings)
    return CLEAN


def _fmt(path: str, settings: Settings) -> int:
    """Format the policy; with --check, only say whether it is formatted."""
    from wpmi_lint.policy.format import rewritten

    changed = [one for one in rewritten(path) if one.before != one.after]
    for one in changed:
        print(f"{one.path}: {'would be reformatted' if settings.check else 'reformatted'}")
        if not settings.check:
            with open(one.real, "w", encoding="utf-8", newline="\n") as out:
                out.write(one.after)
    return FOUND if changed and settings.check else CLEAN


ACTIONS: dict[str, Callable[[str, Settings], int]] = {"check": _check, "test": _test, "fmt": _fmt, "show": _show}


COMMAND = Command(
    operands="check|test|fmt|show POLICY...",
    summary="check a policy, run its examples, format it, or show it resolved",
    more="A policy is a bundled name ({bundled}) or the path of a .wpmi file or of a folder with a policy.wpmi.",
    options=(
        *COMMON,
        Option("check", "with fmt: change nothing, exit with status 1 where something would change"),
        FORMAT._replace(help="with show: full or json (default full)"),
    ),
    examples=(
        "wpmi-lint policy check my.wpmi",
        "wpmi-lint policy test my.wpmi",
        "wpmi-lint policy fmt --check my.wpmi",
    ),
    run=run,
    actions=tuple(ACTIONS),
    suggest="policy",
)
