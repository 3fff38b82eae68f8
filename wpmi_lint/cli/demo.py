"""wpmi-lint demo: a bundled example, explained."""

from __future__ import annotations

import os

from wpmi_lint import resources
from wpmi_lint.cli import check
from wpmi_lint.cli.options import COMMON, FORMAT, Command, Output, Settings
from wpmi_lint.status import CLEAN

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


def run(settings: Settings) -> int:
    """Check the example; exits 0 and says what the check would have exited with."""
    file = _example()
    checking = settings._replace(operands=(file,), isolated=True, values="all", output=(Output(settings.format),))
    if settings.format != "full":
        check.run(checking)
        return CLEAN
    print(BEFORE)
    with open(file, encoding="utf-8") as stream:
        print("".join(f"    {line}" if line.strip() else line for line in stream))
    print(f"$ wpmi-lint {file}\n")
    status = check.run(checking)
    print(f"\n{AFTER}")
    print(f"wpmi-lint would have ended with status {status}; the demo ends with 0. Next:")
    for words in (f"tables {file}", "explain WP102", "rules", "--help"):
        print(f"    wpmi-lint {words}")
    return CLEAN


def _example() -> str:
    path = os.path.join(resources.folder("examples"), "demo", "referrals.csv")
    try:
        near = os.path.relpath(path)
    except ValueError:  # on another drive
        return path
    return near if len(near) < len(path) else path


COMMAND = Command(
    operands="",
    summary="check a bundled example that breaks several rules, and explain what you see",
    options=(
        *COMMON,
        FORMAT._replace(help="full, concise or json (default full)", choices=("full", "concise", "json")),
    ),
    examples=("wpmi-lint demo", "wpmi-lint demo --output concise"),
    run=run,
    suggest="",
)
