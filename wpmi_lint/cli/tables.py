"""wpmi-lint tables: how files were understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.errors import UsageError

if TYPE_CHECKING:
    from wpmi_lint.cli.arguments import Arguments


def run(arguments: Arguments) -> int:
    """Show the tables of every file given."""
    if not arguments.operands:
        raise UsageError("no path given", "for instance: wpmi-lint tables referrals.csv")
    raise UsageError("tables is not wired yet")
