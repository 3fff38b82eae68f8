"""XLSX and XLSM: which function finds which ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.carried import archive, caches, cells, formulas, parts, people, sheets
from wpmi_lint.carried.onsheet import OnSheet
from wpmi_lint.carried.ways import Inspection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Document
    from wpmi_lint.package.book import Book


def _of_sheet(look: Callable[[OnSheet], Iterator[Hidden]], *ways: str) -> Inspection:
    """An inspection of every sheet."""

    def everywhere(document: Document) -> Iterator[Hidden]:
        book: Book = document.model
        for number, grid in book.grids.items():
            yield from look(OnSheet(book=book, sheet=book.sheets[number], grid=grid))

    return Inspection(ways=ways, look=everywhere)


def _of_book(look: Callable[[Book], Iterator[Hidden]], *ways: str) -> Inspection:
    """An inspection of the workbook as a whole."""
    return Inspection(ways=ways, look=lambda document: look(document.model))


INSPECTIONS = (
    _of_book(sheets.hidden_sheets, "hidden-sheet", "very-hidden-sheet"),
    _of_sheet(sheets.hidden_rows, "hidden-rows", "filtered-rows"),
    _of_sheet(sheets.hidden_columns, "hidden-columns"),
    _of_sheet(sheets.zero_height, "zero-height-default"),
    _of_sheet(cells.unreadable_text, "text-same-colour", "tiny-font"),
    _of_sheet(cells.formatted, "display-rounding", "display-scaling", "format-invisible"),
    _of_sheet(cells.formula_hidden, "formula-hidden-protection"),
    _of_sheet(sheets.under_merge, "value-under-merge"),
    _of_sheet(sheets.far_cells, "far-cells"),
    _of_sheet(sheets.outside_print_area, "outside-print-area"),
    _of_sheet(sheets.huge_dimension, "huge-dimension"),
    _of_sheet(formulas.formulas, "formulas", "formula-literal-operands", "formula-rounding", "formula-external",
              "formula-hidden", "cached-value-differs"),
    _of_sheet(people.sheet_settings, "header-footer", "sheet-protection", "scenarios", "validation-literal-list",
              "ole-object", "hyperlink-local-path"),
    _of_book(caches.pivot_records, "pivot-cache-records"),
    _of_book(caches.pivot_definitions, "pivot-cache-definition"),
    _of_book(caches.charts, "chart-cache", "chart-pivot-source"),
    _of_book(caches.external_links, "external-link-cache", "external-link"),
    _of_book(caches.slicers, "slicer-cache"),
    _of_book(formulas.defined_names, "defined-name-hidden", "defined-name-constant", "defined-name-external",
             "defined-name-broken"),
    _of_book(people.comments, "comments"),
    _of_book(people.threads, "threaded-comments", "persons"),
    _of_book(people.properties, "doc-properties", "custom-doc-properties"),
    _of_book(people.workbook_settings, "author-path", "file-sharing", "custom-view", "workbook-protection",
             "strict-ooxml"),
    _of_book(people.drawings, "drawing-text", "alt-text", "hidden-shape"),
    _of_book(parts.kinds, "embedded-object", "image", "thumbnail", "vba-project", "xlm-macro-sheet", "data-model",
             "connections", "query-table", "revision-log", "form-control", "printer-settings", "custom-property-bin",
             "rich-data", "web-extension", "label-info", "digital-signature"),
    _of_book(parts.custom_xml, "custom-xml", "power-query-mashup"),
    _of_book(parts.orphans, "orphan-part"),
    _of_book(parts.unused_strings, "unreferenced-shared-strings"),
    _of_book(lambda book: archive.archive(book.gate), *archive.WAYS),
)  # fmt: skip
