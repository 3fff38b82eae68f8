"""Settings: what the command line and the nearest wpmi-lint.yaml say about each candidate file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.config import find
from wpmi_lint.config.records import DEFAULT_POLICY, FAIL_LEVELS, VALUES, Job, Options, Settings, Target
from wpmi_lint.errors import UsageError
from wpmi_lint.paths import upwards

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wpmi_lint.yaml_file import Entry

__all__ = ["DEFAULT_POLICY", "FAIL_LEVELS", "VALUES", "Job", "Options", "Settings", "Target", "load_for", "settings_of"]


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
    return _Finder(options).settings(path)


class _Finder:
    """Remembers the configuration files that were read in one run."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.above: dict[str, str] = {}  # the configuration file of each folder, "" where there is none
        self.files: dict[str, Entry] = {}
        if options.config is not None and not os.path.isfile(options.config):
            raise UsageError(f"{options.config}: no such configuration file")

    def config(self, path: str) -> Entry | None:
        """The configuration file in force for a path; None where there is none."""
        if self.options.isolated:
            return None
        folder = os.getcwd() if path == "-" else os.path.dirname(os.path.abspath(path))
        if folder not in self.above:
            self.above[folder] = self.options.config or find.short(upwards(folder, find.NAME))
        name = self.above[folder]
        if not name:
            return None
        if name not in self.files:
            from wpmi_lint.config.file import read

            self.files[name] = read(name)
        return self.files[name]

    def settings(self, path: str) -> Settings:
        config = self.config(path)
        if config is None:
            return Settings().with_options(self.options)
        from wpmi_lint.config.file import settings

        return settings(config, path).with_options(self.options)

    def target(self, path: str, given: bool) -> Target | None:
        config = self.config(path)
        if config is not None and path != "-":
            from wpmi_lint.config.file import excludes

            if excludes(config, path):
                return None
        return Target(path=path, settings=self.settings(path), given=given)

    def folder(self, folder: str) -> Iterable[Target]:
        for path in find.candidates(folder, self.excluded_folder):
            target = self.target(path, given=False)
            if target is not None:
                yield target

    def excluded_folder(self, path: str) -> bool:
        config = self.config(path)
        if config is None:
            return False
        from wpmi_lint.config.file import excluded_by

        return excluded_by(config, f"{path}/")

    def job(self, targets: tuple[Target, ...], missing: tuple[str, ...], excluded: list[str]) -> Job:
        outputs = (config.texts("output") for config in self.files.values())
        return Job(
            targets=targets,
            missing=missing,
            notes=_notes(excluded),
            fail_level=self.options.fail_level or self._strictest("fail-level", FAIL_LEVELS) or "error",
            values=self.options.values or self._strictest("values", VALUES),
            outputs=next(filter(None, outputs), ()),
        )

    def _strictest(self, key: str, scale: tuple[str, ...]) -> str | None:
        """Where several configuration files are in force, the strictest word for the whole run."""
        words = [config.text(key) for config in self.files.values() if config.text(key)]
        return max(words, key=scale.index, default=None)


def _notes(excluded: list[str]) -> tuple[str, ...]:
    if not excluded:
        return ()
    names = ", ".join(excluded[:3]) + (f" and {len(excluded) - 3} more" if len(excluded) > 3 else "")
    return (f"not checked, because {find.NAME} excludes it: {names}",)
