"""waivers.yaml: findings that somebody answers for, found by rule, file, table and headers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.errors import UsageError
from wpmi_lint.paths import glob_fault
from wpmi_lint.records import NamedTuple
from wpmi_lint.yaml_file import Fault, Mark, YamlEntry, parse_yaml, refuse, top
from wpmi_lint.yaml_schema import load_checked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


class Waiver(NamedTuple):
    """One waiver. Dates are ISO strings; `row` and `column` hold words of headers, outermost first."""

    rule: str  # code or name
    file: str  # a glob, from the folder of waivers.yaml
    reason: str
    approver: str
    approved: str
    expires: str  # the last day on which it holds
    mark: Mark
    table: str = ""
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()


class Waivers(NamedTuple):
    """A file of waivers."""

    path: str
    waivers: tuple[Waiver, ...]

    @property
    def folder(self) -> str:
        """The folder that the waivers' globs start from."""
        return os.path.dirname(self.path) or "."


def load_waivers(path: str) -> Waivers:
    """Read waivers. Raises UsageError with every fault in the file."""
    whole = top(load_checked(path, "waivers.schema.json"))
    refuse(whole.file, list(_contradictions(whole)))
    entries = whole.entries("waivers")
    return Waivers(path=path, waivers=tuple(Waiver(**row.fields("row", "column"), mark=row.mark()) for row in entries))


def _contradictions(whole: YamlEntry) -> Iterator[Fault]:
    for entry in whole.entries("waivers"):
        if entry.text("expires") < entry.text("approved"):
            yield Fault((*entry.at, "expires"), f"expires on {entry.text('expires')}, before it was approved")
        if os.path.isabs(entry.text("file")) or "\\" in entry.text("file"):
            yield Fault((*entry.at, "file"), "expected a path from the folder of this file, with / between folders")
        elif fault := glob_fault(entry.text("file")):
            yield Fault((*entry.at, "file"), fault)


def prune(path: str, text: str, drop: Collection[int]) -> str:
    """The text of a waivers file without the entries `drop` (0-based) and the comments above them.

    Raises UsageError where the entries cannot be cut out line by line.
    """
    file = parse_yaml(path, text)
    count = len(top(file).entries("waivers"))
    lines = text.splitlines(keepends=True)
    starts = [file.marks["waivers", i].line - 1 for i in range(count)]
    if any(not lines[start].lstrip().startswith("-") for start in starts) or len(set(starts)) < count:
        fault = f"{path}: its entries do not begin with a line `- rule: …` each"
        raise UsageError(fault, "take the entries out by hand")
    if count and len(set(drop)) == count:
        key, end = file.marks["waivers",].line - 1, _end(lines, starts[-1])
        return "".join([*lines[:key], "waivers: []\n", *lines[end:]])
    bounds = [_with_comments(lines, start) for start in starts]
    ends = [*bounds[1:], _end(lines, starts[-1]) if starts else 0]
    gone = {line for i in drop for line in range(bounds[i], ends[i])}
    return "".join(line for number, line in enumerate(lines) if number not in gone)


def _with_comments(lines: list[str], start: int) -> int:
    """The first of the comment lines directly above an entry."""
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def _end(lines: list[str], start: int) -> int:
    """Where the last entry ends: at the next line that is indented no deeper than its dash."""
    depth = len(lines[start]) - len(lines[start].lstrip())
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip()) <= depth:
            return number
    return len(lines)
