"""Where reports go: `FORMAT[:FILE]`, colour, width, and which figures may be shown there."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from wpmi_lint.cli.arguments import closest
from wpmi_lint.errors import UsageError
from wpmi_lint.records import NamedTuple
from wpmi_lint.report import REPORTERS, Look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from wpmi_lint.cli.arguments import Arguments
    from wpmi_lint.model import Report


class Output(NamedTuple):
    """A report that was asked for. `file` is None for standard output."""

    format: str
    file: str | None = None


def outputs(given: Sequence[str]) -> tuple[Output, ...]:
    """The outputs asked for; `full` where none was. Raises UsageError."""
    found = tuple(map(_output, given)) or (Output("full"),)
    if sum(output.file is None for output in found) > 1:
        raise UsageError("only one --output can go to standard output", "give the others a file: --output json:FILE")
    return found


def _output(word: str) -> Output:
    name, colon, file = word.partition(":")
    if name not in REPORTERS:
        raise UsageError(
            f'unknown format "{name}": known are {", ".join(REPORTERS)}{closest(name, list(REPORTERS), "")}'
        )
    if colon and not file:
        raise UsageError(f"--output {word}: a file name is missing after the colon")
    return Output(name, file or None)


def colour(arguments: Arguments, stream: TextIO) -> bool:
    """--color, then NO_COLOR, FORCE_COLOR, then whether the stream is a terminal."""
    when = arguments.text("color") or "auto"
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def width(arguments: Arguments, stream: TextIO) -> int:
    """Columns to use: 80 to 120 as the terminal has them, fewer on a narrow one, 80 elsewhere and under pre-commit."""
    said = arguments.text("width")
    if said is not None:
        if not said.isdigit() or not int(said):
            raise UsageError(f'--width: "{said}" is not a number of columns')
        return int(said)
    if not stream.isatty() or os.environ.get("PRE_COMMIT"):
        return 80
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except OSError:
        return 80
    return min(columns, 120) or 80


def values(arguments: Arguments, configured: str | None) -> str:
    """Which figures may be shown: as said; else all on an interactive terminal and published anywhere else."""
    said = arguments.text("values") or configured
    if said:
        return said
    machine = any(os.environ.get(name) for name in ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "PRE_COMMIT"))
    return "all" if sys.stdout.isatty() and not machine else "published"


def look(arguments: Arguments, stream: TextIO) -> Look:
    """How a report for people is to look on the stream."""
    return Look(
        width(arguments, stream),
        statistics=arguments.flag("statistics"),
        verbose=arguments.flag("verbose"),
        quiet=arguments.flag("quiet"),
    )


def deliver(report: Report, wanted: Sequence[Output], arguments: Arguments, configured: str | None = None) -> None:
    """Write a report to every output asked for, each with the figures that may be shown there.

    A file outlives the terminal: it gets all figures only where that was said. Raises UsageError where a file cannot
    be written.
    """
    from wpmi_lint.report import render
    from wpmi_lint.report.redact import redact
    from wpmi_lint.report.style import write

    shown = redact(report, report.values)
    said = bool(arguments.text("values") or configured)
    filed = shown if said or report.values != "all" else redact(report, "published")
    for output in wanted:
        if output.file is not None:
            save(output.file, render(output.format, filed, look(arguments, sys.stdout)._replace(width=80)))
            continue
        reporter = REPORTERS[output.format]
        lines = reporter.lines(shown, look(arguments, sys.stdout))
        write(lines, sys.stdout, reporter.coloured and colour(arguments, sys.stdout))


def save(path: str, text: str) -> None:
    """Write a file whole or not at all."""
    beside = f"{path}.{os.getpid()}.part"
    try:
        with open(beside, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.replace(beside, path)
    except OSError as error:
        if os.path.exists(beside):
            os.unlink(beside)
        raise UsageError(f"{path}: cannot be written ({(error.strerror or 'unknown reason').lower()})") from error
