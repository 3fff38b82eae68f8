"""One worksheet's XML, searched as bytes: what is looked for is rare, so a million cells are never taken one by one."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from wpmi_lint.a1 import column_number, letters
from wpmi_lint.carried import xml
from wpmi_lint.carried.book import string_text
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wpmi_lint.carried.book import Book, SheetPart

_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)(?<!/)>(.*?)</c>', re.S)
_ROW = re.compile(rb'<row r="(\d{1,7})"([^>]*)>')
_VALUE = re.compile(rb"<v(?:\s[^>]*)?>([^<]*)</v>")
_FIGURE = re.compile(
    rb'<c r="[A-Z]+\d+"(?![^>]* t="(?:s|str|b|e|d|inlineStr)")[^>]*(?<!/)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>[^<]'
)
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_VIEWS = re.compile(rb"<customSheetViews>.*?</customSheetViews>", re.S)
_TEXT_TYPES = (b"s", b"str", b"inlineStr")


class Cell(NamedTuple):
    """A cell with content."""

    col: int
    row: int  # 1-based, as the file writes it
    style: int
    type: bytes
    inside: bytes  # its XML

    @property
    def name(self) -> str:
        """Its reference."""
        return f"{letters(self.col)}{self.row}"

    @property
    def stored(self) -> bytes:
        """The text of its value, b"" where it has none."""
        found = _VALUE.search(self.inside)
        return found.group(1) if found else b""

    @property
    def figure(self) -> float | None:
        """Its number."""
        if self.type not in (b"", b"n"):
            return None
        try:
            return float(self.stored)
        except ValueError:
            return None

    @property
    def filled(self) -> bool:
        """Whether it holds anything."""
        return bool(self.stored.strip()) or b"<is>" in self.inside or b"<f" in self.inside


class Area(NamedTuple):
    """A rectangle of cells: columns 0-based, rows 1-based, ends included."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, col: int, row: int) -> bool:
        """Whether a cell lies inside."""
        return self.left <= col <= self.right and self.top <= row <= self.bottom


class Grid:
    """A worksheet part: its XML before, inside and after the cells."""

    def __init__(self, book: Book, sheet: SheetPart, data: bytes) -> None:
        self.book = book
        self.sheet = sheet
        self.data = data
        start = data.find(b"<sheetData")
        end = data.rfind(b"</sheetData>")
        self.start = start if start >= 0 else len(data)
        self.end = end if end >= self.start else self.start

    @cached_property
    def head(self) -> bytes:
        """What stands before the cells."""
        return self.data[: self.start]

    @cached_property
    def tail(self) -> bytes:
        """What stands after the cells, without custom views."""
        return _VIEWS.sub(b"", self.data[self.end :])

    @cached_property
    def figures(self) -> int:
        """How many cells hold a number."""
        return sum(1 for _ in _FIGURE.finditer(self.data, self.start, self.end))

    def cells(self, start: int | None = None, end: int | None = None) -> Iterator[Cell]:
        """The cells with content between two offsets, one by one."""
        first, last = self.start if start is None else start, self.end if end is None else end
        for match in _CELL.finditer(self.data, first, last):
            col, row, rest, inside = match.groups()
            found = dict(_ATTRIBUTE.findall(rest)) if rest else {}
            style = found.get(b"s", b"0")
            cell = Cell(
                column_number(col.decode()),
                int(row),
                int(style) if style.isdigit() else 0,
                found.get(b"t", b""),
                inside,
            )
            if cell.filled:
                yield cell

    @cached_property
    def rows(self) -> list[tuple[int, bytes, int]]:
        """All rows: number, attributes, offset of their content."""
        found = _ROW.finditer(self.data, self.start, self.end)
        return [(int(match.group(1)), match.group(2), match.end()) for match in found]

    def row_end(self, position: int) -> int:
        """The offset at which the content of the row at a position of `rows` ends."""
        return self.rows[position + 1][2] if position + 1 < len(self.rows) else self.end

    def text(self, cell: Cell) -> str:
        """The text of a cell, "" for a number."""
        if cell.type == b"s":
            return self.book.string(int(cell.stored)) if cell.stored.strip().isdigit() else ""
        if cell.type == b"str":
            return xml.unescape(cell.stored)
        return string_text(cell.inside) if cell.type == b"inlineStr" else ""

    def tables(self) -> tuple[str, ...]:
        """The table parts of this sheet."""
        return self.book.related(self.sheet.part, "table")

    def place(self, words: str) -> str:
        """A place in this sheet for people."""
        return f"sheet '{self.sheet.name}', {words}" if words else f"sheet '{self.sheet.name}'"


def figures(cells: Iterable[Cell]) -> int:
    """How many of the cells hold a number."""
    return sum(cell.figure is not None for cell in cells)


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of one tag in the uniform spelling."""
    return {key.decode(): xml.unescape(value) for key, value in _ATTRIBUTE.findall(tag)}


_REFERENCE = re.compile(r"^\$?([A-Za-z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Za-z]{1,3})?\$?(\d{1,7})?)?$")
_LAST_COLUMN, _LAST_ROW = 16383, 1048576


def area(reference: str) -> Area | None:
    """The rectangle of an A1 reference: a cell, a range, whole rows or columns; None where it is none."""
    match = _REFERENCE.match(reference.strip())
    if not match or not (match.group(1) or match.group(2)):
        return None
    left, top, right, bottom = match.groups()
    if ":" not in reference:
        right, bottom = left, top
    return Area(
        column_number(left) if left else 0,
        int(top) if top else 1,
        column_number(right) if right else _LAST_COLUMN,
        int(bottom) if bottom else _LAST_ROW,
    )


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Consecutive numbers as (first, last)."""
    out: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if out and number == out[-1][1] + 1:
            out[-1] = (out[-1][0], number)
        else:
            out.append((number, number))
    return out


def listed(ranges: list[str], most: int = 4) -> str:
    """Ranges for people: the first few, then how many more."""
    more = len(ranges) - most
    return ", ".join(ranges[:most]) + (f" and {more} more" if more > 0 else "")
