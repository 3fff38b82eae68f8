"""How the cells of a Sheet made from JSON are found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    Value = dict[str, "Value"] | list["Value"] | str | int | float | bool | None
    Path = tuple[str | int, ...]


class Pointers(NamedTuple):
    """A cell stands under `above`, at the step of its row and then the steps of its column (or the other way round).

    The step -1 is a row that stands nowhere there: a header, whose own path is `header` where it has one.
    """

    above: Path
    rows: Sequence[int | str]
    columns: Sequence[Path]
    by_column: bool = False  # lists of columns: the column comes first
    header: Path | None = None

    def path(self, row: int, col: int) -> Path | None:
        """Where the value of a cell stands; for a header made of keys, where its first value stands."""
        if row >= len(self.rows) or col >= len(self.columns):
            return None
        step = self.rows[row]
        if step == -1 and self.header is not None:
            return (*self.header, col)
        if step == -1:
            return None if row + 1 >= len(self.rows) else self.path(row + 1, col)
        column = self.columns[col]
        return (*self.above, *column, step) if self.by_column else (*self.above, step, *column)

    def holders(self) -> set[Path]:
        """The lists or objects whose values are the cells."""
        if self.by_column:
            return {(*self.above, *column) for column in self.columns}
        if self.above or isinstance(self.rows, range):
            return {self.above}
        return {(step,) for step in self.rows if step != -1}


class CubePointers(NamedTuple):
    """The values of a JSON-stat dataset: that of row i stands under `above`, at `keys[i]`."""

    above: Path
    keys: Sequence[int | str | None]

    def path(self, row: int, _: int) -> Path | None:
        """Where the value of a row stands; the labels of its dimensions have no place of their own."""
        key = self.keys[row] if row < len(self.keys) else None
        return None if key is None else (*self.above, key)

    def holders(self) -> set[Path]:
        """The list or object whose values are the cells."""
        return {self.above}
