"""One pass over an ODS content part: its tables cell by cell, and all else as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.package import limits
from wpmi_lint.package.gate import Calls, tree_builder
from wpmi_lint.package.markup import UnfitError
from wpmi_lint.package.odstable import OdsTable, count_of
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from wpmi_lint.package.gate import Gate

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {f"{_OASIS}{name}:1.0": name for name in ("office", "table", "text", "style")} | {
    f"{_OASIS}drawing:1.0": "draw",
    f"{_OASIS}datastyle:1.0": "number",
    f"{_OASIS}xsl-fo-compatible:1.0": "fo",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xlink": "xlink",
}
_BLANKS = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
_CELLS = frozenset(("table:table-cell", "table:covered-table-cell"))
_GROUPS = frozenset(("table:table-row-group", "table:table-column-group"))
_ROW = "table:table-row"


class OdsContent:
    """The tables of a content part, and `rest`: a tree, with local names, of whatever is not in the text of a cell.

    `style_names` are the names of the styles of cells, each with its code.
    """

    rest: Element

    def __init__(self) -> None:
        self.tables: list[OdsTable] = []
        self.style_names = {"": 0}
        self._open: list[OdsTable] = []  # the innermost last
        self._cell: Mapping[str, str] = {}
        self._paragraphs: list[str] = []  # of the cell
        self._pieces: list[str] = []  # of the text that is open
        self._in_paragraph = 0  # paragraphs that are open
        self._level = self._outer = 1  # elements of the tree that are open, 0 inside a cell; and around the cell
        self._around: list[_Around] = []
        self._builder = tree_builder()
        self._nodes = self._blanks = 0

    def calls(self) -> Calls:
        """What fills it."""
        return Calls(start=self._start, end=self._end, text=self._pieces.append)

    def settle(self) -> None:
        """Lay out the cells of all tables."""
        for table in self.tables:
            table.settle()
        self.rest = self._builder.close()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._level:
            if tag in _CELLS and self._open:
                self._cell, self._paragraphs = attributes, []
                self._outer, self._level = self._level, 0
            elif tag == _ROW and self._open:
                self._open[-1].start_row(attributes)
            elif tag in _BLANKS:
                self._take_blanks(_BLANKS[tag], count_of(attributes, "text:c"))
            elif tag != _ROW:
                self._grow(tag, attributes)
        elif tag == "text:p":
            if not self._in_paragraph:
                self._pieces.clear()
            self._in_paragraph += 1
        elif tag in _BLANKS:
            self._take_blanks(_BLANKS[tag], count_of(attributes, "text:c"))
        elif tag == "text:a" or not tag.startswith("text:"):
            self._around.append(_Around(
                cell=self._cell, paragraphs=self._paragraphs, pieces=tuple(self._pieces), depth=self._in_paragraph,
                level=self._outer,
            ))  # fmt: skip
            self._pieces.clear()
            self._in_paragraph = 0
            self._grow(tag, attributes)
            if tag == "text:a":  # the text inside is the cell's
                self._prune(tag)

    def _end(self, tag: str) -> None:
        if self._level:
            if tag != _ROW and tag not in _BLANKS:
                self._prune(tag)
        elif tag == "text:p":
            self._in_paragraph -= 1
            if not self._in_paragraph:
                self._paragraphs.append("".join(self._pieces))
        elif tag in _CELLS:
            self._open[-1].take(self._cell, self._paragraphs)
            self._level = self._outer

    def _grow(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element of the tree begins."""
        self._level += 1
        self._nodes += 1
        for number, limit in ((self._nodes, "XML_NODES"), (self._level, "XML_DEPTH"), (len(self.tables), "SHEETS")):
            if number > getattr(limits, limit):
                raise UnfitError(f"it has more than {getattr(limits, limit):,} {_EXCESS[limit]}", limit)
        self._flush()
        local = {name.rpartition(":")[2]: attributes[name] for name in reversed([*attributes])}
        node = self._builder.start(tag.rpartition(":")[2], local)
        if tag == "table:table":
            self._open.append(OdsTable(len(self.tables), node, self.style_names))
            self.tables.append(self._open[-1])
        elif tag == "table:table-column" and self._open:
            self._open[-1].start_column(attributes)
        elif tag in _GROUPS and self._open:
            self._open[-1].groups.append(attributes.get("table:display") == "false")

    def _prune(self, tag: str) -> None:
        """An element of the tree ends; after the last one in a cell the cell goes on."""
        self._flush()
        self._builder.end(tag.rpartition(":")[2])
        self._level -= 1
        if tag == "table:table":
            self._open.pop()
            if sum(table.height * table.width for table in self.tables) > limits.WORKBOOK_CELLS:
                raise UnfitError(f"its cells spread over more than {limits.WORKBOOK_CELLS:,} places", "WORKBOOK_CELLS")
        elif tag in _GROUPS and self._open:
            self._open[-1].groups.pop()
        if not self._level:
            self._cell, self._paragraphs, self._pieces[:], self._in_paragraph, self._outer = self._around.pop()

    def _flush(self) -> None:
        self._builder.data("".join(self._pieces))
        self._pieces.clear()

    def _take_blanks(self, blank: str, number: int) -> None:
        self._blanks += number
        if self._blanks > limits.BLANKS:
            raise UnfitError(f"it has more than {limits.BLANKS:,} {_EXCESS['BLANKS']}", "BLANKS")
        self._pieces.append(blank * number)


_EXCESS = {
    "BLANKS": "spaces that are written as counts",
    "SHEETS": "sheets",
    "XML_DEPTH": "elements inside each other",
    "XML_NODES": "elements beside its cells",
}


class _Around(NamedTuple):
    """The cell around something that is not its text."""

    cell: Mapping[str, str]
    paragraphs: list[str]
    pieces: tuple[str, ...]
    depth: int
    level: int


def read_content(gate: Gate, name: str) -> OdsContent | None:
    """A content part; None where it is missing or refused."""
    content = OdsContent()
    try:
        if not gate.walk(name, content.calls(), _NAMESPACES):
            return None
        content.settle()
    except UnfitError as error:
        gate.refuse(name, error.reason, error.limit)
        return None
    return content


def paragraphs(node: Element) -> str:
    """The text of a node, a line for each paragraph."""
    return "\n".join("".join(paragraph.itertext()) for paragraph in node.iter("p")).strip()
