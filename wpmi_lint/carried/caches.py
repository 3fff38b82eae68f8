"""Figures that pivot tables, charts, links and slicers keep; those of visible cells tell a reader nothing new."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.carried.sheets import in_hidden_columns, in_hidden_rows
from wpmi_lint.carried.ways import item, sample
from wpmi_lint.package.gate import tree_of
from wpmi_lint.package.grid import area
from wpmi_lint.package.markup import texts, unescape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Range
    from wpmi_lint.package.book import Book
    from wpmi_lint.package.grid import Grid

_RECORD = re.compile(rb"<(?:\w+:)?r(?:\s[^>]*)?>")
_FIGURE = re.compile(rb"<(?:\w+:)?n\s[^>]*?v=\"")
_WORD = re.compile(rb"<(?:\w+:)?[sd]\s[^>]*?v=\"([^\"]*)\"")
_LISTED = ("s", "n", "d", "b", "e")
_DRAWN = ("numCache", "strCache", "numLit", "strLit", "multiLvlStrCache", "numDim", "strDim")

_FORMULA = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$")
_LARGEST = 2_000_000  # cells of a source that are compared at most


def pivot_definitions(book: Book) -> Iterator[Hidden]:
    """Pivot caches: the source, its different values, and who refreshed it."""
    for part, root in book.trees(book.find("xl/pivotCache/pivotCacheDefinition", ".xml")):
        shared = [node for box in root.iter("sharedItems") for node in box if node.tag in _LISTED]
        words = [node.get("v", "") for node in shared if node.tag == "s"]
        words += [node.get("name", "") for node in root.iter("cacheField")]
        who = " with the name of who refreshed it" if root.get("refreshedBy") else ""
        yield item(
            "pivot-cache-definition",
            f"pivot cache of {_source(root)}: {len(shared)} different values{who}",
            sum(node.tag == "n" for node in shared),
            part=part,
            words=sample([root.get("refreshedBy", ""), *words]),
            unseen=_unseen_in_pivot(book, root),
        )


def _source(root: Element) -> str:
    node = next(root.iter("worksheetSource"), None)
    if node is None:
        return "an outside source"
    return node.get("name") or "!".join(filter(None, (node.get("sheet"), node.get("ref")))) or "a range"


def pivot_records(book: Book) -> Iterator[Hidden]:
    """Pivot caches: every row of the source."""
    for part in book.find("xl/pivotCache/pivotCacheRecords", ".xml"):
        data = book.gate.xml(part) or b""
        records = len(_RECORD.findall(data))
        if not records:
            continue
        root = _definition(book, part)
        fields = len(list(root.iter("cacheField"))) if root is not None else 0
        words = [unescape(match.group(1)) for _, match in zip(range(5000), _WORD.finditer(data), strict=False)]
        rows = tree_of(data)  # too many are not compared
        numbers = len(_FIGURE.findall(data)) + data.count(b"<x ") + data.count(b":x ")
        yield item(
            "pivot-cache-records",
            f"{records} rows of {fields} columns from {_source(root) if root is not None else 'an unknown source'}",
            numbers,
            part=part,
            words=sample(words),
            unseen=None if root is None or isinstance(rows, tuple) else _unseen_in_pivot(book, root, rows),
        )


def _definition(book: Book, records: str) -> Element | None:
    for part, root in book.trees(book.find("xl/pivotCache/pivotCacheDefinition", ".xml")):
        if records.lower() in map(str.lower, book.related(part, "pivotCacheRecords")):
            return root
    return None


def charts(book: Book) -> Iterator[Hidden]:
    """Figures inside charts, and charts that are tied to a pivot table."""
    for part, root in book.trees(book.find("xl/charts/chart", ".xml")):
        points = [node for name in _DRAWN for box in root.iter(name) for node in box.iter("pt")]
        sheet = book.owner(part)
        where = f"chart on sheet '{sheet.name}'" if sheet else "chart"
        name, index = (sheet.name, sheet.number) if sheet else (None, None)
        if points:
            boxes = (box for kind in ("numCache", "numLit", "numDim") for box in root.iter(kind))
            numbers = sum(len(list(box.iter("pt"))) for box in boxes)
            words = ["".join(node.itertext()).strip() for kind in ("strCache", "strLit", "multiLvlStrCache")
                     for box in root.iter(kind) for node in box.iter("pt")]  # fmt: skip
            words += [text for box in root.iter("title") for text in texts(box, "t")]
            yield item("chart-cache", f"{where}: {len(points)} points kept", numbers, sheet=name, index=index,
                       part=part, words=sample(words), unseen=_unseen_in_chart(book, root))  # fmt: skip
        if next(root.iter("pivotSource"), None) is not None:
            yield item("chart-pivot-source", where, sheet=name, index=index, part=part)


def external_links(book: Book) -> Iterator[Hidden]:
    """Links to other workbooks, and the cells of them that are kept."""
    for part, root in book.trees(book.find("xl/externalLinks/externalLink", ".xml")):
        targets = [relation.target for relation in book.relations(part) if relation.external]
        cells = [node for box in root.iter("sheetDataSet") for node in box.iter("cell")]
        cells = [cell for cell in cells if cell.find("v") is not None]
        cells += [node for node in root.iter("value") if node.find("val") is not None]
        names = [node.get("val", "") for node in root.iter("sheetName")]
        values = [(cell.findtext("v") or cell.findtext("val") or "") for cell in cells]
        is_number = [_figure(value) is not None for value in values]
        numbers = sum(a and cell.get("t", "n") == "n" for cell, a in zip(cells, is_number, strict=True))
        others = (value for value, a in zip(values, is_number, strict=True) if not a)
        words = sample([*targets, *names, *others])
        what = "external-link-cache" if cells else "external-link"
        yield item(what, f"link to another workbook with {len(cells)} of its cells", numbers, part=part, words=words)


def slicers(book: Book) -> Iterator[Hidden]:
    """The values that slicers and timelines list."""
    for part, root in book.trees((*book.find("xl/slicerCaches/", ".xml"), *book.find("xl/timelineCaches/", ".xml"))):
        words = [node.get("n") or node.get("v") or "" for node in root.iter() if node.tag in "ix"]
        yield item("slicer-cache", "slicer or timeline", part=part, words=sample(words))


# ---------------------------------------------------------------- whether visible cells show the same


def _visible(book: Book, name: str) -> Grid | None:
    """The cells of a sheet; None where the sheet is hidden or missing, or has hidden rows or columns with content."""
    sheet = book.sheet_named(name)
    grid = book.grids.get(sheet.number) if sheet and sheet.visibility == "visible" else None
    if grid is None or in_hidden_rows(grid).any() or in_hidden_columns(grid).any():
        return None
    return grid


def _unseen_in_chart(book: Book, root: Element) -> int:
    """How many numbers of a chart's caches no visible cell of their source shows."""
    unseen = sum(len(list(box.iter("pt"))) for box in root.iter("numLit"))
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
        kept, seen = _figure(text), cells.at(place.top + index // width, place.left + index % width)
        unseen += kept is not None and (not isinstance(seen, float) or abs(seen - kept) > abs(seen) * 1e-9)
    return unseen


def _unseen_in_pivot(book: Book, root: Element, records: Element | None = None) -> int | None:
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
    rows = () if records is None else records
    single = ((i, node) for record in rows for i, node in enumerate(record) if i < len(columns))
    return sum(_missing(node, columns[i]) for part in (shared, single) for i, node in part)


def _missing(node: Element, column: set[float | str | None]) -> bool:
    if node.tag == "s":
        return node.get("v", "") not in column and bool(node.get("v", "").strip())
    return node.tag == "n" and _figure(node.get("v", "")) not in column


def _figure(text: str) -> float | None:
    """A text as a number, None where it is none."""
    try:
        return float(text)
    except ValueError:
        return None


def _source_area(book: Book, source: Element) -> tuple[Range | None, str]:
    reference, sheet = source.get("ref", ""), source.get("sheet", "")
    name = source.get("name", "")
    if name and not reference:
        for part, root in book.trees(book.find("xl/tables/", ".xml")):
            if name.lower() in (root.get("name", "").lower(), root.get("displayName", "").lower()):
                owner = book.owner(part)
                return area(root.get("ref", "")), owner.name if owner else ""
    return area(reference), sheet
