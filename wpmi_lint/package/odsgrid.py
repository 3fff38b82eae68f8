"""The tables of an ODS content part on raw bytes: how far each spreads, merged cells, and the style of each cell."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

from wpmi_lint.model import Range
from wpmi_lint.package import limits
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TAG = re.compile(
    rb"<table:(table-cell|table-row|covered-table-cell|table-column|table)(?=[\s/>])([^>]*)>|</table:table>"
)
_QUOTED = re.compile(rb"""((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(rb"""\b(?:table|office):([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_STYLE = b'table:style-name="'


class StyledRun(NamedTuple):
    """A rectangle of cells of one style, made by repeat counts; ends included."""

    top: int
    left: int
    bottom: int
    right: int
    style: int


class Grid(NamedTuple):
    """One table: its size as far as cells have content, its merged ranges and the style of each such cell.

    Styles are positions in `names`; position 0 is no style.
    """

    name: str
    height: int
    width: int
    merged: Sequence[Range]
    names: Sequence[str]
    rows: Sequence[int]  # of single cells, with `cols` and `styles`
    cols: Sequence[int]
    styles: Sequence[int]
    runs: Sequence[StyledRun]  # of repeated ones


class _Table:
    """A table while its tags go by."""

    def __init__(self, name: str, codes: dict[bytes, int]) -> None:
        self.name = name
        self.codes = codes  # styles of the whole part
        self.row = self.col = self.height = self.width = self.after = 0
        self.repeat = 1  # of the row
        self.columns: list[tuple[int, int]] = []  # first column after a run of columns, their default style
        self.merged: list[Range] = []
        self.rows, self.cols, self.styles = array("i"), array("i"), array("i")
        self.runs: list[StyledRun] = []

    def start_row(self, attrs: Mapping[str, bytes]) -> None:
        self.row, self.col = self.after, 0
        self.repeat = count(attrs.get("number-rows-repeated"))
        self.after = self.row + self.repeat

    def take_cell(self, words: bytes, covered: bool) -> None:
        """A cell that may be repeated, merged or empty."""
        attrs = attributes(words)
        repeat = count(attrs.get("number-columns-repeated"))
        if not covered and (not words.endswith(b"/") or "value-type" in attrs):
            bottom, right = self.row + self.repeat - 1, self.col + repeat - 1
            self.height, self.width = max(self.height, bottom + 1), max(self.width, right + 1)
            code = self.code(attrs.get("style-name", b""))
            self.runs.append(StyledRun(self.row, self.col, bottom, right, code))
            high, wide = count(attrs.get("number-rows-spanned")), count(attrs.get("number-columns-spanned"))
            if high * wide > 1 and len(self.merged) <= limits.MERGED:
                self.merged.append(Range(self.row, self.col, self.row + high - 1, self.col + wide - 1))
        self.col += repeat

    def code(self, style: bytes) -> int:
        if style:
            return self.codes.setdefault(style, len(self.codes))
        return next((code for end, code in self.columns if self.col < end), 0)

    def take_column(self, attrs: Mapping[str, bytes]) -> None:
        first = self.columns[-1][0] if self.columns else 0
        code = self.codes.setdefault(attrs.get("default-cell-style-name", b""), len(self.codes))
        self.columns.append((first + count(attrs.get("number-columns-repeated")), code))

    def grid(self) -> Grid:
        names = tuple(name.decode("utf-8", "replace") for name in self.codes)
        parts = (self.merged, names, self.rows, self.cols, self.styles, self.runs)
        return Grid(self.name, self.height, self.width, *parts)


def find_grids(part: bytes) -> list[Grid]:
    """Every table of a content part, in order."""
    found: list[_Table] = []
    tables: list[_Table] = []  # those that are open: the innermost last
    codes = {b"": 0}
    for match in _TAG.finditer(part):
        tag, words = match.groups()
        if tag == b"table-cell" and tables and _is_single(words):
            _take_single(tables[-1], words)
        elif tag is None:
            tables = tables[:-1]
        else:
            _take(tag, _whole(part, match), tables, found, codes)
    return [table.grid() for table in found]


def _is_single(words: bytes) -> bool:
    """A cell with content that is neither repeated nor merged: nearly all are."""
    if b"-repeated" in words or b"-spanned" in words or b"'" in words or words[-1:] == b"/":
        return False
    return not words.count(b'"') % 2  # a quote is open where the tag seems to end


def _take_single(table: _Table, words: bytes) -> None:
    if table.repeat > 1:
        table.take_cell(words, covered=False)
        return
    at = words.find(_STYLE) + len(_STYLE)
    style = words[at : words.index(b'"', at)] if at >= len(_STYLE) else b""
    table.rows.append(table.row)
    table.cols.append(table.col)
    table.styles.append(table.code(style))
    table.height = table.row + 1
    table.col += 1
    table.width = max(table.width, table.col)


def _take(tag: bytes, words: bytes, tables: list[_Table], found: list[_Table], codes: dict[bytes, int]) -> None:
    """Any other tag: a table, a column, a row, or a cell that is not single."""
    if tag == b"table":
        table = _Table(attributes(words).get("name", b"").decode("utf-8", "replace"), codes)
        found.append(table)
        if not words.endswith(b"/"):
            tables.append(table)
    elif tables and tag == b"table-row":
        tables[-1].start_row(attributes(words))
    elif tables and tag == b"table-column":
        tables[-1].take_column(attributes(words))
    elif tables:
        tables[-1].take_cell(words, covered=tag == b"covered-table-cell")


def _whole(part: bytes, match: re.Match[bytes]) -> bytes:
    """The words of a tag, also where a value in quotes holds the sign that ends tags."""
    if match[2].count(b'"') % 2 == 0 and b"'" not in match[2]:
        return match[2]
    careful = _QUOTED.match(part, match.start(2), match.start(2) + 20_000)
    return careful[1] if careful else match[2]


def attributes(words: bytes) -> dict[str, bytes]:
    """The attributes of a tag by local name."""
    return {name.decode(): double or single for name, double, single in _ATTRIBUTE.findall(words)}


def count(words: bytes | None) -> int:
    """A repeat count: 1 where it is absent, more than any sheet holds where it is absurd."""
    if words is None:
        return 1
    return max(1, int(words)) if words.isdigit() and len(words) < 9 else 10**8
