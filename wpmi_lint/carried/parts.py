"""Parts of the archive that carry something of their own: pictures, embedded files, macros, queries, and orphans."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.carried.ways import item, sample
from wpmi_lint.package.book import KINDS
from wpmi_lint.package.markup import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.package.book import Book, Kind


_TEXTUAL = ("connections", "revision-log", "query-table", "label-info")


def kinds(book: Book) -> Iterator[Hidden]:
    """Parts whose very presence carries something."""
    for kind in KINDS:
        names = sorted(name for name in book.gate.names if kind.pattern.match(name) and "/_rels/" not in name)
        if names and kind.together:
            listed = ", ".join(map(posixpath.basename, names[:3])) + (", ..." if len(names) > 3 else "")
            old = _old_values(book, names) if kind.what == "revision-log" else 0
            yield item(kind.what, f"{len(names)} parts: {listed}", old, part=names[0], words=_words(book, kind, names))
            continue
        for name in names:
            where = f"{posixpath.basename(name)}, {book.gate.size(name):,} bytes"
            yield item(kind.what, where, part=name, words=_words(book, kind, [name]))


def _words(book: Book, kind: Kind, names: list[str]) -> tuple[str, ...]:
    """What textual parts say: their attributes and texts."""
    roots = [root for _, root in book.trees(names if kind.what in _TEXTUAL else ())]
    values = [value for root in roots for node in root.iter() for value in node.attrib.values() if len(value) <= 300]
    return sample([*values, *(text for root in roots for text in texts(root, "text"))])


def _old_values(book: Book, names: list[str]) -> int:
    return sum(1 for _, root in book.trees(names) for _ in root.iter("v"))


def custom_xml(book: Book) -> Iterator[Hidden]:
    """Custom XML parts; Power Query keeps its steps in one of them."""
    parts = (name for name in book.find("customXml/item", ".xml") if "itemprops" not in name.lower())
    for part, root in book.trees(parts):
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
