"""Parts of the archive that carry something of their own: pictures, embedded files, macros, queries, and orphans."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from wpmi_lint.carried import xml
from wpmi_lint.carried.book import sample, string_text
from wpmi_lint.carried.ways import item
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.book import Book
    from wpmi_lint.carried.ways import Hidden

_USED = re.compile(rb' t="s"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>\s*(\d+)')
_QUOTED = re.compile(r'"([^"]{1,300})"|<(?:\w+:)?text(?:\s[^>]*)?>([^<]{1,300})')


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
        found = sorted(name for name in book.names if pattern.search(name) and "/_rels/" not in name)
        if found and kind.together:
            names = ", ".join(map(posixpath.basename, found[:3])) + (", ..." if len(found) > 3 else "")
            yield item(kind.what, f"{len(found)} parts: {names}", _old_values(book, kind, found), part=found[0],
                       words=_words(book, kind, found))  # fmt: skip
        else:
            for name in found:
                yield item(kind.what, f"{posixpath.basename(name)}, {book.size(name):,} bytes", part=name,
                           words=_words(book, kind, [name]))  # fmt: skip


def _words(book: Book, kind: Kind, names: list[str]) -> tuple[str, ...]:
    if kind.what not in _TEXTUAL:
        return ()
    words: list[str] = []
    for name in names:
        data = xml.utf8((book.read(name) or b"")[: 1024 * 1024])
        words += [a or b for a, b in _QUOTED.findall((data or b"").decode("utf-8", "replace"))]
    return sample(words)


def _old_values(book: Book, kind: Kind, names: list[str]) -> int:
    if kind.what != "revision-log":
        return 0
    return sum((book.read(name) or b"").count(b"<v>") for name in names)


def custom_xml(book: Book) -> Iterator[Hidden]:
    """Custom XML parts; Power Query keeps its steps in one of them."""
    for part in book.find("customXml/item", ".xml"):
        if "/_rels/" in part or "itemprops" in part.lower():
            continue
        data = xml.utf8(book.read(part) or b"") or b""
        words = re.findall(r">\s*([^<>\s][^<>]{0,300})<", data[:200_000].decode("utf-8", "replace"))
        what = "power-query-mashup" if b"DataMashup" in data else "custom-xml"
        yield item(what, f"{posixpath.basename(part)}, {len(data):,} bytes", part=part,
                   words=() if what == "power-query-mashup" else sample(words))  # fmt: skip


def unused_strings(book: Book, used: set[bytes]) -> Iterator[Hidden]:
    """Shared strings that no cell uses. `used` are the indices that cells of any sheet use, as digits."""
    data, spans = book.string_spans
    if not spans or len(used) >= len(spans):
        return
    numbers = {int(text) for text in used}
    left = [i for i in range(len(spans)) if i not in numbers]
    texts = [text for i in left[:20_000] if (text := string_text(data[slice(*spans[i])])).strip()]
    if texts:
        figures = sum(text.replace(",", "").replace(".", "").strip().isdigit() for text in texts)
        yield item("unreferenced-shared-strings", f"{len(left)} of {len(spans)} texts", figures,
                   part="xl/sharedStrings.xml", words=sample(texts))  # fmt: skip


def used_strings(data: bytes, start: int, end: int) -> set[bytes]:
    """The indices of the shared strings that a sheet's cells use, as digits."""
    return set(_USED.findall(data, start, end))


def orphans(book: Book) -> Iterator[Hidden]:
    """Parts that no relationship reaches; a package without relationships is no workbook at all."""
    if not book.find("_rels/.rels"):
        return
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        part = waiting.pop()
        for relation in book.relations(part):
            target = relation.target.lower()
            if not relation.external and target not in reached:
                reached.add(target)
                waiting.append(relation.target)
    left = [
        name for name in book.names
        if not name.endswith("/") and name.lower() not in reached and name.lower() != "[content_types].xml"
        and not name.lower().endswith(".rels")
    ]  # fmt: skip
    if left:
        yield item("orphan-part", f"{len(left)} parts: " + ", ".join(sorted(left)[:4]), part=sorted(left)[0])


def doctypes(book: Book) -> Iterator[Hidden]:
    """Parts that begin with a DOCTYPE."""
    found = [name for name in book.names if name.lower().endswith((".xml", ".rels")) and book.doctype(name)]
    if found:
        yield item("xml-doctype", ", ".join(found[:4]), part=found[0])
