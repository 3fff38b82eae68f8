"""The files that `wpmi-lint init` writes: commented templates, and schemas for editors that have no network."""

from __future__ import annotations

import os

from wpmi_lint import resources
from wpmi_lint.release.gather import SCHEMAS

_TEMPLATES = os.path.join(os.path.dirname(__file__), "data/templates")
NAMES = ("release.yaml", "register.yaml", "waivers.yaml")


def configuration() -> tuple[tuple[str, str], ...]:
    """(path in the new folder, text) of the configuration and its schema."""
    return (_template("wpmi-lint.yaml"), schema_copy("config"))


def files() -> tuple[tuple[str, str], ...]:
    """(path in the new folder, text) of every file, templates first."""
    return (*map(_template, NAMES), *map(schema_copy, ("manifest", "register", "waivers")))


def _template(name: str) -> tuple[str, str]:
    return name, _text(os.path.join(_TEMPLATES, name))


def schema_copy(name: str) -> tuple[str, str]:
    """(path, text) of a copy of a schema that ships."""
    return f"{SCHEMAS}/{name}.schema.json", _text(resources.schema(f"{name}.schema.json"))


def _text(path: str) -> str:
    with open(path, encoding="utf-8") as stream:
        return stream.read()
