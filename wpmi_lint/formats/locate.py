"""Where a cell stands in its file, looked up afterwards and only for the cells that a finding names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from wpmi_lint.model import Location

if TYPE_CHECKING:
    from wpmi_lint.model import Document
    from wpmi_lint.package.csvplaces import CsvPlaces
    from wpmi_lint.package.jsonplaces import JsonPlaces


def locate(document: Document, sheet: int, row: int, col: int) -> Location:
    """Line and column (1-based, in characters) of a CSV field, and the pointer too of a JSON value.

    Workbook cells have neither: their address says it all. The first call for a file costs a pass over it.
    """
    if document.format == "csv":
        return _csv_places(document.data).place(row, col)
    if document.format == "json":
        pointers = document.sheets[sheet].pointers
        path = pointers.path(row, col) if pointers is not None and hasattr(pointers, "path") else None
        return Location() if path is None else _json_places(document.data).place(path)
    return Location()


@lru_cache(maxsize=1)
def _csv_places(data: bytes) -> CsvPlaces:
    from wpmi_lint.package.csvplaces import CsvPlaces

    return CsvPlaces(data)


@lru_cache(maxsize=1)
def _json_places(data: bytes) -> JsonPlaces:
    from wpmi_lint.package.jsonplaces import JsonPlaces

    return JsonPlaces(data)
