"""ODS workbooks: every table as a Sheet; calamine gives the values once the content part is known to be harmless."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.carried import ods
from wpmi_lint.formats.contract import Reader
from wpmi_lint.model import Document, Location, Sheet, Styles
from wpmi_lint.package import limits
from wpmi_lint.package.calamine import Values, read_values
from wpmi_lint.package.gate import Gate, tree_of
from wpmi_lint.package.odsgrid import Grid, find_grids
from wpmi_lint.package.odsstyles import OdsStyle, ods_styles

if TYPE_CHECKING:
    from collections.abc import Mapping

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"


def claims(path: str, data: bytes) -> bool:
    """Whether an archive says in its type or its manifest that it is an OpenDocument spreadsheet."""
    del path
    if b"mimetype" not in data[:64] and _MANIFEST.encode() not in data:
        return False
    gate = Gate(data)
    return gate.read("mimetype") in (_ODS, _ODS + b"-template") or _ODS in (gate.read(_MANIFEST) or b"")


def open_ods(path: str, data: bytes) -> Document:
    """A workbook as one Sheet for each table, hidden ones included; rows and columns count from A1."""
    gate = Gate(data)
    content = _content(gate)
    sheets = _sheets(gate, content, data)
    return Document(
        path=path,
        format="ods",
        sha256="",
        data=data,
        sheets=sheets,
        parts=gate.parts(),
        refusals=gate.refusals,
        model=ods.Content(gate, content) if content and not gate.is_refused("content.xml") else None,
    )


def _content(gate: Gate) -> bytes:
    """The content part, b"" where it or the whole file is not read; every part is looked at, and the ledger tells."""
    if b"encryption-data" in (gate.xml(_MANIFEST) or b""):
        gate.refuse("", "it is protected by a password", help="save it without a password")
    for name in gate.names:
        if name.lower().endswith((".xml", ".rdf")) and not name.startswith("__MACOSX/"):
            if gate.size(name):
                gate.xml(name)
            else:
                gate.read(name)
        else:
            gate.keep(name)
    content = b"" if gate.is_refused("") or gate.is_refused(_MANIFEST) else gate.xml("content.xml") or b""
    if not content and not gate.refusals:
        gate.refuse("", "its content is missing")
    if re.search(rb"<[^>]{10000}", content):
        gate.refuse("content.xml", "it has a tag of more than 10,000 characters", "XML_TAG")
        return b""
    return content


def _sheets(gate: Gate, content: bytes, data: bytes) -> tuple[Sheet, ...]:
    """The values' reader never ends on a part that is not well-formed, so none such reaches it."""
    if not content:
        return ()
    grids = _grids(content)
    if isinstance(grids, tuple):
        gate.refuse("content.xml", *grids)
        return ()
    values = read_values(data)
    if isinstance(values, str):
        gate.refuse("", values)
        return ()
    own = tree_of(_declarations(content))
    styles = ods_styles(gate.tree("styles.xml"), None if isinstance(own, tuple) else own)
    return tuple(_sheet(value, _grid(grids, i, value), styles) for i, value in enumerate(values))


def _grids(content: bytes) -> list[Grid] | tuple[str, str]:
    """The tables of the content part, or why they are not read and the limit that they go over."""
    if content.count(b"<table:table-cell") > limits.WORKBOOK_CELLS:
        return f"it has more than {limits.WORKBOOK_CELLS:,} cells", "WORKBOOK_CELLS"
    grids = find_grids(content)
    far = any(grid.height > limits.ROWS or grid.width > limits.COLUMNS for grid in grids)
    if far or sum(grid.height * grid.width for grid in grids) > limits.WORKBOOK_CELLS:
        return f"its cells spread over more than {limits.WORKBOOK_CELLS:,} places", "WORKBOOK_CELLS"
    if any(len(grid.merged) > limits.MERGED for grid in grids):
        return f"a sheet has more than {limits.MERGED:,} merged ranges", "MERGED"
    return grids


def _declarations(content: bytes) -> bytes:
    """The content part without its body: its own styles."""
    body = content.find(b"<office:body")
    return content[:body] + b"</office:document-content>" if body > 0 else b""


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


READER = Reader(claims=claims, open=open_ods, place=place, carried=ods.INSPECTIONS)
