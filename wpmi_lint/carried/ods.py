"""ODS: what a spreadsheet of OpenDocument carries and does not show."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from wpmi_lint.carried import odsparts, odssheets, packed, xml
from wpmi_lint.carried.ways import finished
from wpmi_lint.package.archive import Archive, open_archive
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Document

_TABLE = re.compile(rb"<table:table\s([^>]*)>|</table:table>")
_PREFIXES = {
    b"urn:oasis:names:tc:opendocument:xmlns:table:1.0": b"table",
    b"urn:oasis:names:tc:opendocument:xmlns:office:1.0": b"office",
    b"urn:oasis:names:tc:opendocument:xmlns:text:1.0": b"text",
    b"urn:oasis:names:tc:opendocument:xmlns:style:1.0": b"style",
}
_DECLARED = re.compile(rb'xmlns:([\w.-]+)="([^"]*)"')


class Inspection(NamedTuple):
    """One function and the ways it finds."""

    ways: tuple[str, ...]
    look: Callable[[Content], Iterator[Hidden]]


class Content:
    """The archive and content.xml in the usual prefixes, with its sheets."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.names = archive.names
        self.data = _usual(archive.read("content.xml"))

    @cached_property
    def sheets(self) -> tuple[odssheets.Sheet, ...]:
        """The sheets in order; cached sheets of other files have a name that says so."""
        found: list[odssheets.Sheet] = []
        open_at, depth = None, 0
        for match in _TABLE.finditer(self.data):
            if match.group(1) is None:
                depth = max(depth - 1, 0)
                if depth == 0 and open_at is not None:
                    start = open_at
                    found.append(odssheets.sheet(start.group(1), len(found), self.data, start.end(), match.start()))
                    open_at = None
            elif not match.group(1).endswith(b"/"):
                open_at = match if depth == 0 else open_at
                depth += 1
        return tuple(found)

    def read(self, part: str) -> bytes:
        """A part, b"" where there is none."""
        return self.archive.read(part) or b"" if part in self.names else b""


def _usual(data: bytes | None) -> bytes:
    clean = (xml.utf8(data) if data is not None else None) or b""
    for prefix, address in _DECLARED.findall(clean[:8192]):
        usual = _PREFIXES.get(address)
        if usual and prefix != usual:
            clean = re.sub(rb"(?<=[</\s])" + re.escape(prefix) + rb":", usual + b":", clean)
    return clean


INSPECTIONS = (
    Inspection(("hidden-sheet",), lambda content: odssheets.hidden_sheets(content.data, content.sheets)),
    Inspection(("hidden-rows", "filtered-rows"), lambda content: odssheets.hidden_rows(content.data, content.sheets)),
    Inspection(("hidden-columns",), lambda content: odssheets.hidden_columns(content.data, content.sheets)),
    Inspection(("display-rounding", "display-scaling", "format-invisible"),
               lambda content: odssheets.shown_otherwise(content.data, content.sheets)),
    Inspection(("text-same-colour", "tiny-font"), lambda content: odssheets.unreadable(content.data, content.sheets)),
    Inspection(("formulas", "formula-literal-operands", "formula-rounding", "formula-external", "formula-hidden"),
               lambda content: odssheets.formulas(content.data, content.sheets)),
    Inspection(("external-link-cache", "external-link"),
               lambda content: odsparts.external(content.data, content.sheets)),
    Inspection(("comments",), lambda content: odsparts.comments(content.data, content.sheets)),
    Inspection(("pivot-table", "revision-log", "scenarios", "validation-literal-list", "defined-name-constant",
                "hyperlink-local-path", "sheet-protection", "drawing-text"),
               lambda content: odsparts.settings(content.data)),
    Inspection(("chart-cache", "image", "thumbnail", "embedded-object", "vba-project", "doc-properties",
                "custom-doc-properties", "header-footer", "printer-settings", "digital-signature"),
               lambda content: odsparts.parts(content.names, content.read)),
    Inspection(("encrypted-package",), lambda content: odsparts.encrypted(content.read("META-INF/manifest.xml"))),
)  # fmt: skip


def look(document: Document, wanted: frozenset[str] | None = None) -> Iterator[Hidden]:
    """Everything that an ODS file carries and does not show; nothing where it is no archive."""
    archive = open_archive(document.data)
    if not isinstance(archive, Archive):
        return
    content = Content(archive)
    for inspection in INSPECTIONS:
        if wanted is None or any(way in wanted for way in inspection.ways):
            yield from finished(inspection.look(content), inspection.ways[0], "content.xml")
    yield from packed.archive(document.data)
