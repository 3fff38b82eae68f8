"""wpmi-lint demo: a bundled example, explained."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint import resources

if TYPE_CHECKING:
    from wpmi_lint.cli.arguments import Arguments

BEFORE = """\
A provider exported this table and wants to give it to a local authority:
"""
AFTER = """\
How to read it: the rule that was broken, the cell, the table around it (^^^ is
the cell, --- are the cells it was compared with), how the verdict can be
followed by hand, the sentence of the guidance, and what to do. Figures are
shown because the example is made up; in a log, those of failing cells are
masked (--values).
"""


def run(arguments: Arguments) -> int:
    """Check the example; exits 0 and says what the check would have exited with."""
    from wpmi_lint.cli.app import run as command

    file = _example()
    words = ["check", file, "--isolated", "--values", "all", "--output", arguments.text("output") or "full"]
    for name in ("color", "width"):
        words += [f"--{name}", arguments.text(name) or ""] if arguments.flag(name) else []
    if arguments.text("output"):
        command(words)
        return 0
    print(BEFORE)
    with open(file, encoding="utf-8") as stream:
        print("".join(f"    {line}" if line.strip() else line for line in stream))
    print(f"$ wpmi-lint {file}\n")
    status = command(words)
    print(f"\n{AFTER}")
    print(f"wpmi-lint would have ended with status {status}; the demo ends with 0. Next:")
    for words_ in (f"tables {file}", "explain WP102", "rules", "--help"):
        print(f"    wpmi-lint {words_}")
    return 0


def _example() -> str:
    path = os.path.join(resources.folder("examples"), "demo", "referrals.csv")
    try:
        near = os.path.relpath(path)
    except ValueError:  # on another drive
        return path
    return near if len(near) < len(path) else path
