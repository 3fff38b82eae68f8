"""The records of a CSV file: its cells as columns, and the line on which each record starts."""

from __future__ import annotations

import csv
import io
import re
from array import array
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, chain, islice, pairwise
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Location, Refusal
from wpmi_lint.package import limits
from wpmi_lint.sheetcells import SheetCells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wpmi_lint.package.text import Dialect

_BLOCK = 2048  # records read at a time
_REMEMBERED = 1 << 18  # distinct cells that are known again: bounds the memory while a file is read
_SHARED = 1 << 12  # and from one file to the next: each file copies all figures
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


class Delimited:
    """Where the records of a CSV file are in its text; its lines are looked for when a place is asked for."""

    def __init__(self, text: bytes, dialect: Dialect) -> None:
        self.text = text  # UTF-8 without a byte order mark
        self.dialect = dialect
        self.starts = array("L")  # line on which each record starts, 0-based, where one has several lines

    @cached_property
    def lines(self) -> NDArray[np.int64]:
        """Where each line starts in the text, and where the last one ends."""
        text = np.frombuffer(self.text, np.uint8)
        ends = text == ord("\n")
        ends[:-1] |= (text[:-1] == ord("\r")) & ~ends[1:]
        ends[-1:] = True
        return np.append(0, np.flatnonzero(ends) + 1)

    def text_of(self, first: int, last: int) -> list[str]:
        """The lines from the first to before the last, 0-based."""
        return [self.text[at:end].decode() for at, end in pairwise(self.lines[first : last + 1].tolist())]

    def place(self, row: int, column: int) -> Location:
        """Line and column of a cell, 1-based, in characters: of its quote, if it has one; the record's end where it
        has fewer cells."""
        if row + 1 >= (len(self.starts) or len(self.lines)):
            return Location()
        first, last = (self.starts[row], self.starts[row + 1]) if self.starts else (row, row + 1)
        lines = self.text_of(first, last)
        record = "".join(lines).rstrip("\r\n")
        edge = re.escape(self.dialect.delimiter)
        cells = re.finditer(rf'(?:\A|{edge})((?:"(?:[^"]++|"")*+"?)?[^{edge}]*)', record)
        starts = [*(cell.start(1) for cell in cells), len(record)]
        at = starts[min(column, len(starts) - 1)]
        ends = [0, *accumulate(map(len, lines[:-1]))]
        line = bisect_right(ends, at) - 1
        return Location(line=first + line + 1, column=at - ends[line] + 1)


def read_records(model: Delimited, comma: bool) -> SheetCells | Refusal:
    """All cells of a file; row i is record i + 1, also where it is blank. `comma`: figures have a decimal comma."""
    codes = _KNOWN[comma]
    csv.field_size_limit(limits.CELL_TEXT)
    lines = io.TextIOWrapper(io.BytesIO(model.text), "utf-8", newline="")
    reader = csv.reader(lines, delimiter=model.dialect.delimiter)
    blocks = [np.empty(0, np.int32)]
    lengths: list[int] = []
    try:
        while rows := list(islice(reader, _BLOCK)):
            if model.dialect.declared and not lengths:
                rows[0] = []  # keeps its number, holds nothing
            problem = _follow(model, len(lengths), rows, line_num=reader.line_num)
            if problem:
                return problem
            widths = list(map(len, rows))
            lengths += widths
            blocks.append(np.fromiter(map(codes.__getitem__, chain.from_iterable(rows)), np.int32, sum(widths)))
        return codes.cells(_laid_out(lengths, np.concatenate(blocks)))
    except csv.Error:
        reason = f"a cell has more than {limits.CELL_TEXT:,} characters"
        help = "split the file, or mend the quotes"
        return Refusal("limit", reason, help, line=reader.line_num, limit="CELL_TEXT")
    finally:
        codes.forget()


def _laid_out(lengths: list[int], codes: NDArray[np.int32]) -> NDArray[np.int32]:
    """The codes of all cells as a grid; blank records at the end are none."""
    while lengths and not lengths[-1]:
        lengths.pop()
    shape = len(lengths), max(lengths, default=0)
    if len(codes) == shape[0] * shape[1]:
        return codes.reshape(shape)
    grid = np.zeros(shape, np.int32)
    grid[np.arange(shape[1]) < np.array(lengths, np.int32)[:, None]] = codes
    return grid


class _Codes(dict[str, int]):
    """Text to its code in SheetCells; a figure is a number if its text can be written again from it.

    Figures are known again from file to file, so that many small files cost little; words never are, so that no file's
    words can be met in another's.
    """

    def __init__(self, comma: bool) -> None:
        self.comma = comma
        self.words: list[str | None] = [None]
        self.numbers, self.decimals = array("d"), array("b")

    def forget(self) -> None:
        """Forget the words of a file that was read, and its figures too where they are many."""
        if len(self.numbers) > _SHARED:
            self.clear()
            self.numbers, self.decimals = array("d"), array("b")
        for word in self.words[1:] if self else ():
            self.pop(str(word), None)
        self.words = [None]

    def cells(self, code: NDArray[np.int32]) -> SheetCells:
        """The cells that were given these codes."""
        decimals = np.array(self.decimals, np.int8)
        return SheetCells(code, self.words, np.array(self.numbers), decimals=decimals)

    def __missing__(self, text: str) -> int:
        if len(self) > _REMEMBERED:
            self.clear()
        figure = _figure(text) if text[:1] in "-0123456789" else None
        if figure and not (self.comma and figure[1]):
            self.numbers.append(figure[0])
            self.decimals.append(figure[1])
            code = -len(self.numbers)
        else:
            code = len(self.words)
            self.words.append(text)
        self[text] = code
        return code


_KNOWN = (_Codes(comma=False), _Codes(comma=True))


def _figure(text: str) -> tuple[float, int] | None:
    """Value and decimals of a text that both give back: -12, 12.50; not 012, 1,200 or more digits than are exact."""
    if len(text) > 17 or not _PLAIN.fullmatch(text) or len(text) - text.count("-") - text.count(".") > 15:
        return None
    return float(text), len(text.partition(".")[2])


def _follow(model: Delimited, before: int, rows: Sequence[Sequence[str]], line_num: int) -> Refusal | None:
    """Notes the lines on which records start, once one has several; or the quote that opened and never closed.

    An open quote swallows whole lines. The next quote then closes the cell in mid-text, or none does: both are
    errors in strict reading. Only records of several lines are read strictly: stray quotes within a line do no harm.
    """
    line = model.starts.pop() if model.starts else before
    if line_num - line == len(rows):
        if model.starts:
            model.starts.extend(range(line, line_num + 1))
        return None
    if not model.starts:
        model.starts.extend(range(line))
    for row in rows:
        model.starts.append(line)
        count = 1 + sum(cell.count("\r") + cell.count("\n") - cell.count("\r\n") for cell in row)
        if count > 1 and not _is_strict(model, line, count):
            reason = f"a quote in line {line + 1} is not closed before line {line + count}"
            return Refusal("file", reason, "close the quote, or double it", line=line + 1)
        line += count
    model.starts.append(line)
    return None


def _is_strict(model: Delimited, line: int, count: int) -> bool:
    lines = model.text_of(line, line + count)
    try:
        return bool(list(csv.reader(lines, delimiter=model.dialect.delimiter, strict=True)))
    except csv.Error:
        return False
