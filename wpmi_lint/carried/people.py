"""Names of people and organisations, and what they wrote: comments, properties, folders, views, headers and footers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.carried.ways import item, sample
from wpmi_lint.package.markup import is_true, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from wpmi_lint.carried.onsheet import OnSheet
    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.package.book import Book

_PERSONAL = ("creator", "lastModifiedBy", "title", "subject", "keywords", "description", "category", "Company",
             "Manager")  # fmt: skip
# what programs write where the author's name belongs
_PROGRAMS = ("openpyxl", "xlsxwriter", "apache poi", "epplus", "closedxml", "phpspreadsheet", "sheetjs", "docs4you")
_NOTES = re.compile(r"^(?!.*threaded).*(?:(?:^|/)comments\d*\.xml|/comments/[^/]+\.xml)$", re.I)
_HEADERS = ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter")
_FIELD = re.compile(r'&(?:"[^"]*"|[PNDTFAZG]|[LCRBIUSXY]|\d+|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3})')
_LINK = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\)", re.I)


def comments(book: Book) -> Iterator[Hidden]:
    """Notes, one item a sheet."""
    for part, root in book.trees(sorted(filter(_NOTES.search, book.gate.names))):
        nodes = list(root.iter("comment"))
        if nodes:
            words = [text for node in nodes for text in texts(node, "text")]
            yield _of_sheet(book, "comments", part, f"{len(nodes)} comments", [*words, *texts(root, "author")])


def threads(book: Book) -> Iterator[Hidden]:
    """Threaded comments and the people in them."""
    for part, root in book.trees(book.find("xl/threadedComments/", ".xml")):
        nodes = list(root.iter("threadedComment"))
        if nodes:
            yield _of_sheet(book, "threaded-comments", part, f"{len(nodes)} comments", list(texts(root, "text")))
    for part, root in book.trees(book.find("xl/persons/", ".xml")):
        names = [node.get("displayName", "") for node in root.iter("person")]
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
    parts = (*book.find("docProps/", ".xml"), *book.related("", "core-properties"))
    for part, root in book.trees(dict.fromkeys(parts)):
        nodes = [node for node in root if node.tag == "property"]
        if root.tag == "Properties" and nodes:
            names = [node.get("name", "") for node in nodes]
            words = [*names, *("".join(node.itertext()) for node in nodes)]
            yield item("custom-doc-properties", f"{len(nodes)} custom properties", part=part, words=sample(words))
            continue
        filled = {node.tag: (node.text or "").strip() for node in root if node.tag in _PERSONAL}
        filled = {key: value for key, value in filled.items() if value}
        words = [value for value in filled.values() if value.lower() not in _PROGRAMS]
        if filled:
            yield item("doc-properties", ", ".join(sorted(filled)), part=part, words=sample(words), telling=bool(words))


def workbook_settings(book: Book) -> Iterator[Hidden]:
    """What the workbook part says of its users: folder, reservation, views, protection, strictness."""
    for node in book.root.iter():
        if node.tag == "absPath" and node.get("url"):
            yield item("author-path", "the workbook's folder", part=book.workbook, words=sample([node.get("url", "")]))
        elif node.tag == "fileSharing":
            words = sample([node.get("userName", "")])
            yield item("file-sharing", "write reservation", part=book.workbook, words=words)
        elif node.tag == "workbookProtection" and node.attrib:
            yield item("workbook-protection", "the workbook", part=book.workbook)
    views = [node.get("name", "") for node in book.root.iter("customWorkbookView")]
    if views:
        yield item("custom-view", f"{len(views)} views", part=book.workbook, words=sample(views))
    if book.is_strict:
        yield item("strict-ooxml", "the workbook", part=book.workbook)


def sheet_settings(on: OnSheet) -> Iterator[Hidden]:
    """Header and footer text, protection, scenarios, lists of allowed entries, local links and objects of a sheet."""
    rest = on.grid.rest
    headers = [node.text or "" for name in _HEADERS for node in rest.iter(name)]
    if any(text.strip() for text in headers):
        words = [_FIELD.sub(" ", text).strip() for text in headers]
        telling = any(text.lower() not in ("", "page", "page  of") for text in words)
        yield on.item("header-footer", "header or footer", words=words, telling=telling)
    if any(True for _ in rest.iter("sheetProtection")):
        yield on.item("sheet-protection", "protected")
    scenarios = list(rest.iter("scenario"))
    if scenarios:
        values = [node.get("val", "") for scenario in scenarios for node in scenario.iter("inputCells")]
        names = [node.get("name", "") for node in scenarios]
        yield on.item("scenarios", f"{len(scenarios)} scenarios", len(values), words=[*names, *values])
    lists = [text for node in rest.iter("formula1") if (text := (node.text or "").strip()).startswith('"')]
    if lists:
        yield on.item("validation-literal-list", f"{len(lists)} lists", words=lists)
    objects = {node.get("shapeId", "") for node in rest.iter("oleObject") if "link" not in node.attrib}
    if objects:  # a linked one is an external link
        yield on.item("ole-object", f"{len(objects)} objects")
    paths = [r.target for r in on.book.relations(on.sheet.part) if r.external and _LINK.match(r.target)]
    if paths:
        yield on.item("hyperlink-local-path", f"{len(paths)} links", words=paths)


def drawings(book: Book) -> Iterator[Hidden]:
    """Text in shapes, descriptions of pictures, and shapes that are hidden."""
    for part, root in book.trees(book.find("xl/drawings/", ".xml")):
        words = list(texts(root, "t"))
        if words:
            yield _of_sheet(book, "drawing-text", part, f"{len(words)} texts", words)
        shapes = list(root.iter("cNvPr"))
        described = [text for node in shapes if (text := _description(node))]
        if described:
            yield _of_sheet(book, "alt-text", part, f"{len(described)} descriptions", described)
        away = [node.get("name", "") for node in shapes if is_true(node.get("hidden"))]
        if away:
            yield _of_sheet(book, "hidden-shape", part, f"{len(away)} shapes", away)


def _description(node: Element) -> str:
    text = (node.get("descr") or node.get("title") or "").strip()
    return "" if text.lower() in ("chart", "image", "picture", "shape") else text
