"""One worksheet from one pass over its part: cells as columns, rows, formulas, and everything else as a tree.

The values, the styles and the inspections of a sheet are all served from it.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.a1 import address, column_number
from wpmi_lint.model import Range
from wpmi_lint.package import limits
from wpmi_lint.package.gate import tree_of
from wpmi_lint.package.markup import UnfitError, is_true, plain, unescape, uniform
from wpmi_lint.package.sheetscan import BLANK, NUMBER, TEXT, Scanned, scan
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from numpy.typing import NDArray

    from wpmi_lint.package.markup import Strings
    from wpmi_lint.package.sheetscan import Ints

    Mask = NDArray[np.bool_]

_BEGIN = re.compile(rb"<sheetData(?:\s[^>]*?)?(/?)>")
_ROW = re.compile(rb"""<row ((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_AWAY = (b"hidden", rb"""ht\s*=\s*["']0""")  # two searches: each runs at the speed of one for its letters
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FORMULA = re.compile(rb"<f(?:\s[^>]*?)?(?:/>|>([^<]*)</f>)")
_REFERENCE = re.compile(r"^\$?([A-Za-z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Za-z]{1,3})?\$?(\d{1,7})?)?$")


class Cell(NamedTuple):
    """A cell with content; row and column are 0-based."""

    row: int
    col: int
    kind: int
    value: float  # NaN where it holds no number
    text: str  # "" for a number

    @property
    def name(self) -> str:
        """Its reference."""
        return address(self.row, self.col)

    @property
    def figure(self) -> float | None:
        """Its number."""
        return self.value if self.kind == NUMBER else None


class Grid:
    """The cells of a worksheet in order, those without content left out, and what else its part says.

    `row`, `col`, `style`, `kind`, `value` and `text` (code into `strings`) have one entry a cell.
    """

    def __init__(self, part: bytes, strings: Strings, *, marked: bool) -> None:
        """Read a part that the gate let through; raises UnfitError where it is not to be served.

        `marked`: it has comments, CDATA or instructions.
        """
        data, body, cells = _scanned(part, strings, marked=marked)
        self.strings = strings
        self.row, self.col, self.style = cells.row, cells.col, cells.style
        self.kind, self.value, self.text = cells.kind, cells.value, cells.text
        self.empty_styles = cells.empty
        rest = tree_of(data[: body.start] + data[body.stop :])
        if isinstance(rest, tuple):
            raise UnfitError(*rest)
        self.rest: Element = rest
        for views in self.rest.findall("customSheetViews"):
            self.rest.remove(views)  # copies of settings, as one person likes them
        self.hidden_rows = _hidden_rows(data, body, cells.row_tags)
        self._formulas = data if cells.formula.any() else b""
        self._formula_at = cells.formula

    @property
    def height(self) -> int:
        """Rows from the top of the sheet to the last cell with a value."""
        return int(self.row[self.kind != BLANK].max(initial=-1)) + 1

    @property
    def width(self) -> int:
        """Columns from the left of the sheet to the last cell with a value."""
        return int(self.col[self.kind != BLANK].max(initial=-1)) + 1

    def cell(self, index: int) -> Cell:
        """One cell."""
        code = int(self.text[index])
        words = self.strings.texts[code] if code >= 0 else ""
        row, col, kind = int(self.row[index]), int(self.col[index]), int(self.kind[index])
        return Cell(row=row, col=col, kind=kind, value=float(self.value[index]), text=words)

    def cells(self, wanted: Mask) -> list[Cell]:
        """The cells of a mask."""
        return [self.cell(i) for i in np.flatnonzero(wanted).tolist()]

    def figures(self, wanted: Mask | None = None) -> int:
        """How many cells, or cells of a mask, hold a number."""
        numbers = self.kind == NUMBER
        return int((numbers if wanted is None else numbers & wanted).sum())

    def words(self, wanted: Mask, most: int = 5000) -> list[str]:
        """The texts of the first cells of a mask."""
        codes = self.text[np.flatnonzero(wanted & (self.kind == TEXT))[:most]]
        return [self.strings.texts[code] for code in codes.tolist() if code >= 0]

    def at(self, row: int, col: int) -> float | str | None:
        """The number or text of a cell, None where it is blank."""
        key = self.key(row, col)
        place = int(np.searchsorted(self.keys, key))
        if place >= self.keys.size or self.keys[place] != key or self.kind[place] == BLANK:
            return None
        cell = self.cell(place)
        return cell.value if cell.kind == NUMBER else cell.text

    @cached_property
    def keys(self) -> NDArray[np.int64]:
        """The place of each cell as one number, in order."""
        return self.key(self.row, self.col)

    @staticmethod
    def key(row: int | Ints, col: int | Ints) -> NDArray[np.int64]:
        """A place, or many, as one number."""
        return np.asarray(row, np.int64) * limits.COLUMNS + col

    def inside(self, areas: Iterable[Range]) -> Mask:
        """The cells with a value inside any of the rectangles; as many steps as rectangles and places, never times."""
        corners = np.array([*areas], dtype=np.int64).reshape(-1, 4)
        if not corners.size:
            return np.zeros(self.kind.size, dtype=np.bool_)
        edges = np.zeros((self.height + 1, self.width + 1), dtype=np.int32)
        top, left = (np.minimum(corners[:, i], edges.shape[i] - 1) for i in (0, 1))
        bottom, right = (np.minimum(corners[:, i + 2] + 1, edges.shape[i] - 1) for i in (0, 1))
        for rows, cols, step in ((top, left, 1), (bottom, left, -1), (top, right, -1), (bottom, right, 1)):
            np.add.at(edges, (rows, cols), step)
        depth = edges.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
        cells: Mask = self.kind != BLANK
        cells[cells] = depth[self.row[cells], self.col[cells]] > 0
        return cells

    @property
    def has_formula(self) -> Mask:
        """The cells that have a formula."""
        return np.asarray(self._formula_at > 0)

    def formulas(self) -> Iterator[tuple[int, str]]:
        """All formulas: index of the cell, and text; "" where it shares that of another cell."""
        for index in np.flatnonzero(self.has_formula).tolist():
            formula = _FORMULA.match(self._formulas, int(self._formula_at[index]))
            yield index, unescape(formula[1] or b"") if formula else ""

    @cached_property
    def merged(self) -> tuple[Range, ...]:
        """The merged ranges."""
        places = (area(node.get("ref", "")) for node in self.rest.iter("mergeCell"))
        return tuple(place for place in places if place is not None)


def _scanned(part: bytes, strings: Strings, *, marked: bool) -> tuple[bytes, range, Scanned]:
    """The cells of a part; where it is written in an unusual way, of the part written again."""
    for write in (plain, uniform)[marked:]:
        data = write(part)
        body = _body(data) if data is not None else range(0)
        cells = scan(data, body, strings) if data is not None else None
        if data is not None and cells is not None:
            return data, body, cells
    raise UnfitError("a cell's reference is not valid")


def _body(data: bytes) -> range:
    """Where the cells stand: from the tag that opens them to behind the one that closes them."""
    begin = _BEGIN.search(data)
    if begin is None:  # a sheet of a chart
        return range(len(data), len(data))
    if _BEGIN.search(data, begin.end()):
        raise UnfitError("it has two lists of cells: programs differ in which one they show")
    end = begin.end() if begin[1] else data.find(b"</sheetData>", begin.end()) + len(b"</sheetData>")
    return range(begin.start(), end)


def is_away(attributes: dict[str, str], size: str) -> bool:
    """Whether a row or column is hidden, or of no size; `size` is the attribute that says how large it is."""
    if is_true(attributes.get("hidden")):
        return True
    try:
        return float(attributes.get(size, "1")) == 0
    except ValueError:
        return False


def _hidden_rows(data: bytes, body: range, tags: NDArray[np.int64]) -> Ints:
    """The 0-based numbers of the rows that are hidden or of no height."""
    marks = [match.start() for mark in _AWAY for match in re.compile(mark).finditer(data, body.start, body.stop)]
    hidden = []
    for place in np.unique(np.searchsorted(tags, marks) - 1).tolist() if tags.size else ():
        tag = _ROW.match(data, int(tags[place])) if place >= 0 else None
        if tag:
            attributes = {key.decode(): unescape(a or b) for key, a, b in _ATTRIBUTE.findall(tag[1])}
            if is_away(attributes, "ht"):
                hidden.append(int(attributes["r"]) - 1)
    return np.array(sorted(set(hidden)), dtype=np.int32)


def area(reference: str) -> Range | None:
    """The rectangle of an A1 reference: a cell, a range, whole rows or columns; None where it is none."""
    match = _REFERENCE.match(reference.strip())
    if not match or not (match[1] or match[2]):
        return None
    left, top, right, bottom = match.groups()
    if ":" not in reference:
        right, bottom = left, top
    return Range(
        top=int(top) - 1 if top else 0,
        left=column_number(left) if left else 0,
        bottom=(int(bottom) if bottom else limits.ROWS) - 1,
        right=column_number(right) if right else limits.COLUMNS - 1,
    )
