"""Settings: what the command line and the nearest wpmi-lint.yaml say about each candidate file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from wpmi_lint.config import find
from wpmi_lint.errors import UsageError
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DEFAULT_POLICY = "work-programme"
FAIL_LEVELS = ("error", "warning", "review")  # from the most lenient to the strictest
VALUES = ("all", "published", "none")  # from the most open to the strictest


class Options(NamedTuple):
    """What the command line says of the settings; None or () where it says nothing."""

    policy: str | None = None
    config: str | None = None
    isolated: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_level: str | None = None
    values: str | None = None
    waivers: str | None = None


class Settings(NamedTuple):
    """What is in force for one candidate file. Paths are ready to open."""

    policy: str = DEFAULT_POLICY  # a bundled name or a path
    select: tuple[str, ...] = ()  # codes, names or prefixes of codes; (): all rules
    ignore: tuple[str, ...] = ()
    label: str = ""  # the label that the configuration gives to the file
    layouts: tuple[Mapping[str, object], ...] = ()  # entries of `layouts` whose glob names the file, as in the YAML
    waivers: str | None = None
    config: str | None = None  # the configuration file they came from


class Target(NamedTuple):
    """A candidate file. `given`: the user named it, so it must be a table; not so a JSON file found in a folder."""

    path: str
    settings: Settings
    given: bool = True


class Job(NamedTuple):
    """Everything that a run needs to know."""

    targets: tuple[Target, ...]
    missing: tuple[str, ...] = ()  # those of them that do not exist: unreadable, and the status is 2
    notes: tuple[str, ...] = ()  # to be said once, on stderr
    fail_level: str = "error"
    values: str | None = None  # None: nobody said, so it depends on where the output goes
    outputs: tuple[str, ...] = ()  # FORMAT[:FILE] of the configuration


def load_for(paths: Sequence[str], options: Options | None = None) -> Job:
    """Find the candidate files of the paths and the settings of each. "-" is standard input.

    No YAML is imported where no configuration file is found. Raises UsageError for a bad configuration.
    """
    finder = _Finder(options or Options())
    targets: list[Target] = []
    missing: list[str] = []
    excluded: list[str] = []
    for path in dict.fromkeys(paths):
        if os.path.isdir(path):
            targets += finder.folder(path)
            continue
        if path != "-" and not os.path.exists(path):
            missing.append(path)
        target = finder.target(path, given=True)
        if target is None:
            excluded.append(path)
        else:
            targets.append(target)
    unique = {os.path.abspath(target.path) if target.path != "-" else "-": target for target in reversed(targets)}
    return finder.job(tuple(reversed(unique.values())), tuple(missing), excluded)


def settings_of(path: str, options: Options) -> Settings:
    """The settings in force for a path that is no candidate itself, such as a manifest."""
    finder = _Finder(options)
    config = finder.config(path)
    if config is None:
        return finder.plain
    from wpmi_lint.config.settings import settings

    return _with_options(settings(finder.read(config), config, path), options)


class _Finder:
    """Remembers the configuration files that were read in one run."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.above: dict[str, str | None] = {}
        self.files: dict[str, Mapping[str, object]] = {}
        self.plain = _with_options(Settings(), options)
        if options.config is not None and not os.path.isfile(options.config):
            raise UsageError(f"{options.config}: no such configuration file")

    def config(self, path: str) -> str | None:
        if self.options.isolated:
            return None
        if self.options.config is not None:
            return self.options.config
        folder = os.getcwd() if path == "-" else os.path.dirname(os.path.abspath(path))
        found = find.config_above(folder, self.above)
        return found and find.short(found)

    def read(self, config: str) -> Mapping[str, object]:
        if config not in self.files:
            from wpmi_lint.config.settings import read

            self.files[config] = read(config)
        return self.files[config]

    def target(self, path: str, given: bool) -> Target | None:
        config = self.config(path)
        if config is None:
            return Target(path, self.plain, given)
        from wpmi_lint.config.settings import excludes, settings

        values = self.read(config)
        if path != "-" and excludes(values, config, path):
            return None
        return Target(path, _with_options(settings(values, config, path), self.options), given)

    def folder(self, folder: str) -> Iterable[Target]:
        for path in find.candidates(folder, self.excluded_folder):
            target = self.target(path, given=False)
            if target is not None:
                yield target

    def excluded_folder(self, path: str) -> bool:
        if not os.path.isdir(path):
            return False
        config = self.config(path)
        if config is None:
            return False
        from wpmi_lint.config.settings import excluded_by

        return excluded_by(self.read(config), config, path)

    def job(self, targets: tuple[Target, ...], missing: tuple[str, ...], excluded: list[str]) -> Job:
        said = list(self.files.values())
        outputs = next((values["output"] for values in said if values.get("output")), ())
        return Job(
            targets,
            missing,
            _notes(excluded),
            self.options.fail_level or _strictest(said, "fail-level", FAIL_LEVELS) or "error",
            self.options.values or _strictest(said, "values", VALUES),
            (outputs,) if isinstance(outputs, str) else tuple(map(str, cast("list[str]", outputs))),
        )


def _with_options(settings: Settings, options: Options) -> Settings:
    return settings._replace(
        policy=options.policy or settings.policy,
        select=options.select or settings.select,
        ignore=settings.ignore + options.ignore,
        waivers=options.waivers or settings.waivers,
    )


def _strictest(said: list[Mapping[str, object]], key: str, scale: tuple[str, ...]) -> str | None:
    """Where several configuration files are in force, the strictest word for the whole run."""
    return max((str(values[key]) for values in said if key in values), key=scale.index, default=None)


def _notes(excluded: list[str]) -> tuple[str, ...]:
    if not excluded:
        return ()
    names = ", ".join(excluded[:3]) + (f" and {len(excluded) - 3} more" if len(excluded) > 3 else "")
    return (f"not checked, because {find.NAME} excludes it: {names}",)
