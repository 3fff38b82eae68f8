"""XLSX workbooks: every worksheet as a Sheet; calamine gives the values once the raw parts are known to be harmless."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Document, Range, Sheet, Styles, Unreadable
from wpmi_lint.read import limits
from wpmi_lint.read.archive import Archive, open_archive
from wpmi_lint.read.cells import Cells, find_cells
from wpmi_lint.read.package import CellStyles, SheetPart, cell_styles, sheet_parts
from wpmi_lint.read.xmlpart import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from python_calamine import CalamineSheet, CalamineWorkbook

_HELP = "open it in a spreadsheet program and save it again"


def read_xlsx(path: str, data: bytes, sha256: str) -> Document | Unreadable:
    """A workbook as one Sheet for each worksheet, hidden ones included; rows and columns count from A1."""
    archive = open_archive(data)
    if isinstance(archive, str):
        return Unreadable(path, archive, _HELP, None, sha256)
    grids = check_parts(archive)
    if isinstance(grids, str):
        return Unreadable(path, grids, _HELP, None, sha256)
    parts = sheet_parts(archive)
    if isinstance(parts, str):
        return Unreadable(path, parts, _HELP, None, sha256)
    sheets = _sheets(data, parts, grids, cell_styles(archive))
    if isinstance(sheets, str):
        return Unreadable(path, sheets, _HELP, None, sha256)
    return Document(path, "xlsx", sha256, data, sheets)


def check_parts(archive: Archive) -> Mapping[str, Cells] | str:
    """The cells of every part that is a sheet, by lower-case part name; or why the workbook is not to be read.

    Every XML part is looked at, also those that no sheet refers to: what a program may read must be harmless.
    """
    grids: dict[str, Cells] = {}
    total = 0
    longest = 0
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
            if re.search(rb"<[^>]{200000}", part):
                return f"the part {name!r} has a tag of more than 200,000 characters"
            longest = max(longest, _longest_string(part))
            continue
        cells = find_cells(part)
        if isinstance(cells, str):
            return f"{cells} ({name})"
        if part.count(b"mergeCell ") > limits.MERGED:
            return f"a sheet has more than {limits.MERGED:,} merged ranges ({name})"
        total += cells.height * cells.width
        if total > limits.WORKBOOK_CELLS:
            return f"its cells spread over more than {limits.WORKBOOK_CELLS:,} places ({name})"
        grids[name.lower()] = cells
    if longest > 4 * limits.CELL_TEXT:
        return f"a cell has more than {limits.CELL_TEXT:,} characters"
    return grids


def _longest_string(part: bytes) -> int:
    """Bytes of the longest shared string."""
    if b"<sst" not in part and b":sst" not in part:
        return 0
    ends = [match.end() for match in re.finditer(rb"si>", part)]
    return max((after - before for before, after in zip([0, *ends], [*ends, len(part)], strict=True)), default=0)


def _sheets(
    data: bytes, parts: list[SheetPart], grids: Mapping[str, Cells], styles: CellStyles
) -> tuple[Sheet, ...] | str:
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return tuple(_sheet(workbook, part, grids.get(part.part.lower()), styles) for part in parts)
    except BaseException as error:  # a panic of the library is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        return f"the workbook is damaged: {error}" if str(error) else "the workbook is damaged"


def _sheet(workbook: CalamineWorkbook, part: SheetPart, cells: Cells | None, styles: CellStyles) -> Sheet:
    source = workbook.get_sheet_by_name(part.name)
    rows = source.to_python(skip_empty_area=False)
    width = len(rows[0]) if rows else 0
    look = None
    if cells is not None:
        for row, col, error in cells.errors:
            if row < len(rows) and col < width:
                rows[row][col] = error
        look = _styles(cells, len(rows), width, styles)
    return Sheet(part.name, rows, width, part.visibility, _merged(source), look)


def _merged(source: CalamineSheet) -> tuple[Range, ...]:
    ranges = source.merged_cell_ranges or ()
    return tuple(Range(top, left, bottom, right) for (top, left), (bottom, right) in ranges)


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
