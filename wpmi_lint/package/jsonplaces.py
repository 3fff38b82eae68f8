"""Lines, columns and pointers (RFC 6901) of the values of a JSON file."""

from __future__ import annotations

from json import JSONDecoder
from typing import TYPE_CHECKING

from wpmi_lint.model import Location
from wpmi_lint.package.text import decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpmi_lint.package.jsonpaths import Path

_SPACE = " \t\r\n"


class JsonPlaces:
    """Finds values by skipping over their neighbours; what was found of a container is kept."""

    def __init__(self, data: bytes) -> None:
        self.words = decode(data).words
        self.skip = JSONDecoder(strict=False).raw_decode
        self.children: dict[Path, Mapping[str | int, int]] = {}
        self.lines = self._records() if self._is_lines() else None

    def place(self, path: Path) -> Location:
        """The place of the value at a path, or of the innermost container that is there."""
        at, known = self._space(0), 0
        for depth, step in enumerate(path):
            inside = self._inside(path[:depth], at)
            if step not in inside:
                break
            at, known = inside[step], depth + 1
        line = self.words.count("\n", 0, at) + 1
        return Location(line, at - self.words.rfind("\n", 0, at), pointer(path[:known]))

    def _inside(self, path: Path, at: int) -> Mapping[str | int, int]:
        """Where the members of the container at a path start."""
        if path not in self.children:
            if not path and self.lines is not None:
                self.children[path] = self.lines
            elif self.words[at : at + 1] in ("{", "["):
                self.children[path] = self._members(at)
            else:
                return {}
        return self.children[path]

    def _members(self, at: int) -> Mapping[str | int, int]:
        words = self.words
        is_object = words[at] == "{"
        found: dict[str | int, int] = {}
        at = self._space(at + 1)
        while words[at] not in "]}":
            key: str | int = len(found)
            if is_object:
                key, at = self.skip(words, at)
                at = self._space(self._space(at) + 1)
            found[key] = at
            _, at = self.skip(words, at)
            at = self._space(at)
            if words[at] == ",":
                at = self._space(at + 1)
        return found

    def _space(self, at: int) -> int:
        while self.words[at : at + 1] and self.words[at] in _SPACE:
            at += 1
        return at

    def _is_lines(self) -> bool:
        """Whether another value follows the first: one JSON object a line."""
        start = self._space(0)
        return self.words[start : start + 1] == "{" and self._space(self.skip(self.words, start)[1]) < len(self.words)

    def _records(self) -> Mapping[str | int, int]:
        found: dict[str | int, int] = {}
        at = self._space(0)
        while at < len(self.words):
            found[len(found)] = at
            at = self._space(self.skip(self.words, at)[1])
        return found


def pointer(path: Path) -> str:
    """A path as an RFC 6901 pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
