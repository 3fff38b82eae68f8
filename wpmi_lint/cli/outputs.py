"""Where reports go: `FORMAT[:FILE]`, colour, width, and which figures may be shown there."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from wpmi_lint.cli.options import Output, Settings, output
from wpmi_lint.errors import UsageError
from wpmi_lint.report import REPORTERS, Look
from wpmi_lint.report.text import clean
from wpmi_lint.status import USAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from wpmi_lint.model import Report
    from wpmi_lint.report.style import Line


def outputs(settings: Settings, configured: Sequence[str]) -> tuple[Output, ...]:
    """The reports asked for, on the command line or else in the configuration; `full` where none was.

    Raises UsageError.
    """
    wanted = settings.output or tuple(map(output, configured)) or (Output("full"),)
    if sum(one.file is None for one in wanted) > 1:
        raise UsageError("only one --output can go to standard output", "give the others a file: --output json:FILE")
    return wanted


def colour(settings: Settings, stream: TextIO) -> bool:
    """--color, then NO_COLOR, FORCE_COLOR, then whether the stream is a terminal."""
    if settings.color != "auto":
        return settings.color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def width(settings: Settings, stream: TextIO) -> int:
    """Columns to use: 80 to 120 as the terminal has them, fewer on a narrow one, 80 elsewhere and under pre-commit."""
    if settings.width is not None:
        return settings.width
    if not stream.isatty() or os.environ.get("PRE_COMMIT"):
        return 80
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except OSError:
        return 80
    return min(columns, 120) or 80


def values(settings: Settings, configured: str | None) -> str:
    """Which figures may be shown: as stated; else all on an interactive terminal and published anywhere else."""
    stated = settings.values or configured
    if stated:
        return stated
    machine = any(os.environ.get(name) for name in ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "PRE_COMMIT"))
    return "all" if sys.stdout.isatty() and not machine else "published"


def look(settings: Settings, stream: TextIO) -> Look:
    """How a report for people is to look on the stream."""
    return Look(
        width=width(settings, stream),
        statistics=settings.statistics,
        verbose=settings.verbose,
        quiet=settings.quiet,
    )


def show(lines: Iterable[Line], settings: Settings) -> None:
    """Print lines for people, coloured where that is wanted."""
    from wpmi_lint.report.style import write

    write(lines, sys.stdout, colour(settings, sys.stdout))


def deliver(report: Report, wanted: Sequence[Output], settings: Settings, configured: str | None = None) -> None:
    """Write a report to every output asked for, each with the figures that may be shown there.

    A file outlives the terminal: it gets all figures only where that was stated. Raises UsageError where a file cannot
    be written.
    """
    from wpmi_lint.report import render
    from wpmi_lint.report.disclosure import redact
    from wpmi_lint.report.style import write

    shown = redact(report, report.values)
    stated = bool(settings.values or configured)
    filed = shown if stated or report.values != "all" else redact(report, "published")
    for one in wanted:
        if one.file is not None:
            save(one.file, render(one.format, filed, look(settings, sys.stdout)._replace(width=80)))
            continue
        reporter = REPORTERS[one.format]
        coloured = reporter.coloured and colour(settings, sys.stdout)
        write(reporter.lines(shown, look(settings, sys.stdout)), sys.stdout, coloured)


def complain(message: str, help: str = "") -> int:
    """Print an error, and what to do about it, on standard error; returns the status of wrong usage."""
    for line in message.splitlines():
        sys.stderr.write(clean(line) + "\n")
    if help:
        sys.stderr.write(f"  help: {clean(help)}\n")
    return USAGE


def note(words: str) -> None:
    """Print a remark on the run on standard error."""
    sys.stderr.write(f"note: {clean(words)}\n")


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
