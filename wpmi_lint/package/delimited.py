"""The records of a CSV file: its cells as columns, and the line on which each record starts."""

from __future__ import annotations

import csv
import io
import re
from array import array
from functools import cached_property
from itertools import accumulate, chain, islice, pairwise
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Refusal
from wpmi_lint.package import limits
from wpmi_lint.sheetcells import SheetCells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from wpmi_lint.package.dialect import Dialect

_BLOCK = 2048  # records read at a time
_REMEMBERED = 1 << 18  # distinct cells that are known again: bounds the memory while a file is read
_SHARED = 1 << 14  # and from one file to the next
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


class Delimited:
    """Where the records of a CSV file stand in its text; its lines are looked for when a place is asked for."""

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

    def record(self, row: int) -> tuple[int, list[str]]:
        """The first line of a record, 0-based, and its lines; no lines where there is no such record."""
        first, last = (self.starts[row], self.starts[row + 1]) if self.starts else (row, row + 1)
        ends = self.lines[first : last + 1].tolist()
        return first, [self.text[at:end].decode() for at, end in pairwise(ends)]

    def place(self, row: int, column: int) -> tuple[int, int] | None:
        """Line and column of a cell, 1-based, in characters: of its quote, if it has one; the record's end where it
        has fewer cells."""
        if row + 1 >= (len(self.starts) or len(self.lines)):
            return None
        first, lines = self.record(row)
        record = "".join(lines)
        end = len(record.rstrip("\r\n"))
        starts = [*_cell_starts(record, end, self.dialect.delimiter), end]
        at = starts[min(column, len(starts) - 1)]
        ends = [0, *accumulate(map(len, lines))]
        line = max(i for i, start in enumerate(ends[:-1]) if start <= at)
        return first + line + 1, at - ends[line] + 1


def _cell_starts(record: str, end: int, delimiter: str) -> Iterator[int]:
    at = 0
    while True:
        yield at
        at = record.find(delimiter, _closing(record, at, end)) + 1
        if not 0 < at <= end:
            return


def _closing(record: str, at: int, end: int) -> int:
    """Where a cell that starts at `at` may first be ended: after its closing quote, if it has one."""
    if record[at : at + 1] != '"':
        return at
    close = record.find('"', at + 1)
    while close >= 0 and record[close + 1 : close + 2] == '"':  # a doubled quote is part of the cell
        close = record.find('"', close + 2)
    return close + 1 if close >= 0 else end


def read_records(model: Delimited, comma: bool) -> SheetCells | Refusal:
    """All cells of a file; row i is record i + 1, also where it is blank. `comma`: figures have a decimal comma."""
    codes = _KNOWN[comma]
    try:
        return _read(model, codes)
    finally:
        codes.forget()


def _read(model: Delimited, codes: _Codes) -> SheetCells | Refusal:
    csv.field_size_limit(limits.CELL_TEXT)
    lines = io.TextIOWrapper(io.BytesIO(model.text), "utf-8", newline="")
    reader = csv.reader(lines, delimiter=model.dialect.delimiter)
    blocks: list[NDArray[np.int32]] = []
    lengths: list[int] = []
    try:
        while rows := list(islice(reader, _BLOCK)):
            if model.dialect.declared and not lengths:
                rows[0] = []  # keeps its number, says nothing
            problem = _follow(model, len(lengths), rows, reader.line_num)
            if problem:
                return problem
            widths = list(map(len, rows))
            lengths += widths
            blocks.append(np.fromiter(map(codes.__getitem__, chain.from_iterable(rows)), np.int32, sum(widths)))
    except csv.Error:
        reason = f"a cell has more than {limits.CELL_TEXT:,} characters"
        help = "split the file, or mend the quotes"
        return Refusal("limit", reason, help, line=reader.line_num, limit="CELL_TEXT")
    return _cells(np.array(lengths, np.int32), blocks, codes)


def _cells(lengths: NDArray[np.int32], blocks: Sequence[NDArray[np.int32]], codes: _Codes) -> SheetCells:
    there = np.flatnonzero(lengths)
    lengths = lengths[: there[-1] + 1 if len(there) else 0]  # blank records at the end are none
    width = int(lengths.max(initial=0))
    flat = np.concatenate([*blocks, np.empty(0, np.int32)])
    if len(flat) == len(lengths) * width:
        code = flat.reshape(len(lengths), width)
    else:
        code = np.zeros((len(lengths), width), np.int32)
        code[np.arange(width) < lengths[:, None]] = flat
    return codes.cells(code)


class _Codes(dict[str, int]):
    """Text to its code in SheetCells; a figure is a number if its text can be written again from it.

    Figures are known again from file to file, so that many small files cost little.
    """

    def __init__(self, comma: bool) -> None:
        self.comma = comma
        self.words: list[str | None] = [None]
        self.numbers, self.decimals = array("d"), array("b")

    def forget(self) -> None:
        """Forget the words of a file that was read, and its figures too where they are many."""
        if len(self) > _SHARED:
            self.clear()
            self.numbers, self.decimals = array("d"), array("b")
        for word in self.words[1:] if self else ():
            self.pop(str(word), None)
        self.words = [None]

    def cells(self, code: NDArray[np.int32]) -> SheetCells:
        """The cells that were given these codes."""
        return SheetCells(code, self.words, np.array(self.numbers), np.array(self.decimals, np.int8))

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
    ends = model.lines[line : line + count + 1].tolist()
    lines = [model.text[at:end].decode() for at, end in pairwise(ends)]
    try:
        return bool(list(csv.reader(lines, delimiter=model.dialect.delimiter, strict=True)))
    except csv.Error:
        return False
