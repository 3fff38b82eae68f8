"""The cells of a sheet as columns: a code for each, each distinct text once, rows decoded when they are asked for."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, overload

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from wpmi_lint.model import Raw

_EXACT = 2**53  # whole numbers below it are kept exactly as floats
_ROWS = 1024  # decoded at a time


class SheetCells(Sequence["Sequence[Raw]"]):
    """A grid that costs four bytes a cell, beside what differs. It reads as a sequence of rows.

    `code` has the shape (height, width). A code of 0 or more is the place of a cell's value in `words`, whose first is
    that of an empty cell (None, or "" in a workbook). A code below 0 is a figure: -1 the first of `numbers`, -2 the
    second, and so on. Figures of a text file have `decimals`, with which they are written; those of other formats have
    none, and are numbers there.
    """

    def __init__(
        self,
        code: NDArray[np.int32],
        words: Sequence[Raw],
        numbers: NDArray[np.float64],
        decimals: NDArray[np.int8] | None = None,
    ) -> None:
        self.code = code
        self.words = words
        self.numbers = numbers
        self.decimals = decimals

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.code.shape[0], self.code.shape[1]

    def at(self, row: int, column: int) -> Raw:
        """The value of a cell; None where there is none, also beyond the end."""
        height, width = self.code.shape
        code = self.code.item(row, column) if row < height and column < width else 0
        return self.words[code] if code >= 0 else self._figure(code)

    def column(self, column: int) -> list[Raw]:
        """A column from the top down."""
        words = self.words
        return [words[code] if code >= 0 else self._figure(code) for code in self.code[:, column].tolist()]

    def take(self, rows: NDArray[np.integer] | slice) -> SheetCells:
        """Some of the rows."""
        return SheetCells(self.code[rows], self.words, self.numbers, decimals=self.decimals)

    def wordy(self, most: int) -> list[int]:
        """Which of the first rows have no figure."""
        wordy: list[int] = np.flatnonzero(self.code[:most].min(axis=1, initial=0) == 0).tolist()
        return wordy

    def filled(self) -> NDArray[np.int32]:
        """How many cells each row has, blank ones before its end counted."""
        there = self.code != 0
        width = self.shape[1]
        ends = width - np.argmax(there[:, ::-1], axis=1) if width else np.zeros(len(there))
        return np.where(there.any(axis=1), ends, 0).astype(np.int32)

    def __len__(self) -> int:
        return len(self.code)

    @overload
    def __getitem__(self, place: int) -> Sequence[Raw]: ...
    @overload
    def __getitem__(self, place: slice) -> SheetCells: ...
    def __getitem__(self, place: int | slice) -> Sequence[Raw] | SheetCells:
        if isinstance(place, slice):
            return self.take(place)
        return self._row(self.code[place].tolist())

    def __iter__(self) -> Iterator[Sequence[Raw]]:
        for top in range(0, len(self), _ROWS):
            yield from map(self._row, self.code[top : top + _ROWS].tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(map(list, self)) == list(map(list, other))

    __hash__ = None  # type: ignore[assignment]

    def _row(self, codes: list[int]) -> list[Raw]:
        end = len(codes)
        while self.decimals is not None and end and not codes[end - 1]:  # records of a text file are ragged
            end -= 1
        words = self.words
        return [words[code] if code >= 0 else self._figure(code) for code in codes[:end]]

    def _figure(self, code: int) -> Raw:
        number = self.numbers.item(-1 - code)
        if self.decimals is not None:
            return f"{number:.{self.decimals.item(-1 - code)}f}"
        return int(number) if number.is_integer() and abs(number) < _EXACT else number


def cells_of(rows: Sequence[Sequence[Raw]], width: int) -> SheetCells:
    """The cells of rows of values, as a workbook or a JSON file gives them: numbers each on its own, all else once."""
    if isinstance(rows, SheetCells):
        return rows
    full = all(len(row) == width for row in rows)
    words: list[Raw] = [None]
    numbers, codes = array("d"), array("i")
    known: dict[object, int] = {None: 0}
    for value in chain.from_iterable(rows if full else ([*row[:width], *[None] * (width - len(row))] for row in rows)):
        kind = value.__class__
        if kind is float or (kind is int and -_EXACT < value < _EXACT):  # type: ignore[operator]
            numbers.append(value)  # type: ignore[arg-type]
            codes.append(-len(numbers))
            continue
        key = value if kind is str or value is None else (kind, value)  # True is not 1
        codes.append(known.setdefault(key, len(words)))
        if codes[-1] == len(words):
            words.append(value)
    shape = len(rows), width
    return SheetCells(np.array(codes, np.int32).reshape(shape), words, np.frombuffer(numbers, np.float64))
