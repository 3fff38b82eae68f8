"""The values of a workbook, by the calamine library; only for archives whose parts were checked before."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

from wpmi_lint.model import Range
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from wpmi_lint.model import Raw

_VISIBILITY = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "very hidden"}


class Values(NamedTuple):
    """A sheet as the library gives it, from A1: "" is an empty cell, all numbers are float."""

    name: str
    visibility: str
    rows: list[list[Raw]]
    merged: tuple[Range, ...]


def read_values(data: bytes, names: tuple[str, ...] | None = None) -> list[Values] | str:
    """The sheets of these names, or all; or in one line why they cannot be read."""
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        states = {sheet.name: str(sheet.visible).rpartition(".")[2] for sheet in workbook.sheets_metadata}
        wanted = workbook.sheet_names if names is None else names
        return [_values(workbook.get_sheet_by_name(name), states.get(name, "")) for name in wanted]
    except BaseException as error:  # a panic of the library is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        return "it is damaged: " + (" ".join(str(error).split())[:200] or type(error).__name__)


def _values(sheet: CalamineSheet, state: str) -> Values:
    merged = tuple(Range(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    rows = cast("list[list[Raw]]", sheet.to_python(skip_empty_area=False))
    return Values(sheet.name, _VISIBILITY.get(state, "visible"), rows, merged)
