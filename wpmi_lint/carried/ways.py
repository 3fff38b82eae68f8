"""Every way that a file carries what it does not show: its name, where to click to see it, and how to remove it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from wpmi_lint.model import Document


class Way(NamedTuple):
    """A way to carry something unseen. `name` is what policies and reports use."""

    name: str
    visible_name: str
    see: str
    remove: str


class Hidden(NamedTuple):
    """One thing, or a sensible group of things, that a file carries and does not show."""

    what: str  # the name of a way
    where: str  # for people: "sheet 'Data', rows 4 to 9"
    figures: int | None = 0  # how many figures it carries; None: not known, its part was not read
    sheet: str | None = None
    sheet_index: int | None = None  # of the sheet in the workbook's order
    range: str | None = None  # A1 style, where it is in a sheet
    part: str = ""  # the part of the archive
    words: tuple[str, ...] = ()  # samples of the text carried; to be searched, never printed as they are
    unseen: int | None = None  # how many of the figures no visible cell shows; None: not compared
    telling: bool = True  # False where it tells a reader nothing: a template, a program's name, what is visible too

    @property
    def way(self) -> Way:
        """How it is carried, seen and removed."""
        return WAYS[self.what]


class Inspection(NamedTuple):
    """One look for some ways. It gets the document as it was opened, with the format's own model, and opens nothing."""

    ways: tuple[str, ...]
    look: Callable[[Document], Iterator[Hidden]]


class NotInspected(NamedTuple):
    """In place of inspections: nobody looks at what this format hides, so none of it is checked."""

    reason: str


_VALUES = "copy the visible cells into a new workbook as values (Paste Special, Values) and send that"
_INSPECT = "Excel: File, Info, Check for Issues, Inspect Document"
_UNZIP = "open a copy of the file as a ZIP archive and look at the part"
_RESAVE = "LibreOffice: Save As a new file; or " + _VALUES
_CELL = "select the cell and read the formula bar"
_NAMES = "Excel: Formulas, Name Manager; LibreOffice: Sheet, Named Ranges, Manage"
_PROPERTIES = "Excel: File, Info, Properties; LibreOffice: File, Properties"
_TEXT = "open the file in a plain text editor"

_TABLE = (
    # sheets, rows, columns
    ("hidden-sheet", "a hidden sheet", "Excel: right-click a sheet tab, Unhide; LibreOffice: Sheet, Show Sheet",
     "unhide it, then right-click its tab, Delete"),
    ("very-hidden-sheet", "a very hidden sheet, which Unhide does not list",
     "Excel: Alt+F11, select the sheet, set Visible to -1; LibreOffice: Sheet, Show Sheet",
     "make it visible, then right-click its tab, Delete"),
    ("hidden-rows", "hidden rows", "select the rows around them, right-click, Unhide (LibreOffice: Show Rows)",
     "unhide them and delete them (Delete Rows, not Clear)"),
    ("hidden-columns", "hidden columns", "select the columns around them, right-click, Unhide (LibreOffice: Show "
     "Columns)", "unhide them and delete them (Delete Columns, not Clear)"),
    ("filtered-rows", "rows that a filter hides", "Excel: Data, Clear; LibreOffice: Data, AutoFilter",
     "clear the filter and delete the rows, or copy the visible cells alone into a new workbook"),
    ("zero-height-default", "rows that are hidden unless the sheet says otherwise",
     "select all (Ctrl+A), right-click a row number, Unhide", "unhide all rows and delete those not to be sent"),
    # cells that show nothing, or something else
    ("text-same-colour", "text in the background colour", "select all (Ctrl+A) and set the font colour to black",
     "delete the cells' content; white text is text"),
    ("tiny-font", "text too small to read", "select all (Ctrl+A) and set the font size to 11",
     "delete the cells' content"),
    ("format-invisible", "a number format that shows no figure", _CELL + "; or set the format to General",
     "replace the figure by what is to be shown, as text, and set the format to General"),
    ("display-rounding", "figures stored more exactly than shown", _CELL + "; or set the format to General",
     "round the figures themselves (ROUND, then Paste Special, Values), not their format"),
    ("display-scaling", "figures that the format divides before showing them", _CELL + "; or set the format to General",
     "divide and round the figures themselves, then Paste Special, Values"),
    ("value-under-merge", "values under a merged cell", "select the merged cell, Unmerge Cells",
     "unmerge, delete what appears, merge again"),
    ("far-cells", "cells far away from the table", "press Ctrl+End, or Home, Find & Select, Go To Special, Last Cell",
     "delete the far rows and columns (Delete, not Clear)"),
    ("outside-print-area", "figures outside the print area", "Excel: View, Page Break Preview; LibreOffice: View, Page "
     "Break", "delete the cells outside the area, or clear the print area if they may be seen"),
    ("huge-dimension", "a sheet that says it is far larger than its content", "press Ctrl+End",
     "delete the empty rows and columns after the table and save"),
    # formulas
    ("formulas", "formulas", "Excel: Formulas, Show Formulas (Ctrl+`); LibreOffice: View, Show Formula",
     "copy all, Paste Special, Values"),
    ("formula-literal-operands", "formulas that give figures in their text", _CELL, "copy the cells, Paste Special, "
     "Values"),
    ("formula-rounding", "formulas that round figures which the file still carries", _CELL + ", then follow its "
     "references", "copy the cells, Paste Special, Values, then delete the figures they were rounded from"),
    ("formula-external", "formulas that refer to another workbook", "Excel: Data, Edit Links (Workbook Links); "
     "LibreOffice: Edit, Links to External Files", "Break Link, or copy the cells, Paste Special, Values"),
    ("formula-hidden", "formulas that refer to a hidden sheet", _CELL + ", then unhide the sheet that it names",
     "copy the cells, Paste Special, Values, then delete the hidden sheet"),
    ("formula-hidden-protection", "formulas that the formula bar does not show", "Excel: Review, Unprotect Sheet",
     "copy the cells, Paste Special, Values"),
    ("cached-value-differs", "cells that show another figure than their formula gives", "recalculate: Ctrl+Alt+F9 "
     "(LibreOffice: Ctrl+Shift+F9)", "recalculate, check the figures, then Paste Special, Values"),
    # what pivots, charts and links keep
    ("pivot-cache-records", "the rows that a pivot table was made from", "double-click a total of the pivot table: "
     "Excel writes the rows behind it into a new sheet", "copy the pivot table, Paste Special, Values in a new "
     "workbook"),
    ("pivot-cache-definition", "a pivot table's memory of its source: names, values, who refreshed it",
     "Excel: select the pivot table, PivotTable Analyze, Change Data Source", "copy the pivot table, Paste Special, "
     "Values in a new workbook"),
    ("pivot-table", "a pivot table", "right-click the pivot table, Properties", "copy it, Paste Special, values only"),
    ("slicer-cache", "a slicer's or timeline's list of values", "Excel: select the slicer, Slicer, Slicer Settings",
     "delete the slicer and its pivot table; copy the values into a new workbook"),
    ("chart-cache", "figures kept inside a chart", "Excel: right-click the chart, Select Data, or convert a copy and "
     "Edit Data", "copy the chart, Paste Special, Picture (PNG)"),
    ("chart-pivot-source", "a chart tied to a pivot table", "Excel: right-click the chart, Select Data",
     "copy the chart, Paste Special, Picture (PNG)"),
    ("external-link-cache", "cells of another workbook, kept with a link to it", "Excel: Data, Edit Links; the cells "
     "themselves: " + _UNZIP, "Excel: Data, Edit Links, Break Link for each"),
    ("external-link", "a link to another file or server", "Excel: Data, Edit Links (Workbook Links); LibreOffice: "
     "Edit, Links to External Files", "Excel: Data, Edit Links, Break Link"),
    ("data-model", "a data model: whole tables kept inside the workbook", "Excel: Data, Manage Data Model",
     "copy the visible cells into a new workbook as values; a model cannot be cleaned piece by piece"),
    ("power-query-mashup", "Power Query steps and sources", "Excel: Data, Queries & Connections",
     "right-click each query, Delete"),
    ("connections", "data connections", "Excel: Data, Queries & Connections, Connections", "select each, Delete"),
    ("query-table", "a table filled by a query", "Excel: Data, Properties", "Excel: Data, Unlink (Table Design)"),
    # names
    ("defined-name-hidden", "hidden defined names", _INSPECT + " (Hidden Names); " + _NAMES, _INSPECT + ", Remove All"),
    ("defined-name-constant", "defined names that hold figures or text", _NAMES, "select the name, Delete"),
    ("defined-name-external", "defined names that refer to another workbook", _NAMES, "select the name, Delete"),
    ("defined-name-broken", "defined names that refer to something deleted", _NAMES, "filter by Names with Errors, "
     "Delete"),
    # words and people
    ("comments", "comments (notes)", "Excel: Review, Show All Notes; LibreOffice: View, Comments",
     "Excel: Review, Delete; LibreOffice: select all, right-click, Delete Comments"),
    ("threaded-comments", "threaded comments", "Excel: Review, Show Comments", "Excel: Review, Delete"),
    ("persons", "names of people who commented", "Excel: Review, Show Comments",
     "delete the comments, then " + _INSPECT),
    ("doc-properties", "document properties: author, last editor, title, company", _PROPERTIES,
     _INSPECT + " (Document Properties); LibreOffice: File, Properties, Reset Properties"),
    ("custom-doc-properties", "custom document properties", _PROPERTIES + " (Advanced, Custom)",
     _INSPECT + " (Document Properties)"),
    ("custom-xml", "custom XML data", _INSPECT + " (Custom XML Data)", _INSPECT + ", Remove All"),
    ("label-info", "a sensitivity label with its tenant", "Excel: Home, Sensitivity", _VALUES),
    ("author-path", "the folder in which the workbook was last saved", _UNZIP + " xl/workbook.xml (absPath)", _RESAVE),
    ("file-sharing", "who reserved the workbook for writing", "Excel: File, Save As, Tools, General Options", _RESAVE),
    ("custom-view", "custom views with their users' names", "Excel: View, Custom Views", "select each view, Delete"),
    ("header-footer", "header or footer text for printing", "Excel: View, Page Layout; LibreOffice: Insert, Headers "
     "and Footers", _INSPECT + " (Headers and Footers)"),
    ("alt-text", "a description of a picture", "right-click the picture, View Alt Text", "clear the description"),
    ("drawing-text", "text in shapes and text boxes", "Excel: Home, Find & Select, Selection Pane",
     "delete the shape or its text"),
    ("hidden-shape", "hidden shapes", "Excel: Home, Find & Select, Selection Pane", "show the shape and delete it"),
    ("hyperlink-local-path", "links to files on somebody's computer or share", "hover over the link, or right-click, "
     "Edit Hyperlink", "right-click, Remove Hyperlink"),
    ("validation-literal-list", "lists of allowed entries", "Excel: Data, Data Validation", "Data Validation, Clear "
     "All"),
    ("scenarios", "scenarios: other values for cells", "Excel: Data, What-If Analysis, Scenario Manager; LibreOffice: "
     "Navigator, Scenarios", "select each, Delete"),
    ("revision-log", "the history of changes, with old values", "Excel: Review, Track Changes; LibreOffice: Edit, "
     "Track Changes, Manage", "stop sharing the workbook (Review, Unshare), accept all changes, save"),
    # things inside
    ("embedded-object", "embedded files", "double-click the object in the sheet", "delete the object"),
    ("ole-object", "linked or embedded objects", "double-click the object in the sheet", "delete the object"),
    ("image", "pictures", "Excel: Home, Find & Select, Selection Pane", "delete the picture if it shows figures; a "
     "cropped picture keeps what was cropped (Compress Pictures)"),
    ("thumbnail", "a small picture of the first sheet as it once looked", _UNZIP + " docProps/thumbnail",
     "Excel: File, Info, Properties, Advanced: clear Save preview picture; save"),
    ("form-control", "form controls", "Excel: Home, Find & Select, Selection Pane", "delete the control"),
    ("custom-property-bin", "binary sheet properties of an add-in", _UNZIP + " xl/customProperty", _VALUES),
    ("rich-data", "data types or pictures in cells", "select the cell; click its icon", "Paste Special, Values"),
    ("web-extension", "Office add-ins", "Excel: Home, Add-ins", "delete the add-in's frame, then " + _INSPECT),
    ("vba-project", "macros", "Excel: Alt+F11; LibreOffice: Tools, Macros, Edit Macros", "save as .xlsx"),
    ("xlm-macro-sheet", "a macro sheet of old Excel", "Excel: right-click a sheet tab, Unhide", "delete the sheet"),
    ("digital-signature", "a digital signature with the signer's name", "Excel: File, Info, View Signatures",
     "remove the signature; sign the cleaned file again"),
    ("printer-settings", "printer settings, with printer and user names", _UNZIP + " xl/printerSettings", _RESAVE),
    ("sheet-protection", "sheet protection, which does not prevent reading", "Excel: Review, Unprotect Sheet",
     "delete what must not be read; protection does not hide it"),
    ("workbook-protection", "workbook protection, which does not prevent reading", "Excel: Review, Protect Workbook",
     "delete what must not be read; protection does not hide it"),
    # the archive
    ("unreferenced-shared-strings", "texts that no cell uses any more", _UNZIP + " xl/sharedStrings.xml", _RESAVE),
    ("orphan-part", "parts of the archive that nothing refers to", _UNZIP, _RESAVE),
    ("strict-ooxml", "the strict variant of the format, which several tools read as empty",
     "Excel: File, Save As shows Strict Open XML", "Excel: File, Save As, Excel Workbook (.xlsx)"),
    ("zip-trailing-data", "bytes after the archive, or an archive comment", "open the file in a hex viewer", _RESAVE),
    ("zip-backslash-names", "part names with backslashes: readers differ in what they find", "list the ZIP archive",
     _RESAVE),
    # CSV and JSON
    ("extra-columns", "values beyond the last header", _TEXT, "delete the columns, or give them a header"),
    ("rows-after-table", "rows after the table", _TEXT, "delete the rows, or send them as a note of their own"),
    ("comment-lines", "comment or directive lines", _TEXT, "delete the lines"),
    ("formula-injection", "text that a spreadsheet runs as a formula", _TEXT, "begin the text with an apostrophe, or "
     "remove the first character"),
    ("padded-cells", "cells pushed out of sight by many spaces or line breaks", _TEXT, "trim the cells"),
    ("control-characters", "control or invisible characters", _TEXT + " that shows them", "delete the characters"),
    ("unused-keys", "JSON keys that no table uses", _TEXT, "delete the keys"),
    ("exact-values", "exact values beside rounded ones", _TEXT, "delete the exact values"),
)  # fmt: skip

WAYS: dict[str, Way] = {row[0]: Way(*row) for row in _TABLE}


def item(
    what: str,
    where: str,
    figures: int | None = 0,
    *,
    sheet: str | None = None,
    index: int | None = None,
    cells: str | None = None,
    part: str = "",
    words: tuple[str, ...] = (),
    unseen: int | None = None,
    telling: bool = True,
) -> Hidden:
    """A hidden thing of a way that the table knows."""
    where = re.sub(r"(?<![\d,.])1 ([a-z]+)s\b", r"1 \1", where)  # "1 cells"
    return Hidden(
        what, where, figures, sheet=sheet, sheet_index=index, range=cells, part=part, words=words, unseen=unseen,
        telling=telling and unseen != 0,
    )  # fmt: skip


def sample(words: Iterable[str], most: int = 200, longest: int = 300) -> tuple[str, ...]:
    """Texts to look for figures and names in: different ones, not too many, not too long."""
    seen: dict[str, None] = {}
    for text in words:
        short = text.strip()[:longest]
        if short:
            seen.setdefault(short)
        if len(seen) >= most:
            break
    return tuple(seen)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Consecutive numbers as (first, last)."""
    ranges: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        begins = not ranges or number != ranges[-1][1] + 1
        ranges.append((number if begins else ranges.pop()[0], number))
    return ranges


def listed(ranges: list[str], count: int = 0, most: int = 4) -> str:
    """Ranges for people: the first few, then how many more there are of `count`."""
    more = max(count, len(ranges)) - most
    return ", ".join(ranges[:most]) + (f" and {more} more" if more > 0 else "")
