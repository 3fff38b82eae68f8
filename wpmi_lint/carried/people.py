"""Names of people and organisations, and what they wrote: comments, properties, folders, views, headers and footers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.carried import xml
from wpmi_lint.carried.book import sample
from wpmi_lint.carried.grid import attributes
from wpmi_lint.carried.ways import item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from wpmi_lint.carried.book import Book
    from wpmi_lint.carried.grid import Grid
    from wpmi_lint.carried.ways import Hidden

_PERSONAL = ("creator", "lastModifiedBy", "title", "subject", "keywords", "description", "category", "Company",
             "Manager")  # fmt: skip
# what programs write where the author's name belongs
_PROGRAMS = ("openpyxl", "xlsxwriter", "apache poi", "epplus", "closedxml", "phpspreadsheet", "sheetjs", "docs4you")
_NAMED_PARTS = re.compile(r"(?:^|/)comments\d*\.xml$|/comments/[^/]+\.xml$", re.I)
_HEADER = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)(?:\s[^>]*)?>([^<]*)<")
_FIELD = re.compile(r'&(?:"[^"]*"|[PNDTFAZG]|[LCRBIUSXY]|\d+|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3})')
_LINK = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\)", re.I)


def comments(book: Book) -> Iterator[Hidden]:
    """Notes, one item a sheet."""
    for part in sorted(name for name in book.names if _NAMED_PARTS.search(name) and "threaded" not in name.lower()):
        root = book.tree(part)
        nodes = [] if root is None else list(root.iter("comment"))
        if nodes:
            words = [text for node in nodes for text in xml.texts(node, "text")]
            authors = [] if root is None else list(xml.texts(root, "author"))
            yield _of_sheet(book, "comments", part, f"{len(nodes)} comments", [*words, *authors])


def threads(book: Book) -> Iterator[Hidden]:
    """Threaded comments and the people in them."""
    for part in book.find("xl/threadedComments/", ".xml"):
        root = book.tree(part)
        nodes = [] if root is None else list(root.iter("threadedComment"))
        if nodes:
            yield _of_sheet(book, "threaded-comments", part, f"{len(nodes)} comments", list(xml.texts(root, "text")))
    for part in book.find("xl/persons/", ".xml"):
        root = book.tree(part)
        names = [] if root is None else [node.get("displayName", "") for node in root.iter("person")]
        if names:
            yield item("persons", f"{len(names)} people", part=part, words=sample(names))


def _of_sheet(book: Book, what: str, part: str, words: str, texts: list[str]) -> Hidden:
    sheet = book.owner(part)
    where = f"sheet '{sheet.name}', {words}" if sheet else words
    name, index = (sheet.name, sheet.number) if sheet else (None, None)
    return item(what, where, _numbers(texts), sheet=name, index=index, part=part, words=sample(texts))


def _numbers(texts: list[str]) -> int:
    return sum(len(re.findall(r"(?<![\w.,])\d[\d,.]*(?!\w)", text)) for text in texts)


def properties(book: Book) -> Iterator[Hidden]:
    """Document properties that name people or say something; the names of programs do not."""
    for part in book.find("docProps/", ".xml"):
        root = book.tree(part)
        if root is None:
            continue
        if root.tag == "Properties" and any(node.tag == "property" for node in root):
            nodes = [node for node in root if node.tag == "property"]
            names = [node.get("name", "") for node in nodes]
            words = [*names, *("".join(node.itertext()) for node in nodes)]
            yield item("custom-doc-properties", f"{len(nodes)} custom properties", part=part, words=sample(words))
            continue
        found = {node.tag: (node.text or "").strip() for node in root if node.tag in _PERSONAL}
        found = {key: value for key, value in found.items() if value}
        told = [value for value in found.values() if value.lower() not in _PROGRAMS]
        if found:
            yield item("doc-properties", ", ".join(sorted(found)), part=part, words=sample(told), telling=bool(told))


def workbook_settings(book: Book) -> Iterator[Hidden]:
    """What the workbook part says of its users: folder, reservation, views, protection, strictness."""
    root = book.tree(book.workbook)
    if root is None:
        return
    for node in root.iter():
        if node.tag == "absPath" and node.get("url"):
            yield item("author-path", "the workbook's folder", part=book.workbook, words=sample([node.get("url", "")]))
        elif node.tag == "fileSharing":
            yield item(
                "file-sharing", "write reservation", part=book.workbook, words=sample([node.get("userName", "")])
            )
        elif node.tag == "workbookProtection" and node.attrib:
            yield item("workbook-protection", "the workbook", part=book.workbook)
    views = [node.get("name", "") for node in root.iter("customWorkbookView")]
    if views:
        yield item("custom-view", f"{len(views)} views", part=book.workbook, words=sample(views))
    data = book.read(book.workbook) or b""
    if b"purl.oclc.org/ooxml/spreadsheetml" in data:
        yield item("strict-ooxml", "the workbook", part=book.workbook)


def sheet_settings(grid: Grid) -> Iterator[Hidden]:
    """Header and footer text, protection, scenarios, lists of allowed entries, local links and objects of a sheet."""
    texts = [xml.unescape(raw) for raw in _HEADER.findall(grid.tail)]
    if any(text.strip() for text in texts):
        words = [_FIELD.sub(" ", text).strip() for text in texts]
        telling = any(text.lower() not in ("", "page", "page  of") for text in words)
        yield _grid_item(grid, "header-footer", "header or footer", words, telling=telling)
    if b"<sheetProtection" in grid.tail:
        yield _grid_item(grid, "sheet-protection", "protected", [])
    if b"<scenario " in grid.tail:
        found = re.findall(rb'<inputCells\s[^>]*val="([^"]*)"', grid.tail)
        words = [attributes(tag).get("name", "") for tag in re.findall(rb"<scenario\s([^>]*)>", grid.tail)]
        values = [xml.unescape(value) for value in found]
        yield _grid_item(
            grid, "scenarios", f"{grid.tail.count(b'<scenario ')} scenarios", [*words, *values], len(values)
        )
    lists = [xml.unescape(raw) for raw in re.findall(rb"<formula1>\s*((?:\"|&quot;)[^<]*)</formula1>", grid.tail)]
    if lists:
        yield _grid_item(grid, "validation-literal-list", f"{len(lists)} lists", lists)
    objects = {tag.get("shapeId", "") for raw in re.findall(rb"<oleObject\s([^>]*)>", grid.tail)
               if "link" not in (tag := attributes(raw))}  # fmt: skip
    if objects:  # a linked one is an external link
        yield _grid_item(grid, "ole-object", f"{len(objects)} objects", [])
    paths = [r.target for r in grid.book.relations(grid.sheet.part) if r.external and _LINK.match(r.target)]
    if paths:
        yield _grid_item(grid, "hyperlink-local-path", f"{len(paths)} links", paths)


def _grid_item(
    grid: Grid, what: str, where: str, words: list[str], figures: int = 0, *, telling: bool = True
) -> Hidden:
    sheet, place, texts = grid.sheet, grid.place(where), sample(words)
    return item(
        what, place, figures, sheet=sheet.name, index=sheet.number, part=sheet.part, words=texts, telling=telling
    )


def drawings(book: Book) -> Iterator[Hidden]:
    """Text in shapes, descriptions of pictures, and shapes that are hidden."""
    for part in book.find("xl/drawings/", ".xml"):
        root = book.tree(part)
        if root is None:
            continue
        words = list(xml.texts(root, "t"))
        if words:
            yield _of_sheet(book, "drawing-text", part, f"{len(words)} texts", words)
        shapes = list(root.iter("cNvPr"))
        described = [text for node in shapes if (text := _description(node))]
        if described:
            yield _of_sheet(book, "alt-text", part, f"{len(described)} descriptions", described)
        away = [node.get("name", "") for node in shapes if xml.true(node.get("hidden"))]
        if away:
            yield _of_sheet(book, "hidden-shape", part, f"{len(away)} shapes", away)


def _description(node: Element) -> str:
    text = (node.get("descr") or node.get("title") or "").strip()
    return "" if text.lower() in ("chart", "image", "picture", "shape") else text
