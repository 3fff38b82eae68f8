"""JSON: every usual shape of a table, strict syntax, and what is no table."""

from __future__ import annotations

import json

import pytest

from wpmi_lint.formats import open_file
from wpmi_lint.model import Refusal, Sheet
from wpmi_lint.package import limits
from wpmi_lint.package.jsontree import first_problem


def sheets(value: object) -> tuple[Sheet, ...]:
    found = open_file("a.json", json.dumps(value).encode())
    assert not found.unread, found
    assert found.format == "json"
    return found.sheets


def only(value: object) -> Sheet:
    (sheet,) = sheets(value)
    assert sheet.width == max(map(len, sheet.rows))
    return sheet


GRID = [["Area", "Male"], ["Leeds", 40], ["York", None]]
RECORDS = [{"Area": "Leeds", "Male": 40}, {"Area": "York", "Male": None}]


@pytest.mark.parametrize(
    "value",
    [
        RECORDS,
        {"data": RECORDS},
        {"result": {"records": RECORDS}},
        {"Area": ["Leeds", "York"], "Male": [40, None]},
        {"columns": ["Area", "Male"], "data": GRID[1:]},
        {"fields": [{"name": "Area"}, {"name": "Male"}], "rows": GRID[1:]},
        {"tables": [{"columns": ["Area", "Male"], "rows": GRID[1:]}]},
        {"tables": [{"rows": RECORDS}]},
        GRID,
        {"table": GRID},
        [{"Area": "Leeds", "Male": 40}, {"Area": "York"}],
    ],
)
def test_shapes_of_a_table(value: object) -> None:
    assert [list(row) for row in only(value).rows] == GRID


def test_what_a_table_says_of_itself() -> None:
    table = {
        "title": "Referrals by area",
        "notes": ["Rounded to 20", "Source: DWP"],
        "label": "internal",
        "units": {"Male": "persons"},
        "columns": ["Area", "Male"],
        "rows": GRID[1:],
    }
    for value in ({"tables": [table]}, table, [table]):
        sheet = only(value)
        assert sheet.title == "Referrals by area"
        assert sheet.notes == ("Rounded to 20", "Source: DWP")
        assert sheet.label == "internal"
        assert sheet.units == {"Male": "persons"}


def test_what_stands_beside_the_tables_holds_for_all_of_them() -> None:
    first, second = sheets({"label": "published", "notes": "Rounded", "tables": [{"rows": RECORDS}, {"rows": RECORDS}]})
    assert (first.label, second.label) == ("published", "published")
    assert first.notes == ("Rounded",)


def test_several_tables() -> None:
    found = sheets({"referrals": RECORDS, "outcomes": RECORDS})
    assert [sheet.name for sheet in found] == ["referrals", "outcomes"]


def test_records_inside_records_are_laid_out_flat() -> None:
    sheet = only([{"Area": {"code": "E1", "name": "Leeds"}, "n": {"2012": 40}}])
    assert [list(row) for row in sheet.rows] == [["Area.code", "Area.name", "n.2012"], ["E1", "Leeds", 40]]


def test_objects_by_row() -> None:
    sheet = only({"Leeds": {"Male": 40, "Female": 60}, "York": {"Female": 0, "Male": 20}})
    assert [list(row) for row in sheet.rows] == [["", "Male", "Female"], ["Leeds", 40, 60], ["York", 20, 0]]


def test_lists_in_cells_are_kept_as_text() -> None:
    assert only([{"Area": "Leeds", "codes": [1, 2]}]).rows[1] == ["Leeds", "[1, 2]"]


@pytest.mark.parametrize(
    "value",
    [
        {"name": "x", "version": "1.0", "scripts": {"test": "pytest"}, "files": ["a", "b"]},
        {},
        [],
        40,
        "words",
        None,
        [1, 2, 3],
        {"a": {"b": {"c": 1}}},
        [[]],
        [{}],
        {"rows": []},
        {"tables": []},
        {"data": None},
        {"keywords": ["a", "b"], "files": ["c"]},
    ],
)
def test_json_without_a_table(value: object) -> None:
    assert sheets(value) == ()


def test_lines_of_json() -> None:
    found = open_file("a.ndjson", b'{"Area": "Leeds", "Male": 40}\n{"Area": "York", "Male": null}\n')
    assert not found.unread
    assert [list(row) for row in found.sheets[0].rows] == GRID


CUBE = {
    "version": "2.0",
    "class": "dataset",
    "label": "Referrals",
    "source": "DWP",
    "note": ["Rounded to 20"],
    "id": ["area", "sex"],
    "size": [2, 2],
    "dimension": {
        "area": {"label": "Area", "category": {"index": {"E2": 1, "E1": 0}, "label": {"E1": "Leeds", "E2": "York"}}},
        "sex": {"category": {"index": ["M", "F"], "unit": {"M": {"label": "persons", "decimals": 0}}}},
    },
    "value": [40, 60, None, 20],
    "status": {"2": "c"},
}


def test_json_stat() -> None:
    sheet = only(CUBE)
    assert sheet.title == "Referrals"
    assert sheet.notes == ("Rounded to 20", "DWP")
    assert sheet.units == {"M": "persons"}
    assert [list(row) for row in sheet.rows] == [
        ["Area", "sex", "Value", "Status"],
        ["Leeds", "M", 40, None],
        ["Leeds", "F", 60, None],
        ["York", "M", None, "c"],
        ["York", "F", 20, None],
    ]


def test_json_stat_one_bundle_of_datasets() -> None:
    old = {key: value for key, value in CUBE.items() if key not in ("id", "size", "status", "class", "version")}
    old["dimension"] = {**CUBE["dimension"], "id": ["area", "sex"], "size": ["2", "2"]}  # type: ignore[dict-item]
    old["value"] = {"0": 40, "3": 20}
    found = sheets({"first": old, "second": CUBE})
    assert [sheet.name for sheet in found] == ["first", "second"]
    assert [list(row) for row in found[0].rows[1:]] == [["Leeds", "M", 40], ["York", "F", 20]]


def test_json_stat_of_absurd_size() -> None:
    (refusal,) = refusals({**CUBE, "size": [10**9, 10**9]})
    assert (refusal.scope, refusal.limit) == ("limit", "CELLS")


def refusals(value: object) -> tuple[Refusal, ...]:
    return open_file("a.json", json.dumps(value).encode()).refusals


WIDE = {f"c{i}": i for i in range(5)}


@pytest.mark.parametrize(
    ("value", "limit", "what"),
    [
        ({"a": [{**WIDE, "more": {"x": 1}}, WIDE]}, "COLUMNS", "/a"),
        ({"rows": [list(range(5)), list(range(5))]}, "COLUMNS", "/rows"),
        ({"a": {key: [1, 2] for key in WIDE}}, "COLUMNS", "/a"),
        ([{"a": 1, "b": {"c": i}} for i in range(20)], "CELLS", ""),
    ],
)
def test_a_table_over_a_limit_is_said(value: object, limit: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COLUMNS", 4)
    monkeypatch.setattr(limits, "CELLS", 30)
    (refusal,) = refusals(value)
    assert (refusal.scope, refusal.limit, refusal.what) == ("limit", limit, what)


def test_a_table_is_found_however_deep_it_lies() -> None:
    value: object = [{"Area": "Leeds", "Male": 40}, {"Area": "York", "Male": 20}]
    for step in "abcdefghij":
        value = {step: value}
    assert only(value).name == "a"


@pytest.mark.parametrize(
    ("text", "reason", "line", "column"),
    [
        ('[{"a": 1, "b": 2, "a": 3}]', "occurs twice", 1, 19),
        ('[{"a": 1,\n "\\u0062": 2,\n  "b": 3}]', "occurs twice", 3, 3),
        ("[1,\n NaN]", "NaN is not a JSON value", 2, 2),
        ("[-Infinity]", "Infinity is not a JSON value", 1, 2),
        ("[1e999]", "too large", 1, 2),
        ("[" + "9" * 5000 + "]", "too large", 1, 2),
        ("[" + "9" * 350 + "]", "too large", 1, 2),
        ("[1, 2,]", "a comma is left before", 1, 7),
        ('{"a": 1,}', "a comma is left before", 1, 9),
        ("// words\n[1]", "no comments", 1, 1),
        ("[1] /* words */", "no comments", 1, 5),
        ("[1] [2]", "follows after the end", 1, 5),
        ("[1 2]", "comma or a closing bracket", 1, 4),
        ('{"a" 1}', "colon", 1, 6),
        ('{"a":}', "a value is missing", 1, 6),
        ("[1, }", "a value is missing", 1, 5),
        ("{a: 1}", "is not allowed here", 1, 2),
        ("{'a': 1}", "double quotes", 1, 2),
        ("[01]", "number", 1, 2),
        ("[.5]", "number", 1, 2),
        ('["a\nb"]', "string is not closed", 1, 2),
        ('["a', "string is not closed", 1, 2),
        ("[1", "ends too early", 1, 3),
        ('["\\ud800"]', "surrogate", 1, 2),
        ("[" * 200_000, "deeper", 1, 101),
        ('{"a":' * 200_000, "deeper", 1, 501),
        ("[" * 500 + "]" * 500, "deeper", 1, 101),
        ("True", "is not allowed here", 1, 1),
    ],
)
def test_what_is_no_strict_json(text: str, reason: str, line: int, column: int) -> None:
    document = open_file("a.json", text.encode())
    assert document.unread, document
    (found,) = document.refusals
    assert reason in found.reason
    assert f"line {line}, column {column}" in found.reason
    assert found.line == line
    assert found.help
    assert len(found.reason) < 200


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, -0.5e+3, true, null, "\\ud83d\\ude00 \\\\ud800"]}',
        " [ ] ",
        "{}",
        '"a"',
        "1.5",
        '["\\u00e9"]',
        "[[], {}]",
    ],
)
def test_strict_json_has_no_problem(text: str) -> None:
    json.loads(text)
    assert first_problem(text) is None
