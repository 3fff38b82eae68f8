"""ODS: what a spreadsheet of OpenDocument carries and does not show."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from wpmi_lint.carried import archive, odsparts, odssheets
from wpmi_lint.carried.inspection import Inspection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.package.gate import Gate

_TABLE = re.compile(rb"<table:table\s([^>]*)>|</table:table>")
_PREFIXES = {
    b"urn:oasis:names:tc:opendocument:xmlns:table:1.0": b"table",
    b"urn:oasis:names:tc:opendocument:xmlns:office:1.0": b"office",
    b"urn:oasis:names:tc:opendocument:xmlns:text:1.0": b"text",
    b"urn:oasis:names:tc:opendocument:xmlns:style:1.0": b"style",
}
_DECLARED = re.compile(rb'xmlns:([\w.-]+)="([^"]*)"')


class Content:
    """The archive and content.xml in the usual prefixes, with its sheets."""

    def __init__(self, gate: Gate, content: bytes) -> None:
        self.gate = gate
        self.data = _usual(content)

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


def _usual(content: bytes) -> bytes:
    clean = re.sub(rb"<!--.*?-->", b"", content, flags=re.S) if b"<!--" in content else content
    for prefix, address in _DECLARED.findall(clean[:8192]):
        usual = _PREFIXES.get(address)
        if usual and prefix != usual:
            clean = re.sub(rb"(?<=[</\s])" + re.escape(prefix) + rb":", usual + b":", clean)
    return clean


def _of_sheets(look: Callable[[bytes, Sequence[odssheets.Sheet]], Iterator[Hidden]], *ways: str) -> Inspection:
    """An inspection of content.xml by its sheets."""
    return Inspection(ways=ways, look=lambda document: look(document.model.data, document.model.sheets))


INSPECTIONS = (
    _of_sheets(odssheets.hidden_sheets, "hidden-sheet"),
    _of_sheets(odssheets.hidden_rows, "hidden-rows", "filtered-rows"),
    _of_sheets(odssheets.hidden_columns, "hidden-columns"),
    _of_sheets(odssheets.shown_otherwise, "display-rounding", "display-scaling", "format-invisible"),
    _of_sheets(odssheets.unreadable, "text-same-colour", "tiny-font"),
    _of_sheets(odssheets.formulas, "formulas", "formula-literal-operands", "formula-rounding", "formula-external",
               "formula-hidden"),
    _of_sheets(odsparts.external, "external-link-cache", "external-link"),
    _of_sheets(odsparts.comments, "comments"),
    Inspection(("pivot-table", "revision-log", "scenarios", "validation-literal-list", "defined-name-constant",
                "hyperlink-local-path", "sheet-protection", "drawing-text"),
               lambda document: odsparts.settings(document.model.data)),
    Inspection(("chart-cache", "image", "thumbnail", "embedded-object", "vba-project", "doc-properties",
                "custom-doc-properties", "header-footer", "printer-settings", "digital-signature"),
               lambda document: odsparts.parts(document.model.gate)),
    Inspection(archive.WAYS, lambda document: archive.archive(document.model.gate)),
)  # fmt: skip
