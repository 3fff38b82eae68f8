"""Figures that pivot tables, charts, links to other workbooks and slicers keep."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.carried.listing import sample
from wpmi_lint.carried.visible import figure, unseen_in_chart, unseen_in_pivot
from wpmi_lint.carried.ways import item
from wpmi_lint.package.gate import tree_of
from wpmi_lint.package.markup import texts, unescape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.package.book import Book

_RECORD = re.compile(rb"<(?:\w+:)?r(?:\s[^>]*)?>")
_FIGURE = re.compile(rb"<(?:\w+:)?n\s[^>]*?v=\"")
_WORD = re.compile(rb"<(?:\w+:)?[sd]\s[^>]*?v=\"([^\"]*)\"")
_LISTED = ("s", "n", "d", "b", "e")
_DRAWN = ("numCache", "strCache", "numLit", "strLit", "multiLvlStrCache", "numDim", "strDim")


def pivot_definitions(book: Book) -> Iterator[Hidden]:
    """Pivot caches: the source, its different values, and who refreshed it."""
    for part in book.find("xl/pivotCache/pivotCacheDefinition", ".xml"):
        root = book.tree(part)
        if root is None:
            continue
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
            unseen=unseen_in_pivot(book, root),
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
            unseen=None if root is None or isinstance(rows, tuple) else unseen_in_pivot(book, root, rows),
        )


def _definition(book: Book, records: str) -> Element | None:
    for part in book.find("xl/pivotCache/pivotCacheDefinition", ".xml"):
        if records.lower() in (target.lower() for target in book.related(part, "pivotCacheRecords")):
            return book.tree(part)
    return None


def charts(book: Book) -> Iterator[Hidden]:
    """Figures inside charts, and charts that are tied to a pivot table."""
    parts = (*book.find("xl/charts/chart", ".xml"), *book.find("xl/charts/chartEx", ".xml"))
    for part in dict.fromkeys(parts):
        root = book.tree(part)
        if root is None:
            continue
        points = [node for name in _DRAWN for box in root.iter(name) for node in box.iter("pt")]
        sheet = book.owner(part)
        where = f"chart on sheet '{sheet.name}'" if sheet else "chart"
        name, index = (sheet.name, sheet.number) if sheet else (None, None)
        if points:
            numbers = sum(
                len(list(box.iter("pt"))) for kind in ("numCache", "numLit", "numDim") for box in root.iter(kind)
            )
            words = ["".join(node.itertext()).strip() for kind in ("strCache", "strLit", "multiLvlStrCache")
                     for box in root.iter(kind) for node in box.iter("pt")]  # fmt: skip
            words += [text for box in root.iter("title") for text in texts(box, "t")]
            yield item("chart-cache", f"{where}: {len(points)} points kept", numbers, sheet=name, index=index,
                       part=part, words=sample(words), unseen=unseen_in_chart(book, root))  # fmt: skip
        if next(root.iter("pivotSource"), None) is not None:
            yield item("chart-pivot-source", where, sheet=name, index=index, part=part)


def external_links(book: Book) -> Iterator[Hidden]:
    """Links to other workbooks, and the cells of them that are kept."""
    for part in book.find("xl/externalLinks/externalLink", ".xml"):
        root = book.tree(part)
        if root is None:
            continue
        targets = [relation.target for relation in book.relations(part) if relation.external]
        cells = [node for box in root.iter("sheetDataSet") for node in box.iter("cell")]
        cells = [cell for cell in cells if cell.find("v") is not None]
        cells += [node for node in root.iter("value") if node.find("val") is not None]
        names = [node.get("val", "") for node in root.iter("sheetName")]
        values = [(cell.findtext("v") or cell.findtext("val") or "") for cell in cells]
        is_number = [figure(value) is not None for value in values]
        numbers = sum(a and cell.get("t", "n") == "n" for cell, a in zip(cells, is_number, strict=True))
        others = (value for value, a in zip(values, is_number, strict=True) if not a)
        words = sample([*targets, *names, *others])
        what = "external-link-cache" if cells else "external-link"
        yield item(what, f"link to another workbook with {len(cells)} of its cells", numbers, part=part, words=words)


def slicers(book: Book) -> Iterator[Hidden]:
    """The values that slicers and timelines list."""
    for part in (*book.find("xl/slicerCaches/", ".xml"), *book.find("xl/timelineCaches/", ".xml")):
        root = book.tree(part)
        words = (
            [] if root is None else [node.get("n") or node.get("v") or "" for node in root.iter() if node.tag in "ix"]
        )
        yield item("slicer-cache", "slicer or timeline", part=part, words=sample(words))
