"""Help that a person can read, from the commands and their options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.cli import options as o
from wpmi_lint.cli.options import COMMANDS, Option, command
from wpmi_lint.report.text import wrap
from wpmi_lint.status import MEANING

if TYPE_CHECKING:
    from collections.abc import Iterator

WHAT = "wpmi-lint says which cells of a table break which sentence of the guidance, before the table is shared."
MOST_USED = (o.POLICY, o.OUTPUT, o.SELECT, o.FAIL_LEVEL, o.FIGURES, o.HELP)
EXAMPLES = {
    "wpmi-lint demo": "what it finds, in a bundled example",
    "wpmi-lint referrals.csv": "check a file",
    "wpmi-lint tables referrals.csv": "how the file was understood",
    "wpmi-lint explain WP102": "a rule and the sentence it rests on",
    "wpmi-lint completion bash": "completion for your shell",
    "wpmi-lint --man": "all of this as a man page",
}
_INDENT = 24
_COLUMNS = 80


def overview() -> Iterator[str]:
    """The help of the whole tool, line by line."""
    yield from wrap(WHAT, _COLUMNS)
    yield ""
    yield "usage: wpmi-lint [COMMAND] [OPTIONS] PATH..."
    yield ""
    yield "commands:"
    for name in COMMANDS:
        yield from _entry(name, command(name).summary)
    yield ""
    yield "most used options:"
    for option in MOST_USED:
        yield from _entry(spelt(option), filled(option.help))
    yield ""
    yield "examples:"
    for example, purpose in EXAMPLES.items():
        yield f"  {example:34}{purpose}"
    yield ""
    yield from _statuses()
    yield ""
    yield "wpmi-lint COMMAND --help shows all options of a command."


def of(name: str) -> Iterator[str]:
    """The help of one command, line by line."""
    asked = command(name)
    yield f"usage: wpmi-lint {name} [OPTIONS] {asked.operands}".rstrip()
    yield ""
    yield from wrap(described(name), _COLUMNS)
    yield ""
    yield "options:"
    for option in asked.options:
        yield from _entry(spelt(option), filled(option.help))
    yield ""
    yield "examples:"
    for example in asked.examples:
        yield f"  {example}"
    if asked.statuses:
        yield ""
        yield from _statuses()


def described(name: str) -> str:
    """What a command is for, in sentences."""
    asked = command(name)
    return filled(f"{asked.summary[0].upper()}{asked.summary[1:]}. {asked.more}".rstrip())


def spelt(option: Option) -> str:
    """An option as it is written: -o, --output FORMAT[:FILE]."""
    short = f"-{option.short}, " if option.short else ""
    return f"{short}--{option.name}" + (f" {option.value}" if option.value else "")


def filled(words: str) -> str:
    """Words of help with the names of the bundled policies put in."""
    if "{bundled}" not in words:
        return words
    from wpmi_lint.resources import bundled

    return words.replace("{bundled}", ", ".join(bundled()))


def _entry(name: str, words: str) -> Iterator[str]:
    lines = list(wrap(words, _COLUMNS - 1 - _INDENT))
    if len(name) > _INDENT - 3:
        yield f"  {name}"
    else:
        yield f"  {name}".ljust(_INDENT) + lines.pop(0)
    for line in lines:
        yield " " * _INDENT + line


def _statuses() -> Iterator[str]:
    yield "exit status, the same for every output format:"
    for number, words in MEANING.items():
        first, *rest = wrap(words, _COLUMNS - 5)
        yield f"  {number}  {first}"
        for line in rest:
            yield f"     {line}"
