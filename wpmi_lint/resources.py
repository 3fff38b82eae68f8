"""Where the grammar, the bundled policies and the schemas are, installed or in a checkout."""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def folder(name: str) -> str:
    """The folder of the project's top level ("grammar", "policies", "examples") as a path."""
    packaged = os.path.join(_PACKAGE, "_data", name)
    if os.path.isdir(packaged):
        return packaged
    return os.path.join(os.path.dirname(_PACKAGE), name)


def schema(name: str) -> str:
    """The path of a JSON Schema that ships with the package."""
    return os.path.join(_PACKAGE, "schemas", name)
