"""JSON text to values: strict (RFC 8259), one object a line too; and what is wrong with a text, and where."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from wpmi_lint.package import limits
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    Value = dict[str, "Value"] | list["Value"] | str | int | float | bool | None
    Path = tuple[str | int, ...]


class Problem(NamedTuple):
    """The first thing that is wrong, at a character of the text."""

    at: int
    reason: str
    help: str = ""
    limit: str = ""  # its name in limits.py, where one is reached


def parse(words: str) -> Value | ValueError:
    """The value of a JSON text; any duplicate key, NaN, overflow or lone surrogate makes it a ValueError."""
    try:
        value: Value = json.loads(words, object_pairs_hook=_unique, parse_constant=_refuse)
    except ValueError as error:
        return error
    except RecursionError:
        return ValueError("it nests too deep")
    if _suspicious(words) and first_problem(words):
        return ValueError("a number or a character cannot be kept")
    return value


def parse_lines(words: str) -> Value | None:
    """The values of a text with one JSON object a line (NDJSON); None where it is not that."""
    lines = [line for line in words.splitlines() if line.strip()]
    if len(lines) < 2 or not (lines[0].lstrip().startswith("{") and lines[0].rstrip().endswith("}")):
        return None
    values: list[Value] = []
    for line in lines:
        value = parse(line)
        if not isinstance(value, dict):
            return None
        values.append(value)
    return values


def _unique(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key occurs twice")
    return value


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


def _suspicious(words: str) -> bool:
    """Cheap signs of what the parser lets pass: overflowing numbers and halves of surrogate pairs."""
    return (
        "\\ud" in words
        or "\\uD" in words
        or re.search(r"[eE](?<=[0-9].)\+?[0-9]{3}", words) is not None
        or any(words[at : at + 128].isdigit() for at in range(0, len(words), 128))  # in any run of 300 digits
        or _may_be_deep(words)
    )


def _may_be_deep(words: str) -> bool:
    """Whether brackets, those in strings among them, ever stand open in a greater number than the limit on depth."""
    if words.count("[") + words.count("{") <= limits.JSON_DEPTH:
        return False
    import numpy as np

    change = np.zeros(256, dtype=np.int8)
    change[[ord("["), ord("{")]], change[[ord("]"), ord("}")]] = 1, -1
    steps = change[np.frombuffer(words.encode("ascii", "replace"), dtype=np.uint8)]
    return int(np.cumsum(steps[steps != 0], dtype=np.int32).max(initial=0)) > limits.JSON_DEPTH


# ---------------------------------------------------------------- what is wrong, once the fast parser has refused it

_TOKEN = re.compile(
    r'(?P<space>[ \t\r\n]+)|(?P<string>"(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![0-9A-Za-z_.]))"
    r"|(?P<word>true|false|null)(?![A-Za-z])|(?P<constant>-?(?:Infinity|NaN|nan|inf)\b)"
    r"|(?P<comment>//|/\*|\#)|(?P<mark>[][{},:])"
)
_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\\\")
_HALF = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_VALUE, _FIRST, _KEY, _FIRST_KEY, _COLON, _COMMA, _NOTHING = range(7)  # what may come next
_MISSING = (
    *("a value is missing", "a value is missing", "a key is missing", "a key is missing"),
    *("a colon is missing after the key", "a comma or a closing bracket is missing"),
    "something follows after the end of the JSON value",
)


def first_problem(words: str) -> Problem | None:
    """The first place where a text is not strict JSON, or None."""
    state = _State()
    at = 0
    while at < len(words):
        token = _TOKEN.match(words, at)
        problem = state.take(str(token.lastgroup), token[0]) if token else (_unknown(words, at), "", "")
        if problem:
            return Problem(at, *problem)
        at = token.end() if token else at
    return None if state.expect == _NOTHING else Problem(len(words), "the file ends too early", "give the whole file")


class _State:
    """Open objects (their keys so far) and lists (None), and what may come next. Each step gives reason, help and
    limit, or None where the token is right."""

    def __init__(self) -> None:
        self.open: list[set[str] | None] = []
        self.expect = _VALUE

    def take(self, kind: str, token: str) -> tuple[str, str, str] | None:
        if kind == "space":
            return None
        if kind == "constant":
            return f"{token} is no JSON value", "write null, or the marker as a string", ""
        if kind == "comment":
            return "JSON has no comments", "take the comment out", ""
        if kind == "mark":
            return self._mark(token)
        if self.expect in (_KEY, _FIRST_KEY):
            return self._key(kind, token)
        if self.expect not in (_VALUE, _FIRST):
            return _MISSING[self.expect], "", ""
        self._after_value()
        return _content(kind, token)

    def _mark(self, token: str) -> tuple[str, str, str] | None:
        closes = token in "]}" and bool(self.open) and (token == "}") == (self.open[-1] is not None)
        if token in "[{" and self.expect in (_VALUE, _FIRST):
            self.open.append(set() if token == "{" else None)
            self.expect = _FIRST_KEY if token == "{" else _FIRST
            if len(self.open) > limits.JSON_DEPTH:
                return f"it nests deeper than {limits.JSON_DEPTH}", "tables nest a few levels at most", "JSON_DEPTH"
        elif closes and self.expect in (_VALUE, _KEY):
            return "a comma stands before the closing bracket", "take the comma out", ""
        elif closes and self.expect in (_COMMA, _FIRST, _FIRST_KEY):
            self.open.pop()
            self._after_value()
        elif token == "," and self.expect == _COMMA:
            self.expect = _VALUE if self.open[-1] is None else _KEY
        elif token == ":" and self.expect == _COLON:
            self.expect = _VALUE
        else:
            return _MISSING[self.expect], "", ""
        return None

    def _key(self, kind: str, token: str) -> tuple[str, str, str] | None:
        if kind != "string":
            return "a key must be a string in double quotes", "", ""
        keys = self.open[-1]
        key = json.loads(token)
        if keys is None or key in keys:
            return f"the key {token[:40]} occurs twice in one object", "keep one: the other is unseen", ""
        keys.add(key)
        self.expect = _COLON
        return _content(kind, token)

    def _after_value(self) -> None:
        self.expect = _COMMA if self.open else _NOTHING


def _content(kind: str, token: str) -> tuple[str, str, str] | None:
    if kind == "number" and (len(token) > limits.JSON_DIGITS or abs(float(token)) == float("inf")):
        return "a number is too large to be kept", "write figures with ordinary digits", ""
    if kind == "string" and "\\u" in token and _HALF.search(_PAIR.sub("", token)):
        return "a character is incomplete (half of a surrogate pair)", "write the character itself", ""
    return None


def _unknown(words: str, at: int) -> str:
    if words[at] == '"':
        return "a string is not closed, or holds a control character or an unknown escape"
    if words[at] == "'":
        return "strings need double quotes"
    if words[at] in "-+.0123456789":
        return "a number is not written as JSON numbers are"
    return f"{ascii(words[at])[1:-1]} cannot stand here"
