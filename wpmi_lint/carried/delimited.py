"""CSV: what a reader of the table does not see, and what a spreadsheet would run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.carried.ways import item
from wpmi_lint.sheetcells import cells_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Document, Raw
    from wpmi_lint.sheetcells import SheetCells

_GAP = 20  # blank records: a reader who sees so many does not scroll on
_PAD = b" " * 40
_BEFORE = b',;\t|\n\r"\xbf'  # what stands before the first character of a cell
_HEAD = 20  # records among which a header is looked for
_COMMENT = re.compile(r"(?:#|//)\s*\w")
_YEAR = re.compile(r"^(?:19|20)\d\d(?:\d\d)?$")
_RUNS = (  # where to look, and what must stand there; ="0012" only keeps the zeros of a code
    (rb"=(?=[^\s,;|=])", rb'=(?!"*\d[\d.]*"*(?:[,;\t|\r\n]|$))[^,;\t|\r\n]*'),
    (rb"@(?=[A-Za-z.])", rb"@[A-Za-z.]+\("),
    (rb"\+(?=[A-Za-z0-9@=(])", rb"\+[^,;\t|\r\n\"]{0,80}?(?:[A-Za-z]\(|\||!)"),
    (rb"-(?=[A-Za-z@=(])", rb"-[^,;\t|\r\n\"]{0,80}?(?:[A-Z]\([^)]*\)\s*(?:[,;\t\"\r\n]|$)|[A-Za-z]\||!)"),
)
_UNSEEN = (b"\xe2\x80\x8b", b"\xe2\x80\x8c", b"\xe2\x80\xae", b"\xe2\x80\xad", b"\xe2\x81\xa0", b"\xef\xbb\xbf")
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])


WAYS = (
    "extra-columns", "rows-after-table", "comment-lines", "formula-injection", "padded-cells", "control-characters",
)  # fmt: skip


def look(document: Document) -> Iterator[Hidden]:
    """Everything that a CSV file carries beside its table; all of it costs less than choosing."""
    sheet = document.sheets[0]
    cells, data = cells_of(sheet.rows, sheet.width), document.data
    if document.encoding.lower().startswith("utf-16"):
        data = data.decode("utf-16", "replace").encode()
    yield from _extra_columns(cells)
    yield from _rows_after(cells)
    yield from _comments(cells, data)
    yield from _runs(data)
    yield from _pads(data)
    yield from _controls(data)


def _extra_columns(cells: SheetCells) -> Iterator[Hidden]:
    """Values right of the last header, in the records that follow it without a blank one between."""
    at = next((at for at in cells[: len(cells) - 2].wordy(_HEAD) if _is_header(cells, at)), None)
    if at is None:
        return
    width = _filled(cells[at])
    if cells.shape[1] == width:
        return
    lengths = cells.filled()[at + 1 :]
    last = int(np.argmin(lengths)) if not lengths.all() else len(lengths)
    found = [
        (row, words)
        for row in (np.flatnonzero(lengths[:last] > width) + at + 1).tolist()
        for words in map(_words, cells[row][width:])
        if words
    ]
    if found:
        where = f"record {found[0][0] + 1}: {len(found)} values after column {width}"
        values = [words for _, words in found]
        yield item("extra-columns", where, sum(map(_is_figure, values)), words=_samples(values))


def _is_header(cells: SheetCells, at: int) -> bool:
    """A record of words alone, each filled, with figures under them in the two records that follow."""
    head = cells[at]
    width = _filled(head)
    if width < 2 or not all(map(_words, head[:width])) or any(map(_is_figure, map(_words, head[:width]))):
        return False
    below = (map(_words, cells[row][1:width]) for row in (at + 1, at + 2))
    return all(any(_is_figure(words) and not _YEAR.match(words) for words in row) for row in below)


def _rows_after(cells: SheetCells) -> Iterator[Hidden]:
    """Records after a long run of blank ones, the first records of the file left out."""
    if len(cells) <= _GAP:
        return
    empty = cells.words.index("") if "" in cells.words else 0
    filled = ((cells.code != 0) & (cells.code != empty)).any(axis=1).nonzero()[0]
    gaps = filled[1:] - filled[:-1] - 1
    for after in (gaps >= _GAP).nonzero()[0].tolist():
        row = int(filled[after + 1])
        if not any(map(_words, cells[row])):
            continue
        left = [words for later in cells[row:] for words in map(_words, later) if words]
        where = f"record {row + 1}: {len(left)} values after {gaps[after]} blank records"
        yield item("rows-after-table", where, sum(map(_is_figure, left)), words=_samples(left))
        return


def _comments(cells: SheetCells, data: bytes) -> Iterator[Hidden]:
    """Lines that some programs drop as comments, and directives."""
    first = data[:64].lstrip(b"\xef\xbb\xbf").lstrip()
    if first[:4].lower() == b"sep=":
        yield item("comment-lines", "record 1: sep= line", telling=False)
    if not cells.shape[1] or (b"#" not in data and b"//" not in data):
        return
    alone = [words for words, row in zip(map(_words, cells.column(0)), cells, strict=True)
             if _COMMENT.match(words) and not any(map(_words, row[1:]))]  # fmt: skip
    if alone:
        yield item("comment-lines", f"{len(alone)} lines", words=_samples(alone))


def _words(raw: Raw) -> str:
    return str(raw or "").strip()


def _samples(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words[:300] for words in texts[:200]))


def _filled(row: Sequence[Raw]) -> int:
    """How far the cells of a record go."""
    end = len(row)
    while end and not _words(row[end - 1]):
        end -= 1
    return end


def _is_figure(words: str) -> bool:
    return words.strip("£$€% ").replace(",", "").replace(".", "", 1).lstrip("-").isdigit()


def _runs(data: bytes) -> Iterator[Hidden]:
    """Cells that a spreadsheet takes for formulas."""
    cells: list[str] = []
    for sign, pattern in _RUNS:
        for match in re.finditer(sign, data):
            at = match.start()
            if at and data[at - 1] not in _BEFORE:
                continue
            if found := re.compile(pattern).match(data, at):
                cells.append(found.group(0)[:300].decode("utf-8", "replace"))
    if cells:
        yield item("formula-injection", f"{len(cells)} cells", words=tuple(cells[:200]))


def _pads(data: bytes) -> Iterator[Hidden]:
    """Cells with text far to the right of other text."""
    if _PAD not in data:
        return
    found = re.findall(rb"[^,;\t|\r\n\" ] {40,}([^ ,;\t|\r\n\"][^,;\t|\r\n\"]*)", data)
    if found:
        yield item("padded-cells", f"{len(found)} cells", words=tuple(text.decode("utf-8", "replace")[:300]
                                                                     for text in found[:200]))  # fmt: skip


def _controls(data: bytes) -> Iterator[Hidden]:
    """Characters that no program shows; a second byte order mark tells nothing."""
    body = data.lstrip(b"\xef\xbb\xbf")
    marks = len(data) - len(body)
    count = sum(body.count(mark) for mark in _UNSEEN if mark in body) + len(body) - len(body.translate(None, _CONTROLS))
    if count or marks > 3:
        yield item("control-characters", f"{count or marks // 3 - 1} characters", telling=count > 0)
