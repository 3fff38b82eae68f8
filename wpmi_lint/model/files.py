"""What readers give: a Document with its sheets, and what could not be read."""

from __future__ import annotations

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


class Range(NamedTuple):
    """A rectangle of a sheet, 0-based, ends included."""

    top: int
    left: int
    bottom: int
    right: int


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
    """What a workbook has of its cells beside their values; arrays have the sheet's shape (rows, width)."""

    formats: tuple[NumberFormat, ...]  # formats[0] is General
    format: Codes  # index into formats
    bold: Codes  # 1 where bold
    indent: Codes  # indent level


class Sheet(NamedTuple):
    """One grid of cells as read: raw values, row by row, 0-based, ragged rows allowed.

    A CSV cell is always a str; a workbook or JSON cell has its own type; None is an empty cell.
    """

    name: str  # "" where the format has no sheets (CSV) or no name was given
    rows: Sequence[Sequence[Raw]]
    width: int
    visibility: str = "visible"  # "visible", "hidden", "very hidden"
    merged: tuple[Range, ...] = ()
    styles: Styles | None = None
    title: str = ""  # given by the file outside the grid (JSON, JSON-stat, CSVW)
    notes: tuple[str, ...] = ()
    label: str = ""  # words that say published or internal, where the file has a key for them
    units: Mapping[str, str] = {}  # header -> unit, where the file says so
    pointers: Sequence[object] | None = None  # the reader's own key for finding each cell again (JSON)
    decimal_comma: bool | None = None  # figures in texts are written 1.234,5; None: the reader has not decided


class Remark(NamedTuple):
    """Something the reader had to guess or pass over; the user is told."""

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
    refusals: Sequence[Refusal] = ()  # grows where an inspection finds a part that it cannot read
    parts: tuple[Part, ...] = ()
    model: Any = None  # what the format keeps for its places and inspections

    @property
    def unread(self) -> bool:
        """Whether nothing of the file was read, not even what it hides."""
        return bool(self.refusals) and not self.sheets and self.model is None


class Location(NamedTuple):
    """Where a cell is in its file: line and column are 1-based, pointer is RFC 6901."""

    line: int | None = None
    column: int | None = None
    pointer: str | None = None
