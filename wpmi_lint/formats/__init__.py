"""Candidate files: bytes to Document. A new format is a module with a READER and a line in FORMATS."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from wpmi_lint.formats.contract import Format, unread
from wpmi_lint.model import Document, Location, Refusal, Remark

if TYPE_CHECKING:
    from wpmi_lint.carried.ways import Hidden

_WORKBOOK = (b"PK",)
FORMATS: tuple[Format, ...] = (
    Format("csv", suffixes=(".csv", ".tsv"), module="wpmi_lint.formats.delimited"),
    Format("xlsx", suffixes=(".xlsx", ".xlsm"), module="wpmi_lint.formats.xlsx", magic=_WORKBOOK),
    Format("ods", suffixes=(".ods",), module="wpmi_lint.formats.ods", magic=_WORKBOOK),
    Format("json", suffixes=(".json",), module="wpmi_lint.formats.jsontable", magic=(b"{", b"[")),
)
NAMES = tuple(format.name for format in FORMATS)
SUFFIXES = tuple(suffix for format in FORMATS for suffix in format.suffixes)


def open_file(path: str, data: bytes | None = None) -> Document:
    """A candidate file as a Document; what cannot be read is a refusal in it. Never raises for what a file holds.

    `data` is given for standard input (path "-"); the format is known by content first, by suffix second.
    """
    import hashlib

    from wpmi_lint.formats.files import find_format, load, metadata_beside, too_large
    from wpmi_lint.package import limits

    content = load(path) if data is None else data if len(data) <= limits.FILE_BYTES else too_large()
    if isinstance(content, Refusal):
        return unread(path, content)
    format = find_format(path, content, FORMATS)
    document = unread(path, format) if isinstance(format, Refusal) else _undisturbed(format, path, content)
    document = _settled(document)._replace(sha256=hashlib.sha256(content).hexdigest())
    beside = metadata_beside(path) if data is None and document.format == "csv" and document.sheets else None
    if beside is None:
        return document
    from wpmi_lint.formats.metadata import with_metadata

    return with_metadata(document, beside)


def _undisturbed(format: Format, path: str, data: bytes) -> Document:
    """Read without the collector of cyclic garbage, which would look at every row again and again: a third faster."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return format.reader.open(path, data)
    except MemoryError:
        reason, help = "it needs more memory than there is", "split it into several files"
        return unread(path, Refusal("file", reason, help))
    finally:
        if collects:
            gc.enable()


def _settled(document: Document) -> Document:
    """The document with its cells as columns, and one decision on how the figures in its texts are written."""
    from wpmi_lint.package.text import texts_have_decimal_comma
    from wpmi_lint.sheetcells import cells_of

    sheets = []
    for sheet in document.sheets:
        cells, comma = cells_of(sheet.rows, sheet.width), sheet.decimal_comma
        comma = texts_have_decimal_comma(cells.words) if comma is None else comma
        sheets.append(sheet._replace(rows=cells, decimal_comma=comma))
    remark = Remark("figures are read with a decimal comma: 1.234,5")
    remarks = (*document.remarks, remark) if any(sheet.decimal_comma for sheet in sheets) else document.remarks
    return document._replace(sheets=tuple(sheets), remarks=remarks)


def _format(document: Document) -> Format | None:
    return next((format for format in FORMATS if format.name == document.format), None)


def locate(document: Document, sheet: int, row: int, column: int) -> Location:
    """Line and column (1-based, in characters) of a cell of a text file, and the pointer of a JSON value.

    Workbook cells have neither: their address says it all. The first call for a file costs a pass over it.
    """
    format = _format(document)
    return Location() if format is None else format.reader.place(document, sheet, row, column)


def hidden(document: Document) -> tuple[Hidden, ...]:
    """Everything hidden in a file; never raises for what a file holds."""
    from wpmi_lint.carried.ways import NotInspected

    format = _format(document)
    carried = format.reader.carried if format is not None and not document.unread else ()
    return () if isinstance(carried, NotInspected) else tuple(item for ways in carried for item in ways.look(document))


def not_inspected(document: Document) -> str:
    """Why nobody looks for hidden content in a file of this format; "" where it is looked for."""
    from wpmi_lint.carried.ways import NotInspected

    format = _format(document)
    carried = format.reader.carried if format is not None else ()
    return carried.reason if isinstance(carried, NotInspected) else ""
