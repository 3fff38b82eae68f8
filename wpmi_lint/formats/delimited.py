"""CSV files: text to one Sheet whose rows are the records, with what had to be guessed."""

from __future__ import annotations

from wpmi_lint.carried.delimited import WAYS, look
from wpmi_lint.carried.inspection import Inspection
from wpmi_lint.formats.contract import Reader, unread
from wpmi_lint.model import Document, Location, Refusal, Remark, Sheet
from wpmi_lint.package import limits
from wpmi_lint.package.delimited import Delimited, read_records
from wpmi_lint.package.dialect import find_dialect, text_has_decimal_comma
from wpmi_lint.package.text import decode
from wpmi_lint.records import NamedTuple


class _Text(NamedTuple):
    """What is known of a file before its cells are read."""

    model: Delimited
    comma: bool
    encoding: str
    remarks: tuple[Remark, ...]


def open_csv(path: str, data: bytes) -> Document:
    """A CSV file as one Sheet; row i is record i + 1, also where it is blank."""
    text = _text(data)
    if isinstance(text, Refusal):
        return unread(path, text)
    cells = read_records(text.model, text.comma)
    if isinstance(cells, Refusal):
        return unread(path, cells)
    width = cells.shape[1]
    if width > limits.COLUMNS:
        reason = f"it has more than {limits.COLUMNS:,} columns"
        return unread(path, Refusal("limit", reason, "give a table for people", limit="COLUMNS"))
    sheet = Sheet("", cells, width, decimal_comma=text.comma)
    return Document(path, "csv", "", data, (sheet,), text.remarks, text.encoding, model=text.model)


def _text(data: bytes) -> _Text | Refusal:
    """The text of a file and how it is written, or why it is not to be read."""
    text = decode(data)
    if text.problem:
        return Refusal("file", text.problem, "save it as CSV in UTF-8", line=text.line)
    if not text.words.strip():
        return Refusal("file", "it is empty", "give a file that has a table")
    dialect = find_dialect(text.words)
    if text.words.count(dialect.delimiter) + text.words.count("\n") > limits.CELLS:
        reason = f"it has more than {limits.CELLS:,} cells"
        return Refusal("limit", reason, "split it into several files", limit="CELLS")
    comma = text_has_decimal_comma(text.words, dialect.delimiter)
    remarks = (text.remark,) if text.remark else ()
    plain = data if text.encoding == "UTF-8" and not data.startswith(b"\xef\xbb\xbf") else text.words.encode()
    return _Text(Delimited(plain, dialect), comma, text.encoding, remarks)


def place(document: Document, sheet: int, row: int, column: int) -> Location:
    """Line and column of a field, 1-based, in characters."""
    del sheet
    found = document.model.place(row, column)
    return Location(*found) if found else Location()


READER = Reader(claims=lambda *_: True, open=open_csv, place=place, carried=(Inspection(WAYS, look),))
