"""One table of an ODS content part: filled cell by cell, then served as columns."""

from __future__ import annotations

import re
from array import array
from datetime import time
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Range
from wpmi_lint.package import limits
from wpmi_lint.package.dates import iso_date
from wpmi_lint.package.markup import UnfitError
from wpmi_lint.sheetcells import SheetCells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element

    from wpmi_lint.model import Index, Mask, Raw
    from wpmi_lint.package.odsstyles import OdsStyle

_LENGTH = re.compile(r"PT(\d{1,2})H(\d{1,2})M(\d{1,2})(?:\.(\d{1,9}))?S")
_AWAY = {"collapse": "hidden-rows", "filter": "filtered-rows"}


class OdsTable:
    """A table: filled while its elements go by, then, after `settle`, the columns of its cells.

    `styles` are the codes of all style names of the part. Raises UnfitError for what goes over a limit or is not valid.
    """

    look: OdsStyle  # of the table
    looks: Sequence[OdsStyle]  # of its cells, by code
    cells: SheetCells
    style: Index  # code of each cell's style
    shown: Index  # place in `texts` of what a figure or date shows; 0 where that is the value itself, or nothing

    def __init__(self, number: int, node: Element, styles: dict[str, int]) -> None:
        self.number = number  # in the workbook's order
        self.node = node
        self.name = node.get("name", "")
        self.is_cached = self.name.startswith("'") and "'#" in self.name  # copied from another file, with a link to it
        self.formulas: list[str] = []
        self.merged: list[Range] = []
        self.hidden_rows: list[tuple[str, int, int]] = []  # way, first, and after the last
        self.hidden_columns: list[tuple[int, int]] = []
        self.groups: list[bool] = []  # of each open group of rows or columns, whether it is folded
        self.height = self.width = 0
        self._styles = styles
        self._defaults: list[int] = []  # style of each column
        self._top, self._bottom, self._left = -1, -1, 0  # of the row, and of the next cell
        self._place, self._code, self._style, self._shown = array("q"), array("i"), array("i"), array("i")
        self._numbers = array("d")
        self._words: list[Raw] = [""]
        self._codes: dict[object, int] = {"": 0}
        self._texts = {"": 0}

    @cached_property
    def filled(self) -> Mask:
        """The cells with a value."""
        filled: Mask = self.cells.code != 0
        return filled

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What figures and dates show, by place."""
        return tuple(self._texts)

    def start_column(self, attributes: Mapping[str, str]) -> None:
        """A column, or many."""
        first = len(self._defaults)
        after = min(first + count_of(attributes, "table:number-columns-repeated"), limits.COLUMNS)
        style = attributes.get("table:default-cell-style-name", "")
        self._defaults += [self._styles.setdefault(style, len(self._styles))] * (after - first)
        if self._way(attributes) != "visible" and first < after:
            self.hidden_columns.append((first, after))

    def start_row(self, attributes: Mapping[str, str]) -> None:
        """A row, or many."""
        self._top, self._left = self._bottom + 1, 0
        self._bottom += count_of(attributes, "table:number-rows-repeated")
        way = self._way(attributes)
        if way != "visible" and self._top < limits.ROWS:
            self.hidden_rows.append((_AWAY.get(way, "hidden-rows"), self._top, self._bottom + 1))

    def _way(self, attributes: Mapping[str, str]) -> str:
        """How a row or column is shown: one in a folded group is not, whatever it says itself."""
        way = attributes.get("table:visibility", "visible")
        return "collapse" if way == "visible" and any(self.groups) else way

    def take(self, cell: Mapping[str, str], paragraphs: Sequence[str]) -> None:
        """A cell with its text; one that is repeated or merged, or empty."""
        get = cell.get
        left = self._left
        repeated = get("table:number-columns-repeated")
        self._left = after = left + 1 if repeated is None else left + count_of(cell, "table:number-columns-repeated")
        text = paragraphs[0] if len(paragraphs) == 1 else "\n".join(paragraphs)
        value, kind = get("office:value"), get("office:value-type")
        shown = 0
        if "table:formula" in cell:
            self.formulas.append(cell["table:formula"])
        if value is not None:
            self._numbers.append(_number(value))
            code = -len(self._numbers)
            if text != value and paragraphs:
                shown = self._texts.setdefault(text, len(self._texts))
        elif kind == "string" or (kind is None and text):
            words = get("office:string-value") or text
            code = self._codes.get(words, -1)
            if code < 0:
                code = self._code_of(words, words)
        elif kind is None:
            return
        else:
            raw = _typed(cell, text)
            code = self._code_of(raw if isinstance(raw, str) else (type(raw), raw), raw)
            shown = self._texts.setdefault(text, len(self._texts)) if text else 0
        style = self._styles.get(get("table:style-name") or "", -1)
        if style <= 0:
            style = self._style_of(get("table:style-name"), left)
        if after > self.width or self._bottom >= self.height:
            self._spread(after)
        if repeated is None and self._top == self._bottom:
            self._place.append(self._top * limits.COLUMNS + left)
            self._code.append(code)
            self._style.append(style)
            self._shown.append(shown)
        else:
            for row in range(self._top, self._bottom + 1):
                self._place.extend(range(row * limits.COLUMNS + left, row * limits.COLUMNS + after))
            count = (self._bottom + 1 - self._top) * (after - left)
            for column, entry in ((self._code, code), (self._style, style), (self._shown, shown)):
                column.extend([entry] * count)
        if "table:number-columns-spanned" in cell or "table:number-rows-spanned" in cell:
            self._merge(cell, left)

    def _code_of(self, key: object, value: Raw) -> int:
        code = self._codes.setdefault(key, len(self._words))
        if code == len(self._words):
            self._words.append(value)
        return code

    def _style_of(self, name: str | None, column: int) -> int:
        """The code of a cell's style, or of its column's."""
        if name:
            return self._styles.setdefault(name, len(self._styles))
        return self._defaults[column] if column < len(self._defaults) else 0

    def _spread(self, width: int) -> None:
        """Take in a cell's place, where a sheet has such a place."""
        self.height, self.width = max(self.height, self._bottom + 1), max(self.width, width)
        for size, limit in ((self.height, "ROWS"), (self.width, "COLUMNS")):
            most = getattr(limits, limit)
            if size > most:
                raise UnfitError(f"its cells spread over more than {most:,} {limit.lower()}", limit)
        if self.height * self.width > limits.WORKBOOK_CELLS:
            raise UnfitError(f"its cells spread over more than {limits.WORKBOOK_CELLS:,} places", "WORKBOOK_CELLS")

    def _merge(self, cell: Mapping[str, str], left: int) -> None:
        high, wide = count_of(cell, "table:number-rows-spanned"), count_of(cell, "table:number-columns-spanned")
        if high * wide > 1:
            self.merged.append(Range(self._top, left, self._top + high - 1, left + wide - 1))
        if len(self.merged) > limits.MERGED:
            raise UnfitError(f"a sheet has more than {limits.MERGED:,} merged ranges", "MERGED")

    def settle(self) -> None:
        """Lay out the cells."""
        row, col = np.divmod(np.frombuffer(self._place, np.int64), limits.COLUMNS)
        code, self.style, self.shown = (np.zeros((self.height, self.width), np.int32) for _ in range(3))
        for layer, column in ((code, self._code), (self.style, self._style), (self.shown, self._shown)):
            layer[row, col] = np.frombuffer(column, np.int32)
        self.cells = SheetCells(code, self._words, np.frombuffer(self._numbers, np.float64))


def count_of(attributes: Mapping[str, str], name: str) -> int:
    """A repeat count: 1 where it is absent, more than any sheet holds where it is absurd."""
    words = attributes.get(name, "1")
    if not (words.isascii() and words.isdigit()):
        raise UnfitError("how often a cell, row or column is repeated is not a number")
    return max(1, int(words)) if len(words) < 9 else 10**8


def _number(words: str) -> float:
    try:
        return float(words.replace("_", "x"))  # what Python alone takes for a number
    except ValueError:
        raise UnfitError("a cell's value is not a number") from None


def _typed(cell: Mapping[str, str], text: str) -> Raw:
    """A date, a time, a truth; the words themselves where they are none, the text where there is no value."""
    if "office:boolean-value" in cell:
        return cell["office:boolean-value"].lower() in ("true", "1")
    length = _LENGTH.fullmatch(cell.get("office:time-value", ""))
    if length:
        hour, minute, second = map(int, length.groups()[:3])
        if hour < 24 and minute < 60 and second < 60:
            return time(hour, minute, second, int((length[4] or "").ljust(6, "0")[:6]))
    return iso_date(cell.get("office:date-value") or cell.get("office:time-value") or text)
