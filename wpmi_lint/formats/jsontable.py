"""JSON files: parsed strictly, and every table in them as a Sheet that knows its pointers."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from wpmi_lint.carried.inspection import Inspection
from wpmi_lint.carried.jsontable import exact_values, unused_keys
from wpmi_lint.formats.contract import Reader, unread
from wpmi_lint.formats.sniff import first_words
from wpmi_lint.model import Document, Location, Refusal
from wpmi_lint.package import limits
from wpmi_lint.package.jsoncheck import first_problem
from wpmi_lint.package.jsonshapes import find_sheets
from wpmi_lint.package.text import decode

if TYPE_CHECKING:
    from wpmi_lint.package.jsonpaths import Value
    from wpmi_lint.package.jsonplaces import JsonPlaces

_FIX = "mend the file there: only strict JSON (RFC 8259) is read"


def claims(path: str, data: bytes) -> bool:
    """Whether a text that begins with a bracket is JSON: a CSV may begin with one.

    JSON goes on with a quote, a bracket, a digit or a closing bracket.
    """
    if path.lower().endswith((".json", ".jsonl", ".ndjson", ".jsonstat", ".geojson")):
        return True
    after = first_words(data)[1:].lstrip()
    return after[:1] in (b'"', b"{", b"[", b"]", b"}") or after[:1].isdigit()


def open_json(path: str, data: bytes) -> Document:
    """A JSON file as one Sheet for each table found in it; none where it is JSON and holds no table."""
    text = decode(data)
    if text.problem:
        return unread(path, Refusal("file", text.problem, "save it in UTF-8", line=text.line))
    value = parse(text.words)
    if isinstance(value, ValueError):
        lines = parse_lines(text.words)
        if lines is None:
            return unread(path, _problem(text.words, str(value)))
        value = lines
    sheets = find_sheets(value)
    remarks = (text.remark,) if text.remark else ()
    return Document(path, "json", "", data, sheets, remarks, text.encoding)


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


def _problem(words: str, fallback: str) -> Refusal:
    problem = first_problem(words)
    if problem is None:
        return Refusal("file", f"it is no valid JSON: {fallback}", _FIX)
    line = words.count("\n", 0, problem.at) + 1
    column = problem.at - words.rfind("\n", 0, problem.at)
    reason = f"{problem.reason} (line {line}, column {column})"
    return Refusal("limit" if problem.limit else "file", reason, problem.help or _FIX, line=line, limit=problem.limit)


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


def place(document: Document, sheet: int, row: int, column: int) -> Location:
    """Line, column and pointer of the value of a cell."""
    pointers = document.sheets[sheet].pointers
    path = pointers.path(row, column) if pointers is not None and hasattr(pointers, "path") else None
    return Location() if path is None else _places(document.data).place(path)


@lru_cache(maxsize=1)
def _places(data: bytes) -> JsonPlaces:
    from wpmi_lint.package.jsonplaces import JsonPlaces

    return JsonPlaces(data)


READER = Reader(
    claims=claims,
    open=open_json,
    place=place,
    carried=(Inspection(("unused-keys",), unused_keys), Inspection(("exact-values",), exact_values)),
)
