"""Whatever a file holds, looking into it ends, and what stops an inspection is said."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tests.carried import makers as make
from tests.carried.test_ods import NOTE
from tests.carried.test_workbook import found
from wpmi_lint.deduce.identifiers import identifiers
from wpmi_lint.formats import hidden, open_file
from wpmi_lint.policy import load
from wpmi_lint.run import Options, Task, check_file, checker

SHEET = "xl/worksheets/sheet1.xml"
CELLS = st.text(alphabet="a1 ,;=-+@#\t\"'\n0AB.%£\u200b", max_size=200)


@settings(max_examples=60, deadline=None)
@given(CELLS)
def test_any_csv(text: str) -> None:
    document = open_file("x.csv", text.encode())
    if not document.unread:
        hidden(document)
        identifiers(document)


@pytest.mark.parametrize("seed", range(40))
def test_changed_workbooks(seed: int) -> None:
    rng = random.Random(seed)
    parts = make.unzipped(make.with_parts(make.PIVOT_PARTS, make.PIVOT_RELATION, make.book(make.comment)))
    for _ in range(3):
        name = rng.choice(sorted(parts))
        data = parts[name]
        numbers = list(re.finditer(rb"\d+", data))
        if numbers:
            match = rng.choice(numbers)
            new = rng.choice([b"-1", b"x", b"", b"99999999999999999999", b"1e999", "²".encode()])
            parts[name] = data[: match.start()] + new + data[match.end() :]
    for thing in hidden(open_file("x.xlsx", make.zipped(parts))):
        assert thing.way.see


STOPPED = [
    (SHEET, "<sheetData>", '<cols><col min="x" max="2" hidden="1"/></cols><sheetData>'),
    (SHEET, '<row r="3"', '<row r="3" ht="x"'),
    (SHEET, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="nonsense"/></mergeCells>'),
    ("xl/styles.xml", 'fontId="0"', 'fontId="99999"'),
    ("xl/styles.xml", 'numFmtId="0"', 'numFmtId="x"'),
]


@pytest.mark.parametrize(("part", "old", "new"), STOPPED)
def test_nonsense_in_one_place_hides_nothing_else(part: str, old: str, new: str) -> None:
    assert "comments" in found(make.with_text(part, old, new, make.book(make.comment)))


def test_a_cell_that_holds_no_number_hides_no_other() -> None:
    data = make.book(make.formatted(19.6, "0"))
    assert "display-rounding" in found(make.with_text(SHEET, "<v>60</v>", "<v>6x</v>", data))
    data = make.with_text(SHEET, '<c r="C2"[^>]*>', '<c r="C2" s="1">', data)
    things = found(make.with_text(SHEET, "<v>120</v>", "<v>1.2.0</v>", data))
    assert things["display-rounding"].figures == 1


def hiding() -> bytes:
    def edit(sheet: Worksheet) -> None:
        make.hidden_row(sheet)
        make.comment(sheet)
        make.other_sheet("veryHidden")(sheet)

    return make.book(edit)


HIDING = ["comments", "hidden-rows", "very-hidden-sheet"]
ODS = make.ods(make.ods_row("17", "17", tag='table:visibility="collapse"', note=NOTE), style="ta2")


@pytest.mark.parametrize("name", sorted(make.unzipped(hiding())))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_comment_with_the_word_doctype_hides_nothing(name: str, encoding: str) -> None:
    parts = make.unzipped(hiding())
    words = re.sub(r"^<\?xml[^>]*\?>", "", parts[name].decode()) if name.endswith((".xml", ".rels")) else ""
    if words:
        parts[name] = f"<!-- <!DOCTYPE a [ ]> -->{words}<!-- DOCTYPE -->".encode(encoding)
    document = open_file("x.xlsx", make.zipped(parts))
    assert not document.refusals
    assert sorted({thing.what for thing in hidden(document)} - {"doc-properties"}) == HIDING


@pytest.mark.parametrize("place", ["<office:body>", "<table:table-row"])
def test_a_comment_with_the_word_doctype_hides_nothing_in_ods(place: str) -> None:
    parts = make.unzipped(ODS)
    comment = f"<!-- <!DOCTYPE a> -->{place}".encode()
    changed = make.zipped(parts | {"content.xml": parts["content.xml"].replace(place.encode(), comment)})
    assert found(changed, "ods").keys() == found(ODS, "ods").keys() >= {"hidden-sheet", "hidden-rows", "comments"}


PARTS = ("xl/comments/comment1.xml", "xl/styles.xml", "docProps/core.xml", "xl/worksheets/sheet2.xml")


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("start", [b'<!DOCTYPE a [<!ENTITY b "c">]>', b"<a>", b"\xff"])
def test_a_refused_part_is_said_and_the_others_are_looked_through(name: str, start: bytes) -> None:
    parts = make.unzipped(hiding())
    document = open_file("x.xlsx", make.zipped(parts | {name: start + parts[name]}))
    assert [(refusal.scope, refusal.what) for refusal in document.refusals] == [("part", name)]
    things = {thing.what: thing for thing in hidden(document)}
    assert "hidden-rows" in things
    sheet = things["very-hidden-sheet"]
    unread = name == "xl/worksheets/sheet2.xml"
    assert (sheet.figures is None, "is not known" in sheet.where, sheet.telling) == (unread, unread, True)


def test_a_part_that_an_inspection_cannot_read_is_a_finding(tmp_path: Path) -> None:
    parts = make.unzipped(hiding())
    deep = b"<a>" * 1000 + b"</a>" * 1000
    path = tmp_path / "x.xlsx"
    path.write_bytes(make.zipped(parts | {"xl/comments/comment1.xml": deep}))
    result = check_file(Task(str(path)), checker(load("work-programme"), Options(as_at="2012-10-01")))
    findings = [finding.message for finding in result.findings if finding.rule == "WL007"]
    assert findings
    assert "xl/comments/comment1.xml" in str(findings)
    assert "deeper" in str(findings)
