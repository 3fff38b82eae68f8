"""The columns of a CSV file against the slow reference, csv.reader; places; and what a cell costs."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wpmi_lint.formats import locate, open_file
from wpmi_lint.package.text import find_dialect
from wpmi_lint.sheetcells import SheetCells

FIGURES = st.one_of(
    st.integers(-(10**17), 10**17).map(str),
    st.decimals(-(10**6), 10**6, places=3).map(str),
    st.sampled_from(["007", "-0", "0.50", "1,200", "12.", ".5", "1e5", "-", "1.234", "٣", "12,5", "9" * 15, "-0.0"]),
)
CELLS = st.one_of(FIGURES, st.text(alphabet='a1 ,;"\n\r£-', max_size=6))
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])


def reference(words: str) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(words, newline=""), delimiter=find_dialect(words).delimiter))
    while rows and not rows[-1]:
        rows.pop()
    return rows


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=5), min_size=1, max_size=8), ENCODINGS, st.sampled_from(["\n", "\r\n", "\r"]))
@example([["a", 'b"c'], ["1"], ["x\ny", "2"], []], "utf-8", "\n")
def test_rows_are_those_of_the_reference(rows: list[list[str]], encoding: str, end: str) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator=end).writerows(rows)
    words = buffer.getvalue()
    document = open_file("a.csv", words.encode(encoding, "replace"))
    if document.unread or document.format != "csv" or "\ufffd" in words:
        return
    expected = reference(words.encode(encoding, "replace").decode(encoding).lstrip("\ufeff"))
    assert [list(row) for row in document.sheets[0].rows] == expected
    for number, row in enumerate(expected):
        assert list(document.sheets[0].rows[number]) == row


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='ab1,"\n\r', max_size=40))
def test_any_text_has_the_rows_of_the_reference_or_a_reason(words: str) -> None:
    document = open_file("a.csv", words.encode())
    if not document.unread:
        assert document.sheets[0].rows == reference(words)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text(alphabet='ab£\n" ', max_size=4), min_size=2, max_size=4), min_size=2, max_size=6))
def test_a_cell_stands_at_its_place(rows: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    document = open_file("a.csv", buffer.getvalue().encode())
    lines = buffer.getvalue().split("\n")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = locate(document, 0, number, column)
            assert place.line is not None
            assert place.column is not None
            rest = "\n".join(lines[place.line - 1 :])[place.column - 1 :]
            assert rest.startswith('"' + cell.replace('"', '""') + '"')


@pytest.mark.parametrize(
    "line",
    [
        lambda i: f"Area {i % 317},{i * 20},{i % 9973},{(i % 1000) / 10}",
        lambda i: f"Area {i},{i * 20},{i * 7.25},{i}",
    ],
    ids=["as tables are", "every cell another"],
)
def test_a_cell_costs_less_than_sixty_bytes(line: object) -> None:
    assert callable(line)
    data = ("Area,Referrals,Attachments,Share\n" + "\n".join(map(line, range(50_000))) + "\n").encode()
    tracemalloc.start()
    document = open_file("a.csv", data)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    cells = document.sheets[0].rows
    assert isinstance(cells, SheetCells)
    assert (kept + len(data)) / cells.code.size <= 60


def test_no_file_has_the_words_of_the_file_before_it() -> None:
    """Identifiers are looked for in all words of a sheet: those of another file would be found there."""
    open_file("first.csv", b"Area,Officer\nLeeds,QQ123456C\n")
    second = open_file("second.csv", b"Area,Referrals\nYork,40\n").sheets[0].rows
    assert isinstance(second, SheetCells)
    assert set(second.words) == {None, "Area", "Referrals", "York"}
