"""XLSX workbooks, in both dialects: every sheet with cells as a Sheet; values and what is hidden come from one Book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.carried.workbook import INSPECTIONS
from wpmi_lint.formats.contract import Reader
from wpmi_lint.model import Document, Location, Remark, Sheet, Styles
from wpmi_lint.package.book import Book
from wpmi_lint.package.dates import date_of, iso_date
from wpmi_lint.package.gate import Gate
from wpmi_lint.package.numberformat import number_format
from wpmi_lint.package.sheetscan import BLANK, DATE, NUMBER, TRUTH

if TYPE_CHECKING:
    from wpmi_lint.model import Raw
    from wpmi_lint.package.cellstyles import CellStyle
    from wpmi_lint.package.grid import Grid


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
    book = None if gate.is_refused("") else Book(gate)
    if book is None or gate.is_refused(""):
        return Document(path, "xlsx", "", data, (), refusals=tuple(gate.refusals))
    table = _StyleTable(book.styles)
    shown = {number: grid for number, grid in book.grids.items() if book.sheets[number].kind != "chartsheet"}
    sheets = tuple(_sheet(book, number, table) for number in shown)
    remarks = tuple(_beyond(book.sheets[number].name, table.beyond(grid)) for number, grid in shown.items())
    return Document(
        path=path,
        format="xlsx",
        sha256="",
        data=data,
        sheets=sheets,
        remarks=tuple(remark for remark in remarks if remark),
        parts=gate.parts(),
        refusals=tuple(gate.refusals),
        model=book,
    )


def _beyond(name: str, cells: int) -> Remark | None:
    if not cells:
        return None
    return Remark(f"sheet {name!r}: cells with a style that the workbook lacks were read as General ({cells:,})")


def _sheet(book: Book, number: int, table: _StyleTable) -> Sheet:
    part, grid = book.sheets[number], book.grids[number]
    styles = table.of(grid)
    rows = _rows(grid, styles, is_1904=book.is_1904)
    return Sheet(
        name=part.name, rows=rows, width=grid.width, visibility=part.visibility, merged=grid.merged, styles=styles
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


def _rows(grid: Grid, styles: Styles, *, is_1904: bool) -> list[list[Raw]]:
    """The cells as Python values, row by row: "" is an empty cell, all numbers are float."""
    cells = np.full((grid.height, grid.width), "", dtype=object)
    texts = np.array([*grid.strings.texts, ""], dtype=object)
    words, numbers = (grid.text >= 0) & (grid.kind != BLANK), grid.kind == NUMBER
    cells[grid.row[words], grid.col[words]] = texts[grid.text[words]]
    cells[grid.row[numbers], grid.col[numbers]] = grid.value[numbers]
    dated = np.array([format.date for format in styles.formats])
    special = (grid.kind == TRUTH) | (grid.kind == DATE)
    special[numbers] = dated[styles.format[grid.row[numbers], grid.col[numbers]]]
    for cell in grid.cells(special):
        at = cell.row, cell.col
        if cell.kind == NUMBER:
            cells[at] = date_of(cell.value, styles.formats[styles.format[at]].code, is_1904=is_1904)
        else:
            cells[at] = bool(cell.value) if cell.kind == TRUTH else iso_date(cell.text)
    rows: list[list[Raw]] = cells.tolist()
    return rows


def place(document: Document, sheet: int, row: int, column: int) -> Location:
    """Nothing: the address of a workbook's cell says it all."""
    del document, sheet, row, column
    return Location()


READER = Reader(claims=claims, open=open_xlsx, place=place, carried=INSPECTIONS)
