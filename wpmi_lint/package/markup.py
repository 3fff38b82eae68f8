"""XML that the gate let through, as bytes: one spelling for the scanners, and character data as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.a1 import column_number, letters
from wpmi_lint.package import limits
from wpmi_lint.package.gate import events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from numpy.typing import NDArray

_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*):[A-Za-z_]")
_MAIN = re.compile(
    rb"""xmlns:([\w.-]+)\s*=\s*["']http://(?:schemas.openxmlformats.org/spreadsheetml/2006|"""
    rb"""purl.oclc.org/ooxml/spreadsheetml)/main["']"""
)
_TEXT = re.compile(rb"<t(?:\s[^>]*)?>([^<]*)</")
_PHONETIC = re.compile(rb"<rPh[\s>].*?</rPh>", re.S)
_REFERENCE = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]+|#\d+|\w+);")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_CONTROL = re.compile(r"_x([0-9A-Fa-f]{4})_")

_ENTRY = re.compile(rb"<si(?:\s[^>]*)?(?:/>|>(.*?)</si>)", re.S)
_SIMPLE = re.compile(rb"<t(?: xml:space=\"preserve\")?>([^<]*)</t>\s*")


class UnfitError(Exception):
    """A part that is not read further: why, and the name of the limit where it is one."""

    def __init__(self, reason: str, limit: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.limit = limit


def plain(part: bytes) -> bytes | None:
    """A part without comments and CDATA, without the prefix of its root; None where a second prefix names the same."""
    root = _ROOT.match(part, max(part.find(b"<", part.find(b"?>") + 1), 0))
    prefix = root[1] if root else b""
    if any(other != prefix for other in _MAIN.findall(part)):
        return None
    return part if root is None else part.replace(b"<" + prefix + b":", b"<").replace(b"</" + prefix + b":", b"</")


def uniform(part: bytes) -> bytes:
    """A part written again by the parser: no prefix, double quotes, no comments; every row and cell has its reference.

    Raises UnfitError for a worksheet with more cells than limits.UNUSUAL_CELLS: this takes some 10 µs a cell.
    """
    out: list[str] = []
    row, column, cells = 0, 0, 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, cells
        if tag == "row":
            row, column = _row_number(attributes.pop("r", str(row + 1))), 0
            attributes = {"r": str(row), **attributes}
        elif tag == "c":
            cells += 1
            if cells > limits.UNUSUAL_CELLS:
                reason = f"the sheet has more than {limits.UNUSUAL_CELLS:,} cells, written in an unusual way"
                raise UnfitError(reason, "UNUSUAL_CELLS")
            reference = attributes.pop("r", f"{letters(column)}{row}").upper()
            if not _REFERENCE.fullmatch(reference):
                raise UnfitError("a cell's reference is not valid")
            column = column_number(reference.rstrip("0123456789")) + 1
            attributes = {"r": reference, **attributes}
        out.append("<" + tag + "".join(f' {key}="{_escaped(value)}"' for key, value in attributes.items()) + ">")

    events(part, start, lambda tag: out.append(f"</{tag}>"), lambda text: out.append(_escaped(text)))
    return "".join(out).encode("utf-8", "replace")


def _row_number(words: str) -> int:
    if not re.fullmatch(r"[0-9]{1,7}", words):
        raise UnfitError("a row's number is not valid")
    return int(words)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def unescape(data: bytes) -> str:
    """Bytes of character data as text."""
    words = data.decode("utf-8", "replace")
    return _ENTITY.sub(_entity, words) if "&" in words else words


def _entity(match: re.Match[str]) -> str:
    name = match[1]
    if not name.startswith("#"):
        return _ENTITIES.get(name, match[0])
    number = int(name[2:], 16) if name[1] == "x" else int(name[1:])
    return chr(number)  # the parser refuses what is no character


def string_text(entry: bytes) -> str:
    """The text of a shared or inline string in the usual spelling, without its phonetic reading."""
    if b"<rPh" in entry:
        entry = _PHONETIC.sub(b"", entry)
    return uncoded("".join(map(unescape, _TEXT.findall(entry))))


def uncoded(text: str) -> str:
    """A text without the workbook's own code for characters that XML cannot hold: _x000D_ is a carriage return."""
    return _CONTROL.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def is_true(value: str | None) -> bool:
    """Whether an XML boolean is true."""
    return value in ("1", "true", "on")


def texts(root: Element, *names: str) -> Iterator[str]:
    """The texts of all elements of these names, in order, without empty ones."""
    for node in root.iter():
        if node.tag in names:
            text = "".join(node.itertext()).strip()
            if text:
                yield text


class Strings:
    """Texts by code. `shared` is the number of the workbook's shared strings, which have the first codes."""

    def __init__(self, part: bytes | None, *, marked: bool, refused: bool) -> None:
        self.refused = refused
        self.texts: list[str] = [] if part is None else _shared(part, marked=marked)
        self.shared = len(self.texts)
        self._codes: dict[str, int] = {}
        self._longest = max(map(len, self.texts), default=0)

    def code(self, text: str) -> int:
        """The code of a text in a cell."""
        code = self._codes.get(text)
        if code is None:
            code = self._codes[text] = len(self.texts)
            self.texts.append(text)
            self._longest = max(self._longest, len(text))
        return code

    def characters(self, codes: NDArray[np.int32]) -> int:
        """How many characters the texts of cells have together; a bound where they are surely few."""
        used = codes[codes >= 0]
        if self._longest * used.size <= limits.WORKBOOK_TEXT:
            return 0
        return int(np.fromiter(map(len, self.texts), np.int64, len(self.texts))[used].sum())


def _shared(part: bytes, *, marked: bool) -> list[str]:
    """The shared strings in order."""
    entries = _ENTRY.findall((not marked and plain(part)) or uniform(part))
    simple = zip(entries, map(_SIMPLE.fullmatch, entries), strict=True)
    return [string_text(entry) if match is None else uncoded(unescape(match[1])) for entry, match in simple]
