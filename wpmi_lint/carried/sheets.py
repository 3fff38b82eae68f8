"""Where nobody looks: hidden sheets, rows and columns, under merged cells, far away, outside the print area."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.a1 import letters
from wpmi_lint.carried.ways import item, listed, runs, sample
from wpmi_lint.package.grid import area, is_away
from wpmi_lint.package.markup import is_true
from wpmi_lint.package.sheetscan import BLANK, NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.onsheet import OnSheet
    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Range
    from wpmi_lint.package.book import Book
    from wpmi_lint.package.grid import Grid, Mask
    from wpmi_lint.package.sheetscan import Ints

_ROW_GAP, _COLUMN_GAP = 200, 30  # a reader who sees so much empty space does not scroll on
_HUGE = 100  # times the content
_LONG, _WIDE = 100_000, 1000  # below these sizes nobody minds
_COMPARED = 1000  # values under merged cells that are compared with the visible one; more are never all the same

_STATES = {"hidden": "hidden-sheet", "very hidden": "very-hidden-sheet"}


def hidden_sheets(book: Book) -> Iterator[Hidden]:
    """The sheets that the workbook hides; the modules of old macros are such, and have no cells."""
    for sheet in book.sheets:
        what, grid = _STATES.get(sheet.visibility), book.grids.get(sheet.number)
        if what is None:
            continue
        unread = grid is None and book.gate.is_refused(sheet.part or sheet.name)
        figures = grid.figures() if grid else None if unread else 0
        words = grid.words(np.ones(grid.row.size, np.bool_), 2000) if grid else []
        doubt = ", which was not read: how many figures it carries is not known" if unread else ""
        yield item(what, f"sheet '{sheet.name}'{doubt}", figures, sheet=sheet.name, index=sheet.number, part=sheet.part,
                   words=sample(words), telling=figures != 0)  # fmt: skip


def hidden_rows(on: OnSheet) -> Iterator[Hidden]:
    """Rows with content that are hidden, of no height, or filtered away."""
    hidden = in_hidden_rows(on.grid)
    if not hidden.any():
        return
    filtered = np.zeros_like(hidden)
    for place in _active_filters(on):
        filtered |= (on.grid.row > place.top) & (on.grid.row <= place.bottom)
    for what, cells in (("hidden-rows", hidden & ~filtered), ("filtered-rows", hidden & filtered)):
        if cells.any():
            rows = np.unique(on.grid.row[cells] + 1).tolist()
            spans = runs(rows)
            where = f"{len(rows)} rows: {listed([f'{a}:{b}' for a, b in spans])}"
            area = f"A{spans[0][0]}:XFD{spans[0][1]}"
            yield on.item(what, where, on.grid.figures(cells), cells=area, words=on.grid.words(cells))


def in_hidden_rows(grid: Grid) -> Mask:
    """The cells in rows that are hidden."""
    return np.isin(grid.row, grid.hidden_rows)


def _active_filters(on: OnSheet) -> list[Range]:
    tables = (root for _, root in on.book.trees(on.book.related(on.sheet.part, "table")))
    filters = (node for tree in (on.grid.rest, *tables) for node in tree.iter("autoFilter"))
    active = (node for node in filters if any(len(column) for column in node.iter("filterColumn")))
    return [place for node in active if (place := area(node.get("ref", ""))) is not None]


def hidden_columns(on: OnSheet) -> Iterator[Hidden]:
    """Columns with content that are hidden or of no width."""
    cells = in_hidden_columns(on.grid)
    if cells.any():
        names = [f"{letters(a)}:{letters(b)}" for a, b in runs(np.unique(on.grid.col[cells]).tolist())]
        area = "{}1:{}1048576".format(*names[0].split(":"))
        figures = on.grid.figures(cells)
        yield on.item("hidden-columns", f"columns {listed(names)}", figures, cells=area, words=on.grid.words(cells))


def in_hidden_columns(grid: Grid) -> Mask:
    """The cells in columns that are hidden or of no width."""
    cells = np.zeros(grid.col.size, dtype=np.bool_)
    for node in grid.rest.iter("col"):
        ends = node.get("min", ""), node.get("max", "")
        if is_away(node.attrib, "width") and all(re.fullmatch(r"[0-9]{1,6}", end) for end in ends):
            cells |= (grid.col >= int(ends[0]) - 1) & (grid.col < int(ends[1]))
    return cells


def zero_height(on: OnSheet) -> Iterator[Hidden]:
    """Rows that are hidden unless the sheet says otherwise."""
    if any(is_true(node.get("zeroHeight")) for node in on.grid.rest.iter("sheetFormatPr")):
        yield on.item("zero-height-default", "rows without an entry of their own")


def under_merge(on: OnSheet) -> Iterator[Hidden]:
    """Values under merged cells; the same value as the visible one tells nobody anything."""
    grid = on.grid
    under = grid.inside(grid.merged) & (grid.kind != BLANK)
    if not under.any():
        return
    places = np.array(grid.merged, dtype=np.int32)
    under &= ~np.isin(grid.keys, grid.key(places[:, 0], places[:, 1]))
    under[under] = [cell.kind == NUMBER or bool(cell.text.strip()) for cell in grid.cells(under)]
    if under.any():
        cells = grid.cells(under)
        differs = len(cells) > _COMPARED or any(
            (cell.text if cell.figure is None else cell.figure) != _visible(on, places, (cell.row, cell.col))
            for cell in cells
        )
        yield on.cells("value-under-merge", under, telling=differs)


def _visible(on: OnSheet, merged: Ints, at: tuple[int, int]) -> float | str | None:
    """What the merged range around a cell shows."""
    row, col = at
    top, left, bottom, right = merged.T
    around = np.flatnonzero((top <= row) & (row <= bottom) & (left <= col) & (col <= right))
    return on.grid.at(int(top[around[0]]), int(left[around[0]])) if around.size else None


def far_cells(on: OnSheet) -> Iterator[Hidden]:
    """Cells beyond a wide gap of empty rows or columns."""
    for places, gap in ((on.grid.row, _ROW_GAP), (on.grid.col, _COLUMN_GAP)):
        used = np.unique(places)
        beyond = used[1:][np.diff(used) > gap]
        if beyond.size:
            yield on.cells("far-cells", places >= beyond[0])
            return


def outside_print_area(on: OnSheet) -> Iterator[Hidden]:
    """Figures outside the print area; words there are notes, as a rule."""
    names = (n for n in on.book.defined if n.name == "_xlnm.Print_Area" and n.sheet == on.sheet.number)
    name = next(names, None)
    if name is None:
        return
    parts = [part.rsplit("!", 1)[-1] for part in re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", name.text)]
    places = [place for part in parts if (place := area(part)) is not None]
    if not places:
        return
    grid = on.grid  # hidden columns are reported as such
    outside = (grid.kind != BLANK) & ~grid.inside(places) & ~in_hidden_columns(grid)
    if grid.figures(outside):
        yield on.cells("outside-print-area", outside)


def huge_dimension(on: OnSheet) -> Iterator[Hidden]:
    """A sheet whose stated size is far beyond its content: cells were cleared, not deleted, or a reader is attacked."""
    node = next(on.grid.rest.iter("dimension"), None)
    reference = node.get("ref", "") if node is not None else ""
    place = area(reference)
    if place is None or (place.bottom + 1 < _LONG and place.right < _WIDE):
        return
    last_row, last_col = int(on.grid.row.max(initial=0)) + 1, int(on.grid.col.max(initial=0))
    if place.bottom + 1 > last_row * _HUGE or place.right > (last_col + 1) * _HUGE:
        yield on.item("huge-dimension", f"says {reference}, ends at {letters(last_col)}{last_row}")
