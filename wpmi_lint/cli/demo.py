"""wpmi-lint demo: a bundled example, explained."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint import resources

if TYPE_CHECKING:
    from wpmi_lint.cli.arguments import Arguments


def run(arguments: Arguments) -> int:
    """Check the example; exits 0 and says what the check would have exited with."""
    from wpmi_lint.cli.app import run as command

    file = os.path.relpath(os.path.join(resources.folder("examples"), "demo", "referrals.csv"))
    words = ["check", file, "--isolated", "--values", "all"]
    if not arguments.text("output"):
        print(f"$ wpmi-lint {file}")
        print()
    status = command([*words, "--output", arguments.text("output") or "full"])
    if not arguments.text("output"):
        print()
        print(f"wpmi-lint would have ended with status {status}; the demo ends with 0.")
        print(f"Next: wpmi-lint tables {file}, wpmi-lint explain WP102, wpmi-lint --help.")
    return 0
