"""XLSX workbooks: every worksheet as a Sheet; calamine gives the values once the raw parts are known to be harmless."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.carried import WAYS, workbook
from wpmi_lint.carried.inspection import Inspection
from wpmi_lint.formats.contract import Reader, unread
from wpmi_lint.model import Document, Location, Refusal, Sheet, Styles
from wpmi_lint.package import limits
from wpmi_lint.package.archive import Archive, open_archive
from wpmi_lint.package.calamine import Values, read_values
from wpmi_lint.package.cells import Cells, find_cells
from wpmi_lint.package.relations import CellStyles, SheetPart, cell_styles, sheet_parts
from wpmi_lint.package.xmlpart import longest_text, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

_HELP = "open it in a spreadsheet program and save it again"


def claims(path: str, data: bytes) -> bool:
    """Whether an archive has a workbook that is written in XML."""
    del path
    archive = open_archive(data)
    if isinstance(archive, str) or any(name.lower().endswith("workbook.bin") for name in archive.names):
        return False
    if any(name.lower().endswith("workbook.xml") for name in archive.names):
        return True
    return b"spreadsheetml" in (archive.read("[Content_Types].xml") or b"")


def open_xlsx(path: str, data: bytes) -> Document:
    """A workbook as one Sheet for each worksheet, hidden ones included; rows and columns count from A1."""
    archive = open_archive(data)
    if isinstance(archive, str):
        return unread(path, Refusal("file", archive, _HELP))
    grids = check_parts(archive)
    if isinstance(grids, str):
        return unread(path, Refusal("file", grids, _HELP))
    parts = sheet_parts(archive)
    if isinstance(parts, str):
        return unread(path, Refusal("file", parts, _HELP))
    values = read_values(data, tuple(part.name for part in parts))
    if isinstance(values, str):
        return unread(path, Refusal("file", values, _HELP))
    if any(len(value.merged) > limits.MERGED for value in values):
        return unread(path, Refusal("file", f"a sheet has more than {limits.MERGED:,} merged ranges", _HELP))
    styles = cell_styles(archive)
    pairs = zip(values, parts, strict=True)
    sheets = tuple(_sheet(value, part, grids.get(part.part.lower()), styles) for value, part in pairs)
    return Document(path, "xlsx", "", data, sheets)


def check_parts(archive: Archive) -> Mapping[str, Cells] | str:
    """The cells of every part that is a sheet, by lower-case part name; or why the workbook is not to be read.

    Every XML part is looked at, also those that no sheet refers to: what a program may read must be harmless.
    """
    grids: dict[str, Cells] = {}
    total = 0
    for name in archive.names:
        if not name.lower().endswith((".xml", ".rels")) or name.startswith("__MACOSX/"):
            continue
        content = archive.read(name)
        if content is None:
            return f"the part {name!r} is damaged"
        part = plain(content)
        if part is None:
            return f"the part {name!r} has a DOCTYPE or an encoding that workbooks do not use"
        if b"sheetData" not in part:
            if re.search(rb"<[^>]{100000}", part):
                return f"the part {name!r} has a tag of more than 100,000 characters"
            if longest_text(part) > limits.CELL_TEXT:
                return f"a text has more than {limits.CELL_TEXT:,} characters ({name})"
            continue
        cells = find_cells(part)
        if isinstance(cells, str):
            return f"{cells} ({name})"
        total += cells.height * cells.width
        if total > limits.WORKBOOK_CELLS:
            return f"its cells spread over more than {limits.WORKBOOK_CELLS:,} places ({name})"
        grids[name.lower()] = cells
    return _too_much_text(archive, grids) or grids


def _too_much_text(archive: Archive, grids: Mapping[str, Cells]) -> str | None:
    """Whether shared strings, copied for each cell that has one, go over limits.WORKBOOK_TEXT."""
    name = next((name for name in archive.names if name.lower().endswith("sharedstrings.xml")), "")
    lengths = list(map(len, re.split(rb"</(?:\w+:)?si>|<(?:\w+:)?si/>", archive.read(name) or b"")))
    if max(lengths, default=0) * sum(cells.shared for cells in grids.values()) <= limits.WORKBOOK_TEXT:
        return None
    total = 0
    for part in grids:
        for index in re.findall(rb't="s"[^>]*>\s*<v>([0-9]{1,8})<', archive.read(part) or b""):
            total += lengths[int(index)] if int(index) < len(lengths) else 0
    if total <= limits.WORKBOOK_TEXT:
        return None
    return f"its cells have more than {limits.WORKBOOK_TEXT:,} characters of text"


def _sheet(value: Values, part: SheetPart, cells: Cells | None, styles: CellStyles) -> Sheet:
    rows = value.rows
    width = len(rows[0]) if rows else 0
    if cells is None:
        return Sheet(part.name, rows, width, part.visibility, value.merged)
    for row, col, error in cells.errors:
        if row < len(rows) and col < width:
            rows[row][col] = error
    return Sheet(part.name, rows, width, part.visibility, value.merged, _styles(cells, len(rows), width, styles))


def _styles(cells: Cells, height: int, width: int, styles: CellStyles) -> Styles:
    """Format, bold and indent of each cell as arrays of the sheet's shape."""
    inside = (cells.rows < height) & (cells.cols < width)
    index = np.zeros((height, width), dtype=np.uint16)
    index[cells.rows[inside], cells.cols[inside]] = cells.styles[inside]
    index[index >= len(styles.format)] = 0
    lookups = (
        np.array(styles.format, dtype=np.int16),
        np.array(styles.bold, dtype=np.uint8),
        np.array(styles.indent, dtype=np.uint8),
    )
    return Styles(styles.formats, *(lookup[index] for lookup in lookups))


def place(document: Document, sheet: int, row: int, column: int) -> Location:
    """Nothing: the address of a workbook's cell says it all."""
    del document, sheet, row, column
    return Location()


READER = Reader(claims=claims, open=open_xlsx, place=place, carried=(Inspection(tuple(WAYS), workbook.look),))
