"""Waivers that are no longer needed, taken out of waivers.yaml with the comments above them; the rest is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.errors import UsageError
from wpmi_lint.yaml_file import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Collection


def prune(path: str, text: str, drop: Collection[int]) -> str:
    """The text of a waivers file without the entries `drop` (0-based). Raises UsageError where it cannot be cut."""
    file = parse_yaml(path, text)
    entries = file.value.get("waivers") if isinstance(file.value, dict) else None
    count = len(entries) if isinstance(entries, list) else 0
    lines = text.splitlines(keepends=True)
    starts = [file.marks["waivers", i].line - 1 for i in range(count)]
    if any(not lines[start].lstrip().startswith("-") for start in starts) or len(set(starts)) < count:
        raise UsageError(
            f"{path}: its entries do not begin with a line `- rule: …` each", "take the entries out by hand"
        )
    if count and len(set(drop)) == count:
        key, end = file.keys["waivers",].line - 1, _end(lines, starts[-1], len(lines))
        return "".join([*lines[:key], "waivers: []\n", *lines[end:]])
    bounds = [_with_comments(lines, start) for start in starts]
    ends = [*bounds[1:], _end(lines, starts[-1], len(lines)) if starts else 0]
    gone = {line for i in drop for line in range(bounds[i], ends[i])}
    return "".join(line for number, line in enumerate(lines) if number not in gone)


def _with_comments(lines: list[str], start: int) -> int:
    """The first of the comment lines that stand directly above an entry."""
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def _end(lines: list[str], start: int, limit: int) -> int:
    """Where the last entry ends: at the next line that is indented no deeper than its dash."""
    depth = len(lines[start]) - len(lines[start].lstrip())
    for number in range(start + 1, limit):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip()) <= depth:
            return number
    return limit
