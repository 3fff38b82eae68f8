"""XLSX workbooks, in both dialects: every sheet with cells as a Sheet; values and what is hidden come from one Book."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.carried.workbook import INSPECTIONS
from wpmi_lint.formats.contract import Reader, unread
from wpmi_lint.model import Document, Location, Remark, Sheet, Styles
from wpmi_lint.package.book import Book
from wpmi_lint.package.dates import iso_date
from wpmi_lint.package.gate import Gate
from wpmi_lint.package.markup import UnfitError
from wpmi_lint.package.numberformat import is_elapsed, number_format
from wpmi_lint.package.sheetscan import BLANK, ERROR, NUMBER, TEXT, TRUTH
from wpmi_lint.sheetcells import SheetCells

if TYPE_CHECKING:
    from wpmi_lint.model import Raw
    from wpmi_lint.package.book import SheetPart
    from wpmi_lint.package.cellstyles import CellStyle
    from wpmi_lint.package.grid import Cell, Grid

_EPOCH = datetime(1899, 12, 30)
_DAY = 86_400_000  # milliseconds
_LEAP = 60.0  # 29 February 1900, which workbooks count and no calendar has
_BETWEEN = 1462.0  # days from 1900 to 1904, where some workbooks begin to count


def claims(path: str, data: bytes) -> bool:
    """Whether an archive has a workbook that is written in XML."""
    del path
    gate = Gate(data)
    names = [name.lower() for name in gate.names]
    if any(name.endswith("workbook.bin") for name in names):
        return False
    return any(name.endswith("workbook.xml") for name in names) or b"spreadsheetml" in (
        gate.read("[Content_Types].xml") or b""
    )


def open_xlsx(path: str, data: bytes) -> Document:
    """A workbook as one Sheet for each sheet that has cells, hidden ones included; rows and columns count from A1."""
    gate = Gate(data)
    try:
        book = None if gate.is_refused("") else Book(gate)
    except UnfitError as error:
        gate.refuse("", error.reason, error.limit)
        book = None
    if book is None:
        return unread(path, *gate.refusals)._replace(format="xlsx", data=data)
    table = _StyleTable(book.styles)
    grids = [(book.sheets[n], grid) for n, grid in book.grids.items() if book.sheets[n].kind != "chartsheet"]
    remarks = [
        Remark(f"sheet {sheet.name!r}: cells with a style that the workbook lacks were read as General ({cells:,})")
        for sheet, grid in grids
        if (cells := table.beyond(grid))
    ]
    return Document(
        path=path,
        format="xlsx",
        sha256="",
        data=data,
        sheets=tuple(_sheet(sheet, grid, table, is_1904=book.is_1904) for sheet, grid in grids),
        remarks=tuple(remarks),
        parts=gate.parts(),
        refusals=gate.refusals,
        model=book,
    )


def _sheet(part: SheetPart, grid: Grid, table: _StyleTable, *, is_1904: bool) -> Sheet:
    styles = table.of(grid)
    cells = _cells(grid, styles, is_1904=is_1904)
    return Sheet(
        name=part.name, rows=cells, width=grid.width, visibility=part.visibility, merged=grid.merged, styles=styles
    )


class _StyleTable:
    """What each style index of the workbook says of a cell; the last entry is General, for an index that it lacks."""

    def __init__(self, styles: tuple[CellStyle, ...]) -> None:
        codes: dict[str, int] = {"General": 0}
        format = [codes.setdefault(style.code, len(codes)) for style in styles]
        self.formats = tuple(map(number_format, codes))
        self.format = np.array([*format, 0], dtype=np.int16)
        self.bold = np.array([*(style.bold for style in styles), 0], dtype=np.uint8)
        self.indent = np.array([*(style.indent for style in styles), 0], dtype=np.uint8)

    def beyond(self, grid: Grid) -> int:
        """How many cells have a style that the table lacks."""
        return int((grid.style >= self.format.size - 1).sum())

    def of(self, grid: Grid) -> Styles:
        """The styles of a sheet's cells."""
        index = np.zeros((grid.height, grid.width), dtype=np.uint16)
        for row, col, style in ((grid.row, grid.col, grid.style), grid.empty_styles.T):
            inside = (row < grid.height) & (col < grid.width)
            index[row[inside], col[inside]] = np.minimum(style[inside], self.format.size - 1)
        return Styles(formats=self.formats, format=self.format[index], bold=self.bold[index], indent=self.indent[index])


def _cells(grid: Grid, styles: Styles, *, is_1904: bool) -> SheetCells:
    """The cells as columns; "" is an empty cell."""
    code = np.zeros((grid.height, grid.width), dtype=np.int32)
    dated = np.array([format.date for format in styles.formats])[styles.format]
    figures = grid.kind == NUMBER
    figures[figures] = ~dated[grid.row[figures], grid.col[figures]]
    code[grid.row[figures], grid.col[figures]] = -1 - np.arange(int(figures.sum()), dtype=np.int32)

    words: dict[Raw, int] = {"": 0}
    texts = (grid.kind == TEXT) | (grid.kind == ERROR)
    used, inverse = np.unique(grid.text[texts], return_inverse=True)
    codes = [words.setdefault(grid.strings.texts[text], len(words)) for text in used.tolist()]
    code[grid.row[texts], grid.col[texts]] = np.array(codes, dtype=np.int32)[inverse]

    values: list[Raw] = list(words)
    others: dict[tuple[type, Raw], int] = {}
    for cell in grid.cells((grid.kind != BLANK) & ~texts & ~figures):
        value = _value(cell, styles, is_1904=is_1904)
        place = others.setdefault((type(value), value), len(values))
        values += [value] * (place == len(values))
        code[cell.row, cell.col] = place
    return SheetCells(code, values, grid.value[figures])


def _value(cell: Cell, styles: Styles, *, is_1904: bool) -> Raw:
    """A truth, date, time or length of time."""
    if cell.kind == NUMBER:
        format = styles.formats[styles.format[cell.row, cell.col]]
        return _date(cell.value, format.code, is_1904=is_1904)
    return bool(cell.value) if cell.kind == TRUTH else iso_date(cell.text)


def _date(days: float, code: str, *, is_1904: bool = False) -> Raw:
    """What a number of days is under a date format: a date, a time or both, or a length of time; else the number."""
    try:
        if is_elapsed(code):
            return timedelta(milliseconds=round(days * _DAY))
        exact = days + _BETWEEN if is_1904 else days
        moment = _EPOCH + timedelta(milliseconds=round((exact if exact >= _LEAP else exact + 1) * _DAY))
    except (OverflowError, ValueError):
        return days
    if days < 1:
        return moment.time()
    return moment.date() if days == int(days) else moment


def place(document: Document, sheet: int, row: int, column: int) -> Location:
    """Nothing: the address of a workbook's cell says it all."""
    del document, sheet, row, column
    return Location()


READER = Reader(claims=claims, open=open_xlsx, place=place, carried=INSPECTIONS)
