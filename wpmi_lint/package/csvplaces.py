"""Physical lines and columns of the fields of a CSV file."""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from itertools import accumulate

from wpmi_lint.model import Location
from wpmi_lint.package import limits
from wpmi_lint.package.dialect import find_dialect
from wpmi_lint.package.text import decode


class CsvPlaces:
    """The lines of a file and the line on which each record starts."""

    def __init__(self, data: bytes) -> None:
        words = decode(data).words
        self.delimiter = find_dialect(words).delimiter
        self.lines = list(io.StringIO(words, newline=""))
        self._row, self._fields = -1, [(0, 0)]
        self.starts = range(len(self.lines) + 1) if '"' not in words else self._starts()

    def place(self, row: int, col: int) -> Location:
        """Where a field starts (its quote, if it has one); the record's end where it has fewer fields."""
        if row + 1 >= len(self.starts):
            return Location()
        start = self.starts[row]
        if row != self._row:  # findings come row by row
            self._row, self._fields = row, _fields(self.lines[start : self.starts[row + 1]], self.delimiter)
        line, char = self._fields[min(col, len(self._fields) - 1)]
        return Location(start + line + 1, char + 1)

    def _starts(self) -> list[int]:
        csv.field_size_limit(limits.CELL_TEXT)
        reader = csv.reader(self.lines, delimiter=self.delimiter)
        return [0, *(reader.line_num for _ in reader)]


def _fields(lines: list[str], delimiter: str) -> list[tuple[int, int]]:
    """Line within a record and character within that line where each field starts, and where the record ends."""
    record = "".join(lines)
    end = len(record.rstrip("\r\n"))
    starts, at = [0], 0
    while (found := record.find(delimiter, _closing(record, at, end))) >= 0 and found < end:
        at = found + 1
        starts.append(at)
    ends = list(accumulate(map(len, lines)))
    lined = [(bisect_right(ends[:-1], place), place) for place in (*starts, end)]
    return [(line, place - (ends[line - 1] if line else 0)) for line, place in lined]


def _closing(record: str, at: int, end: int) -> int:
    """Where a field that starts at `at` may first be ended: after its closing quote, if it has one."""
    if record[at : at + 1] != '"':
        return at
    close = record.find('"', at + 1)
    while close >= 0 and record[close + 1 : close + 2] == '"':  # a doubled quote is part of the field
        close = record.find('"', close + 2)
    return close + 1 if close >= 0 else end
