"""The commands by name. Each is a module of this room with a COMMAND, which is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wpmi_lint.cli.options import Command

COMMANDS = (
    "check",
    "tables",
    "explain",
    "rules",
    "release",
    "verify",
    "waivers",
    "policy",
    "init",
    "demo",
    "completion",
)


def command(name: str) -> Command:
    """What a command takes, does and runs."""
    found: Command = import_module(f"wpmi_lint.cli.{name}").COMMAND
    return found
