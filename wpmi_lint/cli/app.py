"""From arguments to a command to an exit status; what goes wrong is said in one place."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

from wpmi_lint.cli.arguments import closest, parse
from wpmi_lint.cli.commands import COMMANDS
from wpmi_lint.errors import PolicyError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

USAGE, FAILURE, INTERRUPTED, PIPE_CLOSED = 2, 4, 130, 141


def run(argv: Sequence[str]) -> int:
    """Run a command; never raises. Returns the exit status."""
    _printable()
    try:
        status = _run(argv)
        sys.stdout.flush()
    except UsageError as error:
        return _say(f"error: {error}", error.help)
    except PolicyError as error:
        return _say("\n\n".join(error.problems), "")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it at exit says nothing
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return _say("interrupted", "", INTERRUPTED)
    except Exception as error:
        return _failed(error, verbose="-v" in argv or "--verbose" in argv)
    return status


def _printable() -> None:
    """What the terminal's encoding lacks is shown as an escape instead of ending the run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(argv: Sequence[str]) -> int:
    from wpmi_lint.cli import help

    if not argv:
        sys.stderr.write(help.overview())
        return USAGE
    if argv[0] in ("-h", "--help", "help") and len(argv) == 1:
        sys.stdout.write(help.overview())
        return 0
    name, words = _command(argv)
    arguments = parse(words, COMMANDS[name].options)
    if arguments.flag("version"):
        from wpmi_lint import __version__

        print("wpmi-lint", __version__)
        return 0
    if arguments.flag("help"):
        sys.stdout.write(help.of(name))
        return 0
    return COMMANDS[name].run(arguments)


def _command(argv: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The command's name and the rest; a first word that is a path means check."""
    first = argv[0]
    if first in COMMANDS:
        return first, argv[1:]
    if first == "help" and argv[1] in COMMANDS:
        return argv[1], ["--help"]
    if not first.startswith("-") and not os.path.exists(first) and not any(sign in first for sign in "./\\"):
        near = closest(first, list(COMMANDS), "")
        raise UsageError(f'no such command or path: "{first}"{near}', "see wpmi-lint --help")
    return "check", argv


def _say(message: str, help: str, status: int = USAGE) -> int:
    from wpmi_lint.report.text import clean

    for line in message.splitlines():
        sys.stderr.write(clean(line) + "\n")
    if help:
        sys.stderr.write(f"  help: {clean(help)}\n")
    return status


def _failed(error: Exception, verbose: bool) -> int:
    if verbose:
        import traceback

        traceback.print_exc()
    kind = type(error).__name__
    return _say(f"error: wpmi-lint itself failed ({kind}); -v shows the trace", "", FAILURE)
