"""The parts of an XLSX workbook: which sheets it has, where they are, what its styles are."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from wpmi_lint.model import NumberFormat
from wpmi_lint.package import limits
from wpmi_lint.package.numberformat import BUILT_IN, number_format
from wpmi_lint.package.xmlpart import Node, parse_xml
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpmi_lint.package.archive import Archive

_VISIBILITY = {"hidden": "hidden", "veryHidden": "very hidden"}


class SheetPart(NamedTuple):
    """A worksheet of the workbook and the part that holds it."""

    name: str
    visibility: str
    part: str


class Relation(NamedTuple):
    """A relationship of a part: the last word of its type (both dialects share it) and its target part."""

    type: str
    target: str


class CellStyles(NamedTuple):
    """What each style index (attribute s of a cell) means: positions into `formats`, bold, indent."""

    formats: tuple[NumberFormat, ...]
    format: tuple[int, ...]
    bold: tuple[int, ...]
    indent: tuple[int, ...]


def relations(archive: Archive, part: str) -> Mapping[str, Relation]:
    """The internal relationships of a part by id; "" is the package itself."""
    folder, _, name = part.rpartition("/")
    content = archive.read(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    tree = parse_xml(content) if content else None
    found: dict[str, Relation] = {}
    for node in tree.all("Relationship") if tree else ():
        if node.get("TargetMode") != "External":
            target = node.get("Target").replace("\\", "/")
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[node.get("Id")] = Relation(node.get("Type").rpartition("/")[2], place)
    return found


def workbook_part(archive: Archive) -> str:
    """The name of the main part, by the package's relationships or where programs put it."""
    for relation in relations(archive, "").values():
        if relation.type == "officeDocument" and archive.has(relation.target):
            return relation.target
    return "xl/workbook.xml"


def sheet_parts(archive: Archive) -> list[SheetPart] | str:
    """All worksheets in order; or in one line why they are not known."""
    part = workbook_part(archive)
    tree = parse_xml(archive.read(part) or b"")
    if tree is None:
        return "its list of sheets is missing or damaged"
    links = relations(archive, part)
    found: list[SheetPart] = []
    for node in tree.all("sheet"):
        if not node.get("id"):
            continue  # a module of an old workbook: no grid of cells
        relation = links.get(node.get("id"))
        if relation is None or not archive.has(relation.target):
            return f"the sheet {node.get('name')!r} is missing from the archive"
        if relation.type == "worksheet":
            visibility = _VISIBILITY.get(node.get("state"), "visible")
            found.append(SheetPart(node.get("name"), visibility, relation.target))
    if len(found) > limits.SHEETS:
        return f"it has more than {limits.SHEETS:,} sheets"
    return found


def cell_styles(archive: Archive) -> CellStyles:
    """The workbook's cell styles; General alone where it has none."""
    part = next((r.target for r in relations(archive, workbook_part(archive)).values() if r.type == "styles"), "")
    tree = parse_xml(archive.read(part) or b"")
    if tree is None:
        return CellStyles((NumberFormat("General"),), (0,), (0,), (0,))
    codes = BUILT_IN | {_number(node.get("numFmtId")): node.get("formatCode") for node in tree.all("numFmt")}
    fonts = tree.first("fonts")
    bold = [_is_bold(font) for font in fonts.children] if fonts else []
    styles = tree.first("cellXfs")
    formats: dict[str, int] = {"General": 0}
    rows: list[tuple[int, int, int]] = []
    for style in styles.children[: limits.FORMATS] if styles else ():
        code = codes.get(_number(style.get("numFmtId")), "General")
        font = _number(style.get("fontId"))
        alignment = style.first("alignment")
        indent = _number(alignment.get("indent")) if alignment else 0
        is_bold = bold[font] if font < len(bold) else 0
        rows.append((formats.setdefault(code, len(formats)), is_bold, min(indent, 250)))
    columns = tuple(zip(*(rows or [(0, 0, 0)]), strict=True))
    return CellStyles(tuple(map(number_format, formats)), *columns)


def _is_bold(font: Node) -> int:
    node = next((child for child in font.children if child.tag == "b"), None)
    return int(node is not None and node.get("val", "1") not in ("0", "false"))


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0
