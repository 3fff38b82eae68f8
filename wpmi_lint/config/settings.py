"""Reads a wpmi-lint.yaml: what it says about one path."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, cast

from wpmi_lint import resources
from wpmi_lint.config import Settings
from wpmi_lint.config.globs import matches
from wpmi_lint.yaml_file import read_yaml, refuse
from wpmi_lint.yaml_schema import check_schema

if TYPE_CHECKING:
    from collections.abc import Mapping


def read(path: str) -> Mapping[str, object]:
    """The values of a configuration file. Raises UsageError that names file, line, key and what was expected."""
    file = read_yaml(path)
    if file.value is None:
        return {}
    refuse(file, check_schema(file, schema()), "`wpmi-lint init` writes a commented template")
    return cast("Mapping[str, object]", file.value)


def schema() -> dict[str, object]:
    """The JSON Schema of the configuration, with that of layouts in its place."""
    whole = _schema("config.schema.json")
    if os.path.isfile(resources.schema("layout.schema.json")):
        layout = _schema("layout.schema.json")
        layout.pop("$id", None)
        cast("dict[str, object]", whole["$defs"])["layout"] = layout
    return whole


def _schema(name: str) -> dict[str, object]:
    with open(resources.schema(name), encoding="utf-8") as stream:
        return cast("dict[str, object]", json.load(stream))


def relative(config: str, path: str) -> str:
    """The path as the configuration's globs see it."""
    try:
        return os.path.relpath(path, os.path.dirname(os.path.abspath(config))).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")


def excludes(values: Mapping[str, object], config: str, path: str) -> bool:
    """The configuration leaves the file out: it is excluded, or there is an include list that does not name it."""
    include = _words(values.get("include"))
    name = relative(config, path)
    return excluded_by(values, config, path) or (bool(include) and not any(matches(name, glob) for glob in include))


def excluded_by(values: Mapping[str, object], config: str, path: str) -> bool:
    """The configuration excludes the file or folder."""
    name = relative(config, path)
    return any(matches(name, glob) for glob in _words(values.get("exclude")))


def settings(values: Mapping[str, object], config: str, path: str) -> Settings:
    """What the configuration says about one file; of `files`, later entries win over earlier ones."""
    name = relative(config, path)
    merged = dict(values)
    ignore = _words(values.get("ignore"))
    files = cast("Mapping[str, Mapping[str, object]]", values.get("files") or {})
    for glob, special in files.items():
        if matches(name, glob):
            ignore += _words(special.get("ignore"))
            merged.update(special)
    layouts = cast("list[Mapping[str, object]]", values.get("layouts") or [])
    return Settings(
        policy=_policy(str(merged.get("policy") or ""), config) or Settings().policy,
        select=_words(merged.get("select")),
        ignore=ignore,
        label=str(merged.get("label") or ""),
        layouts=tuple(layout for layout in layouts if any(matches(name, glob) for glob in _words(layout.get("files")))),
        waivers=_beside(config, str(merged["waivers"])) if merged.get("waivers") else None,
        config=config,
    )


def _policy(policy: str, config: str) -> str:
    """A bundled name as it is; a path relative to the configuration."""
    return _beside(config, policy) if "/" in policy or policy.endswith(".wpmi") else policy


def _beside(config: str, path: str) -> str:
    return os.path.normpath(os.path.join(os.path.dirname(config), path))


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(map(str, value)) if isinstance(value, list) else ()
