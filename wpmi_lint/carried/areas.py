"""Cells where nobody looks: under merged cells, far away, outside the print area; and sheets that claim to be huge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.a1 import letters
from wpmi_lint.carried.sheets import in_hidden_columns
from wpmi_lint.package.grid import area
from wpmi_lint.package.sheetscan import BLANK, NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.onsheet import OnSheet
    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.package.bytesearch import Ints

_ROW_GAP, _COLUMN_GAP = 200, 30  # a reader who sees so much empty space does not scroll on
_HUGE = 100  # times the content
_LONG, _WIDE = 100_000, 1000  # below these sizes nobody minds
_COMPARED = 1000  # values under merged cells that are compared with the visible one; more are never all the same


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
