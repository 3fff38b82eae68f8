"""Settings: what the command line and the nearest wpmi-lint.yaml say about each candidate file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.config import find
from wpmi_lint.config.records import DEFAULT_POLICY, FAIL_LEVELS, VALUES, FileSettings, Job, Overrides, Target
from wpmi_lint.errors import UsageError
from wpmi_lint.paths import upwards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.yaml_file import YamlEntry

__all__ = [
    "DEFAULT_POLICY",
    "FAIL_LEVELS",
    "VALUES",
    "FileSettings",
    "Job",
    "Overrides",
    "Target",
    "load_for",
    "settings_of",
]


def load_for(paths: Sequence[str], overrides: Overrides | None = None) -> Job:
    """Find the candidate files of the paths and the settings of each. "-" is standard input.

    No YAML is imported where no configuration file is found. Raises UsageError for a bad configuration.
    """
    finder = _Finder(overrides or Overrides())
    targets: list[Target] = []
    excluded: list[str] = []
    for path in dict.fromkeys(paths):
        if os.path.isdir(path):
            below = find.candidates(path, finder.excludes_folder)
            targets += [finder.target(name, given=False) for name in below if not finder.excludes(name)]
        elif finder.excludes(path):
            excluded.append(path)
        else:
            targets.append(finder.target(path, given=True))
    unique = {os.path.abspath(target.path) if target.path != "-" else "-": target for target in reversed(targets)}
    return Job(
        targets=tuple(reversed(unique.values())),
        missing=tuple(path for path in dict.fromkeys(paths) if path != "-" and not os.path.exists(path)),
        notes=_notes(excluded),
        fail_level=finder.overrides.fail_level or finder.strictest("fail-level", FAIL_LEVELS) or "error",
        values=finder.overrides.values or finder.strictest("values", VALUES),
        outputs=next(filter(None, (config.texts("output") for config in finder.files.values())), ()),
    )


def settings_of(path: str, overrides: Overrides) -> FileSettings:
    """The settings in force for a path that is not a candidate itself, such as a manifest."""
    return _Finder(overrides).settings(path)


class _Finder:
    """Remembers the configuration files that were read in one run."""

    def __init__(self, overrides: Overrides) -> None:
        self.overrides = overrides
        self.above: dict[str, str] = {}  # the configuration file of each folder, "" where there is none
        self.files: dict[str, YamlEntry] = {}
        if overrides.config is not None and not os.path.isfile(overrides.config):
            raise UsageError(f"{overrides.config}: no such configuration file")

    def config(self, path: str) -> YamlEntry | None:
        """The configuration file in force for a path; None where there is none."""
        if self.overrides.isolated:
            return None
        folder = os.getcwd() if path == "-" else os.path.dirname(os.path.abspath(path))
        if folder not in self.above:
            self.above[folder] = self.overrides.config or find.short(upwards(folder, find.NAME))
        name = self.above[folder]
        if name and name not in self.files:
            from wpmi_lint.config import file

            self.files[name] = file.read(name)
        return self.files.get(name)

    def settings(self, path: str) -> FileSettings:
        config = self.config(path)
        if config is None:
            return FileSettings().with_overrides(self.overrides)
        from wpmi_lint.config import file

        return file.settings(config, path).with_overrides(self.overrides)

    def target(self, path: str, given: bool) -> Target:
        return Target(path=path, settings=self.settings(path), given=given)

    def excludes(self, path: str) -> bool:
        config = self.config(path)
        if config is None or path == "-":
            return False
        from wpmi_lint.config import file

        return file.excludes(config, path)

    def excludes_folder(self, path: str) -> bool:
        config = self.config(path)
        if config is None:
            return False
        from wpmi_lint.config import file

        return file.excluded_by(config, f"{path}/")

    def strictest(self, key: str, scale: tuple[str, ...]) -> str | None:
        """Where several configuration files are in force, the strictest word for the whole run."""
        words = [config.text(key) for config in self.files.values() if config.text(key)]
        return max(words, key=scale.index, default=None)


def _notes(excluded: list[str]) -> tuple[str, ...]:
    if not excluded:
        return ()
    names = ", ".join(excluded[:3]) + (f" and {len(excluded) - 3} more" if len(excluded) > 3 else "")
    return (f"not checked, because {find.NAME} excludes it: {names}",)
