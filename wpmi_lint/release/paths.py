"""Paths as manifests and waivers write them: relative, with / between folders, perhaps a pattern."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase


def relative(path: str, folder: str) -> str:
    """A path as seen from a folder, with / between folders."""
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")


def matches_path(name: str, pattern: str) -> bool:
    """Whether a relative path fits a pattern: * stays within one folder, ** goes over any number of them."""
    return _fits(name.split("/"), [part for part in pattern.split("/") if part != "."])


def _fits(parts: list[str], patterns: list[str]) -> bool:
    """Row by row of the usual table, so that many ** cost no more than their number times the depth."""
    row = [True] + [False] * len(parts)
    for pattern in patterns:
        if pattern == "**":
            fits = [any(row[: i + 1]) for i in range(len(row))]
        else:
            fits = [False] + [row[i] and fnmatchcase(parts[i], pattern) for i in range(len(parts))]
        row = fits
    return row[-1]
