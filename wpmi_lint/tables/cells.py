"""Sheet to Grid: what every cell holds, as arrays, parsing each distinct text once across files."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Range
from wpmi_lint.records import NamedTuple
from wpmi_lint.sheetcells import cells_of
from wpmi_lint.tables.numbers import DATE, EMPTY, MARKER, MONEY, NUMBER, PERCENT, TEXT, Parsed, parse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wpmi_lint.model import Codes, Matrix, Raw, Sheet
    from wpmi_lint.sheetcells import SheetCells

_REMEMBERED = 1 << 16  # texts whose meaning is kept between sheets


class Grid(NamedTuple):
    """A sheet as arrays of its shape; the texts stay in the sheet."""

    sheet: Sheet
    cells: SheetCells
    kind: Codes
    value: Matrix
    decimals: Codes
    flags: Codes
    divided: bool = False  # some number format already divides what is stored

    @property
    def area(self) -> Range:
        """The whole sheet as a rectangle."""
        height, width = self.kind.shape
        return Range(top=0, left=0, bottom=height - 1, right=width - 1)

    def text(self, row: int, col: int) -> str:
        """The words of a cell, "" where it is empty."""
        return words_of(self.cells.at(row, col))


@lru_cache(8192, typed=True)
def words_of(raw: Raw) -> str:
    """A raw cell as trimmed words on one line."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        if raw.isalnum():
            return raw
        return " ".join(raw.split()).strip("\ufeff\u200b")
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw).removesuffix(" 00:00:00")


def grid(sheet: Sheet) -> Grid:
    """What every cell of the sheet holds."""
    cells = cells_of(sheet.rows, sheet.width)
    holds = [_holds(raw, bool(sheet.decimal_comma)) for raw in cells.words]
    numbers = cells.numbers[::-1]  # the last one first: their codes count down from -1
    finite = np.isfinite(numbers)
    shown = shown_decimals(numbers) if cells.decimals is None else cells.decimals[::-1]
    kinds = np.append(np.array([held.kind for held in holds], np.uint8), np.where(finite, NUMBER, MARKER))
    values = np.append([held.value for held in holds], np.where(finite, numbers, np.nan))
    decimals = np.append(np.array([held.decimals for held in holds], np.int8), shown)
    flags = np.append(np.array([held.flags for held in holds], np.uint8), np.zeros(len(numbers), np.uint8))
    whole = Grid(
        sheet=sheet._replace(rows=cells),
        cells=cells,
        kind=kinds.astype(np.uint8)[cells.code],
        value=values[cells.code],
        decimals=decimals[cells.code],
        flags=flags[cells.code],
    )
    return _formatted(whole) if sheet.styles is not None else whole


@lru_cache(_REMEMBERED, typed=True)
def _holds(raw: Raw, comma: bool) -> Parsed:
    """What a value says: texts are read, whole numbers too large for a float are markers."""
    if raw is None:
        return Parsed(EMPTY)
    if isinstance(raw, str):
        return parse(raw, comma)
    if isinstance(raw, bool):
        return Parsed(TEXT)
    if not isinstance(raw, int):
        return Parsed(DATE)
    try:
        return Parsed(NUMBER, float(raw), 0)
    except OverflowError:
        return Parsed(MARKER)


def shown_decimals(figures: Matrix) -> NDArray[np.int8]:
    """The decimals that it takes to write each number (at most 15)."""
    places = np.zeros(len(figures), np.int8)
    left = np.flatnonzero(np.isfinite(figures) & (figures != np.floor(figures)))
    for decimals in range(1, 16):
        if not left.size:
            break
        scaled = figures[left] * 10.0**decimals
        places[left] = decimals
        left = left[np.abs(scaled - np.rint(scaled)) > 1e-9 * np.maximum(np.abs(scaled), 1.0)]
    return places


def _formatted(grid: Grid) -> Grid:
    """Number formats applied: a percent format means a percentage, a date format a date, decimals are those shown."""
    styles = grid.sheet.styles
    assert styles is not None
    height, width = (min(a, b) for a, b in zip(styles.format.shape, grid.kind.shape, strict=True))
    codes = styles.format[:height, :width]
    divided = False
    for index, style in enumerate(styles.formats):
        if not (style.percent or style.date or style.money or style.decimals >= 0 or style.divisor > 1):
            continue
        mask = np.zeros(grid.kind.shape, np.bool_)
        mask[:height, :width] = (codes == index) & (grid.kind[:height, :width] == NUMBER)
        if not mask.any():
            continue
        if style.date:
            grid.kind[mask] = DATE
            continue
        if style.percent:
            grid.value[mask] *= 100.0
            grid.flags[mask] |= PERCENT
            grid.decimals[mask] = np.maximum(grid.decimals[mask] - 2, 0)
        if style.money:
            grid.flags[mask] |= MONEY
        if style.decimals >= 0:
            grid.decimals[mask] = style.decimals
        divided |= style.divisor > 1
    return grid._replace(divided=divided)
