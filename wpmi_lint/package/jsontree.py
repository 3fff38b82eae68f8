"""JSON text: parsed strictly (RFC 8259), what is wrong with it and where, and the places of its values."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from wpmi_lint.model import Location
from wpmi_lint.package import limits
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    Value = dict[str, "Value"] | list["Value"] | str | int | float | bool | None
    Object = Mapping[str, Value]
    Path = tuple[str | int, ...]


class Problem(NamedTuple):
    """The first thing that is wrong, at a character of the text."""

    at: int
    reason: str
    help: str = "mend the file there: only strict JSON (RFC 8259) is read"
    limit: str = ""  # its name in limits.py, where one is reached


def parse(words: str) -> Value | Problem:
    """The value of a JSON text; a duplicate key, NaN, overflow or half of a surrogate pair is a problem too."""
    try:
        value: Value = json.loads(words, object_pairs_hook=_unique, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        return first_problem(words) or Problem(at=0, reason=f"it is not valid JSON: {error}")
    return (first_problem(words) if _suspicious(words) else None) or value


def parse_lines(words: str) -> list[Value]:
    """The values of a text with one JSON object a line (NDJSON); none where it is not that."""
    lines = [line for line in words.splitlines() if line.strip()]
    if len(lines) < 2 or not (lines[0].lstrip().startswith("{") and lines[0].rstrip().endswith("}")):
        return []
    values: list[Value] = []
    for line in lines:
        value = parse(line)
        if not isinstance(value, dict):
            return []
        values.append(value)
    return values


def texts_of(value: Value) -> list[str]:
    """A text, or the texts of a list, without blank ones."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str) and item.strip()]


def object_of(value: Value) -> Object:
    """An object; an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def _unique(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key occurs twice")
    return value


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


def _suspicious(words: str) -> bool:
    """Cheap signs of what the parser lets pass: overflowing numbers, halves of surrogate pairs, deep nesting."""
    return (
        "\\ud" in words
        or "\\uD" in words
        or re.search(r"[eE](?<=[0-9].)\+?[0-9]{3}", words) is not None
        or any(words[at : at + 128].isdigit() for at in range(0, len(words), 128))  # in any run of 300 digits
        or _may_be_deep(words)
    )


def _may_be_deep(words: str) -> bool:
    """Whether more brackets than the limit on depth are ever open, those in strings counted."""
    if words.count("[") + words.count("{") <= limits.JSON_DEPTH:
        return False
    import numpy as np

    change = np.zeros(256, dtype=np.int8)
    change[[ord("["), ord("{")]], change[[ord("]"), ord("}")]] = 1, -1
    steps = change[np.frombuffer(words.encode("ascii", "replace"), dtype=np.uint8)]
    return int(np.cumsum(steps[steps != 0], dtype=np.int32).max(initial=0)) > limits.JSON_DEPTH


# ---------------------------------------------------------------- what is wrong

_TOKEN = re.compile(
    r'(?P<space>[ \t\r\n]+)|(?P<string>"(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![0-9A-Za-z_.]))"
    r"|(?P<word>true|false|null)(?![A-Za-z])|(?P<constant>-?(?:Infinity|NaN|nan|inf)\b)"
    r"|(?P<comment>//|/\*|\#)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)|(?P<colon>:)"
)
_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\\\")
_HALF = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_VALUE, _FIRST, _ITEM, _FIRST_KEY, _KEY, _COLON, _COMMA, _NOTHING = range(8)  # what may come next
_MISSING = (
    *("a value is missing", "a value is missing", "a value is missing", "a key is missing", "a key is missing"),
    *("a colon is missing after the key", "a comma or a closing bracket is missing"),
    "something follows after the end of the JSON value",
)


def first_problem(words: str) -> Problem | None:
    """The first place where a text is not strict JSON, or None."""
    opened: list[set[str] | None] = []  # the keys so far of each open object; None for a list
    expect, end = _VALUE, 0
    while end < len(words):
        at, token = end, _TOKEN.match(words, end)
        if token is None:
            return Problem(at=at, reason=_unknown(words, at))
        kind, text, end = token.lastgroup, token[0], token.end()
        closes = kind == "close" and bool(opened) and (text == "}") == (opened[-1] is not None)
        scalar = kind in ("string", "number", "word")
        if kind == "space":
            continue
        if kind == "constant":
            return Problem(at=at, reason=f"{text} is not a JSON value", help="write null, or the marker as a string")
        if kind == "comment":
            return Problem(at=at, reason="JSON has no comments", help="take the comment out")
        if closes and expect in (_ITEM, _KEY):
            return Problem(at=at, reason="a comma is left before the closing bracket", help="take the comma out")
        if scalar and expect in (_FIRST_KEY, _KEY):
            if kind != "string":
                return Problem(at=at, reason="a key must be a string in double quotes")
            key, keys = json.loads(text), opened[-1]
            if keys is None or key in keys:
                reason = f"the key {text[:40]} occurs twice in one object"
                return Problem(at=at, reason=reason, help="keep one: the other is unseen")
            keys.add(key)
            expect = _COLON
        elif scalar and expect in (_VALUE, _FIRST, _ITEM):
            expect = _COMMA if opened else _NOTHING
        elif kind == "open" and expect in (_VALUE, _FIRST, _ITEM):
            opened.append(set() if text == "{" else None)
            expect = _FIRST_KEY if text == "{" else _FIRST
            if len(opened) > limits.JSON_DEPTH:
                reason, help = f"it nests deeper than {limits.JSON_DEPTH}", "tables nest a few levels at most"
                return Problem(at=at, reason=reason, help=help, limit="JSON_DEPTH")
        elif closes and expect in (_COMMA, _FIRST, _FIRST_KEY):
            opened.pop()
            expect = _COMMA if opened else _NOTHING
        elif kind == "comma" and expect == _COMMA:
            expect = _ITEM if opened[-1] is None else _KEY
        elif kind == "colon" and expect == _COLON:
            expect = _VALUE
        else:
            return Problem(at=at, reason=_MISSING[expect])
        if kind == "number" and (len(text) > limits.JSON_DIGITS or abs(float(text)) == float("inf")):
            return Problem(at=at, reason="a number is too large to be kept", help="write figures with ordinary digits")
        if kind == "string" and "\\u" in text and _HALF.search(_PAIR.sub("", text)):
            reason = "a character is incomplete (half of a surrogate pair)"
            return Problem(at=at, reason=reason, help="write the character itself")
    if expect != _NOTHING:
        return Problem(at=len(words), reason="the file ends too early", help="give the whole file")
    return None


def _unknown(words: str, at: int) -> str:
    if words[at] == '"':
        return "a string is not closed, or holds a control character or an unknown escape"
    if words[at] == "'":
        return "strings need double quotes"
    if words[at] in "-+.0123456789":
        return "a number is not written as JSON numbers are"
    return f"{ascii(words[at])[1:-1]} is not allowed here"


# ---------------------------------------------------------------- where it is

_SPACE = re.compile(r"[ \t\r\n]*")
_skip = json.JSONDecoder(strict=False).raw_decode


class JsonPlaces:
    """Finds values by skipping over their neighbours; the places in a container are kept."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.children: dict[Path, Mapping[str | int, int]] = {}
        self.start = self._space(0)
        if words[self.start : self.start + 1] == "{" and self._space(_skip(words, self.start)[1]) < len(words):
            self.children[()] = self._members(self.start, is_object=False)  # one JSON object a line

    def place(self, path: Path) -> Location:
        """The place of the value at a path, or of the innermost container that is there."""
        at, depth = self.start, 0
        for step in path:
            above = path[:depth]
            if above not in self.children and self.words[at] in "{[":
                self.children[above] = self._members(self._space(at + 1), is_object=self.words[at] == "{")
            inside = self.children.get(above, {})
            if step not in inside:
                break
            at, depth = inside[step], depth + 1
        line = self.words.count("\n", 0, at) + 1
        return Location(line=line, column=at - self.words.rfind("\n", 0, at), pointer=pointer(path[:depth]))

    def _members(self, at: int, *, is_object: bool) -> Mapping[str | int, int]:
        """Where the members from there to the closing bracket or the end of the text start."""
        words = self.words
        starts: dict[str | int, int] = {}
        while at < len(words) and words[at] not in "]}":
            key: str | int = len(starts)
            if is_object:
                key, at = _skip(words, at)
                at = self._space(self._space(at) + 1)
            starts[key] = at
            at = self._space(_skip(words, at)[1])
            if words[at : at + 1] == ",":
                at = self._space(at + 1)
        return starts

    def _space(self, at: int) -> int:
        """The end of the white space that begins there."""
        space = _SPACE.match(self.words, at)
        return space.end() if space else at


def pointer(path: Path) -> str:
    """A path as an RFC 6901 pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
