"""The body of a table as arrays: its cells as they were read, and what the search for totals works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Codes, Index, Mask, Matrix

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
