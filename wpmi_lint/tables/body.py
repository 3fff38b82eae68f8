"""A table in its sheet: rows and columns by role, and its body as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.model import Range
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Codes, Index, Ints, Mask, Matrix
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


# what a body cell holds (Body.state)
NUMBER, BLANK, NIL, HIDDEN, OTHER = range(5)  # NIL: a marker that means zero; HIDDEN: suppressed; OTHER: any other text


class BodyCells(NamedTuple):
    """The cells of a body as they were read, [R, C] each."""

    kind: Codes  # of numbers.py
    value: Matrix  # NaN where there is no number
    decimals: Codes
    flags: Codes  # of numbers.py

    @property
    def number(self) -> Mask:
        """Where there is a number."""
        where: Mask = self.kind == numbers.NUMBER
        return where

    @property
    def percent(self) -> Mask:
        """Where a sign or number format says percent."""
        return (self.flags & numbers.PERCENT) > 0


class Key(NamedTuple):
    """A dimension column of a tidy table: members[codes[row]] is the member of a row."""

    codes: Index
    members: tuple[str, ...]


class Body(NamedTuple):
    """The numbers of a table with what is known of its rows and columns. R rows, C columns."""

    value: Matrix  # [R, C], NaN where there is no number
    state: Codes  # [R, C], one of the constants above
    statistic: Codes  # [R, C], model.Statistic
    decimals: Codes  # [R, C]
    row_labels: Sequence[tuple[str, ...]]  # [R]: the words of the stub, outermost first
    col_labels: Sequence[tuple[str, ...]]  # [C]: the words of the headers, from the top down
    row_indent: Sequence[int]  # [R]: indent level of the label (leading spaces, or the workbook's indent)
    row_bold: Sequence[bool]  # [R]
    tidy: bool = False
    keys: tuple[Key, ...] = ()  # tidy tables only: the dimension columns
