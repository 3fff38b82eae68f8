"""Cells where nobody looks: under merged cells, far away, outside the print area; and sheets that claim to be huge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.a1 import column_number, letters
from wpmi_lint.carried.book import sample
from wpmi_lint.carried.grid import area, figures, listed
from wpmi_lint.carried.sheets import hidden_spans
from wpmi_lint.carried.ways import item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.grid import Area, Cell, Grid
    from wpmi_lint.carried.ways import Hidden

_ROW_GAP, _COLUMN_GAP = 200, 30  # a reader who sees so much empty space does not scroll on
_HUGE = 100  # times the content
_LONG, _WIDE = 100_000, 1000  # below these sizes nobody minds
_MERGE = re.compile(rb'<mergeCell\s[^>]*?ref="([^"]*)"')
_DIMENSION = re.compile(rb'<dimension\s[^>]*?ref="([^"]*)"')
_FILLED_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})\d+"[^>]*(?<!/)>(?!</c>)')
_BEYOND = re.compile(rb'<c r="(?:A[E-Z]|[B-Z][A-Z]|[A-Z]{3})\d')  # a column that a gap could stand before


def under_merge(grid: Grid) -> Iterator[Hidden]:
    """Values under merged cells; the same value as the visible one tells nobody anything."""
    merged = [
        place for match in _MERGE.finditer(grid.tail) if (place := area(match.group(1).decode("ascii", "replace")))
    ]
    if not merged:
        return
    rows: dict[int, list[Area]] = {}
    for place in merged[:100_000]:
        for row in range(place.top, min(place.bottom, place.top + 5000) + 1):
            rows.setdefault(row, []).append(place)
    found: list[Cell] = []
    other = 0  # values that differ from the visible one
    visible: dict[Area, bytes] = {}
    for position, (number, _, offset) in enumerate(grid.rows):
        places = rows.get(number)
        if not places:
            continue
        for cell in grid.cells(offset, grid.row_end(position)):
            for place in places:
                if not place.holds(cell.col, cell.row):
                    continue
                if (cell.col, cell.row) == (place.left, place.top):
                    visible[place] = cell.inside
                elif grid.text(cell).strip() or cell.figure is not None:
                    found.append(cell)
                    other += visible.get(place) != cell.inside
    if found:
        yield _cells(grid, "value-under-merge", found, telling=other > 0)


def _cells(grid: Grid, what: str, cells: list[Cell], *, telling: bool = True) -> Hidden:
    return item(
        what,
        grid.place(f"{len(cells)} cells: " + listed([cell.name for cell in cells])),
        figures(cells),
        sheet=grid.sheet.name,
        index=grid.sheet.number,
        cells=cells[0].name,
        part=grid.sheet.part,
        words=sample([grid.text(cell) for cell in cells[:5000] if cell.type]),
        telling=telling,
    )


def far_cells(grid: Grid) -> Iterator[Hidden]:
    """Cells beyond a wide gap of empty rows or columns."""
    row = _far_row(grid)
    col = _far_column(grid) if row is None else None
    if row is None and col is None:
        return
    cells = [cell for cell in grid.cells() if (cell.row >= row if row is not None else cell.col >= (col or 0))]
    if cells:
        yield _cells(grid, "far-cells", cells)


def _far_row(grid: Grid) -> int | None:
    rows = grid.rows
    if not rows or rows[-1][0] - rows[0][0] < _ROW_GAP:
        return None
    last = None
    for position, (number, _, offset) in enumerate(rows):
        end = grid.row_end(position)
        if grid.data.find(b"</c>", offset, end) < 0:
            continue
        if last is not None and number - last > _ROW_GAP and any(True for _ in grid.cells(offset, end)):
            return number
        last = number
    return None


def _far_column(grid: Grid) -> int | None:
    if not _BEYOND.search(grid.data, grid.start, grid.end):
        return None
    names = set(_FILLED_COLUMN.findall(grid.data, grid.start, grid.end))
    last = None
    for col in sorted(column_number(name.decode()) for name in names):
        if last is not None and col - last > _COLUMN_GAP:
            return col
        last = col
    return None


def outside_print_area(grid: Grid) -> Iterator[Hidden]:
    """Figures outside the print area; words there are notes, as a rule."""
    name = next((n for n in grid.book.defined if n.name == "_xlnm.Print_Area" and n.sheet == grid.sheet.number), None)
    if name is None:
        return
    parts = [part.rsplit("!", 1)[-1] for part in re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", name.text)]
    places = [place for part in parts if (place := area(part)) is not None]
    if not places:
        return
    away = hidden_spans(grid)  # reported as hidden columns and rows
    cells = [cell for cell in grid.cells() if not any(place.holds(cell.col, cell.row) for place in places)]
    cells = [cell for cell in cells if not any(a <= cell.col <= b for a, b in away)]
    if any(cell.figure is not None for cell in cells):
        yield _cells(grid, "outside-print-area", cells)


def huge_dimension(grid: Grid) -> Iterator[Hidden]:
    """A sheet whose stated size is far beyond its content: cells were cleared, not deleted, or a reader is attacked."""
    match = _DIMENSION.search(grid.head)
    place = area(match.group(1).decode("ascii", "replace")) if match else None
    if place is None or (place.bottom < _LONG and place.right < _WIDE):
        return
    last_row = next((number for i, (number, _, offset) in _backwards(grid.rows)
                     if grid.data.find(b"</c>", offset, grid.row_end(i)) >= 0), 1)  # fmt: skip
    if place.bottom <= last_row * _HUGE and place.right < _WIDE:
        return
    names = set(_FILLED_COLUMN.findall(grid.data, grid.start, grid.end))
    last_col = max((column_number(name.decode()) for name in names), default=0)
    if place.bottom > last_row * _HUGE or place.right > (last_col + 1) * _HUGE:
        yield item(
            "huge-dimension",
            grid.place(f"says {match.group(1).decode() if match else ''}, ends at {letters(last_col)}{last_row}"),
            sheet=grid.sheet.name,
            index=grid.sheet.number,
            part=grid.sheet.part,
        )


def _backwards(rows: list[tuple[int, bytes, int]]) -> Iterator[tuple[int, tuple[int, bytes, int]]]:
    return ((i, rows[i]) for i in range(len(rows) - 1, -1, -1))
