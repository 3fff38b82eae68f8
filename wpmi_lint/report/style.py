"""Lines with styled parts. A style only repeats what the signs of the line say, so plain text loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple
from wpmi_lint.report.text import width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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

LEAST = 20  # cells to which words are wrapped, however narrow the terminal is

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


def hanging(
    start: tuple[str | Span, ...], words: str, limit: int, *, style: str = "", deeper: int = 0
) -> Iterator[Line]:
    """Words behind a start, wrapped to `limit` cells: further lines begin below the words, or so much deeper."""
    indent = sum(width(part if isinstance(part, str) else part.text) for part in start) + deeper
    first, *rest = tuple(wrap(words, max(limit - indent, LEAST))) or ("",)
    yield (*start, Span(first, style))
    for line in rest:
        yield (" " * indent, Span(line, style))


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
