"""ODS workbooks: every table as a Sheet; calamine gives the values once the content part is known to be harmless."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.carried import WAYS, ods
from wpmi_lint.carried.inspection import Inspection
from wpmi_lint.formats.contract import Reader, unread
from wpmi_lint.model import Document, Location, Refusal, Sheet, Styles
from wpmi_lint.package import limits
from wpmi_lint.package.archive import Archive, open_archive
from wpmi_lint.package.calamine import Values, read_values
from wpmi_lint.package.odsfast import fast_grids
from wpmi_lint.package.odsgrid import Grid, find_grids
from wpmi_lint.package.odsstyles import OdsStyle, ods_styles
from wpmi_lint.package.xmlpart import Node, is_well_formed, longest_text, parse_xml, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_HELP = "open it in a spreadsheet program and save it again"


def claims(path: str, data: bytes) -> bool:
    """Whether an archive says in its type or its manifest that it is an OpenDocument spreadsheet."""
    del path
    archive = open_archive(data)
    if isinstance(archive, str):
        return False
    return archive.read("mimetype") in (_ODS, _ODS + b"-template") or _ODS in (
        archive.read("META-INF/manifest.xml") or b""
    )


def open_ods(path: str, data: bytes) -> Document:
    """A workbook as one Sheet for each table, hidden ones included; rows and columns count from A1."""
    archive = open_archive(data)
    if isinstance(archive, str):
        return unread(path, Refusal("file", archive, _HELP))
    if b"encryption-data" in (archive.read("META-INF/manifest.xml") or b""):
        return unread(path, Refusal("file", "it is protected by a password", "save it without a password"))
    content = _content(archive)
    if isinstance(content, str):
        return unread(path, Refusal("file", content, _HELP))
    grids = _grids(content)
    values = grids if isinstance(grids, str) else read_values(data)
    if isinstance(grids, str) or isinstance(values, str):
        return unread(path, Refusal("file", str(values), _HELP))
    styles = ods_styles(_tree(archive.read("styles.xml")), _tree(_declarations(content)))
    sheets = tuple(_sheet(value, _grid(grids, i, value), styles) for i, value in enumerate(values))
    return Document(path, "ods", "", data, sheets)


def _grids(content: bytes) -> list[Grid] | str:
    """The tables of the content part, or which limit they go over."""
    if content.count(b"<table:table-cell") > limits.WORKBOOK_CELLS:
        return f"it has more than {limits.WORKBOOK_CELLS:,} cells"
    grids = fast_grids(content)
    if grids is None:
        grids = find_grids(content)
    far = any(grid.height > limits.ROWS or grid.width > limits.COLUMNS for grid in grids)
    if far or sum(grid.height * grid.width for grid in grids) > limits.WORKBOOK_CELLS:
        return f"its cells spread over more than {limits.WORKBOOK_CELLS:,} places"
    return grids


def _content(archive: Archive) -> bytes | str:
    """The content part, once every part that is XML was found to be harmless.

    The values' reader never ends on a part that is not well-formed, so none such reaches it.
    """
    content = b""
    for name in archive.names:
        if not name.lower().endswith((".xml", ".rdf")) or name.startswith("__MACOSX/"):
            continue
        packed = archive.read(name)
        if packed is None:
            return f"the part {name!r} is damaged"
        part = plain(packed)
        if part is None:
            return f"the part {name!r} has a DOCTYPE or an encoding that workbooks do not use"
        if longest_text(part) > limits.CELL_TEXT and name == "content.xml":
            return f"a cell has more than {limits.CELL_TEXT:,} characters"
        if re.search(rb"<[^>]{10000}", part):
            return f"the part {name!r} has a tag of more than 10,000 characters"
        if part.strip() and not is_well_formed(part):
            return f"the part {name!r} is no well-formed XML"
        if name == "content.xml":
            content = part
    return content if content.strip() else "its content is missing"


def _declarations(content: bytes) -> bytes:
    """The content part without its body: its own styles."""
    body = content.find(b"<office:body")
    return content[:body] + b"</office:document-content>" if body > 0 else b""


def _tree(part: bytes | None) -> Node | None:
    return parse_xml(part) if part else None


def _grid(grids: list[Grid], i: int, value: Values) -> Grid | None:
    """The grid of a table, where both ways of reading agree on which table it is and how large."""
    if i >= len(grids) or grids[i].name != value.name:
        return None
    width = len(value.rows[0]) if value.rows else 0
    return grids[i] if (grids[i].height, grids[i].width) == (len(value.rows), width) else None


def _sheet(value: Values, grid: Grid | None, styles: Mapping[str, OdsStyle]) -> Sheet:
    width = len(value.rows[0]) if value.rows else 0
    if grid is None:
        return Sheet(value.name, value.rows, width, value.visibility)
    look = _styles(grid, len(value.rows), width, styles)
    return Sheet(value.name, value.rows, width, value.visibility, tuple(grid.merged), look)


def _styles(grid: Grid, height: int, width: int, styles: Mapping[str, OdsStyle]) -> Styles:
    """Format, bold and indent of each cell as arrays of the sheet's shape."""
    table = [styles.get(name, OdsStyle()) for name in grid.names]
    formats = list(dict.fromkeys([OdsStyle().format, *(style.format for style in table)]))
    index = np.zeros((height, width), dtype=np.int32)
    index[np.asarray(grid.rows, dtype=np.int64), np.asarray(grid.cols, dtype=np.int64)] = grid.styles
    for run in grid.runs:
        index[run.top : run.bottom + 1, run.left : run.right + 1] = run.style
    return Styles(
        tuple(formats),
        np.array([formats.index(style.format) for style in table], dtype=np.int16)[index],
        np.array([style.bold for style in table], dtype=np.uint8)[index],
        np.array([style.indent for style in table], dtype=np.uint8)[index],
    )


def place(document: Document, sheet: int, row: int, column: int) -> Location:
    """Nothing: the address of a workbook's cell says it all."""
    del document, sheet, row, column
    return Location()


READER = Reader(claims=claims, open=open_ods, place=place, carried=(Inspection(tuple(WAYS), ods.look),))
