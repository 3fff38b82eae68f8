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
        self.starts = range(len(self.lines) + 1) if '"' not in words else self._starts()

    def place(self, row: int, col: int) -> Location:
        """Where a field starts (its quote, if it has one); the record's end where it has fewer fields."""
        if row + 1 >= len(self.starts):
            return Location()
        start = self.starts[row]
        at = _field(self.lines[start : self.starts[row + 1]], self.delimiter, col)
        return Location(start + at[0] + 1, at[1] + 1)

    def _starts(self) -> list[int]:
        csv.field_size_limit(limits.CELL_TEXT)
        reader = csv.reader(self.lines, delimiter=self.delimiter)
        return [0, *(reader.line_num for _ in reader)]


def _field(lines: list[str], delimiter: str, col: int) -> tuple[int, int]:
    """Line within a record and character within that line where a field starts."""
    line = char = found = 0
    quoted = False
    first = True  # at the first character of a field
    while line < len(lines) and found < col:
        letter = lines[line][char : char + 1]
        if not letter or (letter in "\r\n" and not quoted):
            if not quoted or line + 1 == len(lines):
                break
            line, char = line + 1, 0
            continue
        if letter == '"' and (first or quoted):
            quoted = not quoted  # a doubled quote closes and opens again
        elif letter == delimiter and not quoted:
            found += 1
        first = letter == delimiter and not quoted
        char += 1
    return line, char
