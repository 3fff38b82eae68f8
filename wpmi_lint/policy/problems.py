"""What is wrong with a policy, and how it is shown: the place, the line, a caret, what was expected."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from wpmi_lint.closest import closest
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wpmi_lint.policy.syntax import Word


_COLUMNS = 80  # of the lines that say what was expected, or help
_WHOLE: dict[str, Any] = {"break_long_words": False, "break_on_hyphens": False}


class Problem(NamedTuple):
    """One thing that is wrong, at a place of the policy."""

    line: int
    column: int
    width: int
    message: str
    help: str = ""
    expected: str = ""
    severity: str = "error"  # or "warning": the policy can be used as it is


def at(word: Word, message: str, help: str = "", severity: str = "error") -> Problem:
    """A problem with a word."""
    return Problem(word.line, word.column, word.width, message=message, help=help, severity=severity)


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """A hint with the nearest known name, "" where none is near."""
    return closest(word, names, "did you mean `{}`?")


def hint(word: str, names: Iterable[str], label: str, most: int = 20) -> str:
    """The nearest known name, else the names that there are, behind a label."""
    names = list(names)
    return did_you_mean(word, names) or f"{label} {listed(names, most)}"


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names in a sentence: `a`, `b` or `c`."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) > most:
        quoted = [*quoted[:most], f"{len(quoted) - most} more"]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else "".join(quoted)


def render(problem: Problem, path: str, lines: Sequence[str]) -> str:
    """A problem as people read it."""
    line = lines[problem.line - 1].rstrip("\r") if 0 < problem.line <= len(lines) else ""
    shown = _visible(line)
    number = str(problem.line)
    gap = " " * len(number)
    caret = " " * (problem.column - 1) + "^" * max(1, min(problem.width, len(line) - problem.column + 1))
    block = [
        f"{problem.severity}: {_visible(problem.message)}",
        f"{gap}--> {path}:{problem.line}:{problem.column}",
        f"{gap} |",
        f"{number} | {shown}",
        f"{gap} | {caret}",
    ]
    for label, words in (("expected ", problem.expected), ("help: ", _visible(problem.help))):
        start = f"{gap} = {label}"
        block += wrap(words, _COLUMNS, initial_indent=start, subsequent_indent=" " * len(start), **_WHOLE)
    return "\n".join(block)


def _visible(text: str) -> str:
    """One line of text without characters that a terminal would obey; every character keeps its column."""
    return "".join(c if c.isprintable() else " " if c == "\t" else "\ufffd" if c != "\u00a0" else " " for c in text)
