"""Layouts: what the user states of a table where the tool cannot know it or got it wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from wpmi_lint.model import Range, Statistic


class LayoutColumn(NamedTuple):
    """What a layout says of one column, found by its letter or by the words of its header."""

    col: int | None  # sheet column, 0-based
    header: str | None
    measure: str | None = None
    statistic: Statistic | None = None
    scale: float = 1.0


class LayoutTotal(NamedTuple):
    """A total row or column with its parts; sheet rows or columns, 0-based."""

    axis: str  # "row", "column"
    total: int
    parts: tuple[int, ...]


class Layout(NamedTuple):
    """What the user states of one table where the tool cannot know it or got it wrong."""

    source: str  # file (and line) of the configuration that says so
    sheet: str = "*"  # the sheet's name; * is any characters, ? is one
    range: Range | None = None  # headers, stub and body; None: the only table of the sheet
    header_rows: tuple[int, int] | None = None
    stub_cols: tuple[int, ...] | None = None
    columns: tuple[LayoutColumn, ...] = ()
    totals: tuple[LayoutTotal, ...] | None = None
    title: str | None = None
    label: str | None = None
    is_table: bool = True  # False: what is in the range is not a table
