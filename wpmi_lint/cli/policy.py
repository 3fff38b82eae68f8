"""wpmi-lint policy check, test, fmt and show."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from wpmi_lint.cli import outputs
from wpmi_lint.cli.arguments import closest
from wpmi_lint.errors import PolicyError, UsageError
from wpmi_lint.report.text import clean, counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from wpmi_lint.cli.arguments import Arguments

CLEAN, FOUND, WRONG = 0, 1, 2


def run(arguments: Arguments) -> int:
    """Run one of the actions on each policy given; the highest status of them."""
    if not arguments.operands:
        raise UsageError(f"policy what? {', '.join(ACTIONS)}", "for instance: wpmi-lint policy check my.wpmi")
    action, *paths = arguments.operands
    if action not in ACTIONS:
        near = closest(action, list(ACTIONS), "policy ")
        raise UsageError(f'policy has no action "{action}"{near}', f"known are {', '.join(ACTIONS)}")
    if not paths:
        raise UsageError(f"policy {action}: no policy given", "a bundled name, such as work-programme, or a .wpmi file")
    return max([_guarded(ACTIONS[action], path, arguments) for path in paths])


def _guarded(action: Callable[[str, Arguments], int], path: str, arguments: Arguments) -> int:
    """One bad policy must not hide the next."""
    try:
        return action(path, arguments)
    except PolicyError as error:
        sys.stderr.write("\n\n".join(error.problems) + "\n")
    except UsageError as error:
        sys.stderr.write(clean(f"error: {error}") + "\n" + (f"  help: {clean(error.help)}\n" if error.help else ""))
    return WRONG


def _check(path: str, _: Arguments) -> int:
    """Whether it can be used."""
    from wpmi_lint.policy import load

    policy = load(path)
    rules, examples = counted(len(policy.rules), "rule"), counted(len(policy.examples), "example")
    print(f"{policy.path}: {policy.name} {policy.version}: {rules}, {examples}; no problem found")
    return CLEAN


def _test(path: str, arguments: Arguments) -> int:
    """Run its examples; each rule needs one that breaks it and one that passes."""
    from wpmi_lint.examples import test_policy
    from wpmi_lint.policy import load
    from wpmi_lint.policy.examples import uncovered

    policy = load(path)
    tested = test_policy(policy)
    failed = [one for one in tested if one.wrong]
    for one in tested:
        if one.wrong:
            print(f'{policy.path}:{one.example.line}: not as it says: "{clean(one.example.name)}"')
            for words in one.wrong:
                print(f"  {clean(words)}")
        elif arguments.flag("verbose"):
            print(f'{policy.path}:{one.example.line}: passed: "{clean(one.example.name)}"')
    bare = uncovered(policy)
    for rule in bare:
        kind = "breaks it" if rule.missing == "breaks" else "passes it"
        print(f"{policy.path}:{rule.line}: {rule.code} has no example that {kind}")
    passed = len(tested) - len(failed)
    lacking = f"; {counted(len({rule.code for rule in bare}), 'rule')} without both kinds of example" if bare else ""
    print(f"{policy.name}: {passed} of {counted(len(tested), 'example')} passed{lacking}")
    return FOUND if failed or bare else CLEAN


def _show(path: str, arguments: Arguments) -> int:
    """The policy after resolution."""
    from wpmi_lint.policy import load

    policy = load(path)
    if arguments.text("output") == "json":
        from wpmi_lint.policy.codec import encode

        print(encode(policy))
        return CLEAN
    from wpmi_lint.report.policy_view import lines
    from wpmi_lint.report.style import write

    write(lines(policy, outputs.width(arguments, sys.stdout)), sys.stdout, outputs.colour(arguments, sys.stdout))
    return CLEAN


def _fmt(path: str, arguments: Arguments) -> int:
    """The policy in its one layout; with --check, only whether it is."""
    from wpmi_lint.policy.format import rewritten

    file, before, after = rewritten(path)
    if before == after:
        return CLEAN
    if arguments.flag("check"):
        print(f"{path}: would be laid out anew")
        return FOUND
    with open(file, "w", encoding="utf-8", newline="\n") as out:
        out.write(after)
    if not arguments.flag("quiet"):
        print(f"{path}: laid out anew")
    return CLEAN


ACTIONS: dict[str, Callable[[str, Arguments], int]] = {"check": _check, "test": _test, "fmt": _fmt, "show": _show}
