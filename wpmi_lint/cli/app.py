"""From arguments to a command to an exit status; what goes wrong is reported in one place."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

from wpmi_lint import status
from wpmi_lint.cli.options import COMMANDS, command
from wpmi_lint.cli.outputs import complain
from wpmi_lint.cli.parse import parse
from wpmi_lint.closest import closest
from wpmi_lint.errors import PolicyError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(argv: Sequence[str]) -> int:
    """Run a command; never raises. Returns the exit status."""
    _printable()
    try:
        ended = _run(argv)
        sys.stdout.flush()
    except UsageError as error:
        return complain(f"error: {error}", error.help)
    except PolicyError as error:
        return complain("\n\n".join(error.problems))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it at exit says nothing
        return status.PIPE_CLOSED
    except KeyboardInterrupt:
        complain("interrupted")
        return status.INTERRUPTED
    except Exception as error:
        return _failed(error, verbose="-v" in argv or "--verbose" in argv)
    return ended


def _printable() -> None:
    """What the terminal's encoding lacks is shown as an escape instead of ending the run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(argv: Sequence[str]) -> int:
    if not argv or list(argv) in (["-h"], ["--help"], ["help"]):
        from wpmi_lint.cli.help import overview

        print(*overview(), sep="\n", file=sys.stdout if argv else sys.stderr)
        return status.CLEAN if argv else status.USAGE
    if argv == ["--man"]:
        from wpmi_lint.cli.man import page

        print(*page(), sep="\n")
        return status.CLEAN
    name, words = _named(argv)
    asked = command(name)
    settings = parse(name, words, asked.options)
    if settings.version:
        from wpmi_lint import __version__

        print("wpmi-lint", __version__)
        return status.CLEAN
    if settings.help:
        from wpmi_lint.cli.help import of

        print(*of(name), sep="\n")
        return status.CLEAN
    if settings.operands and not asked.operands:
        raise UsageError(f'{name} takes no operand: "{settings.operands[0]}"', f"see wpmi-lint {name} --help")
    return asked.run(settings)


def _named(argv: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The command's name and the rest; a first word that is a path means check."""
    first, *rest = argv
    if first in COMMANDS:
        return first, rest
    if first == "help":
        if rest[0] in COMMANDS:
            return rest[0], ["--help"]
        raise _no_command(f'no such command: "{rest[0]}"', rest[0])
    if not first.startswith("-") and not os.path.exists(first) and not any(sign in first for sign in "./\\"):
        raise _no_command(f'no such command or path: "{first}"', first)
    return "check", argv


def _no_command(message: str, word: str) -> UsageError:
    return UsageError(message + closest(word, COMMANDS, "; did you mean {}?"), "see wpmi-lint --help")


def _failed(error: Exception, verbose: bool) -> int:
    if verbose:
        import traceback

        traceback.print_exc()
    complain(f"error: wpmi-lint itself failed ({type(error).__name__}); -v shows the trace")
    return status.FAILURE
