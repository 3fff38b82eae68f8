"""ODS workbooks: like XLSX ones."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest

from tests.package.test_gate import zipped
from wpmi_lint.formats import open_file
from wpmi_lint.model import Range, Sheet
from wpmi_lint.package import limits

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2">'
)
STYLES = (
    "<office:automatic-styles>"
    '<number:percentage-style style:name="N1"><number:number number:decimal-places="1"/><number:text>%</number:text>'
    "</number:percentage-style>"
    '<number:currency-style style:name="N2"><number:currency-symbol>£</number:currency-symbol>'
    '<number:number number:decimal-places="0" number:display-factor="1000"/></number:currency-style>'
    '<number:date-style style:name="N3"><number:year/></number:date-style>'
    '<number:number-style style:name="N4"/>'
    '<style:style style:name="percent" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="money" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="year" style:family="table-cell" style:data-style-name="N3"/>'
    '<style:style style:name="none" style:family="table-cell" style:data-style-name="N4"/>'
    '<style:style style:name="head" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="part" style:family="table-cell" style:parent-style-name="head">'
    '<style:paragraph-properties fo:margin-left="0.706cm"/></style:style>'
    '<style:style style:name="loop" style:family="table-cell" style:parent-style-name="loop"/>'
    '<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)


def content(tables: str) -> bytes:
    tail = "</office:spreadsheet></office:body></office:document-content>"
    return (HEAD + STYLES + tables + tail).encode()


KIND = b"application/vnd.oasis.opendocument.spreadsheet"


def ods(tables: str) -> bytes:
    return zipped({"mimetype": KIND, "content.xml": content(tables), "META-INF/manifest.xml": b"<a/>"})


def words(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def figure(value: float, more: str = "", kind: str = "float") -> str:
    cell = f'<table:table-cell office:value-type="{kind}" office:value="{value}"{more}>'
    return cell + "<text:p>x</text:p></table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def table(*rows: str, name: str = "Table 1", more: str = "") -> str:
    return f'<table:table table:name="{name}"{more}>{"".join(rows)}</table:table>'


def sheets(tables: str, *, single_quotes: bool = False) -> tuple[Sheet, ...]:
    part = content(tables).replace(b'"', b"'") if single_quotes else content(tables)
    found = open_file("a.ods", zipped({"mimetype": KIND, "content.xml": part}))
    assert not found.unread, found
    assert found.format == "ods"
    return found.sheets


def refused(tables: str) -> str:
    found = open_file("a.ods", ods(tables))
    assert found.unread
    assert found.refusals[0].help
    return found.refusals[0].reason


EMPTY_ROWS = row(
    '<table:table-cell table:number-columns-repeated="16384"/>', more=' table:number-rows-repeated="1048000"'
)


def test_values_styles_and_merges() -> None:
    (sheet,) = sheets(
        table(
            row(
                words("Area", ' table:style-name="head" table:number-columns-spanned="2"'),
                "<table:covered-table-cell/>",
            ),
            row(
                words("Leeds", ' table:style-name="part"'),
                '<table:table-cell table:number-columns-repeated="2"/>',
                figure(0.25, ' table:style-name="percent"', "percentage"),
                figure(40, ' table:style-name="money" table:number-columns-repeated="2"'),
                '<table:table-cell table:number-columns-repeated="16378"/>',
            ),
            row(
                '<table:table-cell office:value-type="date" office:date-value="2012-06-28" table:style-name="year">'
                "<text:p>2012</text:p></table:table-cell>",
                figure(3, ' table:style-name="none"'),
                more=' table:number-rows-repeated="2"',
            ),
            EMPTY_ROWS,
        )
    )
    assert [list(row) for row in sheet.rows] == [
        ["Area", "", "", "", "", ""],
        ["Leeds", "", "", 0.25, 40, 40],
        [date(2012, 6, 28), 3, "", "", "", ""],
        [date(2012, 6, 28), 3, "", "", "", ""],
    ]
    assert sheet.merged == (Range(0, 0, 0, 1),)
    styles = sheet.styles
    assert styles is not None
    assert styles.bold[:, 0].tolist() == [1, 1, 0, 0]
    assert styles.indent[:, 0].tolist() == [0, 2, 0, 0]
    percent, money = (styles.formats[styles.format[1, col]] for col in (3, 5))
    assert (percent.percent, percent.decimals) == (True, 1)
    assert (money.money, money.divisor) == (True, 1000)
    assert styles.formats[styles.format[3, 0]].date
    assert styles.formats[styles.format[2, 1]].invisible


def test_a_style_of_tables_is_none_of_cells_of_the_same_name() -> None:
    (sheet,) = sheets(table(row(words("a", ' table:style-name="off"'), words("b", ' table:style-name="head"'))))
    assert sheet.styles is not None
    assert sheet.styles.bold.tolist() == [[0, 1]]
    part = content(table(row(words("a", ' table:style-name="head"')), more=' table:style-name="head"')).replace(
        b"</office:automatic-styles>",
        b'<style:style style:name="head" style:family="table"><style:table-properties table:display="false"/>'
        b"</style:style></office:automatic-styles>",
    )
    (sheet,) = open_file("a.ods", zipped({"mimetype": KIND, "content.xml": part})).sheets
    assert sheet.styles is not None
    assert (sheet.visibility, sheet.styles.bold.tolist()) == ("hidden", [[1]])


def test_hidden_tables_and_default_styles_of_columns() -> None:
    first, second = sheets(
        table(
            '<table:table-column table:default-cell-style-name="Default"/>',
            '<table:table-column table:default-cell-style-name="percent" table:number-columns-repeated="3"/>',
            row(words("Leeds"), figure(0.5), figure(0.25)),
        )
        + table(row(figure(17)), name="Workings &amp; more", more=' table:style-name="off"')
    )
    assert first.styles is not None
    assert [first.styles.formats[code].percent for code in first.styles.format[0]] == [False, True, True]
    assert (second.name, second.visibility) == ("Workings & more", "hidden")
    assert second.rows[0][0] == 17


@pytest.mark.parametrize(
    "tables",
    [
        table(row(figure(1, ' table:number-columns-repeated="16384"'), more=' table:number-rows-repeated="1048576"')),
        table(row(figure(1, ' table:number-columns-repeated="999999999"'))),
        table(row(figure(1, ' table:formula="&gt;" x=">" table:number-columns-repeated="99999999"'))),
        table(row("<table:table-cell table:number-columns-repeated='9999999999999'/>", figure(1))),
        table(row("<table:table-cell/>", more=' table:number-rows-repeated="1048577"'), row(figure(1))),
        table(*[row(figure(1, ' table:number-columns-repeated="16384"'))] * 400),
    ],
)
def test_repeats_are_counted_before_they_are_made(tables: str) -> None:
    assert "spread over" in refused(tables)


@pytest.mark.parametrize("count", ["-5", "x", ""])
def test_a_repeat_that_is_not_a_number_is_refused(count: str) -> None:
    assert "not a number" in refused(
        table(row(figure(1)), row(figure(2), more=f' table:number-rows-repeated="{count}"'))
    )


def test_other_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RATIO", 10**9)
    assert "characters" in refused(table(row(words("words " * 200_000))))
    assert "tag of more" in refused(table(row(figure(1, f' x="{"y" * 200_000}"'))))
    monkeypatch.setattr(limits, "WORKBOOK_CELLS", 3)
    assert "3" in refused(table(row(*[figure(1)] * 4)))


def test_protected_and_damaged() -> None:
    parts = {"mimetype": KIND, "content.xml": content(table(row(figure(1)))), "META-INF/manifest.xml": b"<a/>"}
    locked = open_file("a.ods", zipped({**parts, "META-INF/manifest.xml": b"<manifest:encryption-data/>"}))
    assert locked.unread
    assert "password" in locked.refusals[0].reason
    for damaged in (b"", parts["content.xml"][:-200]):
        assert open_file("a.ods", zipped({**parts, "content.xml": damaged})).unread
    found = open_file("a.ods", zipped({**parts, "styles.xml": b"<!DOCTYPE a>"}))
    assert [refusal.what for refusal in found.refusals] == ["styles.xml"]
    assert len(found.sheets) == 1


@pytest.mark.parametrize(
    ("whole", "broken"),
    [
        ("</table:table>", "</\x1dable:table>"),
        ("</table:table>", "</table:tables>"),
        ("</table:table-row>", ""),
        ("<text:p>", ""),
    ],
)
def test_a_part_that_is_not_xml_is_refused(whole: str, broken: str) -> None:
    assert "well-formed" in refused(table(row(words("a"), figure(1))).replace(whole, broken, 1))


def flat(found: tuple[Sheet, ...]) -> list[object]:
    """What sheets say, as values that can be compared."""
    return [
        (sheet.name, [list(row) for row in sheet.rows], sheet.merged, sheet.styles.formats, *(
            codes.tolist() for codes in (sheet.styles.format, sheet.styles.bold, sheet.styles.indent)
        ))
        for sheet in found if sheet.styles is not None
    ]  # fmt: skip


def test_repeated_rows_are_as_rows_written_out() -> None:
    cells = [words("a"), figure(1, ' table:style-name="head"'), figure(2, ' table:style-name="percent"')]
    repeated = sheets(table(row(*cells, more=' table:number-rows-repeated="3"')))
    assert flat(sheets(table(*[row(*cells)] * 3))) == flat(repeated)


COLUMNS = (
    '<table:table-column/><table:table-column table:default-cell-style-name="money" table:number-columns-repeated="2"/>'
)
TABLES = [
    table(row(words("a"), figure(1)), row(figure(2, ' table:style-name="head"'))),
    table(COLUMNS, row(words("a"), figure(1), figure(2, ' table:style-name="head"')), EMPTY_ROWS),
    table(
        row(
            words("a", ' table:number-columns-spanned="2" table:number-rows-spanned="3"'), "<table:covered-table-cell/>"
        )
    ),
    table(row("<table:table-cell/>", figure(1), more=' table:number-rows-repeated="3"'), row(figure(2))),
    table(name="Empty") + table(row(figure(1, ' table:number-columns-repeated="4"'), figure(2)), name="b &gt; c"),
    table("<table:table-header-rows>" + row(words("a &gt; b = c")) + "</table:table-header-rows>", row(figure(1))),
    table(row("<table:table-cell><text:p>5 > 4</text:p></table:table-cell>", figure(1))),
    "",
]
ODD = [
    table(row(figure(1, ' table:formula="of:=[.A1] &gt; 3"'))),
    table(row(figure(1, " table:number-columns-repeated='4'"), figure(2))),
    table(row(figure(1, ' table:number-columns-repeated ="4"'), figure(2))),
    table(row(figure(1, ' table:formula=">" table:number-columns-repeated="4"'), figure(2))),
    table(row(figure(1, ' table:formula="a>" table:number-columns-repeated="4"'), figure(2))),
    table(row("<table:table-cell>" + table(row(figure(3)), name="inner") + "</table:table-cell>", figure(2))),
]


@pytest.mark.parametrize("tables", [*TABLES, *ODD])
def test_either_kind_of_quotes_means_the_same(tables: str) -> None:
    assert len(flat(sheets(tables))) == tables.count("<table:table ")
    assert flat(sheets(tables)) == flat(sheets(tables, single_quotes=True))


def test_more_merged_ranges_than_are_looked_at_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MERGED", 2)
    merged = words("a", ' table:number-columns-spanned="2"') + "<table:covered-table-cell/>"
    found = open_file("a.ods", ods(table(*[row(merged, figure(1))] * 3)))
    assert [(refusal.scope, refusal.limit) for refusal in found.refusals] == [("limit", "MERGED")]


def value(cell: str) -> object:
    (sheet,) = sheets(table(row(cell, figure(1))))
    return sheet.rows[0][0]


def cell(attributes: str, inside: str = "") -> str:
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (cell('office:value-type="date" office:date-value="2012-06-28T10:11:12"'), datetime(2012, 6, 28, 10, 11, 12)),
        (cell('office:value-type="date" office:date-value="soon"', "<text:p>x</text:p>"), "soon"),
        (cell('office:value-type="time" office:time-value="PT12H30M05.5S"'), time(12, 30, 5, 500_000)),
        (cell('office:value-type="time" office:time-value="PT36H30M05S"'), "PT36H30M05S"),
        (cell('office:value-type="boolean" office:boolean-value="true"', "<text:p>TRUE</text:p>"), True),
        (cell('office:value-type="currency" office:value="-7" office:currency="GBP"', "<text:p>x</text:p>"), -7),
        (cell('office:value-type="string" office:string-value="S"', "<text:p>shown</text:p>"), "S"),
        (cell('office:value-type="string" office:string-value=""', "<text:p>#N/A</text:p>"), "#N/A"),
        (cell('office:value-type="float"', "<text:p>5</text:p>"), "5"),
        (cell("", "<text:p>no type</text:p>"), "no type"),
        (cell('table:formula="of:=[.A2]"'), ""),
        (words('a<text:tab/>b<text:line-break/>c<text:s/>d<text:s text:c="3"/>e</text:p>\n<text:p/><text:p>g'),
         "a\tb\nc d   e\n\ng"),
        (words("a <text:span>b &amp; <![CDATA[<c>]]></text:span><!-- d -->&#101;"), "a b & <c>e"),
        (cell('office:value-type="string"', "<office:annotation><text:p>note</text:p></office:annotation>\n "
         "<text:p>a<office:annotation><text:p>note</text:p></office:annotation>b</text:p>"), "ab"),
    ],
)  # fmt: skip
def test_values(cell: str, expected: object) -> None:
    assert value(cell) == expected
    assert type(value(cell)) is type(expected)


@pytest.mark.parametrize("number", ["", "x", "1_0", "1,5"])
def test_a_value_that_is_not_a_number_is_refused(number: str) -> None:
    assert "not a number" in refused(table(row(cell(f'office:value-type="float" office:value="{number}"'))))


def test_a_doctype_and_counts_of_spaces_are_refused() -> None:
    part = content(table(row(words("&a;")))).replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "aaaa">]>', 1)
    found = open_file("a.ods", zipped({"mimetype": KIND, "content.xml": part}))
    assert ("DOCTYPE" in found.refusals[0].reason, found.sheets, found.model) == (True, (), None)
    assert "spaces" in refused(table(row(words('<text:s text:c="99999999"/>'))))


@pytest.mark.parametrize(("prefix", "other"), [(b"table", b"t"), (b"office", b"o"), (b"text", b"x"), (b"style", b"s")])
def test_any_prefix_means_the_same(prefix: bytes, other: bytes) -> None:
    tables = table(row(words("a", ' table:style-name="head"'), figure(1)), more=' table:style-name="off"')
    part = content(tables)
    part = re.sub(rb"(?<=[<\s/])" + prefix + rb"(?=:)|(?<=xmlns:)" + prefix + rb"(?==)", other, part)
    found = open_file("a.ods", zipped({"mimetype": KIND, "content.xml": part}))
    assert flat(found.sheets) == flat(sheets(tables))
    assert found.sheets[0].visibility == "hidden"


def test_other_programs_prefixes_do_not_stand_for_these() -> None:
    """An attribute of another namespace is not the value."""
    cell = (
        '<table:table-cell calcext:value-type="float" office:value-type="string"><text:p>a</text:p></table:table-cell>'
    )
    assert value(cell) == "a"
