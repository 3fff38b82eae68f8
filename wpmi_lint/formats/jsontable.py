"""JSON files: parsed strictly, and every table in them as a Sheet that knows its pointers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from wpmi_lint.carried.jsontable import exact_values, left_over, unused_keys
from wpmi_lint.carried.ways import Inspection
from wpmi_lint.formats.contract import Reader, unread
from wpmi_lint.formats.files import first_words
from wpmi_lint.model import Document, Location, Refusal, Sheet
from wpmi_lint.package.jsonshapes import Pointers, find_sheets
from wpmi_lint.package.jsontree import JsonPlaces, Problem, parse, parse_lines
from wpmi_lint.package.text import decode

if TYPE_CHECKING:
    from wpmi_lint.carried.jsontable import Leaf


class Json:
    """What is kept of a JSON file: the values that no table holds, and its places once one is asked for."""

    def __init__(self, data: bytes, left: list[Leaf]) -> None:
        self.data = data
        self.left = left

    @cached_property
    def places(self) -> JsonPlaces:
        """Where its values are; the text is decoded again for it."""
        return JsonPlaces(decode(self.data).words)


def claims(path: str, data: bytes) -> bool:
    """Whether a text that begins with a bracket is JSON: a CSV may begin with one.

    JSON goes on with a quote, a bracket, a digit or a closing bracket.
    """
    after = first_words(data)[1:].lstrip()[:1]
    suffixes = (".json", ".jsonl", ".ndjson", ".jsonstat", ".geojson")
    return path.lower().endswith(suffixes) or after in (b'"', b"{", b"[", b"]", b"}") or after.isdigit()


def open_json(path: str, data: bytes) -> Document:
    """A JSON file as one Sheet for each table found in it; none where it is JSON and holds no table."""
    text = decode(data)
    if text.problem:
        return unread(path, Refusal("file", text.problem, "save it in UTF-8", line=text.line))
    value = parse(text.words)
    if isinstance(value, Problem):
        lines = parse_lines(text.words)
        if not lines:
            return unread(path, _refusal(text.words, value))
        value = lines
    tables = list(find_sheets(value))
    sheets = tuple(table for table in tables if isinstance(table, Sheet))
    return Document(
        path=path,
        format="json",
        sha256="",
        data=data,
        sheets=sheets,
        remarks=(text.remark,) if text.remark else (),
        encoding=text.encoding,
        refusals=tuple(table for table in tables if isinstance(table, Refusal)),
        model=Json(data, left_over(value, sheets)),
    )


def _refusal(words: str, problem: Problem) -> Refusal:
    line = words.count("\n", 0, problem.at) + 1
    column = problem.at - words.rfind("\n", 0, problem.at)
    reason = f"{problem.reason} (line {line}, column {column})"
    return Refusal("limit" if problem.limit else "file", reason, problem.help, line=line, limit=problem.limit)


def place(document: Document, sheet: int, row: int, column: int) -> Location:
    """Line, column and pointer of the value of a cell."""
    pointers = document.sheets[sheet].pointers
    path = pointers.path(row, column) if isinstance(pointers, Pointers) else None
    return Location() if path is None else document.model.places.place(path)


READER = Reader(
    claims=claims,
    open=open_json,
    place=place,
    carried=(Inspection(("unused-keys",), unused_keys), Inspection(("exact-values",), exact_values)),
)
