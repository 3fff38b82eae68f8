"""The nouns file and sheet."""

from wpmi_lint.formats import NAMES
from wpmi_lint.model import Document, Sheet
from wpmi_lint.nouns.context import FileContext
from wpmi_lint.nouns.contract import Each, Noun, Subjects


def _label(_: Document, context: FileContext) -> str | None:
    labels = {table.label for table in context.tables}
    return labels.pop() if len(labels) == 1 else None


def _tables(sheet: Sheet, context: FileContext) -> int:
    return sum(context.document.sheets[table.sheet] is sheet for table in context.tables)


each = Each[Document, FileContext]()
FIELDS = {
    "path": each.field("text", "the path", lambda d, _: d.path),
    "format": each.field(NAMES, "the format", lambda d, _: d.format),
    "encoding": each.field("text", "the encoding of a text file", lambda d, _: d.encoding),
    "label": each.field("label", "the label that all its tables share", _label),
    "sheets": each.field("number", "how many sheets", lambda d, _: len(d.sheets)),
    "tables": each.field("number", "how many tables", lambda _, context: len(context.tables)),
}
_VISIBILITY = ("visible", "hidden", "very hidden")
of_sheet = Each[Sheet, FileContext]()
SHEET_FIELDS = {
    "name": of_sheet.field("text", "the name", lambda s, _: s.name),
    "visibility": of_sheet.field(_VISIBILITY, "whether a reader sees it", lambda s, _: s.visibility),
    "tables": of_sheet.field("number", "how many tables", _tables),
}


def find(context: FileContext) -> Subjects:
    """One fact."""
    return each.facts([context.document], context, lambda _: context.place(None, None))


def find_sheets(context: FileContext) -> Subjects:
    """One fact for each sheet, hidden ones too."""
    return of_sheet.facts(context.document.sheets, context, lambda sheet: context.place(sheet.name, None))


NOUNS = (
    Noun("sheet", each="sheet of a file", scope="file", find=find_sheets, fields=SHEET_FIELDS),
    Noun("file", each="file", scope="file", find=find, fields=FIELDS),
)
