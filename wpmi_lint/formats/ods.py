"""ODS workbooks: every table as a Sheet; values and what is hidden come from one OdsBook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.carried import ods
from wpmi_lint.formats.contract import Reader
from wpmi_lint.model import Document, Location, Sheet, Styles
from wpmi_lint.package.gate import Gate
from wpmi_lint.package.odsbook import MANIFEST, read_book
from wpmi_lint.package.odsstyles import OdsStyle

if TYPE_CHECKING:
    from wpmi_lint.package.odstable import OdsTable

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def claims(path: str, data: bytes) -> bool:
    """Whether an archive says in its type or its manifest that it is an OpenDocument spreadsheet."""
    del path
    if b"mimetype" not in data[:64] and MANIFEST.encode() not in data:
        return False
    gate = Gate(data)
    return gate.read("mimetype") in (_ODS, _ODS + b"-template") or _ODS in (gate.read(MANIFEST) or b"")


def open_ods(path: str, data: bytes) -> Document:
    """A workbook as one Sheet for each table, hidden ones included; rows and columns count from A1."""
    gate = Gate(data)
    book = read_book(gate)
    return Document(
        path=path,
        format="ods",
        sha256="",
        data=data,
        sheets=tuple(map(_sheet, book.content.tables)) if book else (),
        parts=gate.parts(),
        refusals=gate.refusals,
        model=book,
    )


def _sheet(table: OdsTable) -> Sheet:
    formats = list(dict.fromkeys([OdsStyle().format, *(look.format for look in table.looks)]))
    styles = Styles(
        formats=tuple(formats),
        format=np.array([formats.index(look.format) for look in table.looks], dtype=np.int16)[table.style],
        bold=np.array([look.bold for look in table.looks], dtype=np.uint8)[table.style],
        indent=np.array([look.indent for look in table.looks], dtype=np.uint8)[table.style],
    )
    visibility = "hidden" if table.look.is_hidden else "visible"
    merged = tuple(table.merged)
    return Sheet(table.name, table.cells, table.width, visibility=visibility, merged=merged, styles=styles)


def place(document: Document, sheet: int, row: int, column: int) -> Location:
    """Nothing: the address of a workbook's cell says it all."""
    del document, sheet, row, column
    return Location()


READER = Reader(claims=claims, open=open_ods, place=place, carried=ods.INSPECTIONS)
