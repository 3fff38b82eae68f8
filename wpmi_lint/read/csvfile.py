"""CSV files: text to one Sheet whose rows are the records, with what had to be guessed."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from wpmi_lint.model import Document, Remark, Sheet, Unreadable
from wpmi_lint.read import limits
from wpmi_lint.read.dialect import Dialect, find_dialect, has_decimal_comma
from wpmi_lint.read.text import decode

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    rows = parse(words, dialect)
    if isinstance(rows, Remark):
        return Unreadable(path, rows.words, "split the file, or mend the quotes", rows.line, sha256)
    width = max(map(len, rows), default=0)
    if width > limits.COLUMNS:
        return Unreadable(path, f"it has more than {limits.COLUMNS:,} columns", "give a table for people", None, sha256)
    open_quote = swallowed(words, rows, dialect)
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


def parse(words: str, dialect: Dialect) -> list[list[str]] | Remark:
    """All records; or what is wrong, with the line."""
    csv.field_size_limit(limits.CELL_TEXT)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=dialect.delimiter)
    try:
        rows = list(reader)
    except csv.Error:
        return Remark(f"a cell has more than {limits.CELL_TEXT:,} characters", reader.line_num)
    if dialect.declared:
        rows[0] = []  # keeps its number, says nothing
    while rows and not rows[-1]:
        rows.pop()
    return rows


def swallowed(words: str, rows: Sequence[Sequence[str]], dialect: Dialect) -> Remark | None:
    """A quote that was opened and not closed, so that whole lines stand inside one cell."""
    if '"' not in words:
        return None
    line = 1
    usual = 0
    for number, row in enumerate(rows):
        breaks = sum(map(_breaks, row)) if row else 0
        if breaks:
            usual = usual or _usual_width(rows)
            cell = next(cell for cell in row if _breaks(cell))
            at_end = number == len(rows) - 1 and cell is row[-1] and _unclosed(words, cell)
            if at_end or (len(row) != usual and _holds_rows(cell, usual, dialect.delimiter)):
                return Remark(f"a quote in line {line} is not closed before line {line + breaks}", line)
        line += 1 + breaks
    return None


def _breaks(cell: str) -> int:
    """Line breaks inside a cell."""
    if "\r" in cell:
        return cell.count("\r") + cell.count("\n") - cell.count("\r\n")
    return cell.count("\n")


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    widths: dict[int, int] = {}
    for row in rows:
        widths[len(row)] = widths.get(len(row), 0) + 1
    return max(widths, key=lambda width: (widths[width] * (width > 1), width))


def _holds_rows(cell: str, usual: int, delimiter: str) -> bool:
    return usual > 1 and any(line.count(delimiter) == usual - 1 for line in cell.splitlines()[1:])


def _unclosed(words: str, cell: str) -> bool:
    """Whether the file ends inside the quotes of its last cell."""
    tail = words[-(2 * len(cell) + 10) :]
    start = tail.rfind('"' + cell.replace('"', '""'))
    if start < 0:
        return not words.rstrip().endswith('"')
    return not tail[start + 1 + len(cell.replace('"', '""')) :].startswith('"')
