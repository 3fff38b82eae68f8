"""Writes the workbooks of the example that breaks every rule: python -m tests.release.workbooks FOLDER."""

import io
import json
import re
import sys
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.carried import makers as make

LABEL = "Internal management information for Bradford only"
ROWS = [["Ward", "Referrals", "Attachments"], ["Bolton", 140, 120], ["City", 60, 40], ["Idle", 80, 60]]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
Parts = dict[str, bytes]


def table(sheet: Worksheet, title: str) -> None:
    """A labelled table from A1 on: title, headers in row 2, rows 3 to 5."""
    sheet.append([f"{title}. {LABEL}"])
    for row in ROWS:
        sheet.append(row)


def cells(sheet: Worksheet) -> None:
    """Figures that are not what they look like."""
    table(sheet, "Referrals by ward")
    sheet["B3"], sheet["B3"].number_format = 139.6, "0"
    sheet["B4"], sheet["B4"].number_format = 60_432, "#,##0,"
    sheet["B5"], sheet["B5"].number_format = 17, ";;;"
    sheet["C3"].font = Font(color="FFFFFFFF")
    sheet["C4"].font = Font(size=1)
    sheet["A900"] = 17
    sheet.print_area = "A1:B5"
    sheet["B3"].comment = Comment("rounded from 137", "A. Sample")
    sheet.oddHeader.center.text = "340 job outcomes"
    rule = DataValidation(type="list", formula1='"Ann Sample,Ben Sample"')
    sheet.add_data_validation(rule)
    rule.add("A3")
    sheet["A3"].hyperlink = "file:///C:/Users/sample/Documents/source.xlsx"


def formulas(sheet: Worksheet) -> None:
    """Figures that say how they were made."""
    table(sheet, "Attachments by ward")
    for cell, text in {"B3": "=ROUND(C3,-1)", "B4": "=17+43", "B5": "=[1]Source!B2", "C5": "=Source!B1"}.items():
        sheet[cell] = text
    sheet["C4"] = "=SUM(B3:B4)"
    sheet["C4"].protection = Protection(hidden=True)
    sheet.protection.sheet = True


def rows_and_columns(sheet: Worksheet) -> None:
    """What two clicks show."""
    table(sheet, "Job starts by ward")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True


def filtered(sheet: Worksheet) -> None:
    """Rows that a filter hides, and rows hidden by default."""
    table(sheet, "Job starts by ward, filtered")
    sheet.auto_filter.ref = "A2:C5"
    sheet.auto_filter.add_filter_column(0, ["Bolton"])
    sheet.row_dimensions[5].hidden = True
    sheet.sheet_format.zeroHeight = True


def workbook() -> bytes:
    """All that a spreadsheet program can be made to hide."""
    book = openpyxl.Workbook()
    book.properties.creator = "A. Sample"
    for i, fill in enumerate((cells, formulas, rows_and_columns, filtered)):
        sheet = book.active if not i else book.create_sheet()
        sheet.title = fill.__name__
        fill(sheet)
    for name, state in (("Source", "hidden"), ("Deep", "veryHidden")):
        other = book.create_sheet(name)
        other.append(["NINo", 17])
        other.sheet_state = state
    for name, text in {"Base": "{17,3;5,6}", "Away": "[1]Source!$B$2", "Gone": "#REF!"}.items():
        book.defined_names[name] = DefinedName(name, attr_text=text)
    book.defined_names["Unseen"] = DefinedName("Unseen", attr_text="cells!$B$3", hidden=True)
    book.security = WorkbookProtection(lockStructure=True)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_more(data: bytes) -> bytes:
    """The workbook with all that other programs put into an archive."""
    parts = make.unzipped(data)
    for part, old, new in TEXTS:
        changed = re.sub(old.encode(), new.encode(), parts[part], count=1, flags=re.DOTALL)
        assert changed != parts[part], (part, old)
        parts[part] = changed
    relations = "".join(
        f'<Relationship Id="x{i}" Type="http://x/{kind}" Target="/{target}"/>'
        for i, (kind, target) in enumerate(REACHED)
    )
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relations.encode() + b"</Relationships>")
    return make.zipped(parts | make.PIVOT_PARTS | MORE)


TEXTS = (
    ("xl/workbook.xml", "<sheets>", '<fileSharing userName="A. Sample"/><sheets>'),
    ("xl/workbook.xml", "</workbook>",
     '<customWorkbookViews><customWorkbookView name="A. Sample"/></customWorkbookViews>'
     '<x15ac:absPath xmlns:x15ac="http://x" xmlns:s="http://purl.oclc.org/ooxml/spreadsheetml/main" '
     'url="C:/Users/sample/"/></workbook>'),
    ("xl/workbook.xml", "<calcPr[^>]*/>", ""),
    ("xl/worksheets/sheet2.xml", '(<c r="C4"[^>]*>).*?</c>', r"\1<f>SUM(C3:C3)</f><v>198</v></c>"),
    ("xl/worksheets/sheet3.xml", '<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"'),
    ("xl/worksheets/sheet3.xml", "</sheetData>",
     '</sheetData><scenarios><scenario name="High"><inputCells r="B3" val="17"/></scenario></scenarios>'
     '<mergeCells count="1"><mergeCell ref="B3:C3"/></mergeCells><oleObjects><oleObject shapeId="1"/></oleObjects>'),
)  # fmt: skip
CHART = (
    b"<chartSpace><pivotSource><name>p</name></pivotSource><chart><plotArea><barChart><ser><val><numRef><f>Gone!A1</f>"
    b'<numCache><pt idx="0"><v>137</v></pt></numCache></numRef></val></ser></barChart></plotArea></chart></chartSpace>'
)
DRAWING = (
    b'<wsDr><sp><nvSpPr><cNvPr id="1" name="Box" hidden="1" descr="17 outcomes in Idle"/></nvSpPr>'
    b"<txBody><p><r><t>true figure 137</t></r></p></txBody></sp></wsDr>"
)
LINK = b'<externalLink xmlns="' + MAIN.encode() + b'"><externalBook><sheetNames><sheetName val="S"/></sheetNames>'
LINK += b"</externalBook></externalLink>"
MORE: Parts = {
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>Deleted row</t></si></sst>'.encode(),
    "xl/externalLinks/externalLink1.xml": make.EXTERNAL,
    "xl/externalLinks/externalLink2.xml": LINK,
    "xl/slicerCaches/slicerCache1.xml": b'<slicerCacheDefinition><items><i n="Idle"/></items></slicerCacheDefinition>',
    "xl/charts/chart1.xml": CHART,
    "xl/drawings/drawing1.xml": DRAWING,
    "xl/model/item.data": b"x",
    "customXml/item1.xml": "<DataMashup>x</DataMashup>".encode("utf-16"),
    "customXml/item2.xml": b"<a>Sample</a>",
    "xl/connections.xml": b'<connections><c connection="Server=SAMPLE"/></connections>',
    "xl/queryTables/queryTable1.xml": b'<queryTable name="people"/>',
    "xl/threadedComments/threadedComment1.xml":
        b"<ThreadedComments><threadedComment><text>was 17</text></threadedComment></ThreadedComments>",
    "xl/persons/person.xml": b'<personList><person displayName="A. Sample"/></personList>',
    "docProps/custom.xml": b'<Properties><property name="Owner"><lpwstr>A. Sample</lpwstr></property></Properties>',
    "docMetadata/LabelInfo.xml": b'<labelList><label siteId="sample"/></labelList>',
    "xl/revisions/revisionLog1.xml": b"<revisions><v>17</v></revisions>",
    "xl/embeddings/book.xlsx": b"x",
    "xl/media/image1.png": b"x",
    "docProps/thumbnail.jpeg": b"x",
    "xl/vbaProject.bin": b"x",
    "xl/macrosheets/sheet1.xml": b"<xm:macrosheet xmlns:xm='x'/>",
    "xl/ctrlProps/ctrlProp1.xml": b"<formControlPr/>",
    "xl/printerSettings/printerSettings1.bin": b"x",
    "xl/customProperty1.bin": b"x",
    "xl/richData/richValue.xml": b"<rvData/>",
    "xl/webextensions/webextension1.xml": b"<webextension/>",
    "_xmlsignatures/sig1.xml": b"<Signature/>",
    "[trash]/0000.dat": b"x",
}  # fmt: skip
REACHED = (
    *make.PIVOT_RELATION,
    ("sharedStrings", "xl/sharedStrings.xml"),
    ("chart", "xl/charts/chart1.xml"),
    ("drawing", "xl/drawings/drawing1.xml"),
)


def damaged() -> bytes:
    """An archive that different programs read differently."""
    book = openpyxl.Workbook()
    table(book.active, "Referrals by ward")
    stream = io.BytesIO()
    book.save(stream)
    parts = [*make.unzipped(stream.getvalue()).items()]
    parts.append(("xl\\more\\a.bin", b"x"))
    return make.zipped(parts) + b"what a program left behind"


def pivot_ods() -> bytes:
    """An ODS file with a pivot table."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p></table:table-cell>'
    lines = [[f"Referrals by ward. {LABEL}"], *ROWS]
    rows = "".join(
        "<table:table-row>"
        + "".join((number if isinstance(v, int) else cell).format(v) for v in row)
        + "</table:table-row>"
        for row in lines
    )
    sheet = f'<table:table table:name="Table 1"><table:table-column/>{rows}</table:table>'
    pivots = '<table:data-pilot-tables><table:data-pilot-table table:name="p"/></table:data-pilot-tables>'
    content = make.ODS_CONTENT.replace("{sheets}", sheet + pivots)
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:  # readers look for the plain mimetype
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def carried_csv() -> str:
    """Text that a spreadsheet program does not show, or runs."""
    return (
        f'# exported by A. Sample\n"Referrals by ward. {LABEL}"\nWard,Referrals,Attachments\n'
        f"Bolton,140,120\nCity,60,40,57,38\nI\u200bdle,80,60\n@SUM(1+1)*cmd|' /C calc'!A0,80,60\n"
        f"Heaton{' ' * 60}(true figure 57),60,40\n" + "\n" * 40 + "Wyke,137\n"
    )


def carried_json() -> str:
    """Keys that no table uses, and exact values beside rounded ones."""
    rows = [
        {"ward": ward, "referrals": value, "referrals_raw": value - 3} for ward, value in (("Idle", 140), ("City", 60))
    ]
    return (
        json.dumps({"title": f"Referrals. {LABEL}", "rows": rows, "debug": {"unrounded": [137, 57]}}, indent=1) + "\n"
    )


def write(folder: Path) -> None:
    """Write all of them into a folder."""
    (folder / "workbook.xlsx").write_bytes(with_more(workbook()))
    (folder / "damaged.xlsx").write_bytes(damaged())
    (folder / "pivot.ods").write_bytes(pivot_ods())
    (folder / "carried.csv").write_text(carried_csv(), encoding="utf-8")
    (folder / "carried.json").write_text(carried_json(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
