"""The tables of an ODS content part on raw bytes: how far each spreads, merged cells, and the style of each cell."""

from __future__ import annotations

import re
from typing import NamedTuple

from wpmi_lint.model import Range
from wpmi_lint.read import limits

_TAG = re.compile(
    rb"<(/?)table:(table-cell|covered-table-cell|table-row|table-column|table)(?=[\s/>])([^>]*?)(/?)>", re.DOTALL
)
_ATTRIBUTE = re.compile(rb"""\b(?:table|office):([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class StyledRun(NamedTuple):
    """Cells of one style beside each other, in rows of the same content; ends included."""

    top: int
    left: int
    bottom: int
    right: int
    style: str


class Grid(NamedTuple):
    """One table: its size as far as cells have content, its merged ranges and its styled cells."""

    name: str
    height: int
    width: int
    merged: tuple[Range, ...]
    runs: tuple[StyledRun, ...]


class _Table:
    """A table while its tags go by."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.row = self.col = self.height = self.width = 0
        self.repeat = 1  # of the row
        self.defaults: list[tuple[int, str]] = []  # first column after a run, its default style
        self.merged: list[Range] = []
        self.runs: list[StyledRun] = []

    def grid(self) -> Grid:
        kept = (run for run in self.runs if run.top < self.height and run.left < self.width)
        return Grid(self.name, self.height, self.width, tuple(self.merged), tuple(kept))


def find_grids(part: bytes) -> list[Grid] | str:
    """Every table of a content part, in order; or in one line which limit it goes over."""
    if part.count(b"<table:table-cell") > limits.WORKBOOK_CELLS:
        return f"it has more than {limits.WORKBOOK_CELLS:,} cells"
    open_tables: list[_Table] = []
    found: list[_Table] = []
    for match in _TAG.finditer(part):
        closing, tag, words, closed = match.groups()
        if closing:
            _end(tag, open_tables)
            continue
        attrs = _attributes(words)
        if tag == b"table":
            table = _Table(attrs.get("name", ""))
            found.append(table)
            if not closed:
                open_tables.append(table)
        elif open_tables:
            table = open_tables[-1]
            problem = _start(table, tag, attrs, bool(closed))
            if closed and tag == b"table-row":
                table.row += table.repeat
            if problem:
                return problem
    total = sum(table.height * table.width for table in found)
    if total > limits.WORKBOOK_CELLS:
        return f"its cells spread over more than {limits.WORKBOOK_CELLS:,} places"
    return [table.grid() for table in found]


def _end(tag: bytes, open_tables: list[_Table]) -> None:
    if tag == b"table" and open_tables:
        open_tables.pop()
    elif tag == b"table-row" and open_tables:
        open_tables[-1].row += open_tables[-1].repeat


def _start(table: _Table, tag: bytes, attrs: dict[str, str], closed: bool) -> str | None:
    """Take a column, row or cell; which limit it goes over, if one."""
    if tag == b"table-row":
        table.repeat = _count(attrs.get("number-rows-repeated"))
        table.col = 0
        return None
    repeat = _count(attrs.get("number-columns-repeated"))
    if tag == b"table-column":
        first = table.defaults[-1][0] if table.defaults else 0
        table.defaults.append((first + repeat, attrs.get("default-cell-style-name", "")))
        return None
    filled = tag == b"table-cell" and (not closed or "value-type" in attrs)
    if filled:
        table.height = max(table.height, table.row + table.repeat)
        table.width = max(table.width, table.col + repeat)
        if table.height > limits.ROWS or table.width > limits.COLUMNS:
            return "a cell stands off the grid of a sheet"
        if table.height * table.width > limits.WORKBOOK_CELLS:
            return f"its cells spread over more than {limits.WORKBOOK_CELLS:,} places"
        _keep(table, attrs, repeat)
    table.col += repeat
    return None


def _keep(table: _Table, attrs: dict[str, str], repeat: int) -> None:
    style = attrs.get("style-name") or _default(table)
    bottom = table.row + table.repeat - 1
    if style:
        table.runs.append(StyledRun(table.row, table.col, bottom, table.col + repeat - 1, style))
    wide, high = _count(attrs.get("number-columns-spanned")), _count(attrs.get("number-rows-spanned"))
    if (wide > 1 or high > 1) and len(table.merged) < limits.MERGED:
        table.merged.append(Range(table.row, table.col, table.row + high - 1, table.col + wide - 1))


def _default(table: _Table) -> str:
    return next((style for end, style in table.defaults if table.col < end), "")


def _attributes(words: bytes) -> dict[str, str]:
    return {
        name.decode(): (double or single).decode("utf-8", "replace")
        for name, double, single in _ATTRIBUTE.findall(words)
    }


def _count(words: str | None) -> int:
    """A repeat count: 1 where it is absent, more than any sheet holds where it is absurd."""
    if words is None:
        return 1
    return max(1, int(words)) if words.isascii() and words.isdigit() and len(words) < 9 else 10**8
