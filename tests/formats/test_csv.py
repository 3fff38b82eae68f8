"""CSV files as they come: encodings, delimiters, quotes, ragged rows, and what is refused."""

from __future__ import annotations

import os

import pytest

from wpmi_lint.formats import open_file
from wpmi_lint.model import Document, Refusal
from wpmi_lint.package import limits


def rows(data: bytes | str, path: str = "a.csv") -> list[list[object]]:
    return [list(row) for row in document(data, path).sheets[0].rows]


def document(data: bytes | str, path: str = "a.csv") -> Document:
    found = open_file(path, data.encode() if isinstance(data, str) else data)
    assert not found.unread, found
    assert found.format == "csv"
    return found


def refused(data: bytes | str, path: str = "a.csv") -> Refusal:
    document = open_file(path, data.encode() if isinstance(data, str) else data)
    assert document.unread
    (found,) = document.refusals
    assert found.reason
    assert found.help
    assert "\n" not in found.reason + found.help
    return found


TABLE = "Area,Male \u00a3\nLeeds,40\nYork,20\n"
CELLS = [["Area", "Male \u00a3"], ["Leeds", "40"], ["York", "20"]]


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        (TABLE.encode(), "UTF-8", False),
        (TABLE.encode("utf-8-sig"), "UTF-8", False),
        (b"\xef\xbb\xbf" + TABLE.encode("utf-8-sig"), "UTF-8", False),
        (TABLE.encode("utf-16"), "UTF-16", False),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), "UTF-16", False),
        (TABLE.encode("utf-16-le"), "UTF-16", False),
        (TABLE.encode("utf-16-be"), "UTF-16", False),
        (TABLE.encode("utf-32"), "UTF-32", False),
        (TABLE.encode("cp1252"), "Windows-1252", True),
        (TABLE.encode("cp1252") + b"\x81,1\n", "Latin-1", True),
    ],
)
def test_encodings(data: bytes, encoding: str, said: bool) -> None:
    found = document(data)
    assert [list(row) for row in found.sheets[0].rows[:3]] == CELLS
    assert found.encoding == encoding
    assert bool(found.remarks) is said
    if said:
        assert found.remarks[0].line == 1


def test_guess_is_said_with_the_line() -> None:
    assert document(b"a,b\n\n1,2\n" + "\u00e9,3\n".encode("cp1252")).remarks[0].line == 4


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "lines",
    [
        ["Area#Male#Female", "Leeds#40#60", "York#20#0"],
        ["Table 1: men, women; all areas", "", "Area#Male#Female", "Leeds#40#60", "York#20#0", "Note: a, b; c"],
        ["Area#Note", 'Leeds#"a, b; c"', 'York#"d, e; f"', "Hull#g"],
        ["Area#Male", 'Leeds#"1,240"', 'York#"2,300"', 'Hull#"1,000"'],
        ["A#B", "1#2"],
    ],
)
def test_delimiter_is_what_makes_rows_of_one_width(delimiter: str, lines: list[str]) -> None:
    found = rows("\n".join(lines).replace("#", delimiter))
    table = [row for row in found if len(row) > 1 and not str(row[0]).startswith(("Table", "Note"))]
    assert len(table) == sum("#" in line for line in lines)
    assert {len(row) for row in table} == {lines[-1].count("#") + 1 or 0} or len(lines) == 6


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"'])
def test_declared_delimiter_is_no_record(line: str) -> None:
    assert rows(f"{line}\na,b;c\n1;2\n") == [[], ["a,b", "c"], ["1", "2"]]


@pytest.mark.parametrize(
    ("data", "comma"),
    [
        ("Area;Rate\nLeeds;10,5\nYork;7,25\n", True),
        ("Area;Count;Rate\nLeeds;1.234;10,5\n", True),
        ("Area;Count\nLeeds;1.234\nYork;17.320\n", True),
        ("Area\tRate\nLeeds\t10,5\n", True),
        ('Area,Rate\nLeeds,"10,5"\nYork,"7,2"\nHull,"3,1"\n', True),
        ("Area;Rate\nLeeds;10.5\nYork;0.125\n", False),
        ("Area;Count\nLeeds;1,234\nYork;17,320\n", False),
        ("Area;Count;Rate\nLeeds;1,234;10.5\n", False),
        ("Area\tCount\nLeeds\t1.234\nYork\t2.345\n", False),
        ('Area,Count\nLeeds,"1,234"\nYork,"17,320"\nHull,"1,000"\n', False),
        ("Area,Count\nLeeds,40\n", False),
        ("Area;Note\nLeeds;see a, b\n", False),
    ],
)
def test_decimal_commas_are_told(data: str, comma: bool) -> None:
    found = document(data)
    assert found.sheets[0].decimal_comma is comma
    assert any("decimal comma" in remark.words for remark in found.remarks) is comma


def test_quotes_and_line_ends() -> None:
    assert rows('a,"b\r\nc ""d""",e\r1,2,3\n4,5,6\r\n') == [["a", 'b\r\nc "d"', "e"], ["1", "2", "3"], ["4", "5", "6"]]


def test_ragged_rows_and_blank_records_keep_their_number() -> None:
    found = document("Title\n\na,b\n1,2,3\n\n4\n\n\n")
    assert [list(row) for row in found.sheets[0].rows] == [["Title"], [], ["a", "b"], ["1", "2", "3"], [], ["4"]]
    assert found.sheets[0].width == 3


def test_stray_quotes_are_text() -> None:
    assert rows('Size,n\n5" pipe,40\n"6"" pipe",20\n') == [["Size", "n"], ['5" pipe', "40"], ['6" pipe', "20"]]


def test_notes_over_several_lines_are_no_open_quote() -> None:
    data = 'Area,Male\nLeeds,40\nYork,20\n"Notes:\na, b\nc, d",\n"Source:\nsurvey, 2012"\n'
    assert rows(data)[-1] == ["Source:\nsurvey, 2012"]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ('a,b\n1,"2\n3,4\n5,6\n', 2),
        ('a,b\n1,2\n"3,4\n5,6\n', 3),
        ('a,b,c\n"x,1,2\ny,3,4\nz,"5",6\nw,7,8\n', 2),
        ('a,b\n"x\ny",1\n1,"2\n3,4', 4),
    ],
)
def test_open_quote_that_swallows_rows(data: str, line: int) -> None:
    found = refused(data)
    assert f"quote in line {line} is not closed" in found.reason
    assert found.line == line


@pytest.mark.parametrize(
    "data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b" \n\r\n\t", b"\xef\xbb\xbf\xef\xbb\xbf", b"\0\0"]
)
def test_empty_files(data: bytes) -> None:
    assert "empty" in refused(data).reason or "NUL" in refused(data).reason or "binary" in refused(data).reason


def test_nul_is_said_with_its_line() -> None:
    found = refused("Area,Male,Female,All\nLeeds,40,60,100\nYork,2\x000,0,20\n" * 20)
    assert "NUL" in found.reason
    assert found.line == 3


def test_binary_and_wrong_marks() -> None:
    assert "binary" in refused(os.urandom(5000).replace(b"PK", b"..") + b"\x80").reason
    assert "UTF-8" in refused(b"\xef\xbb\xbfa,b\n\xe9,1\n").reason
    assert "UTF-16" in refused(b"\xff\xfea\0,\0b").reason


def test_limits_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "16,384 columns" in refused("1," * 1_000_000).reason
    monkeypatch.setattr(limits, "CELLS", 10)
    assert "10 cells" in refused("1,2\n" * 20).reason
    monkeypatch.setattr(limits, "CELL_TEXT", 20)
    found = refused("a,b\n1," + "x" * 30 + "\n")
    assert "20 characters" in found.reason
    assert found.line == 2
    monkeypatch.setattr(limits, "FILE_BYTES", 5)
    assert "larger than" in refused("1,2,3,4").reason


def test_records_are_the_csv_modules_own() -> None:
    found = document("a,b\n" + "x,1\n" * 10)
    assert isinstance(found.sheets[0].rows[1], list)
    assert found.sha256 == read_again(found)


def read_again(found: Document) -> str:
    again = open_file("other.csv", found.data)
    assert not again.unread
    return again.sha256
