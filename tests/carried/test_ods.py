"""What an ODS file hides."""

import pytest

from tests.carried import makers as make
from tests.carried.test_workbook import found

NOTE = "<office:annotation><dc:creator>A</dc:creator><text:p>was 17</text:p></office:annotation>"
OUTSIDE = "of:='file:///C:/x.ods'#$Data.A1"
FOLDED = '<table:table-{0}-group table:display="false">{1}</table:table-{0}-group>'
CASES = [
    ("hidden-sheet", make.ods(make.ods_row("17", "17"), "ta2")),
    ("hidden-rows", make.ods(make.ods_row("17", "17", 'table:visibility="collapse"'))),
    ("filtered-rows", make.ods(make.ods_row("17", "17", 'table:visibility="filter"'))),
    ("hidden-columns", make.ods(make.ods_row("17", "17"), columns='<table:table-column table:visibility="collapse"/>')),
    ("hidden-rows", make.ods(FOLDED.format("row", make.ods_row("17", "17")))),
    ("hidden-columns", make.ods(make.ods_row("17", "17"), columns=FOLDED.format("column", "<table:table-column/>"))),
    ("display-rounding", make.ods(make.ods_row("19.6", "20"))),
    ("display-scaling", make.ods(make.ods_row("17432", "17"))),
    ("text-same-colour", make.ods(make.ods_row("17", "17", cell='table:style-name="ce2"'))),
    ("formulas", make.ods(make.ods_row("17", "17", cell='table:formula="of:=[.A2]"'))),
    ("formula-literal-operands", make.ods(make.ods_row("17", "17", cell='table:formula="of:=10+7"'))),
    ("formula-external", make.ods(make.ods_row("17", "17", cell=f'table:formula="{OUTSIDE}"'))),
    ("comments", make.ods(make.ods_row("17", "17", note=NOTE))),
    ("thumbnail", make.ods("", more={"Thumbnails/thumbnail.png": b"x"})),
    ("orphan-part", make.ods("", more={"Secret/a.bin": b"17"})),
    ("image", make.ods("", more={"Pictures/a.png": b"x"})),
    ("doc-properties", make.ods("", more={"meta.xml": b'<m xmlns:dc="http://purl.org/dc/elements/1.1/">'
     b"<dc:creator>A. Person</dc:creator></m>"})),
    ("chart-cache", make.ods("", more={"Object 1/content.xml": b'<office:chart><table:table table:name="local">'
     b'<c office:value="17"/></table:table></office:chart>'})),
]  # fmt: skip


@pytest.mark.parametrize(("what", "data"), CASES, ids=[what for what, _ in CASES])
def test_found(what: str, data: bytes) -> None:
    assert found(data, "ods")[what].way.see


@pytest.mark.parametrize(("value", "text"), [("20", "20"), ("1234.5", "1,234.5"), ("0.125", "12.5%"), ("-5", "(5)")])
def test_the_same_figure_in_other_clothes_is_no_finding(value: str, text: str) -> None:
    assert found(make.ods(make.ods_row(value, text)), "ods") == {}
