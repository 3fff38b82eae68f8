"""Where the values of a JSON file stand: the path of a cell, its line and column, its pointer (RFC 6901)."""

from __future__ import annotations

from json import JSONDecoder
from typing import TYPE_CHECKING

from wpmi_lint.model import Location
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wpmi_lint.package.jsontree import Path

_SPACE = " \t\r\n"
_HEADER = -1  # the step of a row that stands nowhere


class Pointers(NamedTuple):
    """A cell stands under `above`, at the step of its row and then the steps of its column (or the other way round).

    A header stands nowhere, or has a path of its own, `header`. The step None is a row that has no value.
    """

    above: Path
    rows: Sequence[int | str | None]
    columns: Sequence[Path]
    by_column: bool = False  # lists of columns: the column comes first
    header: Path | None = None

    def path(self, row: int, col: int) -> Path | None:
        """Where the value of a cell stands; for a header made of keys, where its first value stands."""
        if row >= len(self.rows) or col >= len(self.columns) or self.rows[row] is None:
            return None
        step = self.rows[row]
        if step == _HEADER and self.header is not None:
            return (*self.header, col)
        if step == _HEADER or step is None:
            return None if row + 1 >= len(self.rows) else self.path(row + 1, col)
        column = self.columns[col]
        return (*self.above, *column, step) if self.by_column else (*self.above, step, *column)

    def holders(self) -> set[Path]:
        """The lists or objects whose values are the cells."""
        if self.by_column:
            return {(*self.above, *column) for column in self.columns}
        if self.above or isinstance(self.rows, range):
            return {self.above}
        return {(step,) for step in self.rows if step is not None and step != _HEADER}


class JsonPlaces:
    """Finds values by skipping over their neighbours; what was found of a container is kept."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.skip = JSONDecoder(strict=False).raw_decode
        self.children: dict[Path, Mapping[str | int, int]] = {}
        start = self._space(0)
        if words[start : start + 1] == "{" and self._space(self.skip(words, start)[1]) < len(words):
            self.children[()] = self._records(start)  # another value follows: one JSON object a line

    def place(self, path: Path) -> Location:
        """The place of the value at a path, or of the innermost container that is there."""
        at, depth = self._space(0), 0
        for step in path:
            inside = self._inside(path[:depth], at)
            if step not in inside:
                break
            at, depth = inside[step], depth + 1
        line = self.words.count("\n", 0, at) + 1
        return Location(line, at - self.words.rfind("\n", 0, at), pointer(path[:depth]))

    def _inside(self, path: Path, at: int) -> Mapping[str | int, int]:
        """Where the members of the container at a path start."""
        if path not in self.children and self.words[at : at + 1] in ("{", "["):
            self.children[path] = self._members(at)
        return self.children.get(path, {})

    def _members(self, at: int) -> Mapping[str | int, int]:
        words = self.words
        is_object = words[at] == "{"
        starts: dict[str | int, int] = {}
        at = self._space(at + 1)
        while words[at] not in "]}":
            key: str | int = len(starts)
            if is_object:
                key, at = self.skip(words, at)
                at = self._space(self._space(at) + 1)
            starts[key] = at
            at = self._space(self.skip(words, at)[1])
            if words[at] == ",":
                at = self._space(at + 1)
        return starts

    def _records(self, at: int) -> Mapping[str | int, int]:
        starts: dict[str | int, int] = {}
        while at < len(self.words):
            starts[len(starts)] = at
            at = self._space(self.skip(self.words, at)[1])
        return starts

    def _space(self, at: int) -> int:
        while self.words[at : at + 1] and self.words[at] in _SPACE:
            at += 1
        return at


def pointer(path: Path) -> str:
    """A path as an RFC 6901 pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
