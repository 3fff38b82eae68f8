"""How the cells of a Sheet made from JSON are found again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    Value = dict[str, "Value"] | list["Value"] | str | int | float | bool | None
    Path = tuple[str | int, ...]


class Pointers(NamedTuple):
    """The path of a cell is that of its row, then the steps of its column, then, for lists by column, its number.

    A row that stands nowhere in the file (headers made of keys) is None.
    """

    rows: Sequence[Path | None]
    columns: Sequence[Path]
    numbered: bool = False

    def path(self, row: int, col: int) -> Path | None:
        """Where the value of a cell stands; for a header made of keys, where its first value stands."""
        if row >= len(self.rows) or col >= len(self.columns):
            return None
        above = self.rows[row]
        if above is None:
            return None if row or len(self.rows) < 2 else self.path(1, col)
        after = (row - 1,) if self.numbered else ()
        return (*above, *self.columns[col], *after)


class CubePointers(NamedTuple):
    """The values of a JSON-stat dataset: that of row i stands under `above`, at `keys[i]`."""

    above: Path
    keys: Sequence[int | str | None]

    def path(self, row: int, _: int) -> Path | None:
        """Where the value of a row stands; the labels of its dimensions have no place of their own."""
        key = self.keys[row] if row < len(self.keys) else None
        return None if key is None else (*self.above, key)
