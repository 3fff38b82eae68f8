"""The cells of a worksheet part in its usual spelling, a column of bytes at a time: no cell is taken one by one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.package import limits
from wpmi_lint.package.markup import UnfitError, string_text, uncoded, unescape
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wpmi_lint.package.markup import Strings

    Places = NDArray[np.int64]
    Bytes = NDArray[np.uint8]
    Ints = NDArray[np.int32]

_PAD = b"\0" * 64  # behind a part, so that a few bytes after any place can be looked at

BLANK, TEXT, NUMBER, TRUTH, DATE, ERROR = range(6)
_BLOCK = 2**20  # bytes looked at in one go: some ten thousand cells, whose arrays stay in the processor's cache
_DIGITS = 24  # characters of a number that are read in one go; longer ones are read one by one
_ATTRIBUTES = re.compile(rb'([rst])="([^"]*)"|[\w:]+="[^"]*"')
_REST = re.compile(rb'[^>"]*(?:"[^"]*"[^>"]*)*>')
_KINDS = {
    0: NUMBER, ord('"'): NUMBER, ord("n"): NUMBER, ord("s"): TEXT, ord("S"): TEXT, ord("i"): TEXT, ord("b"): TRUTH,
    ord("d"): DATE, ord("e"): ERROR,
}  # fmt: skip


class Scanned(NamedTuple):
    """The cells with content in order, one entry each; and the styles of those without."""

    row: Ints  # 0-based
    col: Ints
    style: Ints
    kind: Bytes
    value: NDArray[np.float64]  # NaN where there is no number; 0 or 1 for a truth
    text: Ints  # code into the strings, -1: none
    formula: Places  # where its formula begins in the part, 0: none
    empty: Ints  # [n, 3]: row, column and style of the cells without content
    row_tags: Places  # where each row's tag begins


def scan(data: bytes, body: range, strings: Strings) -> Scanned | None:
    """All cells of a part, or None where some tag is written in another way; raises UnfitError for what is not served.

    `body` is where the cells are; texts in the cells get a code in `strings`.
    """
    blocks: list[Scanned] = []
    at = body.start
    total = 0
    while at < body.stop or not blocks:
        end = _cut(data, at, body.stop)
        block = _scan_block(data, range(at, end), strings)
        if block is None:
            return None
        total += block.row.size + len(block.empty)
        if total > limits.WORKBOOK_CELLS:
            raise UnfitError(f"the sheet has more than {limits.WORKBOOK_CELLS:,} cells", "WORKBOOK_CELLS")
        blocks.append(block)
        at = end
    return _in_order(Scanned(*map(np.concatenate, zip(*blocks, strict=True))))


def _cut(data: bytes, at: int, stop: int) -> int:
    """Where a block ends: before a cell."""
    if at + _BLOCK >= stop:
        return stop
    end = data.rfind(b"<c ", at + 1, at + _BLOCK)
    end = data.find(b"<c ", at + _BLOCK, stop) if end < 0 else end
    return end if end >= 0 else stop


def _in_order(cells: Scanned) -> Scanned:
    """The cells, once it is sure that no program can show them otherwise."""
    steps = np.diff(cells.row.astype(np.int64) * limits.COLUMNS + cells.col)
    problems = (
        ((cells.row >= limits.ROWS) | (cells.col >= limits.COLUMNS), "a cell is off the grid of a sheet"),
        (np.diff(cells.row) < 0, "its rows are out of order"),
        (steps < 0, "the cells of a row are out of order"),
        (steps == 0, "two cells are at one place: programs differ in which one they show"),
    )
    for places, reason in problems:
        if places.any():
            raise UnfitError(reason)
    return cells


class _Tags(NamedTuple):
    """The tags of a block: all places of "<" with the block's end behind them, and which of them are of what kind."""

    at: Places
    cell: Places  # indices into `at`
    value: Places
    text: Places
    formula: Places
    row: Places


def _scan_block(data: bytes, span: range, strings: Strings) -> Scanned | None:
    buf = np.frombuffer(data[span.start : span.stop] + _PAD, dtype=np.uint8)
    tags = _tags(buf, len(span))
    attributes = None if tags is None else _attributes(buf, tags.at[tags.cell] + 2)
    if tags is None or attributes is None:
        return None
    reader = _Contents(data[span.start : span.stop], buf, tags, attributes)
    reader.read(strings)
    filled = (reader.kind != BLANK) | (reader.formula > 0)
    return Scanned(
        row=attributes.rows[filled],
        col=attributes.cols[filled],
        style=attributes.styles[filled],
        kind=reader.kind[filled],
        value=reader.value[filled],
        text=reader.text[filled],
        formula=np.where(reader.formula > 0, reader.formula + span.start, 0)[filled],
        empty=np.stack((attributes.rows, attributes.cols, attributes.styles), axis=1)[~filled],
        row_tags=tags.at[tags.row] + span.start,
    )


def _tags(buf: Bytes, size: int) -> _Tags | None:
    """The tags of cells, values, texts, formulas and rows; None where a cell or row has another spelling."""
    at = np.flatnonzero(buf[:size] == ord("<"))
    first, second = buf[at + 1], buf[at + 2]
    ends = (second <= 32) | (second == ord(">")) | (second == ord("/"))
    cell = np.flatnonzero((first == ord("c")) & ends)
    row = np.flatnonzero((first == ord("r")) & (second == ord("o")) & (buf[at + 3] == ord("w")))
    row = row[buf[at[row] + 4] <= ord(">")]
    _, after = _number_at(buf, at[row] + 8, most=7, first=ord("0"), base=10, least=0)
    numbered = (buf[at[row][:, None] + np.arange(4, 8)] == np.frombuffer(b' r="', np.uint8)).all()
    if (second[cell] != 32).any() or not numbered or ((buf[after] != ord('"')) | (after == at[row] + 8)).any():
        return None
    value, text, formula = (np.flatnonzero((first == ord(letter)) & ends) for letter in "vtf")
    return _Tags(at=np.append(at, size), cell=cell, value=value, text=text, formula=formula, row=row)


class _Attributes(NamedTuple):
    """What the attributes of all cells say; `at` is where each tag goes on after the last attribute."""

    rows: Ints
    cols: Ints
    styles: Ints
    kinds: Bytes  # first letter of the type, "S" for one of the cell's own: "str"
    at: Places  # where the tag ends


def _attributes(buf: Bytes, at: Places) -> _Attributes | None:
    """Read r, s and t of every tag, in any order; None where a tag has them in another writing, or no r."""
    words = np.ndarray((len(buf) - 4,), dtype="<u4", buffer=buf.data, strides=(1,))  # four bytes from each place on
    none = np.full(at.size, -1, dtype=np.int32)
    attributes = _Attributes(none, none.copy(), np.zeros(at.size, np.int32), np.zeros(at.size, np.uint8), at.copy())
    rest = np.arange(at.size)
    for _ in range(4):  # each of the three once, and one look at what follows
        next_four = words[attributes.at[rest]]
        done = np.zeros(rest.size, dtype=np.bool_)
        for letter, take in (("r", _take_ref), ("s", _take_style), ("t", _take_kind)):
            mine = next_four == int.from_bytes(f' {letter}="'.encode(), "little")
            if mine.any():
                which = rest if mine.all() else rest[mine]
                attributes.at[which] = take(buf, attributes, which)
                done |= mine
        rest = rest[done]
        if not rest.size:
            break
    for index in np.flatnonzero((buf[attributes.at] != ord(">")) & (buf[attributes.at] != ord("/"))).tolist():
        if not _take_others(buf, attributes, index):
            return None
    return None if (attributes.cols < 0).any() or (attributes.rows < 0).any() else attributes


def _take_ref(buf: Bytes, attributes: _Attributes, which: Places) -> Places:
    cols, at = _number_at(buf, attributes.at[which] + 4, most=3, first=ord("A"), base=26, least=1)
    rows, at = _number_at(buf, at, most=7, first=ord("0"), base=10, least=0)
    closed = (buf[at] == ord('"')) & (cols > 0) & (rows > 0)
    attributes.rows[which] = np.where(closed, rows - 1, -1)
    attributes.cols[which] = np.where(closed, cols - 1, -1)
    return at + 1


def _take_style(buf: Bytes, attributes: _Attributes, which: Places) -> Places:
    attributes.styles[which], at = _number_at(buf, attributes.at[which] + 4, most=9, first=ord("0"), base=10, least=0)
    return at + 1


def _take_kind(buf: Bytes, attributes: _Attributes, which: Places) -> Places:
    at = attributes.at[which] + 4
    own = (buf[at] == ord("s")) & (buf[at + 1] == ord("t"))
    attributes.kinds[which] = np.where(own, ord("S"), buf[at])
    for _ in range(9):  # "inlineStr" is the longest
        inside = buf[at] != ord('"')
        if not inside.any():
            break
        at = at + inside
    return at + 1


def _take_others(buf: Bytes, attributes: _Attributes, index: int) -> bool:
    """A tag with further attributes: pass over them, and take a style or type behind them."""
    begin = int(attributes.at[index])
    tag = _REST.match(buf[begin : begin + limits.XML_TAG].tobytes())
    if tag is None or b"'" in tag[0]:
        return False
    for name, words in _ATTRIBUTES.findall(tag[0]):
        if name == b"r" or (name == b"s" and not words.isdigit()):
            return False
        if name == b"s":
            attributes.styles[index] = min(int(words[:9]), 10**9)
        elif name == b"t":
            attributes.kinds[index] = ord("S") if words == b"str" else (words or b"n")[0]
    attributes.at[index] = begin + tag.end() - (2 if tag[0].endswith(b"/>") else 1)
    return True


class _Contents:
    """What is inside the cells of a block."""

    def __init__(self, data: bytes, buf: Bytes, tags: _Tags, attributes: _Attributes) -> None:
        self.data, self.buf, self.tags, self.attributes = data, buf, tags, attributes
        size = tags.cell.size
        self.kind = np.zeros(size, np.uint8)
        self.value = np.full(size, np.nan)
        self.text = np.full(size, -1, np.int32)
        self.next = np.append(tags.cell[1:], tags.at.size - 1)  # the tag at which the next cell begins
        formula, has = self._first(tags.formula)
        self.formula = np.where(has, tags.at[formula], 0)

    def _first(self, tags: Places) -> tuple[Places, NDArray[np.bool_]]:
        """The first tag of a kind in each cell, as index into all tags, and whether there is one."""
        if not tags.size:
            return np.zeros(self.kind.size, np.int64), np.zeros(self.kind.size, np.bool_)
        place = np.searchsorted(tags, self.tags.cell)
        tag = tags[np.minimum(place, tags.size - 1)]
        return tag, (place < tags.size) & (tag < self.next)

    def read(self, strings: Strings) -> None:
        """Fill kinds, values and texts."""
        tag, has = self._first(self.tags.value)
        begin, end = self._inside(tag, has)
        letters = self.attributes.kinds
        for letter in np.unique(letters).tolist():
            mine = has & (letters == letter)
            kind = _KINDS.get(letter)
            if kind is None:
                raise UnfitError("a cell has a type that workbooks do not have")
            self.kind[mine] = kind
            which = np.flatnonzero(mine)
            if kind == NUMBER:
                self._numbers(which, begin, end, strings)
            elif letter == ord("s"):
                self._shared(which, begin, end, strings)
            elif kind == TRUTH:
                self.value[which] = [self.data[a:b].strip() in (b"1", b"true") for a, b in _pairs(which, begin, end)]
            else:
                words = (uncoded(unescape(self.data[a:b])) for a, b in _pairs(which, begin, end))
                self.text[which] = [strings.code(text) for text in words]
        self._inline(np.flatnonzero(~has), strings)

    def _inside(self, tag: Places, has: NDArray[np.bool_]) -> tuple[Places, Places]:
        """Where the content of tags begins and ends; `has` is cleared where a tag has none."""
        begin = self.tags.at[tag] + 3
        for index in np.flatnonzero(has & (self.buf[begin - 1] != ord(">"))).tolist():
            close = self.data.find(b">", int(begin[index]) - 1)
            begin[index] = close + 1
            has[index] &= self.data[close - 1 : close] != b"/"
        end = self.tags.at[np.minimum(tag + 1, self.tags.at.size - 1)]
        has &= end > begin
        return begin, end

    def _numbers(self, which: Places, begin: Places, end: Places, strings: Strings) -> None:
        if not which.size:
            return
        starts, lengths = begin[which], end[which] - begin[which]
        wide = int(min(lengths.max(), _DIGITS))
        signs = self.buf[starts[:, None] + np.arange(wide)]
        signs[np.arange(wide) >= lengths[:, None]] = 0
        try:
            if (signs == ord("_")).any() or (lengths > _DIGITS).any():
                raise ValueError
            self.value[which] = signs.view(f"S{wide}").ravel().astype(np.float64)
        except ValueError:  # one by one: a cell that holds no number is a text, and no other is lost
            for index, (a, b) in zip(which.tolist(), _pairs(which, begin, end), strict=True):
                words = self.data[a:b]
                try:
                    self.value[index] = float(b"" if b"_" in words or len(words) > limits.JSON_DIGITS else words)
                except ValueError:
                    self.kind[index] = TEXT if words.strip() else BLANK
                    self.text[index] = strings.code(unescape(words)) if words.strip() else -1

    def _shared(self, which: Places, begin: Places, end: Places, strings: Strings) -> None:
        codes, after = _number_at(self.buf, begin[which], most=8, first=ord("0"), base=10, least=0)
        for place in np.flatnonzero((after != end[which]) | (after == begin[which])).tolist():
            words = self.data[int(begin[which[place]]) : int(end[which[place]])].strip()
            if not words.isdigit() or len(words) > 9:
                raise UnfitError("a cell's text is not one of the workbook's numbered texts")
            codes[place] = int(words)
        if strings.refused:
            raise UnfitError("its texts are in a part that was not read")
        if codes.max(initial=-1) >= strings.shared:
            raise UnfitError(
                f"a cell has the text number {codes.max():,}, and the workbook has {strings.shared:,} texts"
            )
        self.text[which] = codes

    def _inline(self, which: Places, strings: Strings) -> None:
        """Texts in the cell itself."""
        tag, has = self._first(self.tags.text)
        which = which[has[which]]
        if not which.size:
            return
        single = np.searchsorted(self.tags.text, self.next) - np.searchsorted(self.tags.text, self.tags.cell) == 1
        begin, end = self._inside(tag, has)
        for index in which.tolist():
            if single[index]:
                text = uncoded(unescape(self.data[int(begin[index]) : int(end[index])])) if has[index] else ""
            else:
                text = string_text(self.data[self.tags.at[self.tags.cell[index]] : self.tags.at[self.next[index]]])
            if text:
                self.kind[index], self.text[index] = TEXT, strings.code(text)


def _pairs(which: Places, begin: Places, end: Places) -> zip[tuple[int, int]]:
    return zip(begin[which].tolist(), end[which].tolist(), strict=True)


def _number_at(buf: Bytes, at: Places, most: int, first: int, base: int, least: int) -> tuple[Ints, Places]:
    """Read a number at each place, of digits that start at the character `first` and count from `least`.

    Gives the numbers (0 where there is no digit) and the places after them.
    """
    value = np.zeros(at.size, dtype=np.int32)
    for _ in range(most):
        digit = buf[at] - np.uint8(first)  # wraps round: what is below the first digit becomes large
        is_digit = digit < base
        if is_digit.all():
            value = value * base + (digit + np.uint8(least))
        elif is_digit.any():
            value = np.where(is_digit, value * base + (digit + np.uint8(least)), value)
        else:
            break
        at = at + is_digit
    return value, at
