"""CSV files: text to one Sheet whose rows are the records, with what had to be guessed."""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from typing import TYPE_CHECKING

from wpmi_lint.carried.delimited import WAYS, look
from wpmi_lint.carried.inspection import Inspection
from wpmi_lint.formats.contract import Reader, unread
from wpmi_lint.model import Document, Refusal, Remark, Sheet
from wpmi_lint.package import limits
from wpmi_lint.package.dialect import Dialect, find_dialect, has_decimal_comma
from wpmi_lint.package.text import decode
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from wpmi_lint.model import Location
    from wpmi_lint.package.csvplaces import CsvPlaces


def open_csv(path: str, data: bytes) -> Document:
    """A CSV file as one Sheet; row i is record i + 1, also where a record is blank."""
    text = decode(data)
    if text.problem:
        return unread(path, Refusal("file", text.problem, "save it as CSV in UTF-8", line=text.line))
    words = text.words
    if not words.strip():
        return unread(path, Refusal("file", "it is empty", "give a file that has a table"))
    dialect = find_dialect(words)
    problem = too_many(words, dialect.delimiter)
    if problem:
        return unread(path, problem)
    records = parse(words, dialect)
    if isinstance(records, Refusal):
        return unread(path, records)
    rows = records.rows
    width = max(map(len, rows), default=0)
    if width > limits.COLUMNS:
        reason = f"it has more than {limits.COLUMNS:,} columns"
        return unread(path, Refusal("limit", reason, "give a table for people", limit="COLUMNS"))
    open_quote = swallowed(words, records, dialect)
    if open_quote:
        return unread(path, open_quote)
    comma = has_decimal_comma(words, dialect.delimiter)
    sheet = Sheet("", rows, width, decimal_comma=comma)
    remarks = [text.remark] if text.remark else []
    if comma:
        remarks.append(Remark("figures are read with a decimal comma: 1.234,5"))
    return Document(path, "csv", "", data, (sheet,), tuple(remarks), text.encoding)


def too_many(words: str, delimiter: str) -> Refusal | None:
    """The refusal where a file would have too many cells, before any is made."""
    if words.count(delimiter) + words.count("\n") <= limits.CELLS:
        return None
    return Refusal("limit", f"it has more than {limits.CELLS:,} cells", "split it into several files", limit="CELLS")


class Records(NamedTuple):
    """The records of a file and how many line breaks stand inside cells."""

    rows: list[list[str]]
    broken: int


def parse(words: str, dialect: Dialect) -> Records | Refusal:
    """All records; or what is wrong, with the line."""
    csv.field_size_limit(limits.CELL_TEXT)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=dialect.delimiter)
    try:
        rows = list(reader)
    except csv.Error:
        reason = f"a cell has more than {limits.CELL_TEXT:,} characters"
        help = "split the file, or mend the quotes"
        return Refusal("limit", reason, help, line=reader.line_num, limit="CELL_TEXT")
    broken = reader.line_num - len(rows)
    if dialect.declared:
        rows[0] = []  # keeps its number, says nothing
    while rows and not rows[-1]:
        rows.pop()
    return Records(rows, broken)


def swallowed(words: str, records: Records, dialect: Dialect) -> Refusal | None:
    """A quote that was opened and not closed, so that whole lines stand inside one cell.

    The next quote then closes the cell in mid-text, or none does: both are errors in strict reading. Only records of
    several lines are read strictly: stray quotes within a line do no harm.
    """
    if not records.broken:
        return None
    lines = io.StringIO(words, newline="").readlines()
    line = 0
    for row in records.rows:
        whole = "".join(row)
        count = 1 + (_breaks(whole) if "\n" in whole or "\r" in whole else 0)
        if count > 1 and not _is_strict(lines[line : line + count], dialect.delimiter):
            reason = f"a quote in line {line + 1} is not closed before line {line + count}"
            return Refusal("file", reason, "close the quote, or double it", line=line + 1)
        line += count
    return None


def _breaks(cell: str) -> int:
    """Line breaks inside a cell, counted as the lines of the file are."""
    return cell.count("\r") + cell.count("\n") - cell.count("\r\n")


def _is_strict(lines: list[str], delimiter: str) -> bool:
    try:
        return bool(list(csv.reader(lines, delimiter=delimiter, strict=True)))
    except csv.Error:
        return False


def place(document: Document, sheet: int, row: int, column: int) -> Location:
    """Line and column of a field, 1-based, in characters."""
    del sheet
    return _places(document.data).place(row, column)


@lru_cache(maxsize=1)
def _places(data: bytes) -> CsvPlaces:
    from wpmi_lint.package.csvplaces import CsvPlaces

    return CsvPlaces(data)


READER = Reader(claims=lambda *_: True, open=open_csv, place=place, carried=(Inspection(WAYS, look),))
