"""XLSX and XLSM: which function finds which ways, and one walk through the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.carried import areas, caches, cells, formulas, names, packed, parts, people, sheets, xml
from wpmi_lint.carried.book import Book
from wpmi_lint.carried.grid import Grid
from wpmi_lint.carried.ways import finished
from wpmi_lint.package.archive import Archive, open_archive
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Document


class OfSheet(NamedTuple):
    """An inspection of one worksheet."""

    ways: tuple[str, ...]
    look: Callable[[Grid], Iterator[Hidden]]


class OfBook(NamedTuple):
    """An inspection of the workbook as a whole."""

    ways: tuple[str, ...]
    look: Callable[[Book], Iterator[Hidden]]


SHEETS = (
    OfSheet(("hidden-sheet", "very-hidden-sheet"), sheets.hidden_sheet),
    OfSheet(("hidden-rows", "filtered-rows"), sheets.hidden_rows),
    OfSheet(("hidden-columns",), sheets.hidden_columns),
    OfSheet(("zero-height-default",), sheets.zero_height),
    OfSheet(("text-same-colour", "tiny-font"), cells.unreadable_text),
    OfSheet(("display-rounding", "display-scaling", "format-invisible"), cells.formatted),
    OfSheet(("formula-hidden-protection",), cells.formula_hidden),
    OfSheet(("value-under-merge",), areas.under_merge),
    OfSheet(("far-cells",), areas.far_cells),
    OfSheet(("outside-print-area",), areas.outside_print_area),
    OfSheet(("huge-dimension",), areas.huge_dimension),
    OfSheet(("formulas", "formula-literal-operands", "formula-rounding", "formula-external", "formula-hidden",
             "cached-value-differs"), formulas.formulas),
    OfSheet(("header-footer", "sheet-protection", "scenarios", "validation-literal-list", "ole-object",
             "hyperlink-local-path"), people.sheet_settings),
)  # fmt: skip
BOOK = (
    OfBook(("pivot-cache-records",), caches.pivot_records),
    OfBook(("pivot-cache-definition",), caches.pivot_definitions),
    OfBook(("chart-cache", "chart-pivot-source"), caches.charts),
    OfBook(("external-link-cache", "external-link"), caches.external_links),
    OfBook(("slicer-cache",), caches.slicers),
    OfBook(("defined-name-hidden", "defined-name-constant", "defined-name-external", "defined-name-broken"),
           names.defined_names),
    OfBook(("comments",), people.comments),
    OfBook(("threaded-comments", "persons"), people.threads),
    OfBook(("doc-properties", "custom-doc-properties"), people.properties),
    OfBook(("author-path", "file-sharing", "custom-view", "workbook-protection", "strict-ooxml"),
           people.workbook_settings),
    OfBook(("drawing-text", "alt-text", "hidden-shape"), people.drawings),
    OfBook(("embedded-object", "image", "thumbnail", "vba-project", "xlm-macro-sheet", "data-model", "connections",
            "query-table", "revision-log", "form-control", "printer-settings", "custom-property-bin", "rich-data",
            "web-extension", "label-info", "digital-signature"), parts.kinds),
    OfBook(("custom-xml", "power-query-mashup"), parts.custom_xml),
    OfBook(("orphan-part",), parts.orphans),
)  # fmt: skip
_PACKED = ("zip-duplicate-entry", "zip-prefix-data", "zip-trailing-data", "zip-backslash-names", "corrupt-part")
_UNUSED = "unreferenced-shared-strings"


def look(document: Document, wanted: frozenset[str] | None = None) -> Iterator[Hidden]:
    """Everything that a workbook carries and does not show; nothing where it is no archive."""
    archive = open_archive(document.data)
    if not isinstance(archive, Archive):
        return
    book = Book(document, archive)
    used: set[bytes] = set()
    for index in range(len(book.sheets)):
        yield from _sheet(book, index, wanted, used)
    for inspection in BOOK:
        if _asked(inspection.ways, wanted):
            yield from finished(inspection.look(book), inspection.ways[0], book.workbook)
    if _asked((_UNUSED,), wanted) and all(book.size(sheet.part) for sheet in book.sheets):
        yield from parts.unused_strings(book, used)
    if _asked(_PACKED, wanted):
        yield from packed.archive(document.data)
    if _asked(("xml-doctype",), wanted):
        yield from parts.doctypes(book)


def _sheet(book: Book, index: int, wanted: frozenset[str] | None, used: set[bytes]) -> Iterator[Hidden]:
    sheet = book.sheets[index]
    data = xml.uniform(book.read(sheet.part)) if sheet.part else None
    grid = Grid(book, sheet, data or b"")
    if _asked((_UNUSED,), wanted):
        used |= parts.used_strings(grid.data, grid.start, grid.end)
    for inspection in SHEETS:
        if _asked(inspection.ways, wanted):
            yield from finished(inspection.look(grid), grid.place(""), sheet.part)


def _asked(ways: tuple[str, ...], wanted: frozenset[str] | None) -> bool:
    return wanted is None or any(way in wanted for way in ways)
