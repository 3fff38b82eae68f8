"""Every leak that can be made has a workbook with it, and a twin without it that is not accused."""

import pytest

from tests.carried import makers as make
from wpmi_lint.carried import Hidden
from wpmi_lint.formats import hidden, open_file


def found(data: bytes, format: str = "xlsx") -> dict[str, Hidden]:
    return {thing.what: thing for thing in hidden(open_file(f"x.{format}", data))}


EDITS = [
    ("hidden-sheet", make.other_sheet("hidden")),
    ("very-hidden-sheet", make.other_sheet("veryHidden")),
    ("hidden-rows", make.hidden_row),
    ("hidden-columns", make.hidden_column),
    ("filtered-rows", make.filtered),
    ("zero-height-default", make.zero_height),
    ("text-same-colour", make.white),
    ("text-same-colour", make.dark_on_dark),
    ("tiny-font", make.tiny),
    ("format-invisible", make.formatted(17, ";;;")),
    ("format-invisible", make.formatted(17, '"20"')),
    ("format-invisible", make.formatted(17, '[<20]"fewer than 20";0')),
    ("format-invisible", make.formatted("Leeds", ";;;")),
    ("display-rounding", make.formatted(19.6, "0")),
    ("display-rounding", make.formatted(0.12345, "0%")),
    ("display-rounding", make.formatted(2, '0"0"')),
    ("display-scaling", make.formatted(17_432, "#,##0,")),
    ("far-cells", make.far),
    ("far-cells", make.far_column),
    ("outside-print-area", make.print_area("A1:B4")),
    ("formulas", make.formula("=SUM(B2:B3)")),
    ("formula-literal-operands", make.formula("=17+22")),
    ("formula-rounding", make.formula("=ROUND(B2,-1)")),
    ("formula-external", make.formula("=[1]Source!B2")),
    ("formula-hidden", make.formula_to_hidden),
    ("formula-hidden-protection", make.formula_protected),
    ("defined-name-hidden", make.name("'Table 1'!$B$2", hidden=True)),
    ("defined-name-constant", make.name("17")),
    ("defined-name-constant", make.name("{17,3;5,6}")),
    ("defined-name-external", make.name("[1]Source!$B$2")),
    ("defined-name-broken", make.name("#REF!")),
    ("comments", make.comment),
    ("doc-properties", make.properties),
    ("header-footer", make.header),
    ("validation-literal-list", make.listed),
    ("sheet-protection", make.protected),
    ("workbook-protection", make.book_protected),
    ("hyperlink-local-path", make.link),
]


@pytest.mark.parametrize(("what", "edit"), EDITS)
def test_edit_is_found_and_can_be_acted_on(what: str, edit: make.Edit) -> None:
    thing = found(make.book(edit))[what]
    assert thing.way.see
    assert thing.way.remove
    assert thing.where


def test_clean_workbook_has_nothing() -> None:
    assert found(make.book()) == {}


CLEAN = [
    ("text-same-colour", make.white_on_dark),
    ("format-invisible", make.formatted(0, '0;-0;"-"')),
    ("format-invisible", make.formatted(25, '[<20]"fewer than 20";0')),
    ("display-rounding", make.formatted(140, "#,##0")),
    ("display-rounding", make.formatted(0.1 + 0.2, "0.0")),
    ("display-rounding", make.formatted(0.35, "0%")),
    ("display-scaling", make.formatted(17_000, "#,##0,")),
    ("outside-print-area", make.print_area("A1:C4")),
    ("formula-literal-operands", make.formula("=B2*100")),
    ("formula-literal-operands", make.formula("=17")),
    ("formula-rounding", make.formula("=SUM(B2:B3)")),
    ("value-under-merge", make.merged),
    ("hidden-rows", make.filtered),
]


@pytest.mark.parametrize(("what", "edit"), CLEAN)
def test_clean_twin_is_not_accused(what: str, edit: make.Edit) -> None:
    assert what not in found(make.book(edit))


PIVOT = make.with_parts(make.PIVOT_PARTS, make.PIVOT_RELATION)
RAW = [
    ("hidden-rows", make.with_text("xl/worksheets/sheet1.xml", '<row r="3"', '<row r="3" ht="0" customHeight="1"')),
    ("pivot-cache-records", PIVOT),
    ("pivot-cache-definition", PIVOT),
    ("chart-cache", make.with_chart(visible=False)),
    ("external-link-cache", make.with_parts({"xl/externalLinks/externalLink1.xml": make.EXTERNAL})),
    ("slicer-cache", make.with_parts({"xl/slicerCaches/slicerCache1.xml": b'<slicerCacheDefinition/>'})),
    ("data-model", make.with_parts({"xl/model/item.data": b"x"})),
    ("power-query-mashup", make.with_parts({"customXml/item1.xml": "<DataMashup>x</DataMashup>".encode("utf-16")})),
    ("custom-xml", make.with_parts({"customXml/item1.xml": b"<a>Leeds</a>"})),
    ("connections", make.with_parts({"xl/connections.xml": b'<connections><c connection="Server=X"/></connections>'})),
    ("revision-log", make.with_parts({"xl/revisions/revisionLog1.xml": b"<revisions><v>17</v></revisions>"})),
    ("embedded-object", make.with_parts({"xl/embeddings/book.xlsx": b"x"})),
    ("image", make.with_parts({"xl/media/image1.png": b"x"})),
    ("thumbnail", make.with_parts({"docProps/thumbnail.jpeg": b"x"})),
    ("vba-project", make.with_parts({"xl/vbaProject.bin": b"x"})),
    ("printer-settings", make.with_parts({"xl/printerSettings/printerSettings1.bin": b"x"})),
    ("threaded-comments", make.with_parts({"xl/threadedComments/threadedComment1.xml":
     b"<ThreadedComments><threadedComment><text>was 17</text></threadedComment></ThreadedComments>"})),
    ("persons", make.with_parts({"xl/persons/person.xml": b'<personList><person displayName="A"/></personList>'})),
    ("orphan-part", make.with_parts({"[trash]/0000.dat": b"x"})),
    ("author-path", make.with_text("xl/workbook.xml", "</workbook>",
     '<x15ac:absPath xmlns:x15ac="http://x" url="C:/Users/person/"/></workbook>')),
    ("file-sharing", make.with_text("xl/workbook.xml", "<sheets>", '<fileSharing userName="A"/><sheets>')),
    ("cached-value-differs", make.with_text("xl/worksheets/sheet1.xml", '<c r="B4"[^>]*>.*?</c>',
     '<c r="B4"><f>SUM(B2:B3)</f><v>198</v></c>', make.with_text("xl/workbook.xml", "<calcPr[^>]*/>", ""))),
    ("value-under-merge", make.with_text("xl/worksheets/sheet1.xml", "</sheetData>",
     '</sheetData><mergeCells count="1"><mergeCell ref="B2:C2"/></mergeCells>')),
    ("huge-dimension", make.with_text("xl/worksheets/sheet1.xml", '<dimension ref="[^"]*"',
     '<dimension ref="A1:XFD1048576"')),
    ("scenarios", make.with_text("xl/worksheets/sheet1.xml", "</sheetData>", '</sheetData><scenarios><scenario '
     'name="High"><inputCells r="B2" val="17"/></scenario></scenarios>')),
    ("unreferenced-shared-strings", make.with_text("xl/sharedStrings.xml", "</sst>", "<si><t>Deleted</t></si></sst>",
     make.with_chart(visible=True))),
]  # fmt: skip


@pytest.mark.parametrize(("what", "data"), RAW, ids=[what for what, _ in RAW])
def test_made_archive_is_found(what: str, data: bytes) -> None:
    thing = found(data)[what]
    assert thing.part or thing.sheet
    assert thing.way.see


def test_figures_and_words_of_a_hidden_sheet() -> None:
    thing = found(make.book(make.other_sheet("hidden")))["hidden-sheet"]
    assert (thing.figures, thing.words, thing.sheet, thing.sheet_index) == (1, ("NINo",), "Source", 1)


def test_chart_of_visible_cells_tells_nothing_new() -> None:
    assert found(make.with_chart(visible=True))["chart-cache"].telling is False
    assert found(make.with_chart(visible=False))["chart-cache"].unseen == 2


def test_pivot_words_can_be_searched() -> None:
    thing = found(PIVOT)["pivot-cache-definition"]
    assert "AB123456C" in thing.words
    assert found(PIVOT)["pivot-cache-records"].figures >= 2


SEEN = make.PIVOT.replace(b'ref="A1:B3" sheet="Gone"', b'ref="A1:C4" sheet="Table 1"').replace(b"AB123456C", b"North")


@pytest.mark.parametrize(("records", "unseen"), [((140, 60), 0), ((137, 60), 1), ((137, 61), 2)])
def test_pivot_is_compared_with_its_source(records: tuple[int, int], unseen: int) -> None:
    rows = "".join(f'<r><x v="0"/><n v="{value}"/></r>' for value in records)
    parts = make.PIVOT_PARTS | {
        "xl/pivotCache/pivotCacheDefinition1.xml": SEEN,
        "xl/pivotCache/pivotCacheRecords1.xml": f"<pivotCacheRecords>{rows}</pivotCacheRecords>".encode(),
    }
    thing = found(make.with_parts(parts, make.PIVOT_RELATION))["pivot-cache-records"]
    assert (thing.unseen, thing.telling) == (unseen, unseen > 0)


def test_a_sum_calculated_again_on_opening_is_not_compared() -> None:
    data = make.with_text("xl/worksheets/sheet1.xml", '<c r="B4"[^>]*>.*?</c>',
                          '<c r="B4"><f>SUM(B2:B3)</f><v>0</v></c>')  # fmt: skip
    assert "cached-value-differs" not in found(data)


PREFIXED = '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def test_unusual_spelling_of_a_sheet_is_read_the_same() -> None:
    sheet = (
        PREFIXED + "<x:sheetData>\n <x:row hidden='1' r='1'>\n  <x:c t='n' s='0' r='A1'>\n<x:v>17</x:v>\n</x:c>\n"
        "<x:c><x:v>18</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    data = make.zipped(make.unzipped(make.book()) | {"xl/worksheets/sheet1.xml": sheet.encode("utf-16")})
    thing = found(data)["hidden-rows"]
    assert thing.figures == 2
    assert thing.range == "A1:XFD1"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", make.zipped({"a": b"b"})])
def test_what_is_no_workbook_is_passed_over(data: bytes) -> None:
    assert set(found(data)) <= {"orphan-part", "zip-trailing-data"}
