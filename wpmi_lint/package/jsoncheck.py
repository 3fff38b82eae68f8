"""What is wrong with a JSON text, and where: used only once the fast parser has refused it."""

from __future__ import annotations

import json
import re

from wpmi_lint.package import limits
from wpmi_lint.records import NamedTuple


class Problem(NamedTuple):
    """The first thing that is wrong, at a character of the text."""

    at: int
    reason: str
    help: str = ""
    limit: str = ""  # its name in limits.py, where one is reached


_TOKEN = re.compile(
    r'(?P<space>[ \t\r\n]+)|(?P<string>"(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![0-9A-Za-z_.]))"
    r"|(?P<word>true|false|null)(?![A-Za-z])|(?P<constant>-?(?:Infinity|NaN|nan|inf)\b)"
    r"|(?P<comment>//|/\*|\#)|(?P<mark>[][{},:])"
)
_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\\\")
_HALF = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_EXPLAINED = {
    "constant": ("{} is no JSON value", "write null, or the marker as a string"),
    "comment": ("JSON has no comments", "take the comment out"),
}


def first_problem(words: str) -> Problem | None:
    """The first place where a text is not strict JSON, or None."""
    state = _State()
    at = 0
    while at < len(words):
        token = _TOKEN.match(words, at)
        if token is None:
            return Problem(at, _unknown(words, at))
        kind = str(token.lastgroup)
        if kind in _EXPLAINED:
            reason, help = _EXPLAINED[kind]
            return Problem(at, reason.format(token[0]), help)
        if kind != "space":
            problem = state.take(kind, token[0], at) or _content(kind, token[0], at)
            if problem:
                return problem
        at = token.end()
    return None if state.complete() else Problem(len(words), "the file ends too early", "give the whole file")


class _State:
    """What may come next: a stack of open objects (their keys so far) and lists (None)."""

    def __init__(self) -> None:
        self.open: list[set[str] | None] = []
        self.expect = "value"  # "value", "first" (value or end), "key", "first key", "colon", "comma", "nothing"

    def complete(self) -> bool:
        return self.expect == "nothing"

    def take(self, kind: str, token: str, at: int) -> Problem | None:
        if kind == "mark":
            return self._mark(token, at)
        if self.expect in ("key", "first key"):
            return self._key(kind, token, at)
        if self.expect not in ("value", "first"):
            return Problem(at, self._expected())
        self._after_value()
        return None

    def _mark(self, token: str, at: int) -> Problem | None:
        if token in "[{" and self.expect in ("value", "first"):
            self.open.append(set() if token == "{" else None)
            self.expect = "first key" if token == "{" else "first"
            if len(self.open) > limits.JSON_DEPTH:
                reason = f"it nests deeper than {limits.JSON_DEPTH}"
                return Problem(at, reason, "tables nest a few levels at most", limit="JSON_DEPTH")
            return None
        if token in "]}" and self.open and (token == "}") == (self.open[-1] is not None):
            if self.expect in ("value", "key"):
                return Problem(at, "a comma stands before the closing bracket", "take the comma out")
            if self.expect in ("comma", "first", "first key"):
                self.open.pop()
                self._after_value()
                return None
        if token == "," and self.expect == "comma":
            self.expect = "value" if self.open[-1] is None else "key"
            return None
        if token == ":" and self.expect == "colon":
            self.expect = "value"
            return None
        return Problem(at, self._expected())

    def _key(self, kind: str, token: str, at: int) -> Problem | None:
        if kind != "string":
            return Problem(at, "a key must be a string in double quotes")
        keys = self.open[-1]
        if keys is not None:
            key = json.loads(token) if "\\" in token else token[1:-1]
            if key in keys:
                return Problem(at, f"the key {token[:40]} occurs twice in one object", "keep one: the other is unseen")
            keys.add(key)
        self.expect = "colon"
        return None

    def _after_value(self) -> None:
        self.expect = "comma" if self.open else "nothing"

    def _expected(self) -> str:
        return {
            "comma": "a comma or a closing bracket is missing",
            "colon": "a colon is missing after the key",
            "nothing": "something follows after the end of the JSON value",
            "key": "a key is missing",
            "first key": "a key is missing",
        }.get(self.expect, "a value is missing")


def _content(kind: str, token: str, at: int) -> Problem | None:
    if kind == "number":
        digits = len(token) > limits.JSON_DIGITS
        if digits or (len(token) > 3 and abs(float(token)) == float("inf")):
            return Problem(at, "a number is too large to be kept", "write figures with ordinary digits")
    if kind == "string" and "\\u" in token and _HALF.search(_PAIR.sub("", token)):
        return Problem(at, "a character is incomplete (half of a surrogate pair)", "write the character itself")
    return None


def _unknown(words: str, at: int) -> str:
    char = words[at]
    if char == '"':
        return "a string is not closed, or holds a control character or an unknown escape"
    if char == "'":
        return "strings need double quotes"
    if char in "-+.0123456789":
        return "a number is not written as JSON numbers are"
    return f"{ascii(char)[1:-1]} cannot stand here"
