"""ODS: what a spreadsheet of OpenDocument carries and does not show."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.a1 import letters
from wpmi_lint.carried import archive
from wpmi_lint.carried.cells import TINY
from wpmi_lint.carried.formulas import ROUNDING, is_literal
from wpmi_lint.carried.ways import Inspection, item, listed, runs, sample
from wpmi_lint.package.odscontent import paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from xml.etree.ElementTree import Element

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Mask
    from wpmi_lint.package.odsbook import OdsBook
    from wpmi_lint.package.odstable import OdsTable

_NUMBER = re.compile(r"-?\d[\d,  ']*(?:[.,]\d+)?(?:E[-+]?\d+)?", re.I)
_CONSTANT = re.compile(r'(?:of:=)?(?:[-+]?\d+(?:\.\d+)?|".*"|\{.*\})')
_OUTSIDE = re.compile(r"'file:|'https?://[^']*'#")
_IN_NOTE = re.compile(r"(?<![\w.])\d[\d,.]*(?!\w)")
_SHAPES = frozenset(("caption", "circle", "connector", "custom-shape", "ellipse", "line", "path", "polygon", "polyline",
                     "rect", "regular-polygon", "text-box"))  # fmt: skip
_PAGE_WORDS = ("", "page", "seite", "pagina")
_CONTENT = "content.xml"
# Parts that the format defines, and folders that spreadsheet programs write.
_DEFINED = re.compile(r"mimetype|(content|styles|meta|settings)\.xml|manifest\.rdf|layout-cache|"
                      r"(object [^/]*|objectreplacements|pictures|media|thumbnails|meta-inf|configurations2|basic|"
                      r"scripts|fonts|dialogs|versions|__macosx)/.*")  # fmt: skip
_MOST = 2000  # distinct texts of cells that are looked through


def _item(table: OdsTable, what: str, where: str, figures: int = 0, *, words: Iterable[str] = (),
          cells: str | None = None, telling: bool = True) -> Hidden:  # fmt: skip
    place = f"sheet '{table.name}'" + (f", {where}" if where else "")
    return item(what, place, figures, sheet=table.name, index=table.number, cells=cells, part=_CONTENT,
                words=sample(words), telling=telling)  # fmt: skip


def _carry(table: OdsTable, what: str, where: str, *, wanted: Mask, cells: str | None = None) -> Hidden:
    """Some cells as one hidden thing, with their figures and words."""
    return _item(table, what, where, _figures(table, wanted), words=_words(table, wanted), cells=cells)


def _figures(table: OdsTable, wanted: Mask) -> int:
    return int((table.cells.code[wanted] < 0).sum())


def _words(table: OdsTable, wanted: Mask) -> Iterator[str]:
    """What cells show that is not plain digits."""
    codes = np.unique(table.cells.code[wanted])
    texts = [str(table.cells.words[code]) for code in codes[codes > 0][:_MOST].tolist()]
    for text in texts + [table.texts[place] for place in np.unique(table.shown[wanted])[:_MOST].tolist()]:
        yield from (line for line in text.split("\n") if not line.replace(".", "").replace(",", "").isdigit())


def hidden_sheet(table: OdsTable) -> Iterator[Hidden]:
    """A sheet whose style is not displayed."""
    if table.look.is_hidden:
        figures = _figures(table, table.filled)
        yield _item(table, "hidden-sheet", "", figures, words=_words(table, table.filled), telling=figures > 0)


def hidden_rows(table: OdsTable) -> Iterator[Hidden]:
    """Rows with content that are collapsed or filtered away."""
    for what in dict.fromkeys(way for way, _, _ in table.hidden_rows):
        away = np.zeros_like(table.filled)
        for first, after in ((first, after) for way, first, after in table.hidden_rows if way == what):
            away[first:after] = True
        rows = np.flatnonzero((away & table.filled).any(axis=1)) + 1
        if rows.size:
            spans = runs(rows.tolist())
            where = f"{rows.size} rows: " + listed([f"{first}:{last}" for first, last in spans])
            yield _carry(table, what, where, wanted=away, cells=f"A{spans[0][0]}:XFD{spans[0][1]}")


def hidden_columns(table: OdsTable) -> Iterator[Hidden]:
    """Columns with content that are collapsed."""
    away = np.zeros_like(table.filled)
    for first, after in table.hidden_columns:
        away[:, first:after] = True
    columns = np.flatnonzero((away & table.filled).any(axis=0))
    if columns.size:
        spans = [(letters(first), letters(last)) for first, last in runs(columns.tolist())]
        where = "columns " + listed([f"{first}:{last}" for first, last in spans])
        yield _carry(table, "hidden-columns", where, wanted=away, cells=f"{spans[0][0]}1:{spans[0][1]}1048576")


def shown_otherwise(table: OdsTable) -> Iterator[Hidden]:
    """Figures whose text is another figure, or no figure at all."""
    cells = (table.shown > 0) & (table.cells.code < 0)
    figures = table.cells.numbers[-1 - table.cells.code[cells]].tolist()
    losses: Counter[str] = Counter()
    for (value, place), count in Counter(zip(figures, table.shown[cells].tolist(), strict=True)).items():
        losses[_loss(value, table.texts[place].strip())] += count
    yield from (_item(table, what, f"{count} cells", count) for what, count in losses.items() if what)


def _loss(value: float, text: str) -> str:
    """What a text does not tell of the figure that it stands for; "" where it tells all, or is missing."""
    match = _NUMBER.search(text)
    if not match:
        return "format-invisible" if text and value else ""
    digits = re.sub(r"[,  ']", "", match[0])
    try:
        shown = float(digits) / (100 if text.rstrip(")").endswith("%") else 1)
    except ValueError:
        return ""
    if abs(abs(shown) - abs(value)) <= max(abs(value), 1e-300) * 1e-9 + 1e-12:
        return ""
    decimals = len(digits.partition(".")[2]) + (2 if "%" in text else 0)
    near = abs(abs(shown) - abs(value)) <= 0.51 * 10.0**-decimals
    scaled = any(abs(abs(shown) * 1000**n - abs(value)) <= 0.51 * 1000**n for n in (1, 2, 3)) and abs(value) > 500
    return "display-scaling" if scaled and not near else "display-rounding"


def unreadable(table: OdsTable) -> Iterator[Hidden]:
    """Cells whose style has text of the colour of its background, or tiny text."""
    for what, unseen in (("text-same-colour", [look.is_unreadable for look in table.looks]),
                         ("tiny-font", [look.size <= TINY for look in table.looks])):  # fmt: skip
        cells = np.array(unseen)[table.style] & table.filled if any(unseen) else table.filled[:0]
        if cells.any():
            yield _carry(table, what, f"{int(cells.sum())} cells", wanted=cells)


def formulas(table: OdsTable) -> Iterator[Hidden]:
    """Formulas, and those that give figures, round, or refer outside."""
    texts = [text.partition("=")[2] for text in table.formulas]
    literal = [text for text in texts if is_literal(text)]
    for what, chosen, words in (
        ("formulas", texts, ()),
        ("formula-literal-operands", literal, literal),
        ("formula-rounding", rounding := [*filter(ROUNDING.search, texts)], rounding),
        ("formula-external", outside := [*filter(_OUTSIDE.search, texts)], outside),
    ):
        if chosen:
            figures = len(literal) if what == "formula-literal-operands" else 0
            yield _item(table, what, f"{len(chosen)} formulas", figures, words=words)


def external(book: OdsBook) -> Iterator[Hidden]:
    """Sheets of other files, kept with a link to them."""
    for table in book.content.tables:
        if table.is_cached:
            cells = int(table.filled.sum())
            what = "external-link-cache" if cells else "external-link"
            yield item(what, f"sheet of another file, {cells} cells", _figures(table, table.filled), sheet=table.name,
                       index=table.number, part=_CONTENT,
                       words=sample([table.name, *_words(table, table.filled)]))  # fmt: skip


def comments(book: OdsBook) -> Iterator[Hidden]:
    """Comments, one item a sheet."""
    for table in book.content.tables:
        notes = [*table.node.iter("annotation")]
        if notes:
            authors = [author.text or "" for note in notes for author in note.iter("creator")]
            words = [*map(paragraphs, notes), *authors]
            figures = sum(len(_IN_NOTE.findall(text)) for text in words)
            yield _item(table, "comments", f"{len(notes)} comments", figures, words=words)


def settings(book: OdsBook) -> Iterator[Hidden]:
    """What content.xml says beside the cells."""
    rest = book.content.rest
    for node in rest.iter("data-pilot-table"):
        yield item("pivot-table", f"pivot table {node.get('name', '')}", part=_CONTENT)
    for changes in rest.iter("tracked-changes"):
        figures = sum("value" in cell.attrib for cell in changes.iter("change-track-table-cell"))
        words = sample(paragraphs(changes).split("\n"))
        yield item("revision-log", "tracked changes", figures, part=_CONTENT, words=words)
    constants = [*filter(_CONSTANT.fullmatch, _values(rest, "named-expression", "expression"))]
    for what, kind, texts in (
        ("scenarios", "scenarios", [paragraphs(node) for node in rest.iter("scenario")]),
        ("validation-literal-list", "lists",
         [text for text in _values(rest, "content-validation", "condition") if 'is-in-list("' in text]),
        ("defined-name-constant", "names", constants),
        ("hyperlink-local-path", "links", [text for text in _values(rest, "a", "href") if text.startswith("file:")]),
        ("drawing-text", "texts",
         [text for node in rest.iter() if node.tag in _SHAPES and (text := paragraphs(node))]),
    ):  # fmt: skip
        if texts:
            figures = len(constants) if what == "defined-name-constant" else 0
            yield item(what, f"{len(texts)} {kind}", figures, part=_CONTENT, words=sample(texts))
    if "true" in _values(rest, "table", "protected"):
        yield item("sheet-protection", "protected", part=_CONTENT)


def _values(rest: Element, tag: str, attribute: str) -> list[str]:
    return [node.get(attribute, "") for node in rest.iter(tag)]


def parts(book: OdsBook) -> Iterator[Hidden]:
    """Parts of the archive that carry something of their own."""
    for name in sorted(book.gate.names):
        lower = name.lower()
        if lower.startswith("thumbnails/"):
            yield item("thumbnail", name, part=name)
        elif lower.startswith(("pictures/", "media/")):
            yield item("image", f"{posixpath.basename(name)}, {book.gate.size(name):,} bytes", part=name)
        elif lower.startswith("meta-inf/") and "signatures" in lower:
            yield item("digital-signature", name, part=name)
        elif name in book.modules:
            yield item("vba-project", name, part=name)
    for name, content in book.objects.items():
        figures = sum(_figures(table, table.filled) for table in content.tables)
        texts = (text for table in content.tables for text in _words(table, table.filled))
        words = sample([*paragraphs(content.rest).split("\n"), *texts])
        if next(content.rest.iter("chart"), None) is None:
            yield item("embedded-object", name, figures, part=name, words=words)
        elif content.tables:
            where = f"chart {posixpath.dirname(name)}: {figures} points kept"
            yield item("chart-cache", where, figures, part=name, words=words)


def orphans(book: OdsBook) -> Iterator[Hidden]:
    """Parts in places where no program looks for any."""
    left = sorted(name for name in book.gate.names if not _DEFINED.fullmatch(name.lower()))
    if left:
        yield item("orphan-part", f"{len(left)} parts: " + ", ".join(left[:4]), part=left[0])


def properties(book: OdsBook) -> Iterator[Hidden]:
    """What the document says of itself and its makers, and what it prints around its pages."""
    own = book.own_properties
    edges = [text for text in book.edges if text.strip(" ()/?,\n").lower() not in _PAGE_WORDS]
    for what, where, part, words in (
        ("doc-properties", ", ".join(sorted(dict(book.personal))), "meta.xml", [text for _, text in book.personal]),
        ("custom-doc-properties", f"{len(own)} custom properties", "meta.xml", [text for pair in own for text in pair]),
        ("header-footer", f"{len(edges)} texts", "styles.xml", edges),
    ):
        if words:
            yield item(what, where, part=part, words=sample(words))
    if book.has_printer:
        yield item("printer-settings", "printer setup", part="settings.xml")


def _whole(look: Callable[[OdsBook], Iterator[Hidden]], *ways: str) -> Inspection:
    return Inspection(ways=ways, look=lambda document: look(document.model))


def _each(look: Callable[[OdsTable], Iterator[Hidden]], *ways: str) -> Inspection:
    """An inspection of every sheet of the workbook's own."""
    return _whole(lambda book: (
        thing for table in book.content.tables if not table.is_cached for thing in look(table)
    ), *ways)  # fmt: skip


INSPECTIONS = (
    _each(hidden_sheet, "hidden-sheet"),
    _each(hidden_rows, "hidden-rows", "filtered-rows"),
    _each(hidden_columns, "hidden-columns"),
    _each(shown_otherwise, "display-rounding", "display-scaling", "format-invisible"),
    _each(unreadable, "text-same-colour", "tiny-font"),
    _each(formulas, "formulas", "formula-literal-operands", "formula-rounding", "formula-external"),
    _whole(external, "external-link-cache", "external-link"),
    _whole(comments, "comments"),
    _whole(settings, "pivot-table", "revision-log", "scenarios", "validation-literal-list", "defined-name-constant",
           "hyperlink-local-path", "sheet-protection", "drawing-text"),
    _whole(parts, "chart-cache", "image", "thumbnail", "embedded-object", "vba-project", "digital-signature"),
    _whole(orphans, "orphan-part"),
    _whole(properties, "doc-properties", "custom-doc-properties", "header-footer", "printer-settings"),
    _whole(lambda book: archive.archive(book.gate), *archive.WAYS),
)  # fmt: skip
