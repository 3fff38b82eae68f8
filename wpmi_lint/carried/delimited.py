"""CSV: what a reader of the table does not see, and what a spreadsheet would run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.carried.ways import item, sample
from wpmi_lint.sheetcells import cells_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Document, Raw
    from wpmi_lint.sheetcells import SheetCells

WAYS = (
    *("extra-columns", "rows-after-table", "comment-lines"),
    *("formula-injection", "padded-cells", "control-characters"),
)
_GAP = 20  # blank records: a reader who sees so many does not scroll on
_HEAD = 20  # records among which a header is looked for
_COMMENT = re.compile(r"(?:#|//)\s*\w")
_YEAR = re.compile(r"^(?:19|20)\d\d(?:\d\d)?$")
_START = rb'%b(?<![^,;\t|\n\r"]%b)(?=(%b))'  # a sign that begins a cell, and what comes after it
_RUNS = {  # what follows the first character of a formula; ="0012" only keeps the zeros of a code
    b"=": rb'(?![\s,;|=])(?!"*\d[\d.]*"*(?:[,;\t|\r\n]|$))[^,;\t|\r\n]+',
    b"@": rb"[A-Za-z.]+\(",
    b"+": rb"(?=[A-Za-z0-9@=(])[^,;\t|\r\n\"]{0,80}?(?:[A-Za-z]\(|\||!)",
    b"-": rb"(?=[A-Za-z@=(])[^,;\t|\r\n\"]{0,80}?(?:[A-Z]\([^)]*\)\s*(?:[,;\t\"\r\n]|$)|[A-Za-z]\||!)",
}
_PAD = b" " * 40
_PADDED = rb"[^,;\t|\r\n\" ] {40,}([^ ,;\t|\r\n\"][^,;\t|\r\n\"]*)"
_MARK = b"\xef\xbb\xbf"
_UNSEEN = (b"\xe2\x80\x8b", b"\xe2\x80\x8c", b"\xe2\x80\xae", b"\xe2\x80\xad", b"\xe2\x81\xa0", _MARK)
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])


def look(document: Document) -> Iterator[Hidden]:
    """Everything that a CSV file carries beside its table; all of it costs less than choosing."""
    sheet, model = document.sheets[0], document.model
    cells, text = cells_of(sheet.rows, sheet.width), model.text if model else b""  # an example's rows have no text
    if model and model.dialect.declared:
        yield item("comment-lines", "record 1: sep= line", telling=False)
    yield from _extra_columns(cells)
    yield from _rows_after(cells)
    if b"#" in text or b"//" in text:
        yield from _comments(cells)
    yield from _runs(text)
    yield from _pads(text)
    marks = (len(document.data[:64]) - len(document.data[:64].lstrip(_MARK))) // len(_MARK)
    count = sum(map(text.count, _UNSEEN)) + len(text) - len(text.translate(None, _CONTROLS))
    if count or marks > 1:  # a second byte order mark tells a reader nothing
        yield item("control-characters", f"{count or marks - 1} characters", telling=count > 0)


def _extra_columns(cells: SheetCells) -> Iterator[Hidden]:
    """Values right of the last header, in the records that follow it without a blank one between."""
    at = next((at for at in cells[: len(cells) - 2].wordy(_HEAD) if _is_header(cells, at)), None)
    width = cells.shape[1] if at is None else _filled(cells[at])
    if at is None or cells.shape[1] == width:
        return
    lengths = cells.filled()[at + 1 :]
    last = int(np.argmin(lengths)) if not lengths.all() else len(lengths)
    rows = (np.flatnonzero(lengths[:last] > width) + at + 1).tolist()
    values = [(row, words) for row in rows for words in map(_words, cells[row][width:]) if words]
    if values:
        where = f"record {values[0][0] + 1}: {len(values)} values after column {width}"
        yield _values("extra-columns", where, [words for _, words in values])


def _is_header(cells: SheetCells, at: int) -> bool:
    """A record of words alone, each filled, with figures under them in the two records that follow."""
    width = _filled(cells[at])
    head = list(map(_words, cells[at][:width]))
    if width < 2 or not all(head) or any(map(_is_figure, head)):
        return False
    below = ((_words(cells.at(row, col)) for col in range(1, width)) for row in (at + 1, at + 2))
    return all(any(_is_figure(words) and not _YEAR.match(words) for words in row) for row in below)


def _rows_after(cells: SheetCells) -> Iterator[Hidden]:
    """Records after a long run of blank ones, the first records of the file left out."""
    if len(cells) <= _GAP:
        return
    empty = cells.words.index("") if "" in cells.words else 0
    filled = np.flatnonzero(((cells.code != 0) & (cells.code != empty)).any(axis=1))
    gaps = np.diff(filled) - 1
    for after in np.flatnonzero(gaps >= _GAP).tolist():
        row = int(filled[after + 1])
        if any(map(_words, cells[row])):
            left = [words for later in cells[row:] for words in map(_words, later) if words]
            where = f"record {row + 1}: {len(left)} values after {gaps[after]} blank records"
            yield _values("rows-after-table", where, left)
            return


def _comments(cells: SheetCells) -> Iterator[Hidden]:
    """Lines that some programs drop as comments."""
    first = map(_words, cells.column(0) if cells.shape[1] else ())
    alone = [words for words, row in zip(first, cells, strict=False)
             if _COMMENT.match(words) and not any(map(_words, row[1:]))]  # fmt: skip
    if alone:
        yield item("comment-lines", f"{len(alone)} lines", words=sample(alone))


def _runs(text: bytes) -> Iterator[Hidden]:
    """Cells that a spreadsheet takes for formulas."""
    cells = [
        (sign + match[1])[:300].decode("utf-8", "replace")
        for sign, rest in _RUNS.items()
        for match in re.finditer(_START % (re.escape(sign), re.escape(sign), rest), text)
    ]
    if cells:
        yield item("formula-injection", f"{len(cells)} cells", words=tuple(cells[:200]))


def _pads(text: bytes) -> Iterator[Hidden]:
    """Cells with text far to the right of other text."""
    cells = re.findall(_PADDED, text) if _PAD in text else []
    if cells:
        words = tuple(cell.decode("utf-8", "replace")[:300] for cell in cells[:200])
        yield item("padded-cells", f"{len(cells)} cells", words=words)


def _values(way: str, where: str, values: Sequence[str]) -> Hidden:
    return item(way, where, sum(map(_is_figure, values)), words=sample(values))


def _words(raw: Raw) -> str:
    return str(raw or "").strip()


def _filled(row: Sequence[Raw]) -> int:
    """How far the cells of a record go."""
    return max((end for end, raw in enumerate(row, 1) if _words(raw)), default=0)


def _is_figure(words: str) -> bool:
    return words.strip("£$€% ").replace(",", "").replace(".", "", 1).lstrip("-").isdigit()
