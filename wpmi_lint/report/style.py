"""Lines with styled parts. A style only repeats what the signs of the line say, so plain text loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO


class Look(NamedTuple):
    """How a report is to look: nothing here changes what it says."""

    width: int = 80
    statistics: bool = False  # also how often each rule was broken
    verbose: bool = False
    quiet: bool = False  # findings only, no summary


class Span(NamedTuple):
    """A part of a line with the name of its style."""

    text: str
    style: str = ""


Line = str | tuple[str | Span, ...]

STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "review": "bold magenta",
    "waived": "bold green",
    "not-checked": "bold cyan",
    "note": "bold blue",
    "headline": "bold",
    "gutter": "blue",
    "fail": "bold red",
    "used": "yellow",
    "faint": "dim",
    "help": "bold green",
    "header": "cyan",
    "stub": "green",
    "total": "bold yellow",
    "marker": "magenta",
    "title": "bold",
    "doubt": "bold red",
}


def plain(line: Line) -> str:
    """The line without its styles."""
    if isinstance(line, str):
        return line
    return "".join(part if isinstance(part, str) else part.text for part in line).rstrip(" ")


def write(lines: Iterable[Line], stream: TextIO, colour: bool) -> None:
    """Print lines; rich is used for colour alone, and never reads markup out of them."""
    if not colour:
        stream.writelines(f"{plain(line)}\n" for line in lines)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, force_terminal=True, markup=False, emoji=False, highlight=False, soft_wrap=True)
    for line in lines:
        text = Text()
        for part in (line,) if isinstance(line, str) else line:
            if isinstance(part, str):
                text.append(part)
            else:
                text.append(part.text, STYLES.get(part.style, ""))
        text.rstrip()
        console.print(text)
