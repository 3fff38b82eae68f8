"""Paths as people write them in settings, manifests and waivers: relative, with / between folders, perhaps a glob.

There is one dialect, that of .gitignore by `pathspec`, with `[`, `]`, `#` and `!` as plain signs, since file names have
them. docs/settings.md describes it.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathspec import GitIgnoreSpec

VCS = (".git", ".hg", ".svn", ".jj")  # what the root of a repository holds
MOST_STARS = 3  # in one name: what a glob costs grows with the length of the name to this power
MOST_DOUBLE_STARS = 2  # the same for the depth of a path


def relative(path: str, folder: str) -> str:
    """A path as seen from a folder, with / between folders."""
    try:
        return os.path.relpath(path, folder or ".").replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")


def upwards(folder: str, name: str) -> str:
    """The nearest file of that name in the folder or above it, not beyond the repository; "" where there is none."""
    here = os.path.abspath(folder)
    while not os.path.isfile(os.path.join(here, name)):
        above = os.path.dirname(here)
        if above == here or any(os.path.exists(os.path.join(here, mark)) for mark in VCS):
            return ""
        here = above
    path = os.path.join(here, name)
    return path if os.path.isabs(folder) else os.path.relpath(path)


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether one of the globs names a relative path, or a folder above it; a folder's own path ends with /.

    A glob without a slash before its end may stand at any depth.
    """
    return any(_compiled(_line(glob)).match_file(path.replace("\\", "/")) for glob in globs)


def matches_file(path: str, glob: str) -> bool:
    """Whether a glob that begins at the folder names this very file; a glob that ends with / names all files below."""
    line = f"/{_line(glob).removeprefix('/')}"
    if line.endswith(("/", "/**")):
        return _compiled(line).match_file(path)
    return _compiled(line, f"!{line}/").match_file(path)  # the file, and not because of a folder above it


def is_glob(path: str) -> bool:
    """Whether a path can stand for several files."""
    return "*" in path or "?" in path or path.endswith("/")


def glob_fault(glob: str) -> str:
    """What is wrong with a glob, and what to write; "" where nothing is."""
    line = _line(glob)
    if not line.strip("/"):
        return f'"{glob}" names no file'
    names = line.split("/")
    if any(len(re.findall(r"\*+", name)) > MOST_STARS for name in names) or names.count("**") > MOST_DOUBLE_STARS:
        return f'"{glob}" has more than {MOST_STARS} * in a name or {MOST_DOUBLE_STARS} ** in all: write a simpler glob'
    return ""


def any_file(folder: str, glob: str) -> bool:
    """Whether the folder has a file that the glob names; folders whose name begins with a dot are not entered."""
    if not is_glob(glob):
        return os.path.exists(os.path.join(folder, glob))
    plain = re.split(r"[^/]*[*?]", glob, maxsplit=1)[0]
    for here, folders, files in os.walk(os.path.join(folder, plain)):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if any(matches_file(relative(os.path.join(here, name), folder), glob) for name in files):
            return True
    return False


@cache
def _line(glob: str) -> str:
    """The line of a .gitignore that means the glob."""
    line = glob.replace("\\", "/")
    while line.startswith("./"):
        line = line[2:]
    line = re.sub(r"(?:\*\*/){2,}", "**/", line.replace("/./", "/"))
    return re.sub(r"[\[\]#]|^!| +$", lambda signs: "".join(f"\\{sign}" for sign in signs[0]), line)


@cache
def _compiled(*lines: str) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)
