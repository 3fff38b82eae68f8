"""Where the grammar, the bundled policies and the schemas are, installed or in a checkout, and their names."""

from __future__ import annotations

import contextlib
import os
import re

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_PART = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|--[^\n]*\n)*part\b", re.IGNORECASE)

SUFFIX = ".wpmi"
MAIN = "policy.wpmi"  # of a policy that is a folder


def folder(name: str) -> str:
    """The folder of the project's top level ("grammar", "policies", "examples") as a path."""
    packaged = os.path.join(_PACKAGE, "_data", name)
    if os.path.isdir(packaged):
        return packaged
    return os.path.join(os.path.dirname(_PACKAGE), name)


def schema(name: str) -> str:
    """The path of a JSON Schema that ships with the package."""
    return os.path.join(_PACKAGE, "schemas", name)


def policies() -> str:
    """The folder of the bundled policies."""
    return folder("policies")


def bundled() -> tuple[str, ...]:
    """The names of the policies that ship with the tool."""
    return tuple(sorted(filter(bundled_path, (name.removesuffix(SUFFIX) for name in os.listdir(policies())))))


def bundled_path(name: str) -> str:
    """The path of a bundled policy below the policies, "" where there is none of that name: it may be a part."""
    paths = (f"{name}{SUFFIX}", f"{name}/{MAIN}")
    return next((path for path in paths if kind_of_policy(os.path.join(policies(), path)) == "policy"), "")


def kind_of_policy(path: str) -> str:
    """Whether a file is a "policy", or a "part" that a policy includes; "" where there is nothing to read."""
    with contextlib.suppress(OSError, ValueError), open(path, "rb") as file:
        if head := file.read(4096):
            return "part" if _PART.match(head) else "policy"
    return ""
