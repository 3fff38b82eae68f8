"""CSV files: text to one Sheet whose rows are the records, with what had to be guessed."""

from __future__ import annotations

from wpmi_lint.carried.delimited import WAYS, look
from wpmi_lint.carried.ways import Inspection
from wpmi_lint.formats.contract import Reader, unread
from wpmi_lint.model import Document, Refusal, Sheet
from wpmi_lint.package import limits
from wpmi_lint.package.delimited import Delimited, read_records
from wpmi_lint.package.text import decode, find_dialect, text_has_decimal_comma


def open_csv(path: str, data: bytes) -> Document:
    """A CSV file as one Sheet; row i is record i + 1, also where it is blank."""
    text = decode(data)
    words = text.words
    if text.problem:
        return unread(path, Refusal("file", text.problem, "save it as CSV in UTF-8", line=text.line))
    if not words.strip():
        return unread(path, Refusal("file", "it is empty", "give a file that has a table"))
    dialect = find_dialect(words)
    if words.count(dialect.delimiter) + words.count("\n") > limits.CELLS:
        reason = f"it has more than {limits.CELLS:,} cells"
        return unread(path, Refusal("limit", reason, "split it into several files", limit="CELLS"))
    comma = text_has_decimal_comma(words, dialect.delimiter)
    is_plain = text.encoding == "UTF-8" and not data.startswith(b"\xef\xbb\xbf")
    model = Delimited(data if is_plain else words.encode(), dialect)
    cells = read_records(model, comma)
    if isinstance(cells, Refusal):
        return unread(path, cells)
    width = cells.shape[1]
    if width > limits.COLUMNS:
        reason = f"it has more than {limits.COLUMNS:,} columns"
        return unread(path, Refusal("limit", reason, "give a table for people", limit="COLUMNS"))
    return Document(
        path=path,
        format="csv",
        sha256="",
        data=data,
        sheets=(Sheet("", cells, width, decimal_comma=comma),),
        remarks=(text.remark,) if text.remark else (),
        encoding=text.encoding,
        model=model,
    )


READER = Reader(
    claims=lambda *_: True,
    open=open_csv,
    place=lambda document, _, row, column: document.model.place(row, column),
    carried=(Inspection(WAYS, look),),
)
