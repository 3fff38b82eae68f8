"""How a text file is written: its encoding, what separates its cells, and whether its figures have a decimal comma."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from wpmi_lint.model import Remark
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe\0\0", "utf-32-le", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32-be", "UTF-32"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\x0c\x1a\x1b") + b"\x7f"


class Text(NamedTuple):
    """A decoded file. `problem` is set where it is not a text."""

    words: str
    encoding: str
    remark: Remark | None = None
    problem: str = ""
    line: int | None = None


def decode(data: bytes) -> Text:
    """The text of a file without its byte order marks: by its mark, or strict UTF-8, UTF-16 by its zero bytes, then
    Windows-1252. No statistics are used: the order is fixed."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _text(data[len(mark) :], codec, name)
    return _text(data, "utf-8", "")


def _text(data: bytes, codec: str, marked: str) -> Text:
    words, remark, error = "", None, None
    name = marked or "UTF-8"
    try:
        words = data.decode(codec).lstrip("\ufeff")
    except UnicodeDecodeError as failure:
        error = failure
        if marked:
            line = data[: error.start].decode(codec, "ignore").count("\n") + 1
            return Text("", name, problem=f"it is marked as {name}, and is not: a byte does not fit", line=line)
    if codec == "utf-8" and (error or "\0" in words):
        if wide := _wide(data):
            return _text(data, wide, "UTF-16")
        if _is_binary(data):
            return Text("", "", problem="it is a binary file, not text")
    if error:
        try:
            words, name = data.decode("cp1252"), "Windows-1252"
        except UnicodeDecodeError:
            words, name = data.decode("latin-1"), "Latin-1"  # any byte is a character: it cannot fail
        line = data.count(b"\n", 0, error.start) + 1
        remark = Remark(f"not UTF-8: read as {name}, so letters beyond a to z may be wrong", line)
    if "\0" in words:
        line = words.count("\n", 0, words.index("\0")) + 1
        return Text("", name, problem="it has a NUL character, which programs show in different ways", line=line)
    return Text(words, name, remark)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of Latin text is zero."""
    sample = data[:4096]
    even, odd, half = sample[::2].count(0), sample[1::2].count(0), len(sample) // 2
    if odd > half * 0.4 and even <= half * 0.02:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd <= half * 0.02 else ""


def _is_binary(data: bytes) -> bool:
    """More than one byte in twenty is a control character: in random bytes it is one in ten."""
    sample = data[:65_536]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > max(len(sample) // 20, 4)


# ---------------------------------------------------------------- what separates the cells of a CSV file

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 32_768  # characters: title, notes and many rows of any real table
_ENOUGH = 100  # records of the sample that are looked at
_CELLS = 800  # cells of them
_NUMBER = r"-?(\d{1,3}([., ]\d{3})+|\d+)([.,]\d+)? ?%?"


class Dialect(NamedTuple):
    """What to read a file with. `declared`: its first line is "sep=;" and not a record."""

    delimiter: str
    declared: bool = False


def find_dialect(text: str) -> Dialect:
    """The delimiter that the file declares, or that splits most of its start into rows of one width."""
    if text[:5].lower().lstrip('"').startswith("sep="):
        first = re.split(r"[\r\n]", text[:20], maxsplit=1)[0].strip('"')
        if len(first) == 5:
            return Dialect(first[4], declared=True)
    sample = text[:_SAMPLE]
    present = [delimiter for delimiter in DELIMITERS if delimiter in sample]
    if len(present) < 2:
        return Dialect(present[0] if present else ",")
    if len(text) > _SAMPLE:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    return Dialect(max(present, key=lambda delimiter: _score(sample, delimiter)))


def _score(sample: str, delimiter: str) -> float:
    """The share of rows that have the usual width, times the share of their cells that are whole.

    A cell that still holds another delimiter was cut in the wrong place, unless it is a number.
    """
    rows: list[list[str]] = []
    with suppress(csv.Error):  # the rows before it are enough
        rows.extend(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _ENOUGH))
    rows = [row for row in rows if row]
    widths = Counter(map(len, rows))
    usual = max(widths, key=lambda width: widths[width] * (width - 1), default=1)
    if usual < 2:
        return 0.0
    cells = [cell for row in rows if len(row) == usual for cell in row if cell][-_CELLS:]
    others = re.compile("[" + "".join(DELIMITERS).replace(delimiter, "") + "]").search
    cut = sum(1 for cell in filter(others, cells) if not re.fullmatch(_NUMBER, cell.strip()))
    return widths[usual] / len(rows) * (1.0 - cut / (len(cells) + 1))


# ---------------------------------------------------------------- how figures are written

_FIGURES = 131_072  # characters in which the way of writing figures shows
_TEXTS = 20_000  # distinct texts in which it shows
_FIGURE = r"[-+]?([0-9][0-9., \u00a0]{1,30})"
_COMMA = r"(?:[0-9]+|[0-9]{1,3}(?:[. \u00a0][0-9]{3})+),(?:[0-9]{1,2}|[0-9]{4,})|0,[0-9]+"
_POINT = r"(?:[0-9]+|[0-9]{1,3}(?:[, \u00a0][0-9]{3})+)\.(?:[0-9]{1,2}|[0-9]{4,})|0\.[0-9]+"
_GROUPED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"


def text_has_decimal_comma(text: str, delimiter: str) -> bool:
    """Whether the figures of a CSV file are written 1.234,5.

    Commas that separate cells show it in figures in quotes alone, and points between thousands never do.
    """
    text = text[:_FIGURES]
    edge = re.escape(delimiter)
    if delimiter == ",":
        return _agree(re.findall(rf'"{_FIGURE} ?%?"', text), commas=3, grouped=None)
    if "," not in text and "." not in text:
        return False
    figures = re.findall(rf'(?:^|(?<=[\r\n"{edge}])) ?{_FIGURE}(?= ?%?(?:[\r\n"{edge}]|$))', text)
    return _agree(figures, commas=1, grouped=2 if delimiter == ";" else None)


def texts_have_decimal_comma(texts: Iterable[object]) -> bool:
    """The same of a format that has numbers of its own: of the figures that it holds as texts."""
    figure = re.compile(rf"\s*{_FIGURE}\s?%?\s*").fullmatch
    matches = (figure(text) for text in islice(texts, _TEXTS) if isinstance(text, str) and len(text) < 40)
    return _agree([match[1] for match in matches if match], commas=3, grouped=3)


def _agree(figures: Sequence[str], commas: int, grouped: int | None) -> bool:
    """Whether the figures that have points or commas can all be written with a decimal comma, and enough must be:
    so many that have one, or so many distinct ones that are all like 1.234; None: those show nothing."""
    marked = [figure for figure in figures if "," in figure or "." in figure]
    if any(re.fullmatch(_POINT, figure) for figure in marked):
        return False
    if sum(1 for figure in marked if re.fullmatch(_COMMA, figure)) >= commas:
        return True
    alike = {figure for figure in marked if re.fullmatch(_GROUPED, figure)}
    return grouped is not None and len(alike) >= grouped and alike.issuperset(marked)
