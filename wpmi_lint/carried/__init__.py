"""What a file carries and does not show: one entry point for all formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.carried.ways import WAYS, Hidden

if TYPE_CHECKING:
    from wpmi_lint.model import Document

__all__ = ["WAYS", "Hidden", "look"]


def look(document: Document, wanted: frozenset[str] | None = None) -> tuple[Hidden, ...]:
    """Everything hidden in a file, or of the wanted ways alone; never raises for what a file holds."""
    if document.format == "xlsx":
        from wpmi_lint.carried import workbook

        found = workbook.look(document, wanted)
    elif document.format == "ods":
        from wpmi_lint.carried import ods

        found = ods.look(document, wanted)
    elif document.format == "csv":
        from wpmi_lint.carried import delimited as csvfile

        found = csvfile.look(document, wanted)
    elif document.format == "json":
        from wpmi_lint.carried import jsontable as jsonfile

        found = jsonfile.look(document, wanted)
    else:
        return ()
    return tuple(thing for thing in found if wanted is None or thing.what in wanted)
