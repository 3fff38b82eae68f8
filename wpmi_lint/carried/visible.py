"""Whether the figures that a cache keeps stand in visible cells too: then the cache tells a reader nothing new."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.carried.sheets import in_hidden_columns, in_hidden_rows
from wpmi_lint.package.grid import area

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from wpmi_lint.model import Range
    from wpmi_lint.package.book import Book
    from wpmi_lint.package.grid import Grid

_FORMULA = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$")
_LARGEST = 2_000_000  # cells of a source that are compared at most


def _visible(book: Book, name: str) -> Grid | None:
    """The cells of a sheet; None where the sheet is hidden or missing, or has hidden rows or columns with content."""
    sheet = book.sheet_named(name)
    grid = book.grids.get(sheet.number) if sheet and sheet.visibility == "visible" else None
    if grid is None or in_hidden_rows(grid).any() or in_hidden_columns(grid).any():
        return None
    return grid


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
        kept, seen = figure(text), cells.at(place.top + index // width, place.left + index % width)
        unseen += kept is not None and (not isinstance(seen, float) or abs(seen - kept) > abs(seen) * 1e-9)
    return unseen


def unseen_in_pivot(book: Book, root: Element, records: Element | None = None) -> int | None:
    """How many of a pivot cache's figures and texts its source does not show; None: the source cannot be seen."""
    source = next(root.iter("worksheetSource"), None)
    place, sheet = _source_area(book, source) if source is not None else (None, "")
    cells = _visible(book, sheet) if sheet and place is not None else None
    fields = list(root.iter("cacheField"))
    if place is None or cells is None or (place.bottom - place.top) * len(fields) > _LARGEST:
        return None
    columns = [{cells.at(row, col) for row in range(place.top + 1, place.bottom + 1)}
               for col in range(place.left, place.left + len(fields))]  # fmt: skip
    shared = ((i, node) for i, field in enumerate(fields) for box in field.iter("sharedItems") for node in box)
    single = (
        (i, node)
        for record in (() if records is None else records)
        for i, node in enumerate(record)
        if i < len(columns)
    )
    return sum(_missing(node, columns[i]) for part in (shared, single) for i, node in part)


def _missing(node: Element, column: set[float | str | None]) -> bool:
    if node.tag == "s":
        return node.get("v", "") not in column and bool(node.get("v", "").strip())
    return node.tag == "n" and figure(node.get("v", "")) not in column


def figure(text: str) -> float | None:
    """A text as a number, None where it is none."""
    try:
        return float(text)
    except ValueError:
        return None


def _source_area(book: Book, source: Element) -> tuple[Range | None, str]:
    reference, sheet = source.get("ref", ""), source.get("sheet", "")
    name = source.get("name", "")
    if name and not reference:
        for part in book.find("xl/tables/", ".xml"):
            root = book.tree(part)
            if root is not None and name.lower() in (root.get("name", "").lower(), root.get("displayName", "").lower()):
                owner = book.owner(part)
                return area(root.get("ref", "")), owner.name if owner else ""
    return area(reference), sheet
