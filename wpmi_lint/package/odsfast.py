"""The tables of an ODS content part by columns of bytes: the same as odsgrid finds, several times as fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Range
from wpmi_lint.package import limits
from wpmi_lint.package.bytesearch import PAD, number, places_of, wide_words
from wpmi_lint.package.odsgrid import Grid, StyledRun, attributes, count
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wpmi_lint.package.bytesearch import Bytes, Places

    Words = NDArray[np.uint64]
    Truths = NDArray[np.bool_]

CELL, ROW, COVERED, COLUMN, TABLE, END = range(1, 7)
_NAMES = {
    CELL: b"table-cell",
    ROW: b"table-row",
    COVERED: b"covered-table-cell",
    COLUMN: b"table-column",
    TABLE: b"table",
}


class _Tags(NamedTuple):
    """The tags of tables in order: place, kind, place of the closing sign."""

    at: Places
    kind: Bytes
    end: Places


class _Cells(NamedTuple):
    """What the attributes of all tags say, an entry for each tag."""

    repeat: Places
    filled: Truths
    spanned: Truths
    style: Places  # where the name of the cell's style starts, 0: none


def fast_grids(part: bytes) -> list[Grid] | None:
    """Every table, or None where the part is written in a way that needs a closer look."""
    buf = np.frombuffer(part + PAD, dtype=np.uint8)
    words = wide_words(buf)
    tags = _tags(buf, words, len(part))
    if tags is None:
        return None
    cells = _cells(buf, words, tags, len(part))
    if cells is None:
        return None
    tables = np.flatnonzero(tags.kind == TABLE)
    names, codes = _styles(part, buf, cells)
    if codes is None:
        return None
    ends = [*tables[1:].tolist(), tags.at.size]
    return [
        _grid(part, tags, cells, codes, names, start, end) for start, end in zip(tables.tolist(), ends, strict=True)
    ]


def _tags(buf: Bytes, words: Words, size: int) -> _Tags | None:
    at = places_of(buf, size, ord("<"))
    begins = (words[at] & np.uint64(0x00FFFFFFFFFFFFFF)) == _word(b"<table:\0")
    kind = np.zeros(at.size, dtype=np.uint8)
    for code, name in _NAMES.items():
        head = name[:8].ljust(8, b"\0")
        mask = _word(b"\xff" * len(name[:8]) + b"\0" * (8 - len(name[:8])))
        after = buf[np.minimum(at + 7 + len(name), buf.size - 1)]
        is_end = (after <= 32) | (after == ord("/")) | (after == ord(">"))
        kind[begins & ((words[at + 7] & mask) == _word(head)) & is_end] = code
    kind[
        (words[at] == _word(b"</table:")) & ((words[at + 8] & _word(b"\xff" * 6 + b"\0\0")) == _word(b"table>\0\0"))
    ] = END
    at, kind = at[kind > 0], kind[kind > 0]
    closes = places_of(buf, size, ord(">"))
    which = np.searchsorted(closes, at)
    if not at.size or (which >= closes.size).any() or not _alternate(kind):
        return None
    end = closes[which]
    return _Tags(at, kind, end) if _well_ended(buf, at, kind, end) else None


def _alternate(kind: Bytes) -> bool:
    """Tables stand one after the other, none inside another, and all else inside tables."""
    bounds = kind[kind >= TABLE]
    inside = np.cumsum(np.where(kind == TABLE, 1, np.where(kind == END, -1, 0)))
    return bool((bounds[::2] == TABLE).all() and (bounds[1::2] == END).all() and (inside[kind < TABLE] == 1).all())


def _well_ended(buf: Bytes, at: Places, kind: Bytes, end: Places) -> bool:
    """No sign that seems to end a tag stands inside a value: it follows a closing quote, or the tag's bare name."""
    starts = kind != END
    last = end[starts] - 1
    last = last - (buf[last] == ord("/"))
    lengths = np.zeros(END + 1, dtype=np.int64)
    lengths[list(_NAMES)] = [len(name) for name in _NAMES.values()]
    bare = last - at[starts] == 6 + lengths[kind[starts]]
    quote = (buf[last] == ord('"')) & (buf[last - 1] != ord("="))
    return bool((quote | bare).all())


def _cells(buf: Bytes, words: Words, tags: _Tags, size: int) -> _Cells | None:
    signs = places_of(buf, size, ord("="))
    owner = np.searchsorted(tags.at, signs, side="right") - 1
    inside = (owner >= 0) & (signs < tags.end[owner]) & (signs > 16)
    signs, owner = signs[inside], owner[inside]
    after = buf[signs + 1]
    if ((after <= 32) | (after == ord("'")) | (buf[signs - 1] <= 32)).any():
        return None  # white space around a sign or single quotes: rare, and left to the general way
    before = words[signs - 8]
    repeat = np.ones(tags.at.size, dtype=np.int64)
    mine = before == _word(b"repeated")
    value, end = number(buf, signs[mine] + 2, 9, ord("0"), 10, 0)
    repeat[owner[mine]] = np.maximum(1, np.where(buf[end] == ord('"'), value, 10**8))
    filled = (tags.kind == CELL) & (buf[tags.end - 1] != ord("/"))
    valued = owner[before == _word(b"lue-type")]
    filled[valued] = tags.kind[valued] == CELL
    spanned = np.zeros(tags.at.size, dtype=np.bool_)
    spanned[owner[before == _word(b"-spanned")]] = True
    style = np.zeros(tags.at.size, dtype=np.int64)
    mine = (before == _word(b"yle-name")) & (buf[signs - 11] == ord(":"))
    style[owner[mine]] = signs[mine] + 2
    return _Cells(repeat, filled, spanned, style)


def _styles(part: bytes, buf: Bytes, cells: _Cells) -> tuple[list[str], Places | None]:
    """The names of styles and each tag's position among them (0: none); None where a name is very long."""
    which = np.flatnonzero(cells.style)
    at = cells.style[which]
    key = np.zeros(which.size, dtype=np.uint64)
    for _ in range(100):
        letters = buf[at]
        inside = letters != ord('"')
        if not inside.any():
            break
        key = np.where(inside, key * np.uint64(1_099_511_628_211) + letters, key)
        at = at + inside
    else:
        return [], None
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    starts, ends = cells.style[which][first].tolist(), at[first].tolist()
    names = ["", *(part[start:end].decode("utf-8", "replace") for start, end in zip(starts, ends, strict=True))]
    codes = np.zeros(cells.style.size, dtype=np.int64)
    codes[which] = inverse + 1
    return names, codes


def _grid(part: bytes, tags: _Tags, cells: _Cells, codes: Places, names: list[str], start: int, end: int) -> Grid:
    """One table out of its run of tags."""
    kind, repeat, filled = tags.kind[start:end], cells.repeat[start:end], cells.filled[start:end]
    name = attributes(part[tags.at[start] : tags.end[start]]).get("name", b"").decode("utf-8", "replace")
    is_row = kind == ROW
    row_repeat = np.concatenate(([1], repeat[is_row]))
    tops = np.concatenate(([0, 0], np.cumsum(repeat[is_row])))[:-1]
    row_of = np.cumsum(is_row)
    is_cell = (kind == CELL) | (kind == COVERED)
    before = np.concatenate(([0], np.cumsum(np.where(is_cell, repeat, 0))))
    row_start = np.concatenate(([0], before[:-1][is_row]))
    rows, cols, high = tops[row_of], before[:-1] - row_start[row_of], row_repeat[row_of]
    height = int((rows + high)[filled].max(initial=0))
    width = int((cols + repeat)[filled].max(initial=0))
    if height * width > limits.WORKBOOK_CELLS or height > limits.ROWS or width > limits.COLUMNS:
        return Grid(name, height, width, (), names, (), (), (), ())
    style = codes[start:end].copy()
    _defaults(part, tags, names, style, cols, filled, range(start, end))
    single = filled & (repeat == 1) & (high == 1) & ~cells.spanned[start:end]
    runs: list[StyledRun] = []
    merged: list[Range] = []
    for i in np.flatnonzero(filled & ~single).tolist():
        top, left = int(rows[i]), int(cols[i])
        runs.append(StyledRun(top, left, top + int(high[i]) - 1, left + int(repeat[i]) - 1, int(style[i])))
        if cells.spanned[start + i] and len(merged) < limits.MERGED:
            attrs = attributes(part[tags.at[start + i] : tags.end[start + i]])
            deep, wide = count(attrs.get("number-rows-spanned")), count(attrs.get("number-columns-spanned"))
            if deep * wide > 1:
                merged.append(Range(top, left, top + deep - 1, left + wide - 1))
    places = (rows[single].tolist(), cols[single].tolist(), style[single].tolist())
    return Grid(name, height, width, merged, names, *places, runs)


def _defaults(
    part: bytes, tags: _Tags, names: list[str], style: Places, cols: Places, filled: Truths, run: range
) -> None:
    """Give cells without a style that of their column."""
    bare = filled & (style == 0)
    if not bare.any():
        return
    first = 0
    for i in np.flatnonzero(tags.kind[run.start : run.stop] == COLUMN).tolist():
        attrs = attributes(part[tags.at[run.start + i] : tags.end[run.start + i]])
        end = first + count(attrs.get("number-columns-repeated"))
        default = attrs.get("default-cell-style-name", b"").decode("utf-8", "replace")
        if default:
            if default not in names:
                names.append(default)
            style[bare & (cols >= first) & (cols < end)] = names.index(default)
        first = end


def _word(letters: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(letters, "little"))
