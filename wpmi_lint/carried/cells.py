"""Cells whose style hides: text in the background colour, tiny text, formats that show nothing or another figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.carried.ways import listed
from wpmi_lint.package.grid import area
from wpmi_lint.package.numberformat import lost, plain, shown
from wpmi_lint.package.sheetscan import NUMBER, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wpmi_lint.carried.onsheet import OnSheet
    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Range
    from wpmi_lint.package.cellstyles import CellStyle
    from wpmi_lint.package.grid import Mask

TINY = 2.0  # points: nobody reads text of this size
_LOSSES = {"rounding": "display-rounding", "scaling": "display-scaling", "invisible": "format-invisible"}


def unreadable_text(on: OnSheet) -> Iterator[Hidden]:
    """Cells with text in the background colour, or with a tiny font."""
    same = _of_style(on, lambda style: style.same_colour)
    if same.any():
        same &= ~on.grid.inside(_covers(on))
    tiny = _of_style(on, lambda style: style.size <= TINY)
    for what, cells in (("text-same-colour", same), ("tiny-font", tiny)):
        if cells.any():
            yield on.cells(what, cells)


def _of_style(on: OnSheet, wanted: Callable[[CellStyle], bool]) -> Mask:
    return np.isin(on.grid.style, [i for i, style in enumerate(on.book.styles) if wanted(style)])


def _covers(on: OnSheet) -> Iterator[Range]:
    """Where a table style or conditional format may give a cell another background or text colour."""
    references = [name for node in on.grid.rest.iter("conditionalFormatting") for name in node.get("sqref", "").split()]
    tables = on.book.trees(on.book.related(on.sheet.part, "table"))
    references += [root.get("ref", "") for _, root in tables if root.find("tableStyleInfo") is not None]
    return (place for name in references if (place := area(name)) is not None)


def formatted(on: OnSheet) -> Iterator[Hidden]:
    """Figures that their number format rounds, divides or does not show."""
    grid = on.grid
    cells = {what: np.zeros(grid.row.size, dtype=np.bool_) for what in _LOSSES.values()}
    for index in np.unique(grid.style).tolist():
        code = on.book.styles[index].code if index < len(on.book.styles) else "General"
        kept = plain(code)
        here = grid.style == index
        if kept is None:
            _try_each(on, code, here, cells)
        elif kept >= 0:
            cells["display-rounding"] |= here & _too_exact(on, here & (grid.kind == NUMBER), kept)
    for what, lossy in cells.items():
        count = int(lossy.sum())
        if count:
            names = [grid.cell(i).name for i in np.flatnonzero(lossy)[:4].tolist()]
            yield on.item(what, f"{count} cells: {listed(names, count)}", count, cells=names[0])


def _too_exact(on: OnSheet, numbers: Mask, decimals: int) -> Mask:
    """The figures that have more decimals than their format shows, beyond binary noise."""
    exact = np.zeros_like(numbers)
    with np.errstate(all="ignore"):  # a cell may hold INF
        values = np.abs(on.grid.value[numbers]) * 10.0**decimals
        exact[numbers] = np.abs(values - np.round(values)) > np.maximum(values * 1e-12, 1e-9)
    return exact


def _try_each(on: OnSheet, code: str, here: Mask, cells: dict[str, Mask]) -> None:
    """What a format hides of figures and texts that it shows in ways of its own; each different one is tried once."""
    grid = on.grid
    values, inverse = np.unique(grid.value[here & (grid.kind == NUMBER)], return_inverse=True)
    losses = np.array([lost(value, code) for value in values.tolist()], dtype=object)
    for loss, what in _LOSSES.items():
        cells[what][here & (grid.kind == NUMBER)] |= (losses == loss)[inverse]
    texts, inverse = np.unique(grid.text[here & (grid.kind == TEXT)], return_inverse=True)
    words = (grid.strings.texts[code] for code in texts.tolist())
    unseen = np.array([bool(text.strip()) and not shown(text, code).strip() for text in words], dtype=np.bool_)
    cells["format-invisible"][here & (grid.kind == TEXT)] |= unseen[inverse]


def formula_hidden(on: OnSheet) -> Iterator[Hidden]:
    """Formulas that a protected sheet keeps out of the formula bar."""
    if any("sheet" in node.attrib for node in on.grid.rest.iter("sheetProtection")):
        cells = _of_style(on, lambda style: style.formula_hidden) & on.grid.has_formula
        if cells.any():
            yield on.cells("formula-hidden-protection", cells)
