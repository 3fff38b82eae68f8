"""wpmi-lint completion: a script that completes commands, options and their values in a shell.

shtab writes it from argparse's parsers, and those are made from the same tables as help and the man page. What it
cannot know is that the word `check` may be left out, and that a policy is a name or a file: data/ adds it.
"""

from __future__ import annotations

import argparse
import os

from wpmi_lint.cli.help import filled
from wpmi_lint.cli.options import COMMANDS, COMMON, Command, Settings, command
from wpmi_lint.cli.parse import add
from wpmi_lint.closest import closest
from wpmi_lint.errors import UsageError
from wpmi_lint.status import CLEAN

SHELLS = ("bash", "zsh", "fish")
INSTALL = {
    "bash": "wpmi-lint completion bash \\\n    > ~/.local/share/bash-completion/completions/wpmi-lint",
    "zsh": "wpmi-lint completion zsh > ~/.zfunc/_wpmi-lint",
    "fish": "wpmi-lint completion fish > ~/.config/fish/completions/wpmi-lint.fish",
}


def run(settings: Settings) -> int:
    """Print the script for a shell."""
    if len(settings.operands) != 1:
        help = "for instance: wpmi-lint completion bash"
        raise UsageError(f"completion for which shell? known are {', '.join(SHELLS)}", help)
    shell = settings.operands[0]
    if shell not in SHELLS:
        near = closest(shell, SHELLS, "; did you mean {}?")
        raise UsageError(f'no completion for the shell "{shell}"{near}', f"known are {', '.join(SHELLS)}")
    print(script(shell))
    return CLEAN


def script(shell: str) -> str:
    """The script for one of SHELLS."""
    import shtab

    from wpmi_lint.resources import bundled

    with open(os.path.join(os.path.dirname(__file__), "data", f"completion.{shell}"), encoding="utf-8") as stream:
        added = stream.read()
    added = added.replace("COMMANDS", " ".join(COMMANDS)).replace("POLICIES", " ".join(bundled()))
    if shell == "zsh":  # the script ends by calling its function
        return str(shtab.complete(_parser(), shell, preamble=added))
    return f"{shtab.complete(_parser(), shell)}\n{added}"


def _parser() -> argparse.ArgumentParser:
    """All commands as parsers of one, with what completes each value."""
    parser = argparse.ArgumentParser(prog="wpmi-lint", add_help=False)
    commands = parser.add_subparsers(metavar="COMMAND")
    for name in COMMANDS:
        asked = command(name)
        below = commands.add_parser(name, help=asked.summary, add_help=False)
        for option, action in zip(asked.options, add(below, asked.options).values(), strict=True):
            action.help = filled(option.help)
            action.metavar = option.value.partition("[")[0] or None  # zsh reads brackets and colons as its own
            action.choices = option.choices or None
            _suggest(action, option.suggest)
        if asked.actions:
            below.add_argument("action", choices=asked.actions, help="what to do")
        if asked.suggest:
            _suggest(below.add_argument("operand", nargs="*", help=asked.operands), asked.suggest)
    commands.add_parser("help", help="show the help of a command", add_help=False).add_argument(
        "command", choices=COMMANDS, help="a command"
    )
    return parser


def _suggest(action: argparse.Action, what: str) -> None:
    """Let completion offer files, folders, policies or the rules of the default policy for a value."""
    import shtab

    if what in ("file", "folder"):
        action.complete = shtab.FILE if what == "file" else shtab.DIRECTORY  # type: ignore[attr-defined]
    elif what == "shell":
        action.choices = SHELLS
    elif what == "policy":
        names = "_wpmi_lint_policy_files"
        action.complete = {"bash": names, "zsh": names, "fish": f"({names})"}  # type: ignore[attr-defined]
    elif what == "rule":
        from wpmi_lint.config import DEFAULT_POLICY
        from wpmi_lint.policy import load

        action.choices = [word for rule in load(DEFAULT_POLICY).rules for word in (rule.code, rule.name)]


COMMAND = Command(
    operands="|".join(SHELLS),
    summary="print a script that completes commands, options and their values",
    more="The examples install it for the next shell that is started; make the folder first where it is missing. zsh "
    "needs `fpath+=~/.zfunc` before `compinit` in ~/.zshrc.",
    options=COMMON,
    examples=tuple(INSTALL.values()),
    run=run,
    suggest="shell",
)
