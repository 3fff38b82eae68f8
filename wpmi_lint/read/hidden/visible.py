"""Whether the figures that a cache keeps stand in visible cells too: then the cache tells a reader nothing new."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.read.hidden import xml
from wpmi_lint.read.hidden.grid import Grid, area
from wpmi_lint.read.hidden.sheets import hidden_columns, hidden_rows

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from wpmi_lint.read.hidden.book import Book
    from wpmi_lint.read.hidden.grid import Area

_FORMULA = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$")
_LARGEST = 2_000_000  # cells compared at most

Cells = dict[tuple[int, int], float]  # (column, row) -> figure


def _visible(book: Book, name: str) -> Cells | None:
    """The figures of a sheet that a reader sees; None where the sheet is hidden, missing or has hidden parts."""
    known: dict[str, Cells | None] = book.__dict__.setdefault("visible_cells", {})
    key = name.lower()
    if key not in known:
        known[key] = _figures(book, name)
    return known[key]


def _figures(book: Book, name: str) -> Cells | None:
    sheet = book.named(name)
    data = xml.uniform(book.read(sheet.part)) if sheet and sheet.state == "visible" else None
    if sheet is None or data is None:
        return None
    grid = Grid(book, sheet, data)
    if any(True for _ in hidden_rows(grid)) or any(True for _ in hidden_columns(grid)):
        return None
    return {(c.col, c.row): number for c in grid.cells() if (number := c.figure) is not None}


def unseen_in_chart(book: Book, root: Element) -> int:
    """How many numbers of a chart's caches no visible cell of their source shows."""
    unseen = 0
    for box in root.iter("numLit"):
        unseen += len(list(box.iter("pt")))
    for reference in root.iter("numRef"):
        points = [(node.get("idx", "0"), node.findtext("v") or "") for node in reference.iter("pt")]
        values = [(int(index), text) for index, text in points if re.fullmatch(r"[0-9]{1,9}", index)]
        unseen += _unseen(book, reference.findtext("f") or "", values) + len(points) - len(values)
    return unseen


def _unseen(book: Book, formula: str, values: list[tuple[int, str]]) -> int:
    match = _FORMULA.match(formula.strip())
    place = area(match.group(3)) if match else None
    cells = _visible(book, (match.group(1) or match.group(2)).replace("''", "'")) if match and place else None
    if place is None or cells is None:
        return len(values)
    unseen = 0
    for index, text in values:
        width = place.right - place.left + 1
        spot = (place.left + index % width, place.top + index // width)
        kept, seen = figure(text), cells.get(spot)
        unseen += kept is not None and (seen is None or abs(seen - kept) > abs(seen) * 1e-9)
    return unseen


def unseen_in_pivot(book: Book, root: Element) -> int | None:
    """0 where the pivot's source is a visible range of the same workbook with the same numbers; None: not compared."""
    source = next(root.iter("worksheetSource"), None)
    place, sheet = _source_area(book, source) if source is not None else (None, "")
    cells = _visible(book, sheet) if sheet and place is not None else None
    if place is None or cells is None:
        return None
    columns: dict[int, set[float]] = {}
    for (col, row), value in cells.items():
        if place.top < row <= place.bottom:
            columns.setdefault(col, set()).add(value)
    fields = enumerate(root.iter("cacheField"), place.left)
    return sum(_missing(field, columns.get(col, set())) for col, field in fields)


def _missing(field: Element, column: set[float]) -> int:
    numbers = [figure(node.get("v", "")) for box in field.iter("sharedItems") for node in box if node.tag == "n"]
    return sum(number not in column for number in numbers)


def figure(text: str) -> float | None:
    """A text as a number, None where it is none."""
    try:
        return float(text)
    except ValueError:
        return None


def _source_area(book: Book, source: Element) -> tuple[Area | None, str]:
    reference, sheet = source.get("ref", ""), source.get("sheet", "")
    name = source.get("name", "")
    if name and not reference:
        for part in book.find("xl/tables/", ".xml"):
            root = book.tree(part)
            if root is not None and name.lower() in (root.get("name", "").lower(), root.get("displayName", "").lower()):
                owner = book.owner(part)
                return area(root.get("ref", "")), owner.name if owner else ""
    return area(reference), sheet
