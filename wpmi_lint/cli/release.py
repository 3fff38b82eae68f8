"""wpmi-lint release: everything about one release, together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.errors import UsageError

if TYPE_CHECKING:
    from wpmi_lint.cli.arguments import Arguments


def run(_: Arguments) -> int:
    """Check a release; returns the exit status."""
    raise UsageError("release is not wired yet")
