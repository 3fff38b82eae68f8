"""Reads a wpmi-lint.yaml: what it says about one path."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from wpmi_lint.config.records import FileSettings
from wpmi_lint.paths import glob_fault, matches, relative
from wpmi_lint.yaml_file import Fault, YamlEntry, refuse, top

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wpmi_lint.yaml_file import KeyPath


def read(path: str) -> YamlEntry:
    """A configuration file. Raises UsageError that names file, line, key and what was expected."""
    from wpmi_lint.yaml_schema import load_checked

    file = load_checked(path, "config.schema.json")
    refuse(file, list(_bad_globs(top(file))))
    return top(file)


def _bad_globs(config: YamlEntry) -> Iterator[Fault]:
    globs: list[tuple[KeyPath, str]] = [((key,), glob) for key in ("include", "exclude") for glob in config.texts(key)]
    globs += [(special.at, glob) for glob, special in _specials(config)]
    globs += [((*layout.at, "files"), glob) for layout in config.entries("layouts") for glob in layout.texts("files")]
    for at, glob in globs:
        fault = glob_fault(glob)
        if glob.startswith("!"):
            fault = f'"{glob}": a glob cannot be turned round with "!": use include, or ? for a name that begins so'
        if fault:
            yield Fault(at, fault)


def excludes(config: YamlEntry, path: str) -> bool:
    """The configuration leaves the file out: it is excluded, or there is an include list that does not name it."""
    include = config.texts("include")
    return excluded_by(config, path) or (bool(include) and not matches(_relative(config, path), include))


def excluded_by(config: YamlEntry, path: str) -> bool:
    """The configuration excludes the file or folder; the path of a folder ends with a slash."""
    return matches(_relative(config, path), config.texts("exclude"))


def settings(config: YamlEntry, path: str) -> FileSettings:
    """What the configuration says about one file; of `files`, later entries win over earlier ones."""
    name = _relative(config, path)
    entries = [config, *(special for glob, special in _specials(config) if matches(name, [glob]))]
    last = {key: entry for entry in entries for key in entry.values}
    policy, waivers = (last[key].text(key) if key in last else "" for key in ("policy", "waivers"))
    layouts = [layout for layout in config.entries("layouts") if matches(name, layout.texts("files"))]
    return FileSettings(
        policy=_policy(config, policy) or FileSettings().policy,
        select=last["select"].texts("select") if "select" in last else (),
        ignore=tuple(word for entry in entries for word in entry.texts("ignore")),
        label=last["label"].text("label") if "label" in last else "",
        layouts=tuple(cast("Mapping[str, object]", layout.values) for layout in layouts),
        waivers=_beside(config, waivers) if waivers else None,
        config=config.file.path,
    )


def _specials(config: YamlEntry) -> list[tuple[str, YamlEntry]]:
    """The entries of `files` with their globs."""
    files = config.entry("files")
    return [(glob, special) for glob in files.values if (special := files.entry(glob))] if files else []


def _relative(config: YamlEntry, path: str) -> str:
    """The path as the configuration's globs see it."""
    folder = os.path.dirname(os.path.abspath(config.file.path))
    return relative(path, folder) + ("/" if path.endswith("/") else "")


def _policy(config: YamlEntry, policy: str) -> str:
    """A bundled name as it is; a path relative to the configuration."""
    return _beside(config, policy) if "/" in policy or policy.endswith(".wpmi") else policy


def _beside(config: YamlEntry, path: str) -> str:
    return os.path.normpath(os.path.join(os.path.dirname(config.file.path), path))
