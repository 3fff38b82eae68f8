"""Hidden sheets, rows and columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.a1 import letters
from wpmi_lint.carried.listing import listed, runs, sample
from wpmi_lint.carried.ways import item
from wpmi_lint.package.grid import area, is_away
from wpmi_lint.package.markup import is_true

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.onsheet import OnSheet
    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Range
    from wpmi_lint.package.book import Book
    from wpmi_lint.package.grid import Grid, Mask

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
    trees = [on.grid.rest, *map(on.book.tree, on.book.related(on.sheet.part, "table"))]
    filters = (node for tree in trees if tree is not None for node in tree.iter("autoFilter"))
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
