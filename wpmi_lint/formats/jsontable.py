"""JSON files: parsed strictly, and every table in them as a Sheet that knows its pointers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from wpmi_lint.model import Document, Unreadable
from wpmi_lint.package import limits
from wpmi_lint.package.jsoncheck import first_problem
from wpmi_lint.package.jsonshapes import find_sheets
from wpmi_lint.package.text import decode

if TYPE_CHECKING:
    from wpmi_lint.package.jsonpaths import Value

_FIX = "mend the file there: only strict JSON (RFC 8259) is read"


def read_json(path: str, data: bytes, sha256: str) -> Document | Unreadable:
    """A JSON file as one Sheet for each table found in it; none where it is JSON and holds no table."""
    text = decode(data)
    if text.problem:
        return Unreadable(path, text.problem, "save it in UTF-8", text.line, sha256)
    value = parse(text.words)
    if isinstance(value, ValueError):
        lines = parse_lines(text.words)
        if lines is None:
            return _problem(path, text.words, str(value), sha256)
        value = lines
    sheets = find_sheets(value)
    remarks = (text.remark,) if text.remark else ()
    return Document(path, "json", sha256, data, sheets, remarks, text.encoding)


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
    lines = words.splitlines()
    if len(lines) < 2 or not lines[0].lstrip().startswith("{") or not lines[0].rstrip().endswith("}"):
        return None
    values: list[Value] = []
    for line in lines:
        if line.strip():
            value = parse(line)
            if not isinstance(value, dict):
                return None
            values.append(value)
    return values


def _problem(path: str, words: str, fallback: str, sha256: str) -> Unreadable:
    problem = first_problem(words)
    if problem is None:
        return Unreadable(path, f"it is no valid JSON: {fallback}", _FIX, None, sha256)
    line = words.count("\n", 0, problem.at) + 1
    column = problem.at - words.rfind("\n", 0, problem.at)
    return Unreadable(path, f"{problem.reason} (line {line}, column {column})", problem.help or _FIX, line, sha256)


def _unique(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


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
