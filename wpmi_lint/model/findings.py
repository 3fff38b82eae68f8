"""Findings, and the report that they are put together in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpmi_lint.model.files import Remark


class Figure(NamedTuple):
    """A figure inside a message: disclosure.py decides whether it is shown."""

    text: str
    deduced: bool = False  # worked out by the tool, not printed in the file


Words = tuple["str | Figure", ...]


class Place(NamedTuple):
    """Where a finding is."""

    path: str
    sheet: str | None = None
    cell: str | None = None  # A1 style; record number for CSV
    line: int | None = None
    column: int | None = None
    pointer: str | None = None
    row_header: tuple[str, ...] = ()
    column_header: tuple[str, ...] = ()
    table: str | None = None  # Table.id


class Arithmetic(NamedTuple):
    """How a verdict can be followed by hand: B9 + C9 = 360."""

    words: Words
    cells: tuple[str, ...] = ()  # the cells used, A1 style: underlined in the excerpt
    what: str = "sum"  # the word it is shown under: "sum", "rest", "text"


class Finding(NamedTuple):
    """One verdict about one place."""

    rule: str
    name: str
    verdict: str  # "fail", "review", "waived", "not-checked"
    severity: str  # "error", "warning", "review", "note"
    place: Place
    message: Words
    clause: str = ""
    why: str = ""
    fix: Words = ()
    policy: str = ""  # path:line of the rule
    arithmetic: Arithmetic | None = None
    more: int = 0  # cells of the same finding that are not listed one by one
    waiver: str = ""


class GridCell(NamedTuple):
    """A cell of an excerpt; body cells may be masked before they are shown."""

    text: str
    role: str  # "header", "stub", "body", "gap"
    mark: str = ""  # "fail": the finding's own cell; "used": part of its arithmetic
    failing: bool = False  # some finding says that this figure must not be published as it is
    number: bool = False  # to be aligned right


class GridRow(NamedTuple):
    """A row of an excerpt: `number` is the record or row number, None for a fold."""

    number: int | None
    cells: tuple[GridCell, ...]


class Excerpt(NamedTuple):
    """The part of a table that a finding is about: whole rows and columns, to be folded to the width at hand."""

    letters: tuple[str, ...]  # column letters
    header: tuple[GridRow, ...]
    rows: tuple[GridRow, ...]


class FileResult(NamedTuple):
    """Everything that was found out about one file."""

    path: str
    format: str
    sha256: str
    tables: tuple[Mapping[str, object], ...] = ()  # TABLE objects of the JSON report
    findings: tuple[Finding, ...] = ()
    cells: int = 0  # body cells understood
    rules_run: frozenset[str] = frozenset()
    not_checked: int = 0  # cells or things on which a rule could not be decided
    tables_found: int = 0  # `tables` is filled only where a format shows them
    excerpts: Mapping[int, Excerpt] = {}  # index of the finding -> excerpt, only for formats that show it
    remarks: tuple[Remark, ...] = ()


class PolicyNote(NamedTuple):
    """What a report says of the policy."""

    name: str
    version: str
    title: str
    sha256: str
    notes: tuple[str, ...] = ()  # "withdrawn since …", given once


class Summary(NamedTuple):
    """The counts at the end of a report."""

    files: int
    tables: int
    cells: int
    rules_run: int
    not_checked: int
    errors: int
    warnings: int
    reviews: int
    waived: int


class Report(NamedTuple):
    """A whole run."""

    policy: PolicyNote
    files: tuple[FileResult, ...]
    summary: Summary
    rules: Mapping[str, Mapping[str, str]]  # of the rules with findings: code -> what rule_facts says
    values: str = "published"  # "all", "published", "none"
    names: Mapping[str, str] = {}  # of all rules of the policy: code -> name
    masked: bool = False  # some figure was masked
