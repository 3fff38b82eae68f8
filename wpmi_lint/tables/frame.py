"""Rows and columns of one table by role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.model import Range
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from wpmi_lint.model import Ints
    from wpmi_lint.tables.cells import Grid


class Frame(NamedTuple):
    """Rows and columns of one table by role; all are sheet rows and columns."""

    header: tuple[int, ...]
    rows: Ints  # body rows
    stub: tuple[int, ...]
    body: tuple[int, ...]
    preface: int  # first row of the words above
    until: int  # first row after the notes below

    @property
    def columns(self) -> tuple[int, ...]:
        """Stub and body columns."""
        return (*self.stub, *self.body)

    @property
    def top(self) -> int:
        """The first row: of the headers, or of the body where there are none."""
        return self.header[0] if self.header else int(self.rows[0])

    @property
    def area(self) -> Range:
        """Headers, stub and body as one rectangle."""
        columns = self.columns
        return Range(top=self.top, left=min(columns), bottom=int(self.rows[-1]), right=max(columns))

    @property
    def body_area(self) -> Range:
        """The rectangle of the body."""
        return Range(top=int(self.rows[0]), left=min(self.body), bottom=int(self.rows[-1]), right=max(self.body))

    def of_column(self, at: int) -> Frame:
        """The frame with one body column alone."""
        return self._replace(body=(self.body[at],))


def header_words(grid: Grid, header: tuple[int, ...], col: int) -> str:
    """The lowest words of the header of a column."""
    return next((words for row in reversed(header) if (words := grid.text(row, col))), "")
