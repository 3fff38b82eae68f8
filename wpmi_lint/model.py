"""The data that crosses the boundaries: Sheet, Table, Finding, Report. Read this second, after run.py."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime, time, timedelta
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray

    Raw = str | int | float | bool | date | datetime | time | timedelta | None
    Matrix = NDArray[np.float64]
    Codes = NDArray[np.int16] | NDArray[np.int8] | NDArray[np.uint8]
    Index = NDArray[np.int32]
    Ints = NDArray[np.intp]
    Mask = NDArray[np.bool_]

# NamedTuples, not dataclasses: importing dataclasses costs as much as starting Python, and each one 0.8 ms more.


class Statistic(IntEnum):
    """What a figure is. The lower-case name is the word that policies and reports use."""

    UNKNOWN = 0
    COUNT = 1
    PERCENTAGE = 2
    RATE = 3
    MEAN = 4
    MONEY = 5
    INDEX = 6
    DATE = 7
    CODE = 8
    COORDINATE = 9
    OTHER = 10


class Range(NamedTuple):
    """A rectangle of a sheet, 0-based, ends included."""

    top: int
    left: int
    bottom: int
    right: int


# ---------------------------------------------------------------- what readers give


class NumberFormat(NamedTuple):
    """A number format of a workbook, reduced to what changes the meaning of a figure."""

    code: str
    percent: bool = False
    date: bool = False
    money: bool = False
    decimals: int = -1  # decimals shown; -1: general
    divisor: int = 1  # 1000 for "#,##0,": the shown figure is the stored one over this
    invisible: bool = False  # ";;;" and the like: nothing is shown


class Styles(NamedTuple):
    """What a workbook says of its cells beside their values; arrays have the sheet's shape (rows, width)."""

    formats: tuple[NumberFormat, ...]  # formats[0] is General
    format: Codes  # index into formats
    bold: Codes  # 1 where bold
    indent: Codes  # indent level


class Sheet(NamedTuple):
    """One grid of cells as the reader found it: raw values, row by row, 0-based, ragged rows allowed.

    A CSV cell is always a str; a workbook or JSON cell has its own type; None is an empty cell.
    """

    name: str  # "" where the format has no sheets (CSV) or no name was given
    rows: Sequence[Sequence[Raw]]
    width: int
    visibility: str = "visible"  # "visible", "hidden", "very hidden"
    merged: tuple[Range, ...] = ()
    styles: Styles | None = None
    title: str = ""  # said by the file outside the grid (JSON, JSON-stat, CSVW)
    notes: tuple[str, ...] = ()
    label: str = ""  # words that say published or internal, where the file has a key for them
    units: Mapping[str, str] = {}  # header -> unit, where the file says so
    pointers: Sequence[object] | None = None  # the reader's own key for finding each cell again (JSON)
    decimal_comma: bool | None = None  # figures in texts are written 1.234,5; None: the reader has not decided


class Remark(NamedTuple):
    """Something the reader had to guess or pass over, said to the user."""

    words: str
    line: int | None = None


class Refusal(NamedTuple):
    """Something of a file that was not read, and why; each becomes a finding.

    Scope "file" and "part" become WL001, scope "limit" becomes WL007: what lies beyond it was not checked.
    """

    scope: str  # "file": nothing was read; "part": the rest was; "limit": something is larger than the tool takes
    reason: str  # one line
    help: str  # what to do, one line
    what: str = ""  # the part of the file; "": the file itself
    line: int | None = None
    limit: str = ""  # its name in limits.py, for scope "limit"


class Part(NamedTuple):
    """A part of a file and what became of it; a text file has none."""

    name: str
    size: int  # bytes, when inflated
    state: str  # "read", "kept" (carried along, as a picture is), "refused"


class Document(NamedTuple):
    """A candidate file after it was opened once. What cannot be read is a refusal, never an empty result."""

    path: str
    format: str  # the name of a Format; "" where none takes the file
    sha256: str
    data: bytes  # the file, for exact places and for what it hides; looked into only where needed
    sheets: tuple[Sheet, ...]
    remarks: tuple[Remark, ...] = ()
    encoding: str = ""
    refusals: tuple[Refusal, ...] = ()
    parts: tuple[Part, ...] = ()
    model: Any = None  # what the format keeps for its places and inspections

    @property
    def unread(self) -> bool:
        """Whether nothing of the file was read, not even what it hides."""
        return bool(self.refusals) and not self.sheets and self.model is None


class Location(NamedTuple):
    """Where a cell stands in its file: line and column are 1-based, pointer is RFC 6901."""

    line: int | None = None
    column: int | None = None
    pointer: str | None = None


# ---------------------------------------------------------------- the policy's words


class Term(NamedTuple):
    """A measure or label: the patterns that name it and those that must not be taken for it."""

    name: str
    named: tuple[str, ...]
    unless: tuple[str, ...] = ()


class DimensionTerm(NamedTuple):
    """A dimension: the header patterns that name it and the patterns of its members."""

    name: str
    named: tuple[str, ...]
    values: tuple[str, ...] = ()


class Vocabulary(NamedTuple):
    """All terms of a policy; terms.py matches them against headers and text."""

    measures: tuple[Term, ...] = ()
    kinds: Mapping[str, tuple[str, ...]] = {}  # kind -> names of its measures
    dimensions: tuple[DimensionTerm, ...] = ()
    labels: tuple[Term, ...] = ()
    markers: Mapping[str, str] = {}  # marker -> "suppressed", "nil", "missing", "zero", "not applicable"


# ---------------------------------------------------------------- what tables are


class Measure(NamedTuple):
    """What a run of cells counts, and how the tool knows."""

    name: str | None  # a measure of the policy, None where no term fits
    kind: str | None
    statistic: Statistic
    header: str  # the words that were read
    why: str  # "column header", "title", ...
    cell: tuple[int, int] | None = None  # (row, column) of those words in the sheet
    base: str | None = None  # of a percentage: the measure that it is a share or rate of, where it says so


class Dimension(NamedTuple):
    """What a table is broken down by."""

    header: str  # as the file says it, "" where it does not
    term: str | None  # the policy's dimension
    axis: str  # "rows", "columns"
    stub: int | None = None  # sheet column that holds the members, for axis "rows"
    header_row: int | None = None  # sheet row that holds them, for axis "columns"


class Doubt(NamedTuple):
    """Part of a table that was not understood: becomes WL005."""

    reason: str
    range: Range


class Column(NamedTuple):
    """One body column of a table."""

    col: int  # sheet column, 0-based
    header: tuple[str, ...]  # from the top down
    measure: int  # index into Table.measures, -1 where cells of the column differ
    statistic: Statistic  # of most of its cells


class Totals(NamedTuple):
    """Cells that are totals, as index arrays into the flattened body (row * columns + column)."""

    cell: Index  # [t]
    start: Index  # [t + 1]: parts of total i are part[start[i]:start[i + 1]]; none: an orphan total
    part: Index
    why: tuple[str, ...]  # reasons, shared by many totals
    reason: Codes  # [t] index into why


class Table(NamedTuple):
    """A table of a sheet. Body arrays have the shape (len(rows), len(cols))."""

    id: str  # unique in the file: "Sheet1!A5:F12"
    sheet: int  # index into Document.sheets
    title: str
    form: str  # "cross" or "tidy"
    rows: Index  # sheet row of each body row
    cols: Index  # sheet column of each body column
    header_rows: tuple[int, int] | None  # first and last sheet row of the headers
    stub_cols: tuple[int, ...]  # sheet columns of the stub (row headers, dimensions)
    columns: tuple[Column, ...]
    row_headers: Sequence[tuple[str, ...]]  # one for each body row
    measures: tuple[Measure, ...]
    dimensions: tuple[Dimension, ...]
    value: Matrix  # NaN where the cell holds no number
    statistic: Codes  # Statistic
    measure: Codes  # index into measures, -1: none
    marker: Codes  # index into markers, -1: none
    decimals: Codes  # decimals shown
    markers: tuple[str, ...]  # texts that stand where a number could; "" is a blank cell
    totals: Totals
    label: str | None = None
    other_label: str | None = None  # a second label that contradicts the first
    label_why: str = ""
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    share: Codes | None = None  # 1: a share of a whole, 0: a rate of something else, -1: not known


class Text(NamedTuple):
    """Words of a file that are not figures of a table."""

    words: str
    where: str  # "title", "note", "header", "sheet name", "file name", "comment", "property", ...
    sheet: int | None = None
    cell: tuple[int, int] | None = None


class Understood(NamedTuple):
    """A sheet as understood."""

    tables: tuple[Table, ...]
    texts: tuple[Text, ...] = ()


# ---------------------------------------------------------------- findings


class Figure(NamedTuple):
    """A figure inside a message: redact.py decides whether it is shown."""

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
    tables: tuple[Mapping[str, object], ...]  # TABLE objects of the JSON report
    findings: tuple[Finding, ...]
    cells: int  # body cells understood
    rules_run: frozenset[str]
    not_checked: int  # cells or things on which a rule could not be decided
    tables_found: int = 0  # `tables` is filled only where a format shows them
    excerpts: Mapping[int, Excerpt] = {}  # index of the finding -> excerpt, only for formats that show it
    remarks: tuple[Remark, ...] = ()


class PolicyNote(NamedTuple):
    """What a report says of the policy."""

    name: str
    version: str
    title: str
    sha256: str
    notes: tuple[str, ...] = ()  # "withdrawn since …", said once


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
