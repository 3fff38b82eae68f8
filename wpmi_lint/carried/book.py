"""A workbook's archive as the inspections see it: parts, relationships, sheets, names, styles and shared strings."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from wpmi_lint.carried import xml
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element

    from wpmi_lint.model import Document
    from wpmi_lint.package.archive import Archive

_STRING = re.compile(rb"<(?:\w+:)?si[\s>].*?</(?:\w+:)?si>|<(?:\w+:)?si\s*/>", re.S)
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")
_PHONETIC = re.compile(rb"<(?:\w+:)?rPh[\s>].*?</(?:\w+:)?rPh>", re.S)


class Relation(NamedTuple):
    """A relationship of a part: what it points to. `target` is a part name, or an address where external."""

    id: str
    type: str  # the last word of its type
    target: str
    external: bool


class SheetPart(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    part: str
    state: str  # "visible", "hidden", "veryHidden"
    kind: str  # "worksheet", "chartsheet", "dialogsheet", "xlMacrosheet"
    number: int


class DefinedName(NamedTuple):
    """A defined name: `sheet` is the index of the sheet that it belongs to."""

    name: str
    text: str
    hidden: bool
    sheet: int | None


class Book:
    """A workbook, its parts read once and only when an inspection asks for them."""

    def __init__(self, document: Document, archive: Archive) -> None:
        self.document = document
        self.archive = archive
        self.names: tuple[str, ...] = archive.names
        self._by_name = {name.lower(): name for name in self.names}
        self._read: dict[str, tuple[int, bool]] = {}  # size and DOCTYPE of the parts read so far
        self._relations: dict[str, tuple[Relation, ...]] = {}
        self._trees: dict[str, Element | None] = {}

    def find(self, prefix: str, suffix: str = "") -> tuple[str, ...]:
        """The parts whose names begin and end so, in order of the name; folders are no parts."""
        return tuple(
            sorted(
                name
                for name in self.names
                if name.lower().startswith(prefix.lower())
                and name.lower().endswith(suffix.lower())
                and not name.endswith("/")
            )
        )

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, whatever the case of its name."""
        name = self._by_name.get(part.lower())
        data = self.archive.read(name) if name is not None else None
        if data is not None:
            self._read[part.lower()] = (len(data), b"<!DOCTYPE" in data[: 64 * 1024])
        return data

    def size(self, part: str) -> int:
        """The size of a part when inflated."""
        if part.lower() not in self._read:
            self.read(part)
        return self._read.get(part.lower(), (0, False))[0]

    def doctype(self, part: str) -> bool:
        """Whether a part begins with a DOCTYPE."""
        self.size(part)
        return self._read.get(part.lower(), (0, False))[1]

    def tree(self, part: str) -> Element | None:
        """A small part as a tree, kept for the next inspection."""
        if part not in self._trees:
            self._trees[part] = xml.tree(self.read(part))
        return self._trees[part]

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relationships of a part, "" for the package's own."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            root = xml.tree(self.read(posixpath.join(folder, "_rels", name + ".rels")))
            nodes = [] if root is None else list(root.iter("Relationship"))
            self._relations[part] = tuple(_relation(folder, node) for node in nodes)
        return self._relations[part]

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """The parts that a part points to by relationships of a kind."""
        return tuple(r.target for r in self.relations(part) if r.type.lower() == kind.lower() and not r.external)

    @cached_property
    def workbook(self) -> str:
        """The name of the workbook part, "" where the package names none."""
        found = self.related("", "officeDocument")
        return found[0] if found else ("xl/workbook.xml" if "xl/workbook.xml" in self._by_name else "")

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """All sheets in the workbook's order."""
        root = self.tree(self.workbook)
        listed = [] if root is None else [node for box in root.iter("sheets") for node in box.iter("sheet")]
        parts = {r.id: r for r in self.relations(self.workbook)}
        sheets = []
        for index, node in enumerate(listed):
            relation = parts.get(xml.attribute(node, "id") or "")
            part, kind = (relation.target, relation.type) if relation else ("", "worksheet")
            sheets.append(SheetPart(node.get("name", ""), part, node.get("state", "visible"), kind, index))
        return tuple(sheets)

    @cached_property
    def defined(self) -> tuple[DefinedName, ...]:
        """All defined names."""
        root = self.tree(self.workbook)
        nodes = [] if root is None else list(root.iter("definedName"))
        return tuple(
            DefinedName(
                node.get("name", ""),
                (node.text or "").strip(),
                xml.true(node.get("hidden")),
                int(local) if re.fullmatch(r"[0-9]{1,6}", local := node.get("localSheetId", "")) else None,
            )
            for node in nodes
        )

    @cached_property
    def string_spans(self) -> tuple[bytes, list[tuple[int, int]]]:
        """The shared strings: the part's bytes and where each entry stands in them."""
        parts = self.related(self.workbook, "sharedStrings") or self.find("xl/sharedStrings.xml")
        data = (xml.utf8(self.read(parts[0]) or b"") if parts else b"") or b""
        return data, [match.span() for match in _STRING.finditer(data)]

    def string(self, index: int) -> str:
        """The text of one shared string, "" where there is none of that number."""
        data, spans = self.string_spans
        if not 0 <= index < len(spans):
            return ""
        return string_text(data[slice(*spans[index])])

    def owner(self, part: str) -> SheetPart | None:
        """The sheet that a drawing, comments or table part belongs to, through relationships."""
        return self._owners.get(part.lower())

    @cached_property
    def _owners(self) -> Mapping[str, SheetPart]:
        owners: dict[str, SheetPart] = {}
        for sheet in self.sheets:
            waiting: list[str] = [sheet.part]
            while waiting:
                for relation in self.relations(waiting.pop()):
                    key = relation.target.lower()
                    if not relation.external and key not in owners and relation.type not in _UPWARDS:
                        owners[key] = sheet
                        waiting.append(relation.target)
        return owners

    def sheet(self, index: int | None) -> SheetPart | None:
        """The sheet of an index."""
        return self.sheets[index] if index is not None and 0 <= index < len(self.sheets) else None

    def named(self, name: str) -> SheetPart | None:
        """The sheet of a name, whatever its case."""
        return next((sheet for sheet in self.sheets if sheet.name.lower() == name.lower()), None)


_UPWARDS = ("pivotCacheDefinition", "officeDocument", "worksheet", "slicerCache")


def string_text(entry: bytes) -> str:
    """The text of a shared or inline string, without its phonetic reading."""
    if b"rPh" in entry:
        entry = _PHONETIC.sub(b"", entry)
    return "".join(xml.unescape(text) for text in _TEXT.findall(entry))


def _relation(folder: str, node: Element) -> Relation:
    target = node.get("Target", "")
    kind = node.get("Type", "").rstrip("/").rsplit("/", 1)[-1]
    if node.get("TargetMode", "").lower() == "external":
        return Relation(node.get("Id", ""), kind, target, True)
    target = unquote(target.replace("\\", "/").split("#", 1)[0])
    path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
    return Relation(node.get("Id", ""), kind, posixpath.normpath(path), False)


def sample(words: Sequence[str], most: int = 200, longest: int = 300) -> tuple[str, ...]:
    """Texts to look for figures and names in: different ones, not too many, not too long."""
    seen: dict[str, None] = {}
    for text in words:
        short = text.strip()[:longest]
        if short:
            seen.setdefault(short)
        if len(seen) >= most:
            break
    return tuple(seen)
