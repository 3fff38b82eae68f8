"""CSV: what a reader of the table does not see, and what a spreadsheet would run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.carried.ways import item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Document, Raw

_GAP = 20  # blank records: a reader who sees so many does not scroll on
_PAD = b" " * 40
_BEFORE = b',;\t|\n\r"\xbf'  # what stands before the first character of a cell
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
    data = document.data
    if document.encoding.lower().startswith("utf-16"):
        data = data.decode("utf-16", "replace").encode()
    rows = document.sheets[0].rows if document.sheets else ()
    yield from _extra_columns(rows)
    yield from _rows_after(rows)
    yield from _comments(rows, data)
    yield from _runs(data)
    yield from _pads(data)
    yield from _controls(data)


def _filled(row: Sequence[Raw]) -> int:
    """How far the cells of a record go."""
    end = len(row)
    while end and not str(row[end - 1] or "").strip():
        end -= 1
    return end


def _is_figure(cell: Raw) -> bool:
    return str(cell or "").strip(" £$€%").replace(",", "").replace(".", "", 1).lstrip("-").isdigit()


def _extra_columns(rows: Sequence[Sequence[Raw]]) -> Iterator[Hidden]:
    """Values right of the last header, in the records that follow it without a blank one between."""
    at = next((i for i in range(min(len(rows) - 2, 20)) if _is_header(rows, i)), None)
    if at is None:
        return
    width = _filled(rows[at])
    if max(map(len, rows)) <= width:
        return
    found: list[tuple[int, Raw]] = []
    for i in range(at + 1, len(rows)):
        row = rows[i]
        if len(row) > width:
            found += [(i, cell) for cell in row[width:] if str(cell or "").strip()]
        elif not row:
            break
    if found:
        words = tuple(dict.fromkeys(str(cell)[:300] for _, cell in found[:200]))
        where = f"record {found[0][0] + 1}: {len(found)} values after column {width}"
        yield item("extra-columns", where, sum(_is_figure(cell) for _, cell in found), words=words)


def _is_header(rows: Sequence[Sequence[Raw]], at: int) -> bool:
    """A record of words alone, each filled, with figures under them in the two records that follow."""
    width = _filled(rows[at])
    if width < 2 or any(_is_figure(cell) or not str(cell or "").strip() for cell in rows[at][:width]):
        return False
    return all(any(_is_figure(c) and not _YEAR.match(str(c)) for c in rows[i][1:width]) for i in (at + 1, at + 2))


def _rows_after(rows: Sequence[Sequence[Raw]]) -> Iterator[Hidden]:
    """Records after a long run of blank ones."""
    if sum(1 for row in rows if not row or (not row[0] and not any(row))) < _GAP:
        return
    blank, seen = 0, False
    for i, row in enumerate(rows):
        if row and any(row):
            if seen and blank >= _GAP and _filled(row):
                left = [cell for later in rows[i:] for cell in later if str(cell or "").strip()]
                where = f"record {i + 1}: {len(left)} values after {blank} blank records"
                words = tuple(dict.fromkeys(str(cell)[:300] for cell in left[:200]))
                yield item("rows-after-table", where, sum(map(_is_figure, left)), words=words)
                return
            blank, seen = 0, True
        else:
            blank += 1


def _comments(rows: Sequence[Sequence[Raw]], data: bytes) -> Iterator[Hidden]:
    """Lines that some programs drop as comments, and directives."""
    first = data[:64].lstrip(b"\xef\xbb\xbf").lstrip()
    if first[:4].lower() == b"sep=":
        yield item("comment-lines", "record 1: sep= line", telling=False)
    if b"#" not in data and b"//" not in data:
        return
    found = [str(row[0]) for row in rows if row and str(row[0] or "").startswith(("#", "//")) and _filled(row) == 1]
    found = [text for text in found if re.match(r"(?:#|//)\s*\w", text)]
    if found:
        yield item("comment-lines", f"{len(found)} lines", words=tuple(text[:300] for text in found[:200]))


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
