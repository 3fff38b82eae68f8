"""XLSX workbooks: true coordinates, types kept apart, styles beside values, and what is refused before it is read."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Alignment, Font

from wpmi_lint.formats import open_file
from wpmi_lint.model import Document, Range, Sheet
from wpmi_lint.package import limits, sheetscan
from wpmi_lint.package.markup import plain, uniform

if TYPE_CHECKING:
    from collections.abc import Callable


def document(data: bytes) -> Document:
    found = open_file("a.xlsx", data)
    assert not found.unread, found
    assert found.format == "xlsx"
    return found


def refused(data: bytes) -> str:
    found = open_file("a.xlsx", data)
    assert not found.sheets
    assert found.refusals[0].help
    return found.refusals[0].reason


def written(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        fill(workbook)
    return buffer.getvalue()


def rewritten(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The archive with each part changed; None leaves a part out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return buffer.getvalue()


def simple() -> bytes:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("Table 1")
        sheet.write_row(0, 0, ["Area", "Male", "Female"])
        sheet.write_row(1, 0, ["Leeds", 40, 60])

    return written(fill)


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    return rewritten(simple(), lambda name, part: change(part) if name == "xl/worksheets/sheet1.xml" else part)


def test_values_of_every_type_at_their_place() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("Table 1")
        sheet.write(2, 1, "Leeds & York")
        sheet.write(2, 3, 17.5)
        sheet.write(3, 1, True)
        sheet.write_formula(3, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(3, 3, "=B1", None, 40)
        sheet.write_datetime(4, 1, datetime(2012, 6, 28), workbook.add_format({"num_format": "d mmm yyyy"}))
        sheet.write(4, 2, 0.25, workbook.add_format({"num_format": "0%"}))

    sheet = document(written(fill)).sheets[0]
    assert [list(row) for row in sheet.rows] == [
        ["", "", "", ""],
        ["", "", "", ""],
        ["", "Leeds & York", "", 17.5],
        ["", True, "#DIV/0!", 40],
        ["", date(2012, 6, 28), 0.25, ""],
    ]
    assert sheet.width == 4
    assert sheet.styles is not None
    formats = [sheet.styles.formats[code] for code in sheet.styles.format[4]]
    assert [f.date for f in formats] == [False, True, False, False]
    assert [f.percent for f in formats] == [False, False, True, False]


def test_sheets_visibility_and_merges() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet("Front").merge_range(0, 0, 1, 3, "Title")
        hidden = workbook.add_worksheet("Workings")
        hidden.write(0, 0, 17)
        hidden.hide()
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=Workings!$A$1:$A$1"})
        workbook.add_chartsheet("Chart").set_chart(chart)
        workbook.add_worksheet("Back").very_hidden()

    sheets = document(written(fill)).sheets
    assert [(s.name, s.visibility) for s in sheets] == [
        ("Front", "visible"),
        ("Workings", "hidden"),
        ("Back", "very hidden"),
    ]
    assert sheets[0].merged == (Range(0, 0, 1, 3),)
    assert sheets[1].rows[0][0] == 17


def test_styles() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["B2"], sheet["B3"] = "All", "Leeds", 17, 1234.5
    sheet["A1"].font = Font(bold=True)
    sheet["A2"].alignment = Alignment(indent=2)
    sheet["B2"].number_format = ";;;"
    sheet["B3"].number_format = "£#,##0,"
    buffer = io.BytesIO()
    workbook.save(buffer)
    styles = document(buffer.getvalue()).sheets[0].styles
    assert styles is not None
    assert styles.bold.tolist() == [[1, 0], [0, 0], [0, 0]]
    assert styles.indent.tolist() == [[0, 0], [2, 0], [0, 0]]
    assert styles.formats[0].code == "General"
    assert styles.formats[styles.format[1, 1]].invisible
    thousands = styles.formats[styles.format[2, 1]]
    assert (thousands.divisor, thousands.money, thousands.decimals) == (1000, True, 0)


def same(first: Sheet, second: Sheet) -> None:
    assert first.rows == second.rows
    assert first.styles is not None
    assert second.styles is not None
    for array in ("format", "bold", "indent"):
        assert (getattr(first.styles, array) == getattr(second.styles, array)).all()


MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WRITINGS: dict[str, Callable[[bytes], bytes]] = {
    "attributes in another order": lambda part: re.sub(rb'<c (r="\w+")((?: [st]="\w+")*)>', rb"<c\2 \1>", part),
    "single quotes": lambda part: re.sub(rb'<c r="(\w+)"', rb"<c r='\1'", part),
    "white space": lambda part: part.replace(b"<c r=", b"<c\n  r="),
    "prefix": lambda part: re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=", 1),
    "comments": lambda part: part.replace(b"<v>", b"<!--DOCTYPE <v>7</v>--><v>"),
    "CDATA": lambda part: re.sub(rb"<v>(\d+)</v>", rb"<v><![CDATA[\1]]></v>", part),
    "UTF-16": lambda part: part.decode().encode("utf-16"),
    "further attributes": lambda part: re.sub(rb'<c (r="\w+")', rb'<c \1 cm="1" ph="0"', part),
    "space in tags": lambda part: re.sub(rb'<c r="(\w+)"', rb'<c r = "\1"', part),
    "a second prefix": lambda part: re.sub(
        rb"<(/?)(c|v)(?=[ >])", rb"<\1y:\2", part.replace(b"xmlns=", b'xmlns:y="' + MAIN + b'" xmlns=', 1)
    ),
    "lower-case references": lambda part: re.sub(rb'<c r="(\w+)"', lambda m: m[0].lower(), part),
}


@pytest.mark.parametrize("change", WRITINGS.values(), ids=WRITINGS)
def test_every_way_of_writing_cells_gives_the_same(change: Callable[[bytes], bytes]) -> None:
    changed = with_sheet(change)
    assert changed != simple()
    same(document(changed).sheets[0], document(simple()).sheets[0])


def test_a_part_written_again_says_the_same() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        bold, percent = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "0%"})
        for row in range(0, 1200, 7):
            for col in (0, 1, 25, 26, 27, 701, 702, 703):
                sheet.write(row, col, row * col if col % 2 else f"t{row}", bold if row % 3 else percent)
        sheet.write_blank(3, 3, None, bold)

    data = written(fill)
    part = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    again = rewritten(data, lambda name, old: uniform(old) if name == "xl/worksheets/sheet1.xml" else old)
    assert plain(part) == part
    same(document(again).sheets[0], document(data).sheets[0])


def test_unusual_writing_has_a_limit_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNUSUAL_CELLS", 5)
    assert "unusual" in refused(with_sheet(WRITINGS["single quotes"]))
    assert document(simple()).sheets[0].width == 3


def test_strict_workbook() -> None:
    def strict(name: str, part: bytes) -> bytes:
        return part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    assert document(rewritten(simple(), strict)).sheets[0].rows[1] == ["Leeds", 40, 60]


def test_bytes_after_the_archive_do_no_harm() -> None:
    assert document(simple() + b'{"signed": "by a program"}').sheets[0].width == 3


@pytest.mark.parametrize(
    ("ref", "reason"),
    [
        (b"XFD1048576", "spread over"),
        (b"XFE2", "off the grid"),
        (b"A1048577", "off the grid"),
        (b"ZZZZ9999999", "not valid"),
        (b"A0", "not valid"),
        (b"A99999999999", "not valid"),
        (b"", "not valid"),
        (b"B", "not valid"),
        (b"A-1", "not valid"),
    ],
)
def test_cells_that_no_sheet_has(ref: bytes, reason: str) -> None:
    assert reason in refused(with_sheet(lambda part: part.replace(b'r="C2"', b'r="' + ref + b'"')))


def test_empty_cells_far_out_do_no_harm() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    assert document(with_sheet(lambda part: part.replace(b"</sheetData>", far))).sheets[0].width == 3


def test_dimension_is_not_believed() -> None:
    changed = with_sheet(lambda part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', part))
    assert document(changed).sheets[0].width == 3


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "docProps/core.xml", "_rels/.rels"])
def test_doctype_is_refused_in_every_part(name: str) -> None:
    entities = b'<!DOCTYPE a [<!ENTITY b "words">]>'
    data = rewritten(simple(), lambda n, part: part.replace(b"?>", b"?>" + entities, 1) if n == name else part)
    found = open_file("a.xlsx", data)
    assert (found.refusals[0].what, found.refusals[0].scope) == (name, "part")
    assert "DOCTYPE" in found.refusals[0].reason
    assert len(found.sheets) == (not name.startswith("xl/"))


@pytest.mark.parametrize("name", ["docProps/core.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_the_word_doctype_in_a_comment_is_no_doctype(name: str) -> None:
    comment = b"<!-- <!DOCTYPE a> -->"
    data = rewritten(simple(), lambda n, part: part.replace(b"?>", b"?>" + comment, 1) if n == name else part)
    assert not open_file("a.xlsx", data).refusals
    same(document(data).sheets[0], document(simple()).sheets[0])


def two_sheets() -> bytes:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        for name in ("First", "Second"):
            workbook.add_worksheet(name).write_row(0, 0, ["Leeds", 40, 60])

    return written(fill)


@pytest.mark.parametrize("place", [b"<v>40</v>", b"</row>", b"</worksheet>"])
def test_a_sheet_damaged_inside_is_refused_whole_and_alone(place: bytes) -> None:
    def cut(name: str, part: bytes) -> bytes:
        return part.replace(place, b"<broken") if name == "xl/worksheets/sheet1.xml" else part

    found = open_file("a.xlsx", rewritten(two_sheets(), cut))
    assert [sheet.name for sheet in found.sheets] == ["Second"]
    assert [(r.scope, r.what) for r in found.refusals] == [("part", "xl/worksheets/sheet1.xml")]


def test_a_sheet_without_its_relationship_is_a_refusal() -> None:
    def change(name: str, part: bytes) -> bytes:
        return re.sub(rb'(name="Second"[^>]*) r:id="[^"]*"', rb"\1", part) if name == "xl/workbook.xml" else part

    data = rewritten(two_sheets(), change)
    assert data != two_sheets()
    result = open_file("a.xlsx", data)
    assert [sheet.name for sheet in result.sheets] == ["First"]
    assert "the sheet 'Second' is missing from the archive" in [refusal.reason for refusal in result.refusals]


def test_every_entry_of_the_directory_is_accounted_for() -> None:
    data = rewritten(two_sheets(), lambda name, part: b"<a>" if name == "xl/worksheets/sheet2.xml" else part)
    found = open_file("a.xlsx", data)
    assert {part.name for part in found.parts} == set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    assert {part.name for part in found.parts if part.state == "refused"} == {"xl/worksheets/sheet2.xml"}
    assert {part.state for part in found.parts} == {"read", "refused"}


def test_a_part_of_an_unknown_kind_is_said() -> None:
    rels = "xl/_rels/workbook.xml.rels"
    tag = b'<Relationship Id="x" Type="http://x/new" Target="new.dat"/></Relationships>'
    data = rewritten(simple(), lambda n, part: part.replace(b"</Relationships>", tag) if n == rels else part)
    with zipfile.ZipFile(buffer := io.BytesIO(data), "a") as archive:
        archive.writestr("xl/new.dat", b"x")
    assert [refusal.what for refusal in open_file("a.xlsx", buffer.getvalue()).refusals] == ["xl/new.dat"]


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("change", [lambda _: None, lambda part: part[: len(part) // 2], lambda _: b""])
def test_missing_and_cut_parts(name: str, change: Callable[[bytes], bytes | None]) -> None:
    assert refused(rewritten(simple(), lambda n, part: change(part) if n == name else part))


def test_wrong_string_index() -> None:
    assert "text number 99" in refused(with_sheet(lambda part: part.replace(b"<v>0</v>", b"<v>99</v>")))


def test_wrong_style_index_is_general_and_said() -> None:
    found = document(with_sheet(lambda part: part.replace(b'<c r="B2"', b'<c r="B2" s="99999"')))
    assert "General (1)" in found.remarks[0].words
    assert found.sheets[0].styles is not None
    assert found.sheets[0].styles.format.max() == 0


def test_limits_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    long = b"<is><t>" + b"x y " * 300_000 + b"</t></is>"
    changed = with_sheet(lambda part: re.sub(rb'<c r="A2" t="s"><v>\d+</v>', b'<c r="A2" t="inlineStr">' + long, part))
    monkeypatch.setattr(limits, "RATIO", 10**9)
    assert "1,000,000 characters" in refused(changed)
    monkeypatch.setattr(limits, "WORKBOOK_CELLS", 5)
    assert "5" in refused(simple())
    monkeypatch.setattr(limits, "SHEETS", 0)
    monkeypatch.setattr(limits, "WORKBOOK_CELLS", 50)
    assert "0 sheets" in refused(simple())


def test_repeated_long_string_is_counted_before_it_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        for row in range(2000):
            sheet.write(row, 0, "word " * 6000)

    monkeypatch.setattr(limits, "WORKBOOK_TEXT", 1_000_000)
    assert "characters of text" in refused(written(fill))


def test_rows_out_of_order_are_refused() -> None:
    def swap(part: bytes) -> bytes:
        first, second = re.findall(rb"<row .*?</row>", part)
        return part.replace(first + second, second + first)

    assert "out of order" in refused(with_sheet(swap))


@pytest.mark.parametrize("ref", [b"B2", b"A2"])
def test_cells_that_stand_twice_or_out_of_order_are_refused(ref: bytes) -> None:
    assert "place" in refused(with_sheet(lambda part: part.replace(b'r="C2"', b'r="' + ref + b'"'))) or ref == b"A2"


def test_a_second_list_of_cells_is_refused() -> None:
    more = b"</sheetData><sheetData><row r='9'><c r='A9'><v>17</v></c></row></sheetData>"
    assert "two lists" in refused(with_sheet(lambda part: part.replace(b"</sheetData>", more)))


def test_tags_are_found_only_as_tags() -> None:
    rows = b'<sheetData><row r="1"><cols/><col min="1"/><c r="A1"><v>1</v></c></row></sheetData>'
    assert document(with_sheet(lambda part: re.sub(rb"<sheetData>.*</sheetData>", rows, part))).sheets[0].rows == [
        [1.0]
    ]


def test_a_cell_of_a_number_that_is_none_is_a_text() -> None:
    rows = document(with_sheet(lambda part: part.replace(b"<v>40</v>", b"<v>4_0</v>"))).sheets[0].rows
    assert rows[1] == ["Leeds", "4_0", 60]


def test_texts_of_all_kinds() -> None:
    rich = b"<is><r><t>a</t></r><r><t>&amp;_x000D_b</t></r><rPh><t>c</t></rPh></is>"
    cells = (
        b'<c r="A2" t="inlineStr">' + rich + b'</c><c r="B2" t="str"><f>A1&amp;"&lt;"</f><v>x&#65;</v></c>'
        b'<c r="C2" t="d"><v>2012-06-28T10:30:00</v></c><c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#N/A</v></c>'
    )
    changed = with_sheet(lambda part: re.sub(rb'<c r="A2".*?</row>', cells + b"</row>", part))
    assert document(changed).sheets[0].rows[1] == ["a&\rb", "xA", datetime(2012, 6, 28, 10, 30), True, "#N/A"]


def test_blocks_of_a_long_sheet_join(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetscan, "_BLOCK", 100)
    same(document(two_sheets()).sheets[0], document(two_sheets()).sheets[1])
    assert document(simple()).sheets[0].rows == [["Area", "Male", "Female"], ["Leeds", 40, 60]]
