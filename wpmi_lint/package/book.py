"""A workbook from its archive, the only model of one: parts, relationships, sheets, names, texts, styles and grids."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from wpmi_lint.package import limits
from wpmi_lint.package.cellstyles import CellStyle, cell_styles
from wpmi_lint.package.grid import Grid
from wpmi_lint.package.markup import Strings, UnfitError, is_true
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

    from wpmi_lint.package.gate import Gate

_STATES = {"hidden": "hidden", "veryHidden": "very hidden"}
_XML = (".xml", ".rels", ".psmdcp")
_UPWARDS = ("pivotCacheDefinition", "officeDocument", "worksheet", "slicerCache")


class Kind(NamedTuple):
    """Parts whose presence alone carries something, by their name."""

    what: str  # the way
    pattern: re.Pattern[str]
    together: bool  # one hidden thing for all of them
    kept: bool = False  # carried as it is: a picture, a program, a file inside the file


def _kind(what: str, pattern: str, *, together: bool = False, kept: bool = False) -> Kind:
    return Kind(what=what, pattern=re.compile(pattern, re.I), together=together, kept=kept)


KINDS = (
    _kind("embedded-object", r"xl/embeddings/.", kept=True),
    _kind("image", r"xl/media/.", together=True, kept=True),
    _kind("thumbnail", r"docProps/thumbnail\..", kept=True),
    _kind("vba-project", r"xl/vbaProject\.bin$", kept=True),
    _kind("xlm-macro-sheet", r"xl/macrosheets/.+\.xml$"),
    _kind("data-model", r"xl/model/.", kept=True),
    _kind("connections", r"xl/connections\.xml$"),
    _kind("query-table", r"xl/queryTables/.+\.xml$"),
    _kind("revision-log", r"xl/revisions/.+\.xml$", together=True),
    _kind("form-control", r"xl/(?:ctrlProps|activeX)/[^/]+\.xml$", together=True),
    _kind("printer-settings", r"xl/printerSettings/.", together=True, kept=True),
    _kind("custom-property-bin", r"xl/customProperty.*\.bin$", together=True, kept=True),
    _kind("rich-data", r"xl/richData/.+\.xml$", together=True),
    _kind("web-extension", r"xl/webextensions/webextension\d*\.xml$", together=True),
    _kind("label-info", r"docMetadata/.+\.xml$", together=True),
    _kind("digital-signature", r"_xmlsignatures/.+\.xml$", together=True),
)
# besides: programs and their data, old drawings, and what belongs to form controls, custom properties and signatures
_KEPT = re.compile(r"xl/(?:activex|customproperty[^/]*)(?:/|$)|.*\.(?:vml|bin|sigs)$", re.I | re.S)


class Relation(NamedTuple):
    """A relationship of a part: what it points to. `target` is a part name, or an address where external."""

    id: str
    type: str  # the last word of its type: both dialects of the format share it
    target: str
    external: bool


class SheetPart(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    part: str
    visibility: str  # "visible", "hidden", "very hidden"
    kind: str  # "worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "module"
    number: int


class DefinedName(NamedTuple):
    """A defined name: `sheet` is the index of the sheet that it belongs to."""

    name: str
    text: str
    hidden: bool
    sheet: int | None


class Book:
    """A workbook as it was opened: each part is passed over once, and what is not read is in the gate's ledger."""

    def __init__(self, gate: Gate) -> None:
        """Read an archive; raises UnfitError where it is not a workbook that can be read."""
        self.gate = gate
        self.unread_sheets = False
        self._relations: dict[str, tuple[Relation, ...]] = {}
        self.workbook = next(iter(self.related("", "officeDocument")), "xl/workbook.xml")
        root = self.tree(self.workbook)
        if root is None or not len(root):
            raise UnfitError("its list of sheets is missing or damaged")
        self.root: Element = root
        self.sheets = self._sheets()
        part = next(iter(self.related(self.workbook, "sharedStrings") or self.find("xl/sharedStrings.xml")), "")
        self.strings = self._strings(part)
        self.styles: tuple[CellStyle, ...] = cell_styles(*map(self._first_tree, ("styles", "theme")))
        self.grids: dict[int, Grid] = dict(self._grids())
        self._others()

    # ------------------------------------------------------------ parts

    def find(self, prefix: str, suffix: str = "") -> tuple[str, ...]:
        """The parts whose names begin and end so, in order of the name."""
        pattern = re.compile(f"{re.escape(prefix)}.*{re.escape(suffix)}", re.I | re.S)
        return tuple(sorted(filter(pattern.fullmatch, self.gate.names)))

    def tree(self, part: str) -> Element | None:
        """A part as a tree; None where there is none, or where it was refused."""
        return self.gate.tree(part)

    def trees(self, names: Iterable[str]) -> Iterator[tuple[str, Element]]:
        """Parts with their trees; those that are not read are in the ledger."""
        return ((name, root) for name in names if (root := self.tree(name)) is not None)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relationships of a part, "" for the package's own."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            root = self.tree(posixpath.join(folder, "_rels", name + ".rels"))
            nodes = root.iter("Relationship") if root is not None else ()
            self._relations[part] = tuple(_relation(folder, node, self.gate) for node in nodes)
        return self._relations[part]

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """The parts that a part points to by relationships of a kind."""
        return tuple(r.target for r in self.relations(part) if r.type.lower() == kind.lower() and not r.external)

    @cached_property
    def reached(self) -> frozenset[str]:
        """The parts that relationships lead to from the package itself, in lower case."""
        reached: set[str] = set()
        waiting = [""]
        while waiting:
            for relation in self.relations(waiting.pop()):
                if not relation.external and relation.target.lower() not in reached:
                    reached.add(relation.target.lower())
                    waiting.append(relation.target)
        return frozenset(reached)

    def _others(self) -> None:
        """Check the parts that are XML, and keep those of a known kind; what nothing reaches is an orphan."""
        kept = [_KEPT, *(kind.pattern for kind in KINDS if kind.kept)]
        for name in self.gate.names:
            lower = name.lower()
            if self.gate.state(name):
                continue
            if lower.endswith(_XML) and not lower.startswith("__macosx/"):
                self.gate.xml(name)
            elif any(pattern.match(name) for pattern in kept) or lower not in self.reached:
                self.gate.keep(name)

    def _first_tree(self, kind: str) -> Element | None:
        parts = self.related(self.workbook, kind) or self.find(f"xl/{kind}.xml")
        return self.tree(parts[0]) if parts else None

    # ------------------------------------------------------------ sheets

    def _sheets(self) -> tuple[SheetPart, ...]:
        links = {relation.id: relation for relation in self.relations(self.workbook)}
        sheets = []
        for number, node in enumerate(node for box in self.root.iter("sheets") for node in box.iter("sheet")):
            name, relation = node.get("name", ""), links.get(node.get("id", ""))
            part, kind = (relation.target, relation.type) if relation else ("", "module")
            if not self.gate.has(part) and (part or node.get("id") != ""):  # a module's is empty
                self._leave_out(part or name, f"the sheet {name!r} is missing from the archive")
            visibility = _STATES.get(node.get("state", ""), "visible")
            sheets.append(SheetPart(name=name, part=part, visibility=visibility, kind=kind, number=number))
        if len(sheets) > limits.SHEETS:
            raise UnfitError(f"it has more than {limits.SHEETS:,} sheets", "SHEETS")
        return tuple(sheets)

    def _grids(self) -> Iterator[tuple[int, Grid]]:
        places = text = 0
        for sheet in self.sheets:
            grid = self._grid(sheet)
            if grid is None:
                continue
            places += grid.height * grid.width
            text += self.strings.characters(grid.text)
            if places > limits.WORKBOOK_CELLS:
                reason = f"its cells spread over more than {limits.WORKBOOK_CELLS:,} places"
                self._leave_out(sheet.part, reason, "WORKBOOK_CELLS")
            elif text > limits.WORKBOOK_TEXT:
                reason = f"its cells have more than {limits.WORKBOOK_TEXT:,} characters of text"
                self._leave_out(sheet.part, reason, "WORKBOOK_TEXT")
            else:
                yield sheet.number, grid

    def _grid(self, sheet: SheetPart) -> Grid | None:
        """The cells of a sheet, None where its part is refused; a module of an old workbook has none."""
        part = self.gate.xml(sheet.part) if sheet.part else None
        if part is None:
            self.unread_sheets |= bool(sheet.part)
            return None
        try:
            grid = Grid(part, self.strings, marked=self.gate.is_marked(sheet.part))
        except UnfitError as error:
            self._leave_out(sheet.part, error.reason, error.limit)
            return None
        return grid

    def _leave_out(self, part: str, reason: str, limit: str = "") -> None:
        self.gate.refuse(part, reason, limit)
        self.unread_sheets = True

    def sheet_named(self, name: str) -> SheetPart | None:
        """The sheet of a name, whatever its case."""
        return next((sheet for sheet in self.sheets if sheet.name.lower() == name.lower()), None)

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

    # ------------------------------------------------------------ names and texts

    def _strings(self, name: str) -> Strings:
        part = self.gate.xml(name) if name else None
        return Strings(part, marked=self.gate.is_marked(name), refused=self.gate.is_refused(name))

    @property
    def is_strict(self) -> bool:
        """Whether the workbook is in the strict dialect of the format."""
        return b"purl.oclc.org/ooxml/spreadsheetml" in (self.gate.xml(self.workbook) or b"")

    @property
    def is_1904(self) -> bool:
        """Whether the workbook counts its days from 1904."""
        return any(is_true(node.get("date1904")) for node in self.root.iter("workbookPr"))

    @cached_property
    def defined(self) -> tuple[DefinedName, ...]:
        """All defined names."""
        return tuple(
            DefinedName(
                name=node.get("name", ""),
                text=(node.text or "").strip(),
                hidden=is_true(node.get("hidden")),
                sheet=int(local) if re.fullmatch(r"[0-9]{1,6}", local := node.get("localSheetId", "")) else None,
            )
            for node in self.root.iter("definedName")
        )


def _relation(folder: str, node: Element, gate: Gate) -> Relation:
    target, identity = node.get("Target", ""), node.get("Id", "")
    kind = node.get("Type", "").rstrip("/").rsplit("/", 1)[-1]
    if node.get("TargetMode", "").lower() == "external":
        return Relation(id=identity, type=kind, target=target, external=True)
    target = target.replace("\\", "/").split("#", 1)[0]
    path = posixpath.normpath(target[1:] if target.startswith("/") else posixpath.join(folder, target))
    return Relation(id=identity, type=kind, target=path if gate.has(path) else unquote(path), external=False)
