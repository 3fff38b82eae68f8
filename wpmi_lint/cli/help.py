"""Help that a person can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.cli.commands import COMMANDS
from wpmi_lint.report.text import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.cli.arguments import Option

_INDENT = 24


def overview() -> str:
    """The help of the whole tool."""
    return "\n".join(_overview()) + "\n"


def _overview() -> Iterator[str]:
    yield "wpmi-lint says which cells of a table break which sentence of the guidance, before the table is shared."
    yield ""
    yield "usage: wpmi-lint [COMMAND] [OPTIONS] PATH..."
    yield ""
    yield "commands:"
    for name, command in COMMANDS.items():
        yield from _entry(name, command.doc)
    yield ""
    yield "most used options:"
    for option in COMMANDS["check"].options:
        if option.name in ("policy", "output", "select", "fail-level", "values", "help"):
            yield from _entry(_spelt(option), option.doc)
    yield ""
    yield "examples:"
    yield "  wpmi-lint demo                      what it finds, on a bundled example"
    yield "  wpmi-lint referrals.csv             check a file"
    yield "  wpmi-lint tables referrals.csv      how the file was understood"
    yield "  wpmi-lint explain WP102             a rule and the sentence it rests on"
    yield ""
    yield from _statuses()
    yield ""
    yield "wpmi-lint COMMAND --help shows all options of a command."


def of(name: str) -> str:
    """The help of one command."""
    return "\n".join(_of(name)) + "\n"


def _of(name: str) -> Iterator[str]:
    command = COMMANDS[name]
    yield f"usage: wpmi-lint {name} [OPTIONS] {command.operands}".rstrip()
    yield ""
    yield from wrap(f"{command.doc[0].upper()}{command.doc[1:]}. {command.more}", 80)
    yield ""
    yield "options:"
    for option in command.options:
        yield from _entry(_spelt(option), option.doc)
    yield ""
    yield "examples:"
    for example in command.examples:
        yield f"  {example}"
    if name in ("check", "release"):
        yield ""
        yield from _statuses()


def _spelt(option: Option) -> str:
    short = f"-{option.short}, " if option.short else ""
    return f"{short}--{option.name}" + (f" {option.value}" if option.value else "")


def _entry(name: str, doc: str) -> Iterator[str]:
    lines = list(wrap(doc, 79 - _INDENT))
    if len(name) > _INDENT - 3:
        yield f"  {name}"
    else:
        yield f"  {name}".ljust(_INDENT) + lines.pop(0)
    for line in lines:
        yield " " * _INDENT + line


def _statuses() -> Iterator[str]:
    yield "exit status, the same for every format:"
    yield "  0  everything given was checked; nothing at or above the fail level"
    yield "  1  findings at or above the fail level; an unreadable file is one"
    yield "  2  a wrong option, path, configuration or policy"
    yield "  3  nothing was checked"
    yield "  4  the tool itself failed"
