"""Finds the configuration file that is in force for a path, and the candidate files of a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.formats import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAME = "wpmi-lint.yaml"
VCS = (".git", ".hg", ".svn", ".jj")
SIDECARS = ("-metadata.json", "datapackage.json", "package.json", "package-lock.json", "tsconfig.json")


def config_above(folder: str, known: dict[str, str | None]) -> str | None:
    """The nearest configuration file in the folder or above it; the search ends at the root of the repository.

    `known` remembers what was found, by folder.
    """
    passed = []
    found: str | None = None
    while True:
        if folder in known:
            found = known[folder]
            break
        passed.append(folder)
        path = os.path.join(folder, NAME)
        if os.path.isfile(path):
            found = path
            break
        above = os.path.dirname(folder)
        if above == folder or any(os.path.exists(os.path.join(folder, name)) for name in VCS):
            break
        folder = above
    known.update(dict.fromkeys(passed, found))
    return found


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
