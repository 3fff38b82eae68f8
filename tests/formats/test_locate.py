"""Exact places: physical line and column of CSV fields, pointer as well of JSON values."""

import json

import pytest

from wpmi_lint.formats import locate, open_file
from wpmi_lint.model import Document, Location
from wpmi_lint.package.jsontree import pointer


def document(path: str, words: str, encoding: str = "utf-8") -> Document:
    found = open_file(path, words.encode(encoding))
    assert not found.unread, found
    return found


MESSY = 'Title\r\n\r\n"Area","Note\r\nin ""two"" lines",Male\r\nLeeds,"a, b",40\rYork,,17\n"x"'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("row", "col", "line", "column"),
    [(0, 0, 1, 1), (1, 0, 2, 1), (2, 1, 3, 8), (2, 2, 4, 19), (3, 1, 5, 7), (3, 2, 5, 14), (4, 2, 6, 7), (5, 0, 7, 1)],
)
def test_csv_places(encoding: str, row: int, col: int, line: int, column: int) -> None:
    assert locate(document("a.csv", MESSY, encoding), 0, row, col) == Location(line, column)


def test_every_csv_field_starts_at_its_place() -> None:
    words = 'a;"b;\nc";d\n;;\n1;"2""3";4\n'
    found = document("a.csv", words)
    lines = words.split("\n")
    for row, cells in enumerate(found.sheets[0].rows):
        for col, cell in enumerate(cells):
            place = locate(found, 0, row, col)
            assert place.line is not None
            assert place.column is not None
            rest = lines[place.line - 1][place.column - 1 :].lstrip('"')
            assert rest.startswith(str(cell).split("\n")[0].split('"')[0])


def test_declared_delimiter_line_keeps_lines() -> None:
    assert locate(document("a.csv", "sep=;\na;b\n1;2\n"), 0, 2, 1) == Location(3, 3)


def test_csv_cell_that_is_not_there() -> None:
    found = document("a.csv", "a,b\n1\n")
    assert locate(found, 0, 1, 5) == Location(2, 2)
    assert locate(found, 0, 99, 0) == Location()


def values(found: Document) -> None:
    """Every cell's place holds its value, and its pointer leads there."""
    text = found.data.decode()
    whole = json.loads(text)
    lines = text.split("\n")
    for index, sheet in enumerate(found.sheets):
        for row, cells in enumerate(sheet.rows):
            for col, cell in enumerate(cells):
                place = locate(found, index, row, col)
                if place.line is None or row == 0 or cell is None:
                    continue
                if place.pointer == f"/{cell}":  # a key: its object is meant
                    continue
                assert place.column is not None
                assert lines[place.line - 1][place.column - 1 :].startswith(json.dumps(cell, ensure_ascii=False))
                target = whole
                for step in str(place.pointer).split("/")[1:]:
                    step = step.replace("~1", "/").replace("~0", "~")
                    target = target[int(step)] if isinstance(target, list) else target[step]
                assert target == cell


@pytest.mark.parametrize(
    "value",
    [
        [{"Area": "Leeds", "a/b~c": 40}, {"Area": "Yo\u00e9rk", "a/b~c": 20}],
        {"data": [{"Area": "Leeds", "n": {"male": 1, "female": 2}}, {"Area": "York", "n": {"male": 3, "female": 4}}]},
        {"Area": ["Leeds", "York"], "Male": [40, 20]},
        {"tables": [{"title": "T", "columns": ["Area", "Male"], "rows": [["Leeds", 40], ["York", 20]]}]},
        {"Leeds": {"Male": 40, "Female": 20}, "York": {"Male": 0, "Female": 60}},
        [["Area", "Male"], ["Leeds", 40]],
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_json_places(value: object, indent: int | None) -> None:
    found = document("a.json", json.dumps(value, indent=indent, ensure_ascii=False))
    assert len(found.sheets) == 1
    values(found)
    assert locate(found, 0, 1, 1).line is not None


def test_json_lines() -> None:
    found = document("a.ndjson", '{"a": 1, "b": 20}\n\n{"a": 3, "b": 40}\n')
    assert locate(found, 0, 2, 1) == Location(3, 15, "/1/b")


def test_missing_key_points_to_its_record() -> None:
    found = document("a.json", '[{"a": 1, "b": 20},\n {"a": 3}]')
    assert locate(found, 0, 2, 1) == Location(2, 2, "/1")


def test_json_stat_value() -> None:
    cube = {
        "class": "dataset",
        "id": ["Sex"],
        "size": [2],
        "dimension": {"Sex": {"category": {"index": ["M", "F"]}}},
        "value": [40, 17],
    }
    found = document("a.json", json.dumps(cube))
    place = locate(found, 0, 2, 1)
    assert place.pointer == "/value/1"
    assert json.dumps(cube)[place.column - 1 :].startswith("17") if place.column else False


def test_workbook_cells_have_no_line() -> None:
    assert locate(Document("a.xlsx", "xlsx", "", b"", ()), 0, 0, 0) == Location()


def test_pointer_escapes() -> None:
    assert pointer(("a/b", 0, "~")) == "/a~1b/0/~0"
