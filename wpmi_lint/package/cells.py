"""Where the cells of a worksheet part stand and which style each has, found on the raw bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.a1 import column_number
from wpmi_lint.package import limits
from wpmi_lint.package.bytesearch import PAD, number
from wpmi_lint.package.xmlpart import stream
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wpmi_lint.package.bytesearch import Bytes, Ints, Places

_CHUNK = 2**24  # bytes looked at in one go: bounds the memory of the search
_BLOCK = 2**15  # cells whose attributes are read in one go
_REF = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_ERROR = re.compile(rb"<v[^>]*>([^<]{1,40})</v>")


class Cells(NamedTuple):
    """Every cell element of a part: 0-based place, style index, whether it can hold a value; and its errors."""

    rows: Ints
    cols: Ints
    styles: Ints
    filled: NDArray[np.bool_]
    errors: tuple[tuple[int, int, str], ...] = ()  # row, column, "#N/A": the values' reader leaves these out
    shared: int = 0  # cells whose text is one of the workbook's shared strings

    @property
    def height(self) -> int:
        """Rows from the top of the sheet to the last cell that can hold a value."""
        return int(self.rows[self.filled].max(initial=-1)) + 1

    @property
    def width(self) -> int:
        """Columns from the left of the sheet to the last cell that can hold a value."""
        return int(self.cols[self.filled].max(initial=-1)) + 1


def find_cells(part: bytes) -> Cells | str:
    """All cells of a worksheet part (UTF-8), or in one line why it must not be read further.

    Cells written as all common programs write them (`<c r="A1" s="2" t="s">`) are read a column of bytes at a time,
    any other writing an element at a time.
    """
    found = _fast(part)
    cells = _slow(part) if found is None else found
    if isinstance(cells, str):
        return cells
    if cells.rows.size and (cells.rows.max() >= limits.ROWS or cells.cols.max() >= limits.COLUMNS):
        return "a cell stands off the grid of a sheet"
    if (np.diff(cells.rows) < 0).any():
        return "its rows stand out of order"
    return cells


def _fast(part: bytes) -> Cells | str | None:
    """The cells, or None where some cell is written in another way."""
    if b":c" in part and re.search(rb":c[\s/>]", part):
        return None
    buf = np.frombuffer(part + PAD, dtype=np.uint8)
    start = _starts(buf, len(part))
    if start is None:
        return None
    if start.size > limits.WORKBOOK_CELLS:
        return f"a sheet has more than {limits.WORKBOOK_CELLS:,} cells"
    if _too_long(part, start):
        return f"a cell has more than {limits.CELL_TEXT:,} characters"
    found = _all_attributes(buf, start + 2)
    if found is None:
        return None
    errors = _errors(part, start, found)
    shared = int((found.kinds == ord("s")).sum())  # "str" among them: this is a bound
    return Cells(found.rows, found.cols, found.styles, buf[found.at] != ord("/"), errors, shared)


def _starts(buf: Bytes, size: int) -> Places | None:
    """Where `<c ` stands; None where a cell has no attributes or another white space."""
    found = []
    for begin in range(0, size, _CHUNK):
        chunk = buf[begin : min(begin + _CHUNK, size) + 1]
        opens = np.flatnonzero((chunk[:-1] == ord("<")) & (chunk[1:] == ord("c"))) + begin
        after = buf[opens + 2]
        is_cell = (after <= 32) | (after == ord("/")) | (after == ord(">"))
        if (after[is_cell] != 32).any():
            return None
        found.append(opens[is_cell])
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _too_long(part: bytes, start: Places) -> bool:
    """A cell longer than any text may be, or a tag of tens of thousands of characters inside a long one."""
    ends = np.append(start[1:], len(part))
    for place in np.flatnonzero(ends - start > 20_000):
        cell = part[start[place] : ends[place]]
        end = cell.find(b"</c>")
        if (len(cell) if end < 0 else end) > limits.CELL_TEXT or re.search(rb"<[^>]{10000}", cell):
            return True
    return False


class _Found(NamedTuple):
    """What the attributes of all cells say; `at` is where each tag goes on after the last attribute."""

    rows: Ints
    cols: Ints
    styles: Ints
    kinds: Bytes  # first letter of the type
    at: Places


def _all_attributes(buf: Bytes, at: Places) -> _Found | None:
    """The attributes of all tags, some ten thousand at a time: such arrays stay in the processor's cache."""
    words = np.ndarray((len(buf) - 4,), dtype="<u4", buffer=buf.data, strides=(1,))  # four bytes from each place on
    parts: list[_Found] = []
    for begin in range(0, at.size, _BLOCK):
        found = _attributes(buf, words, at[begin : begin + _BLOCK])
        if found is None:
            return None
        parts.append(found)
    return _Found(*map(np.concatenate, zip(*parts, strict=True))) if parts else _empty(0)


def _empty(size: int) -> _Found:
    missing = np.full(size, -1, dtype=np.int32)
    none = np.zeros(size, dtype=np.int32)
    return _Found(missing, missing.copy(), none, np.zeros(size, np.uint8), np.zeros(size, np.int64))


def _attributes(buf: Bytes, words: NDArray[np.uint32], at: Places) -> _Found | None:
    """Read r, s and t of every tag, in any order; None where a tag has them in another writing, or no r."""
    found = _empty(at.size)
    found.at[:] = at
    rest = np.arange(at.size)
    for _ in range(4):  # each of the three once, and one look at what follows
        next_four = words[found.at[rest]]
        done = np.zeros(rest.size, dtype=np.bool_)
        for letter, take in (("r", _take_ref), ("s", _take_style), ("t", _take_kind)):
            mine = next_four == int.from_bytes(f' {letter}="'.encode(), "little")
            if mine.any():
                which = rest if mine.all() else rest[mine]
                found.at[which] = take(buf, found, which, found.at[which] + 4)
                done |= mine
        rest = rest[done]
        if not rest.size:
            break
    ends = buf[found.at]
    if (found.cols < 0).any() or (found.rows < 0).any() or ((ends != 62) & (ends != 47) & (ends != 32)).any():
        return None
    return found


def _take_ref(buf: Bytes, found: _Found, which: Places, at: Places) -> Places:
    cols, at = number(buf, at, 3, ord("A"), 26, 1)
    rows, at = number(buf, at, 7, ord("0"), 10, 0)
    closed = (buf[at] == ord('"')) & (cols > 0) & (rows > 0)
    found.rows[which] = np.where(closed, rows - 1, -1)
    found.cols[which] = np.where(closed, cols - 1, -1)
    return at + 1


def _take_style(buf: Bytes, found: _Found, which: Places, at: Places) -> Places:
    found.styles[which], at = number(buf, at, 5, ord("0"), 10, 0)
    return at + 1


def _take_kind(buf: Bytes, found: _Found, which: Places, at: Places) -> Places:
    found.kinds[which] = buf[at]
    for _ in range(9):  # "inlineStr" is the longest
        inside = buf[at] != ord('"')
        if not inside.any():
            break
        at = at + inside
    return at + 1


def _errors(part: bytes, start: Places, found: _Found) -> tuple[tuple[int, int, str], ...]:
    """The texts of cells of type "e"."""
    errors = []
    for i in np.flatnonzero(found.kinds == ord("e")).tolist():
        value = _ERROR.search(part, int(start[i]), int(start[i]) + 10_000)
        if value:
            errors.append((int(found.rows[i]), int(found.cols[i]), value[1].decode("utf-8", "replace")))
    return tuple(errors)


def _slow(part: bytes) -> Cells | str:
    """The cells an element at a time; a cell without a reference stands right of the one before."""
    rows: list[int] = []
    cols: list[int] = []
    styles: list[int] = []
    problem = ""
    row = col = -1

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal row, col, problem
        if tag == "row":
            row, col = int(attrs.get("r", row + 2)) - 1, -1
        elif tag == "c":
            ref = attrs.get("r")
            if ref is not None:
                match = _REF.fullmatch(ref)
                if match is None:
                    raise ValueError("a cell's reference is not valid")
                row, col = int(match[2]) - 1, column_number(match[1])
            else:
                col += 1
            rows.append(row)
            cols.append(col)
            styles.append(int(attrs.get("s", 0)))
            if len(rows) > limits.UNUSUAL_CELLS:
                raise ValueError(f"a sheet has more than {limits.UNUSUAL_CELLS:,} cells, written in an unusual way")

    try:
        problem = stream(part, start) or ""
        if problem or min(rows, default=0) < 0:
            return f"a sheet is damaged: {problem or 'a row has no number'}"
        filled = np.ones(len(rows), dtype=np.bool_)
        return Cells(
            np.array(rows, np.int32), np.array(cols, np.int32), np.array(styles, np.int32), filled, (), len(rows)
        )
    except (ValueError, OverflowError) as error:
        return str(error) if "cell" in str(error) else "a sheet is damaged: a number in it is not valid"
