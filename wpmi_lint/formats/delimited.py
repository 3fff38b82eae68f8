"""CSV files: text to one Sheet whose rows are the records, with what had to be guessed."""

from __future__ import annotations

import csv
import io

from wpmi_lint.model import Document, Remark, Sheet, Unreadable
from wpmi_lint.package import limits
from wpmi_lint.package.dialect import Dialect, find_dialect, has_decimal_comma
from wpmi_lint.package.text import decode
from wpmi_lint.records import NamedTuple


def read_csv(path: str, data: bytes, sha256: str) -> Document | Unreadable:
    """A CSV file as one Sheet; row i is record i + 1, also where a record is blank."""
    text = decode(data)
    if text.problem:
        return Unreadable(path, text.problem, "save it as CSV in UTF-8", text.line, sha256)
    words = text.words
    if not words.strip():
        return Unreadable(path, "it is empty", "give a file that has a table", None, sha256)
    dialect = find_dialect(words)
    problem = too_many(words, dialect.delimiter)
    if problem:
        return Unreadable(path, *problem, None, sha256)
    records = parse(words, dialect)
    if isinstance(records, Remark):
        return Unreadable(path, records.words, "split the file, or mend the quotes", records.line, sha256)
    rows = records.rows
    width = max(map(len, rows), default=0)
    if width > limits.COLUMNS:
        return Unreadable(path, f"it has more than {limits.COLUMNS:,} columns", "give a table for people", None, sha256)
    open_quote = swallowed(words, records, dialect)
    if open_quote:
        return Unreadable(path, open_quote.words, "close the quote, or double it", open_quote.line, sha256)
    comma = has_decimal_comma(words, dialect.delimiter)
    sheet = Sheet("", rows, width, decimal_comma=comma)
    remarks = [text.remark] if text.remark else []
    if comma:
        remarks.append(Remark("figures are read with a decimal comma: 1.234,5"))
    return Document(path, "csv", sha256, data, (sheet,), tuple(remarks), text.encoding)


def too_many(words: str, delimiter: str) -> tuple[str, str] | None:
    """Reason and help where a file would have too many cells, before any is made."""
    if words.count(delimiter) + words.count("\n") <= limits.CELLS:
        return None
    return f"it has more than {limits.CELLS:,} cells", "split it into several files"


class Records(NamedTuple):
    """The records of a file and how many line breaks stand inside cells."""

    rows: list[list[str]]
    broken: int


def parse(words: str, dialect: Dialect) -> Records | Remark:
    """All records; or what is wrong, with the line."""
    csv.field_size_limit(limits.CELL_TEXT)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=dialect.delimiter)
    try:
        rows = list(reader)
    except csv.Error:
        return Remark(f"a cell has more than {limits.CELL_TEXT:,} characters", reader.line_num)
    broken = reader.line_num - len(rows)
    if dialect.declared:
        rows[0] = []  # keeps its number, says nothing
    while rows and not rows[-1]:
        rows.pop()
    return Records(rows, broken)


def swallowed(words: str, records: Records, dialect: Dialect) -> Remark | None:
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
            return Remark(f"a quote in line {line + 1} is not closed before line {line + count}", line + 1)
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
