"""What the command line and the nearest wpmi-lint.yaml say about a run and about each candidate file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_POLICY = "work-programme"
FAIL_LEVELS = ("error", "warning", "review")  # from the most lenient to the strictest
VALUES = ("all", "published", "none")  # from the most open to the strictest


class Overrides(NamedTuple):
    """What the command line says of the settings; None or () where it says nothing."""

    policy: str | None = None
    config: str | None = None
    isolated: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_level: str | None = None
    values: str | None = None
    waivers: str | None = None


class FileSettings(NamedTuple):
    """What is in force for one candidate file. Paths are ready to open."""

    policy: str = DEFAULT_POLICY  # a bundled name or a path
    select: tuple[str, ...] = ()  # codes, names or prefixes of codes; (): all rules
    ignore: tuple[str, ...] = ()
    label: str = ""  # the label that the configuration gives to the file
    layouts: tuple[Mapping[str, object], ...] = ()  # entries of `layouts` whose glob names the file, as in the YAML
    waivers: str | None = None
    config: str | None = None  # the configuration file they came from

    def with_overrides(self, overrides: Overrides) -> FileSettings:
        """The settings with what the command line says of them."""
        return self._replace(
            policy=overrides.policy or self.policy,
            select=overrides.select or self.select,
            ignore=self.ignore + overrides.ignore,
            waivers=overrides.waivers or self.waivers,
        )


class Target(NamedTuple):
    """A candidate file. `given`: the user named it, so it must be a table; not so a JSON file found in a folder."""

    path: str
    settings: FileSettings
    given: bool = True


class Job(NamedTuple):
    """Everything that a run needs to know."""

    targets: tuple[Target, ...]
    missing: tuple[str, ...] = ()  # those of them that do not exist: unreadable, and the status is 2
    notes: tuple[str, ...] = ()  # for stderr, once
    fail_level: str = "error"
    values: str | None = None  # None: not set, so it depends on where the output goes
    outputs: tuple[str, ...] = ()  # FORMAT[:FILE] of the configuration
