"""What the command line says, as one typed record: made once, at the edge, and read by field from there on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from wpmi_lint import config


class Output(NamedTuple):
    """A report that was asked for. `file` is None for standard output."""

    format: str
    file: str | None = None


class Settings(NamedTuple):
    """A command line. None, () and "" where it says nothing; each field but the first two is an option's."""

    command: str
    operands: tuple[str, ...] = ()
    # the policy, and which of its rules
    policy: str | None = None
    config: str | None = None
    isolated: bool = False
    as_at: str | None = None  # ISO date
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    waivers: str | None = None
    fail_level: str | None = None
    # what is read, and with how many processes
    stdin_filename: str = "-"
    jobs: int | None = None
    # what is shown, and where
    output: tuple[Output, ...] = ()
    format: str = "full"  # of a command that has one output
    values: str | None = None
    color: str = "auto"
    width: int | None = None
    statistics: bool = False
    quiet: bool = False
    verbose: bool = False
    # of one command each
    as_layout: bool = False
    check: bool = False
    if_any: bool = False
    prune: bool = False
    receipt: str | None = None
    release: bool = False
    # answered before any command runs
    help: bool = False
    version: bool = False

    @property
    def machine(self) -> bool:
        """A program reads what is printed."""
        return self.format == "json" or self.as_layout


def options(settings: Settings) -> config.Overrides:
    """What the command line says of the configuration."""
    from wpmi_lint import config

    return config.Overrides(
        policy=settings.policy,
        config=settings.config,
        isolated=settings.isolated,
        select=settings.select,
        ignore=settings.ignore,
        fail_level=settings.fail_level,
        values=settings.values,
        waivers=settings.waivers,
    )
