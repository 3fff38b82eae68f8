"""Parts of the archive that carry something of their own: pictures, embedded files, macros, queries, and orphans."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.carried.listing import sample
from wpmi_lint.carried.ways import item
from wpmi_lint.package.markup import texts
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.package.book import Book


class Kind(NamedTuple):
    """Parts of one kind, told by their name."""

    what: str
    pattern: str
    together: bool  # one item for all of them


_KINDS = (
    Kind("embedded-object", r"^xl/embeddings/.+", False),
    Kind("image", r"^xl/media/.+", True),
    Kind("thumbnail", r"^docProps/thumbnail\..+", False),
    Kind("vba-project", r"^xl/vbaProject\.bin$", False),
    Kind("xlm-macro-sheet", r"^xl/macrosheets/.+\.xml$", False),
    Kind("data-model", r"^xl/model/.+", False),
    Kind("connections", r"^xl/connections\.xml$", False),
    Kind("query-table", r"^xl/queryTables/.+\.xml$", False),
    Kind("revision-log", r"^xl/revisions/.+\.xml$", True),
    Kind("form-control", r"^xl/(?:ctrlProps|activeX)/[^/]+\.xml$", True),
    Kind("printer-settings", r"^xl/printerSettings/.+", True),
    Kind("custom-property-bin", r"^xl/customProperty.*\.bin$", True),
    Kind("rich-data", r"^xl/richData/.+\.xml$", True),
    Kind("web-extension", r"^xl/webextensions/webextension\d*\.xml$", True),
    Kind("label-info", r"^docMetadata/.+\.xml$", True),
    Kind("digital-signature", r"^_xmlsignatures/.+\.xml$", True),
)
_TEXTUAL = ("connections", "revision-log", "query-table", "label-info")


def kinds(book: Book) -> Iterator[Hidden]:
    """Parts whose very presence carries something."""
    for kind in _KINDS:
        pattern = re.compile(kind.pattern, re.I)
        found = sorted(name for name in book.gate.names if pattern.search(name) and "/_rels/" not in name)
        if found and kind.together:
            names = ", ".join(map(posixpath.basename, found[:3])) + (", ..." if len(found) > 3 else "")
            old = _old_values(book, found) if kind.what == "revision-log" else 0
            yield item(kind.what, f"{len(found)} parts: {names}", old, part=found[0], words=_words(book, kind, found))
        else:
            for name in found:
                where = f"{posixpath.basename(name)}, {book.gate.size(name):,} bytes"
                yield item(kind.what, where, part=name, words=_words(book, kind, [name]))


def _words(book: Book, kind: Kind, names: list[str]) -> tuple[str, ...]:
    """What textual parts say: their attributes and texts."""
    roots = [root for name in names if kind.what in _TEXTUAL and (root := book.tree(name)) is not None]
    values = [value for root in roots for node in root.iter() for value in node.attrib.values() if len(value) <= 300]
    return sample([*values, *(text for root in roots for text in texts(root, "text"))])


def _old_values(book: Book, names: list[str]) -> int:
    roots = (root for name in names if (root := book.tree(name)) is not None)
    return sum(1 for root in roots for _ in root.iter("v"))


def custom_xml(book: Book) -> Iterator[Hidden]:
    """Custom XML parts; Power Query keeps its steps in one of them."""
    for part in book.find("customXml/item", ".xml"):
        root = book.tree(part)
        if root is None or "/_rels/" in part or "itemprops" in part.lower():
            continue
        is_query = any(node.tag == "DataMashup" for node in root.iter())
        what = "power-query-mashup" if is_query else "custom-xml"
        words = () if is_query else sample(root.itertext())
        yield item(what, f"{posixpath.basename(part)}, {book.gate.size(part):,} bytes", part=part, words=words)


def unused_strings(book: Book) -> Iterator[Hidden]:
    """Shared strings that no cell uses; nothing where a sheet was not read, which may use them."""
    shared = book.strings.shared
    if book.unread_sheets:
        return
    unused = np.ones(len(book.strings.texts) + 1, dtype=np.bool_)
    for grid in book.grids.values():
        unused[grid.text] = False
    left = np.flatnonzero(unused[:shared])
    words = [text for code in left[:20_000].tolist() if (text := book.strings.texts[code]).strip()]
    if words:
        figures = sum(text.replace(",", "").replace(".", "").strip().isdigit() for text in words)
        yield item("unreferenced-shared-strings", f"{left.size} of {shared} texts", figures,
                   part="xl/sharedStrings.xml", words=sample(words))  # fmt: skip


def orphans(book: Book) -> Iterator[Hidden]:
    """Parts that no relationship reaches; a package without relationships is no workbook at all."""
    if not book.gate.has("_rels/.rels"):
        return
    about = ("[content_types].xml", ".rels")  # of the package itself: nothing refers to these
    names = (name for name in book.gate.names if not name.lower().endswith(about))
    left = sorted(name for name in names if name.lower() not in book.reached)
    if left:
        yield item("orphan-part", f"{len(left)} parts: " + ", ".join(left[:4]), part=left[0])
