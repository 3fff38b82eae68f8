"""The texts of a workbook: the shared strings first, then those that stand in its cells; each once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.package import limits
from wpmi_lint.package.markup import plain, string_text, uncoded, unescape, uniform

if TYPE_CHECKING:
    from wpmi_lint.package.bytesearch import Ints

_ENTRY = re.compile(rb"<si(?:\s[^>]*)?(?:/>|>(.*?)</si>)", re.S)
_SIMPLE = re.compile(rb"<t(?: xml:space=\"preserve\")?>([^<]*)</t>\s*")


class Strings:
    """Texts by code. `shared` is the number of the workbook's shared strings, which have the first codes."""

    def __init__(self, part: bytes | None, *, marked: bool, refused: bool) -> None:
        self.refused = refused
        self.texts: list[str] = [] if part is None else _shared(part, marked=marked)
        self.shared = len(self.texts)
        self._codes: dict[str, int] = {}
        self._longest = max(map(len, self.texts), default=0)

    def code(self, text: str) -> int:
        """The code of a text that stands in a cell."""
        code = self._codes.get(text)
        if code is None:
            code = self._codes[text] = len(self.texts)
            self.texts.append(text)
            self._longest = max(self._longest, len(text))
        return code

    def characters(self, codes: Ints) -> int:
        """How many characters the texts of cells have together; a bound where they are surely few."""
        used = codes[codes >= 0]
        if self._longest * used.size <= limits.WORKBOOK_TEXT:
            return 0
        return int(np.fromiter(map(len, self.texts), np.int64, len(self.texts))[used].sum())


def _shared(part: bytes, *, marked: bool) -> list[str]:
    """The shared strings in order."""
    clean = None if marked else plain(part)
    clean = uniform(part) if clean is None else clean
    entries = _ENTRY.findall(clean)
    simple = [_SIMPLE.fullmatch(entry) for entry in entries]
    return [
        string_text(entry) if match is None else uncoded(unescape(match[1]))
        for entry, match in zip(entries, simple, strict=True)
    ]
