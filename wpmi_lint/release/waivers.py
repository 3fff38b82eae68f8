"""waivers.yaml: findings that somebody answers for, found by rule, file, table and headers."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from wpmi_lint.paths import glob_fault, matches_file, relative
from wpmi_lint.records import NamedTuple
from wpmi_lint.release import names
from wpmi_lint.yaml_file import Entry, Mark, Problem, refuse, top
from wpmi_lint.yaml_schema import load_checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wpmi_lint.model import Place


class Waiver(NamedTuple):
    """One waiver. Dates are ISO strings; `row` and `column` hold words of headers, outermost first."""

    rule: str  # code or name
    file: str  # a pattern relative to the folder of waivers.yaml
    table: str
    row: tuple[str, ...]
    column: tuple[str, ...]
    reason: str
    approver: str
    approved: str
    expires: str  # the last day on which it holds
    mark: Mark


class Waivers(NamedTuple):
    """A file of waivers."""

    path: str
    waivers: tuple[Waiver, ...]

    @property
    def folder(self) -> str:
        """The folder that the waivers' patterns start from."""
        return os.path.dirname(self.path) or "."


def load_waivers(path: str) -> Waivers:
    """Read waivers. Raises UsageError with all that is wrong in the file."""
    whole = top(load_checked(path, "waivers.schema.json"))
    refuse(whole.file, list(_contradictions(whole)))
    return Waivers(path, tuple(_waiver(entry) for entry in whole.entries("waivers")))


def _waiver(entry: Entry) -> Waiver:
    rule, file, table, reason, approver = (entry.text(key) for key in ("rule", "file", "table", "reason", "approver"))
    dates = entry.text("approved"), entry.text("expires")
    return Waiver(rule, file, table, entry.texts("row"), entry.texts("column"), reason, approver, *dates, entry.mark())


def _contradictions(whole: Entry) -> Iterator[Problem]:
    for entry in whole.entries("waivers"):
        if entry.text("expires") < entry.text("approved"):
            yield Problem((*entry.at, "expires"), f"expires on {entry.text('expires')}, before it was approved")
        if os.path.isabs(entry.text("file")) or "\\" in entry.text("file"):
            yield Problem((*entry.at, "file"), "expected a path from the folder of this file, with / between folders")
        elif fault := glob_fault(entry.text("file")):
            yield Problem((*entry.at, "file"), fault)


def covers(waiver: Waiver, folder: str, rule: tuple[str, str], place: Place, titles: Mapping[str, str]) -> bool:
    """Whether a waiver is for a finding of a rule (code, name) at a place; `titles` by table id."""
    return (
        waiver.rule in rule
        and matches_file(relative(place.path, folder), waiver.file)
        and (not waiver.table or _names_table(waiver.table, place, titles))
        and has_headers(place.row_header, waiver.row)
        and has_headers(place.column_header, waiver.column)
    )


def _names_table(pattern: str, place: Place, titles: Mapping[str, str]) -> bool:
    identity = place.table or ""
    if pattern in (identity, identity.rpartition("!")[2]):
        return bool(identity)
    return any(fits_words(words, pattern) for words in (titles.get(identity, ""), place.sheet or "") if words)


def has_headers(header: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether all wanted words stand in a header, in order; nothing wanted fits every header."""
    rest = iter(header)
    return all(any(fits_words(level, word) for level in rest) for word in wanted)


def fits_words(words: str, pattern: str) -> bool:
    """Words of a title or header against a pattern, through case, spaces and punctuation."""
    return fnmatchcase(names.plain(words), "*".join(names.plain(part) for part in pattern.split("*")))
