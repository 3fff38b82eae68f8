"""Where nouns are found: one table, or one file. What several nouns need of it is worked out once, here."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.a1 import address
from wpmi_lint.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from wpmi_lint.carried import Hidden
    from wpmi_lint.model import Document, Index, Table, Text
    from wpmi_lint.terms import Matcher

_NIL = ("nil", "zero")  # meanings of markers that count as nothing when parts are added up


class TableContext:
    """A table in its file, with the policy's terms."""

    scope = "table"

    def __init__(self, document: Document, table: Table, matcher: Matcher) -> None:
        self.document = document
        self.table = table
        self.matcher = matcher
        self.sheet = document.sheets[table.sheet]

    @cached_property
    def by(self) -> tuple[str, ...]:
        """The policy's dimensions that the table is broken down by."""
        return tuple(dict.fromkeys(dimension.term for dimension in self.table.dimensions if dimension.term))

    @cached_property
    def nil(self) -> NDArray[np.bool_]:
        """Of each marker, whether it is blank or means nil; one more at the end, false, answers for no marker (-1)."""
        return np.array(
            [*(text == "" or self.matcher.marker(text) in _NIL for text in self.table.markers), False], np.bool_
        )

    @cached_property
    def not_blank(self) -> Index:
        """The body cells that hold something, as places in the flattened body."""
        marker = self.table.marker.reshape(-1)
        blank = [i for i, text in enumerate(self.table.markers) if text == ""]
        keep = marker != blank[0] if blank else np.ones(marker.size, np.bool_)
        return np.flatnonzero(keep).astype(np.int32)

    @cached_property
    def sums(self) -> NDArray[np.float64]:
        """The parts of each total added up: nil is zero; NaN where a part is suppressed or is no figure."""
        table, totals = self.table, self.table.totals
        if not len(totals.part):
            return np.full(len(totals.cell), np.nan)
        part = table.value.reshape(-1)[totals.part]
        part = np.where(np.isnan(part) & self.nil[table.marker.reshape(-1)[totals.part]], 0.0, part)
        # reduceat needs a valid start even for a total without parts, whose sum is then blotted out
        summed = np.add.reduceat(part, np.minimum(totals.start[:-1], len(part) - 1))
        return np.where(np.diff(totals.start) > 0, summed, np.nan)

    def cell(self, flat: int) -> tuple[int, int]:
        """The row and column of a body cell in its sheet, 0-based."""
        row, col = divmod(flat, len(self.table.cols))
        return int(self.table.rows[row]), int(self.table.cols[col])

    def address(self, flat: int) -> str:
        """The A1 address of a body cell."""
        return address(*self.cell(flat))

    def place_of(self, flat: int) -> Place:
        """Where a body cell is, with the words of its row and column."""
        row, col = divmod(flat, len(self.table.cols))
        return Place(
            self.document.path,
            self.sheet.name or None,
            self.address(flat),
            row_header=tuple(self.table.row_headers[row]),
            column_header=self.table.columns[col].header,
            table=self.table.id,
        )

    @cached_property
    def place(self) -> Place:
        """Where the table is: at the first cell of its headers and stub."""
        table = self.table
        top = table.header_rows[0] if table.header_rows else min(table.rows.tolist(), default=0)
        left = min([*table.stub_cols, *table.cols.tolist()], default=0)
        return Place(self.document.path, self.sheet.name or None, address(top, left), table=table.id)


class FileContext:
    """A file as understood. What it does not show is looked for once, and only where a rule asks."""

    scope = "file"

    def __init__(self, document: Document, tables: Sequence[Table], texts: Sequence[Text], matcher: Matcher) -> None:
        self.document = document
        self.tables = tables
        self.texts = texts
        self.matcher = matcher

    @cached_property
    def hidden(self) -> tuple[Hidden, ...]:
        """Everything that the file carries and does not show."""
        from wpmi_lint.formats import hidden

        return hidden(self.document)

    def each_table(self) -> Iterator[TableContext]:
        """Its tables, one after the other: what is worked out of one goes when the next comes."""
        return (TableContext(self.document, table, self.matcher) for table in self.tables)

    def place(self, sheet: str | None, cell: tuple[int, int] | None) -> Place:
        """A cell of the file, a sheet, or the whole."""
        return Place(self.document.path, sheet or None, address(*cell) if cell else None)
