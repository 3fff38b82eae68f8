"""Sheet to Grid: what every cell holds, as arrays, parsing each distinct text once across files."""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.numbers import DATE, EMPTY, MARKER, MONEY, NAN, NUMBER, PERCENT, TEXT, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from wpmi_lint.model import Codes, Matrix, Raw, Sheet

_REMEMBERED = 1 << 18  # distinct texts kept between sheets
_CHUNK = 1 << 18  # cells parsed before the memory of texts may be dropped


class Grid(NamedTuple):
    """A sheet as arrays of its shape; the texts stay in the sheet."""

    sheet: Sheet
    kind: Codes
    value: Matrix
    decimals: Codes
    flags: Codes
    divided: bool = False  # some number format already divides what is stored

    def text(self, row: int, col: int) -> str:
        """The words of a cell, "" where it is empty."""
        cells = self.sheet.rows[row]
        return words_of(cells[col]) if col < len(cells) else ""


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


class _Memory(dict["str | None", int]):
    """Text to a number in the arrays of what it means; a text not seen before is parsed on the way."""

    def __init__(self, comma: bool) -> None:
        self.comma = comma
        self.forget()

    def forget(self) -> None:
        """Start again: bounds the memory of a long run."""
        self.clear()
        self.kind, self.flags = array("B"), array("B")
        self.value, self.decimals = array("d"), array("b")
        self._add(None, EMPTY, NAN, -1, 0)

    def __missing__(self, text: str) -> int:
        if text.isdigit() and text.isascii() and len(text) <= 15 and (text[0] != "0" or len(text) == 1):
            return self._add(text, NUMBER, float(text), 0, 0)
        return self._add(text, *parse(text, self.comma))

    def _add(self, text: str | None, kind: int, value: float, decimals: int, flags: int) -> int:
        place = len(self.kind)
        self.kind.append(kind)
        self.value.append(value)
        self.decimals.append(decimals)
        self.flags.append(flags)
        self[text] = place
        return place

    def look_up(self, cells: Sequence[str | None]) -> _Arrays:
        """Kind, value, decimals and flags of each cell."""
        codes = np.fromiter(map(self.__getitem__, cells), np.int32, len(cells))
        # views of the growing arrays, let go before anything is added to them
        return (
            np.frombuffer(self.kind, np.uint8)[codes],
            np.frombuffer(self.value, np.float64)[codes],
            np.frombuffer(self.decimals, np.int8)[codes],
            np.frombuffer(self.flags, np.uint8)[codes],
        )


_MEMORY = (_Memory(False), _Memory(True))


def grid(sheet: Sheet) -> Grid:
    """What every cell of the sheet holds."""
    rows, width = sheet.rows, sheet.width
    flat: Iterable[Raw]
    if set(map(len, rows)) <= {width}:
        flat = chain.from_iterable(rows)
    else:
        flat = chain.from_iterable(_padded(row, width) for row in rows)
    size = len(rows) * width
    cells = list(flat)
    try:
        found, read = _texts(cells, size, False), _texts
    except AttributeError:  # a cell that is no text
        found, read = _typed(cells, size, False), _typed
    if _decimal_comma(cells, found[0]):
        found = read(cells, size, True)
    shape = (len(rows), width)
    kind, value, decimals, flags = found
    made = Grid(sheet, kind.reshape(shape), value.reshape(shape), decimals.reshape(shape), flags.reshape(shape))
    return _formatted(made) if sheet.styles is not None else made


def _padded(row: Sequence[Raw], width: int) -> Sequence[Raw]:
    return [*row[:width], *([None] * (width - len(row)))]


_Arrays = tuple["NDArray[np.uint8]", "Matrix", "NDArray[np.int8]", "NDArray[np.uint8]"]


def _texts(cells: list[Raw], size: int, comma: bool) -> _Arrays:
    memory = _MEMORY[comma]
    if size <= _CHUNK:
        return _looked_up(memory, cells)
    parts = [_looked_up(memory, cells[at : at + _CHUNK]) for at in range(0, size, _CHUNK)]
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))  # type: ignore[return-value]


def _looked_up(memory: _Memory, cells: list[Raw]) -> _Arrays:
    if len(memory) > _REMEMBERED:
        memory.forget()
    return memory.look_up(cells)  # type: ignore[arg-type]


def _typed(cells: list[Raw], size: int, comma: bool) -> _Arrays:
    types = list(map(type, cells))
    number = np.fromiter(((t is float or t is int) for t in types), np.bool_, size)
    words: list[Raw] = [c if t is str or c is None else None for c, t in zip(cells, types, strict=True)]
    kind, value, decimals, flags = _texts(words, size, comma)
    other = np.fromiter(
        (t not in (float, int, str) and c is not None for c, t in zip(cells, types, strict=True)), np.bool_, size
    )
    for at in np.flatnonzero(other):
        kind[at] = TEXT if isinstance(cells[at], bool) else DATE
    places = np.flatnonzero(number)
    figures = np.array([_figure(cells[at]) for at in places.tolist()], np.float64)
    kind[places] = np.where(np.isfinite(figures), NUMBER, MARKER)
    value[places] = np.where(np.isfinite(figures), figures, np.nan)
    decimals[places] = shown_decimals(figures)
    return kind, value, decimals, flags


def _figure(raw: Raw) -> float:
    try:
        return float(raw)  # type: ignore[arg-type]
    except OverflowError:
        return np.nan


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


def _decimal_comma(cells: list[Raw], kind: NDArray[np.uint8]) -> bool:
    """True where the sheet writes 12,5 or 1.234,5 and never 12.5."""
    places = np.flatnonzero(kind == TEXT)[:20000].tolist()
    doubtful = [words for at in places if isinstance(words := cells[at], str) and "," in words]
    if not doubtful:
        return False
    comma = re.compile(r"\s*-?\d{1,3}(?:\.?\d{3})*,\d{1,2}(?:\d{2,})?\s?%?\s*")
    if sum(1 for c in doubtful if comma.fullmatch(c)) < 3:
        return False
    point = re.compile(r"\s*-?\d*\.\d{1,2}\s?%?\s*")
    return not any(isinstance(c, str) and point.fullmatch(c) for c in cells[:20000])


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


__all__ = ["EMPTY", "Grid", "grid", "shown_decimals", "words_of"]
