"""An ODS workbook, opened once: values, styles, and everything that is not shown, for readers and inspections alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.package.odscontent import read_content
from wpmi_lint.package.odsstyles import OdsStyle, ods_styles
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from wpmi_lint.package.gate import Gate
    from wpmi_lint.package.odscontent import OdsContent

MANIFEST = "META-INF/manifest.xml"
_OBJECT = re.compile(r"object[^/]*/content\.xml", re.I)
_EDGES = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")
_FIELDS = ("sheet-name", "page-number", "page-count", "title", "date", "time")
_PERSONAL = ("creator", "initial-creator", "printed-by", "title", "subject", "description", "keyword")


class OdsBook(NamedTuple):
    """The parts of a workbook that say something."""

    gate: Gate
    content: OdsContent
    objects: Mapping[str, OdsContent]  # part -> what is embedded there
    modules: Sequence[str]  # parts with programs
    personal: Sequence[tuple[str, str]]  # of the document's properties: name, text
    own_properties: Sequence[tuple[str, str]]
    edges: Sequence[str]  # texts of headers and footers
    has_printer: bool


def read_book(gate: Gate) -> OdsBook | None:
    """The workbook of an archive, every part looked at; None where the ledger says why not."""
    if b"encryption-data" in (gate.xml(MANIFEST) or b""):
        gate.refuse("", "it is protected by a password", help="save it without a password")
        for name in gate.names:
            gate.keep(name)
        return None
    objects, modules = {}, []
    for name in sorted(gate.names):
        if not name.lower().endswith((".xml", ".rdf")) or name.startswith("__MACOSX/"):
            gate.keep(name)
        elif not gate.size(name):
            gate.read(name)
        elif _OBJECT.fullmatch(name):
            part = read_content(gate, name)
            objects.update({name: part} if part else {})
        elif name.lower() != "content.xml":
            data = gate.xml(name) or b""
            if name.lower().startswith(("basic/", "scripts/")) and b"module" in data[:4000]:
                modules.append(name)
    if gate.is_refused("") or gate.is_refused(MANIFEST):
        return None
    content = read_content(gate, "content.xml") if gate.size("content.xml") else None
    if content is None:
        if not gate.refusals:
            gate.refuse("", "its content is missing")
        return None
    common, about = _nodes(gate, "styles.xml"), _nodes(gate, "meta.xml")
    elements = (*common, *content.rest.iter())
    of_cells, of_tables = (ods_styles(elements, family) for family in ("table-cell", "table"))
    looks = [of_cells.get(name, OdsStyle()) for name in content.style_names]
    for table in content.tables:
        table.look, table.looks = of_tables.get(table.node.get("style-name", ""), OdsStyle()), looks
    own = [(node.get("name", ""), node.text or "") for node in about if node.tag == "user-defined"]
    return OdsBook(
        gate=gate,
        content=content,
        objects=objects,
        modules=modules,
        personal=[(node.tag, node.text) for node in about if node.tag in _PERSONAL and node.text],
        own_properties=[(name, text) for name, text in own if text.strip()],
        edges=["\n".join("".join(_typed(p)) for p in node.iter("p")).strip() for node in common if node.tag in _EDGES],
        has_printer=any(node.get("name") == "PrinterSetup" and node.text for node in _nodes(gate, "settings.xml")),
    )


def _nodes(gate: Gate, name: str) -> list[Element]:
    """Every element of a part; none where it is missing or refused."""
    root = gate.tree(name) if gate.size(name) else None
    return [] if root is None else [*root.iter()]


def _typed(node: Element) -> Iterator[str]:
    """The text of a node without fields, which the program fills in."""
    yield node.text or ""
    for child in node:
        if child.tag not in _FIELDS:
            yield from _typed(child)
        yield child.tail or ""
