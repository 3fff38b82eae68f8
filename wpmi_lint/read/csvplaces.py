"""Physical lines and columns of the fields of a CSV file."""

from __future__ import annotations

import csv
import io

from wpmi_lint.model import Location
from wpmi_lint.read import limits
from wpmi_lint.read.dialect import find_dialect
from wpmi_lint.read.text import decode


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
    if len(lines) == 1 and '"' not in lines[0]:
        starts = [0]
        for field in lines[0].rstrip("\r\n").split(delimiter):
            starts.append(starts[-1] + len(field) + 1)
        return [(0, start) for start in starts[:-1]] + [(0, starts[-1] - 1)]
    found = [(0, 0)]
    quoted, first = False, True  # first: at the first character of a field
    for line, words in enumerate(lines):
        for char, letter in enumerate(words):
            if letter in "\r\n" and not quoted:
                return [*found, (line, char)]
            if letter == '"' and (first or quoted):
                quoted = not quoted  # a doubled quote closes and opens again
            first = letter == delimiter and not quoted
            if first:
                found.append((line, char + 1))
    return [*found, (len(lines) - 1, len(lines[-1]))] if lines else found
