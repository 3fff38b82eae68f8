"""Where the cells of a worksheet part stand and which style each has, found on the raw bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wpmi_lint.read import limits
from wpmi_lint.read.xmlpart import stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]
    Places = NDArray[np.int64]
    Bytes = NDArray[np.uint8]

_CHUNK = 2**24  # bytes looked at in one go: bounds the memory of the search
_PAD = b"\0" * 64
_REF = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_ERROR = re.compile(rb"<v[^>]*>([^<]{1,40})</v>")


class Cells(NamedTuple):
    """Every cell element of a part: 0-based place, style index, whether it can hold a value; and its errors."""

    rows: Ints
    cols: Ints
    styles: Ints
    filled: NDArray[np.bool_]
    errors: tuple[tuple[int, int, str], ...] = ()  # row, column, "#N/A": the values' reader leaves these out

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
    if b":c " in part or b":c>" in part or b":c/" in part:
        return None
    buf = np.frombuffer(part + _PAD, dtype=np.uint8)
    start = _starts(buf, len(part))
    if start is None:
        return None
    if start.size > limits.WORKBOOK_CELLS:
        return f"a sheet has more than {limits.WORKBOOK_CELLS:,} cells"
    if _too_long(part, start):
        return f"a cell has more than {limits.CELL_TEXT:,} characters"
    at = start + 6
    cols, at = _digits(buf, at, 3, 64, 26, 26)
    rows, at = _digits(buf, at, 7, 47, 10, 10, less=1)
    if (buf[at] != 34).any() or (cols == 0).any() or (rows == 0).any():
        return None
    at = at + 1
    kind, at = _kind(buf, at)
    styles, at, known = _style(buf, at)
    late, at = _kind(buf, at)
    kind = np.maximum(kind, late)
    if not known or ((buf[at] != 62) & (buf[at] != 47) & (buf[at] != 32)).any():
        return None
    filled = buf[at] != 47
    errors = _errors(part, start[kind == 101], rows[kind == 101], cols[kind == 101])
    return Cells((rows - 1).astype(np.int32), (cols - 1).astype(np.int32), styles.astype(np.int32), filled, errors)


def _starts(buf: Bytes, size: int) -> Places | None:
    """Where `<c r="` stands; None where a cell starts in another way."""
    found = []
    for begin in range(0, size, _CHUNK):
        opens = np.flatnonzero(buf[begin : min(begin + _CHUNK, size)] == 60) + begin
        opens = opens[buf[opens + 1] == 99]
        after = buf[opens + 2]
        opens = opens[(after <= 32) | (after == 47) | (after == 62)]
        if (buf[opens + 2] != 32).any() or (buf[opens + 3] != 114).any():
            return None
        if (buf[opens + 4] != 61).any() or (buf[opens + 5] != 34).any():
            return None
        found.append(opens)
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


def _digits(
    buf: Bytes, at: Places, most: int, zero: int, digits: int, base: int, less: int = 0
) -> tuple[Places, Places]:
    """Read a number at each place (its digits are the `digits` characters after `zero`) and the place after it."""
    value = np.zeros(at.size, dtype=np.int64)
    for _ in range(most):
        char = buf[at]
        digit = (char > zero) & (char <= zero + digits)
        if not digit.any():
            break
        value = np.where(digit, value * base + (char.astype(np.int64) - zero - less), value)
        at = at + digit
    return value, at


def _kind(buf: Bytes, at: Places) -> tuple[Bytes, Places]:
    """The first letter of ` t="..."` at each place (0: no such attribute there) and the place after it."""
    here = (buf[at] == 32) & (buf[at + 1] == 116) & (buf[at + 2] == 61) & (buf[at + 3] == 34)
    kind = np.where(here, buf[at + 4], 0).astype(np.uint8)
    if not here.any():
        return kind, at
    end = np.where(here, at + 4, at)
    inside = here.copy()
    for _ in range(10):  # "inlineStr" is the longest
        inside &= buf[end] != 34
        if not inside.any():
            break
        end = end + inside
    return kind, np.where(here, end + 1, at)


def _style(buf: Bytes, at: Places) -> tuple[Places, Places, bool]:
    """The number in ` s="..."` at each place, the place after it, and whether all were well written."""
    here = (buf[at] == 32) & (buf[at + 1] == 115) & (buf[at + 2] == 61) & (buf[at + 3] == 34)
    value, end = _digits(buf, np.where(here, at + 4, len(buf) - 1), 5, 47, 10, 10, less=1)
    known = bool((buf[end][here] == 34).all())
    return value, np.where(here, end + 1, at), known


def _errors(part: bytes, start: Places, rows: Places, cols: Places) -> tuple[tuple[int, int, str], ...]:
    found = []
    for place, row, col in zip(start.tolist(), rows.tolist(), cols.tolist(), strict=True):
        value = _ERROR.search(part, place, place + 10_000)
        if value:
            found.append((row - 1, col - 1, value[1].decode("utf-8", "replace")))
    return tuple(found)


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
            if len(rows) > limits.WORKBOOK_CELLS:
                raise ValueError(f"a sheet has more than {limits.WORKBOOK_CELLS:,} cells")

    try:
        problem = stream(part, start) or ""
        if problem or min(rows, default=0) < 0:
            return f"a sheet is damaged: {problem or 'a row has no number'}"
        filled = np.ones(len(rows), dtype=np.bool_)
        return Cells(np.array(rows, np.int32), np.array(cols, np.int32), np.array(styles, np.int32), filled)
    except (ValueError, OverflowError) as error:
        return str(error) if "cell" in str(error) else "a sheet is damaged: a number in it is not valid"


def column_number(letters: str) -> int:
    """The 0-based number of a column: A is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
