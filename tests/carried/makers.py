"""Workbooks made for one leak each, and the same workbook without it."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

Edit = Callable[[Worksheet], None]
ROWS = [["Area", "Referrals", "Attachments"], ["North", 140, 120], ["South", 60, 40], ["Total", 200, 160]]


def book(edit: Edit | None = None) -> bytes:
    """A small clean table, after an edit."""
    workbook = openpyxl.Workbook()
    workbook.properties.creator = None
    sheet = workbook.active
    sheet.title = "Table 1"
    for row in ROWS:
        sheet.append(row)
    if edit:
        edit(sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def other_sheet(state: str) -> Edit:
    def edit(sheet: Worksheet) -> None:
        other = sheet.parent.create_sheet("Source")
        other.append(["NINo", 17])
        other.sheet_state = state

    return edit


def hidden_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def hidden_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["C"].hidden = True


def filtered(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:C4"
    sheet.auto_filter.add_filter_column(0, ["North"])
    sheet.row_dimensions[3].hidden = True


def zero_height(sheet: Worksheet) -> None:
    sheet.sheet_format.zeroHeight = True


def white(sheet: Worksheet) -> None:
    sheet["B2"].font = Font(color="FFFFFFFF")


def dark_on_dark(sheet: Worksheet) -> None:
    sheet["B2"].font = Font(color="FF1F497D")
    sheet["B2"].fill = PatternFill("solid", fgColor="FF1F497D")


def white_on_dark(sheet: Worksheet) -> None:
    sheet["B2"].font = Font(color="FFFFFFFF")
    sheet["B2"].fill = PatternFill("solid", fgColor="FF1F497D")


def tiny(sheet: Worksheet) -> None:
    sheet["B2"].font = Font(size=1)


def formatted(value: object, code: str) -> Edit:
    def edit(sheet: Worksheet) -> None:
        sheet["B2"].value = value
        sheet["B2"].number_format = code

    return edit


def merged(sheet: Worksheet) -> None:
    sheet.merge_cells("B2:C2")


def far(sheet: Worksheet) -> None:
    sheet["A900"] = 17


def far_column(sheet: Worksheet) -> None:
    sheet["BZ2"] = 17


def print_area(area: str) -> Edit:
    def edit(sheet: Worksheet) -> None:
        sheet.print_area = area

    return edit


def formula(text: str) -> Edit:
    def edit(sheet: Worksheet) -> None:
        sheet["B4"] = text

    return edit


def formula_to_hidden(sheet: Worksheet) -> None:
    other_sheet("hidden")(sheet)
    sheet["B4"] = "=Source!B1"


def name(text: str, *, hidden: bool = False) -> Edit:
    def edit(sheet: Worksheet) -> None:
        sheet.parent.defined_names["Base"] = DefinedName("Base", attr_text=text, hidden=hidden)

    return edit


def comment(sheet: Worksheet) -> None:
    sheet["B2"].comment = Comment("rounded from 137", "A. Person")


def properties(sheet: Worksheet) -> None:
    sheet.parent.properties.creator = "A. Person"


def header(sheet: Worksheet) -> None:
    sheet.oddHeader.center.text = "340 job outcomes"


def listed(sheet: Worksheet) -> None:
    rule = DataValidation(type="list", formula1='"Leeds,York"')
    sheet.add_data_validation(rule)
    rule.add("A2")


def protected(sheet: Worksheet) -> None:
    sheet.protection.sheet = True


def formula_protected(sheet: Worksheet) -> None:
    protected(sheet)
    sheet["B4"] = "=SUM(B2:B3)"
    sheet["B4"].protection = Protection(hidden=True)


def book_protected(sheet: Worksheet) -> None:
    sheet.parent.security = WorkbookProtection(workbookPassword="x", lockStructure=True)


def link(sheet: Worksheet) -> None:
    sheet["A2"].hyperlink = "file:///C:/Users/person/Documents/source.xlsx"


def with_chart(*, visible: bool) -> bytes:
    """A chart over cells, made by XlsxWriter, which keeps the points."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream)
    sheet, other = workbook.add_worksheet("Table 1"), workbook.add_worksheet("Source")
    for place in (sheet, other):
        place.write_column(0, 0, ["North", "South"])
        place.write_column(0, 1, [140, 60])
    chart = workbook.add_chart({"type": "column"})
    source = "Table 1" if visible else "Source"
    chart.add_series({"values": [source, 0, 1, 1, 1], "values_data": [140, 60] if visible else [137, 61]})
    sheet.insert_chart("D2", chart)
    if not visible:
        other.hide()
    workbook.close()
    return stream.getvalue()


Parts = dict[str, bytes]


def zipped(parts: dict[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    """An archive of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(part, data)
    return stream.getvalue()


def unzipped(data: bytes) -> Parts:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def with_parts(more: Parts, relations: tuple[tuple[str, str], ...] = (), data: bytes | None = None) -> bytes:
    """The clean workbook with more parts; `relations` are types and targets from the workbook part."""
    parts = unzipped(data or book())
    rels = "xl/_rels/workbook.xml.rels"
    tags = "".join(f'<Relationship Id="x{i}" Type="http://x/{kind}" Target="/{target}"/>'
                   for i, (kind, target) in enumerate(relations))  # fmt: skip
    parts[rels] = parts[rels].replace(b"</Relationships>", tags.encode() + b"</Relationships>")
    return zipped(parts | more)


def with_text(part: str, old: str, new: str, data: bytes | None = None) -> bytes:
    """The clean workbook with a text of one part replaced by a pattern."""
    parts = unzipped(data or book())
    changed = re.sub(old.encode(), new.encode(), parts[part], count=1)
    assert changed != parts[part]
    return zipped(parts | {part: changed})


PIVOT = (
    b'<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" refreshedBy="A. Person">'
    b'<cacheSource type="worksheet"><worksheetSource ref="A1:B3" sheet="Gone"/></cacheSource><cacheFields count="2">'
    b'<cacheField name="NINo"><sharedItems><s v="AB123456C"/></sharedItems></cacheField>'
    b'<cacheField name="Outcomes"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>'
)
RECORDS = (
    b'<pivotCacheRecords xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2">'
    b'<r><x v="0"/><n v="17"/></r><r><x v="0"/><n v="3"/></r></pivotCacheRecords>'
)
PIVOT_PARTS = {
    "xl/pivotCache/pivotCacheDefinition1.xml": PIVOT,
    "xl/pivotCache/pivotCacheRecords1.xml": RECORDS,
    "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": b'<Relationships xmlns="http://x"><Relationship Id="r" '
    b'Type="http://x/pivotCacheRecords" Target="pivotCacheRecords1.xml"/></Relationships>',
}
PIVOT_RELATION = (("pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml"),)
EXTERNAL = (
    b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook><sheetNames>'
    b'<sheetName val="Source"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>17</v>'
    b"</cell></row></sheetData></sheetDataSet></externalBook></externalLink>"
)
ODS_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:automatic-styles>'
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="ce2" style:family="table-cell"><style:text-properties fo:color="#ffffff"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
    "</office:document-content>"
)


def ods(rows: str, style: str = "ta1", columns: str = "<table:table-column/>", more: Parts | None = None) -> bytes:
    """An ODS file of one sheet beside a visible one."""
    visible = '<table:table table:name="Table 1"><table:table-column/></table:table>'
    sheet = f'<table:table table:name="Source" table:style-name="{style}">{columns}{rows}</table:table>'
    content = ODS_CONTENT.replace("{sheets}", visible + sheet)
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content.encode()} | (more or {}))


def ods_row(value: str, text: str, tag: str = "", cell: str = "", note: str = "") -> str:
    """A row of one number."""
    return (f'<table:table-row {tag}><table:table-cell office:value-type="float" office:value="{value}" {cell}>{note}'
            f"<text:p>{text}</text:p></table:table-cell></table:table-row>")  # fmt: skip
