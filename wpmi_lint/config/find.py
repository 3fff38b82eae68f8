"""Finds the candidate files of a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.formats import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAME = "wpmi-lint.yaml"
SIDECARS = ("-metadata.json", "datapackage.json", "package.json", "package-lock.json", "tsconfig.json")


def short(path: str) -> str:
    """The path relative to the current folder, where it lies in it."""
    here = os.getcwd() + os.sep
    return path[len(here) :] if path.startswith(here) else path


def is_candidate(name: str) -> bool:
    """A file that is worth a look when a whole folder is checked."""
    lower = name.lower()
    return lower.endswith(SUFFIXES) and not lower.endswith(SIDECARS) and not name.startswith((".", "~$"))


def candidates(folder: str, excluded: Callable[[str], bool]) -> Iterator[str]:
    """Candidate files below a folder, in a fixed order; hidden and excluded folders are not entered."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not excluded(os.path.join(here, name))
        )
        for name in sorted(names):
            path = os.path.normpath(os.path.join(here, name))
            if is_candidate(name):
                yield path
