"""What tables are."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model.files import Codes, Index, Matrix, Range


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
    markers: tuple[str, ...]  # texts in place of a number; "" is a blank cell
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
