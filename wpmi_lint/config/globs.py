"""Globs of a configuration file: matched against paths relative to it, never against the absolute path."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re


def matches(path: str, pattern: str) -> bool:
    """True where the pattern names the relative path or a folder above it.

    `*` and `?` stay within one name, `**` goes over any number of folders; a pattern without a slash is matched
    against each name of the path. Case matters.
    """
    return _compiled(pattern).match(path.replace("\\", "/")) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    import re

    plain = pattern.replace("\\", "/").removeprefix("./").rstrip("/")
    anywhere = "" if "/" in plain else "(?:.*/)?"
    return re.compile(f"{anywhere}{_expression(plain.removeprefix('/'))}(?:/.*)?\\Z", re.DOTALL)


def _expression(pattern: str) -> str:
    import re

    out, place = [], 0
    while place < len(pattern):
        char = pattern[place]
        if pattern.startswith("**/", place):
            out.append("(?:.*/)?")
            place += 3
        elif pattern.startswith("**", place):
            out.append(".*")
            place += 2
        else:
            out.append({"*": "[^/]*", "?": "[^/]"}.get(char) or re.escape(char))
            place += 1
    return "".join(out)
