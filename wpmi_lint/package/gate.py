"""The only module that opens an archive or parses XML. What it refuses it writes into the ledger itself.

A caller gets None for a part that is missing or refused; the Document gets the Refusal, so no caller can lose it.
"""

from __future__ import annotations

import re
import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from wpmi_lint.model import Part, Refusal
from wpmi_lint.package import limits
from wpmi_lint.package.directory import check_directory, part_name
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element, TreeBuilder
    from xml.parsers.expat import XMLParserType
    from zipfile import ZipFile, ZipInfo

    from wpmi_lint.package.directory import Problem

HELP = "open it in a spreadsheet program and save it again"
_END = b"PK\x05\x06"
_END_SIZE = 22
_ENCODINGS = frozenset(("utf-8", "utf8", "us-ascii", "ascii", "utf-16", "iso-8859-1", "windows-1252"))
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
_NAMESPACE = re.compile(rb"""xmlns:?([^\s=]*)\s*=\s*["']([^"']*)""")
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")


class Calls(NamedTuple):
    """What `Gate.walk` calls for the start and end of an element, and for a piece of text."""

    start: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None]
    text: Callable[[str], None]


class Gate:
    """An archive: its directory checked, its parts read one by one, and the ledger of what became of each.

    Part names do not distinguish case. `trailing` are the bytes after the directory: nothing shows them.
    """

    def __init__(self, data: bytes) -> None:
        self.refusals: list[Refusal] = []
        self.trailing = b""
        self._entries: dict[str, ZipInfo] = {}
        self._states: dict[str, str] = {}
        self._trees: dict[str, Element] = {}
        self._marked: dict[str, bool] = {}
        problem = self._open(data)
        if problem:
            self._entries = {}
            self.refuse("", *problem)

    def _open(self, data: bytes) -> Problem | None:
        import io
        import zipfile

        at = data.rfind(_END, max(0, len(data) - 65_557))
        if at < 0 or at + _END_SIZE > len(data):
            return "the archive is cut off: its directory is missing", ""
        if at + _END_SIZE + int.from_bytes(data[at + 20 : at + 22], "little") > len(data):
            return "the archive is cut off: its end is missing", ""
        size = int.from_bytes(data[at + 12 : at + 16], "little")
        if data.count(b"PK\x01\x02", max(0, at - size), at) > limits.ARCHIVE_ENTRIES:  # before any is allocated
            return f"the archive has more than {limits.ARCHIVE_ENTRIES:,} parts", "ARCHIVE_ENTRIES"
        try:
            self._zip: ZipFile = zipfile.ZipFile(io.BytesIO(data))
        except (*_BROKEN, zipfile.BadZipFile):
            return "the archive's directory is corrupt", ""
        entries = self._zip.infolist()
        problem = check_directory(data, entries, self._zip.start_dir)
        if problem is None:
            self.trailing = data[at + _END_SIZE :]
            self._entries = {part_name(entry).lower(): entry for entry in entries if not part_name(entry).endswith("/")}
        return problem

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as spelled, with forward slashes."""
        return tuple(part_name(entry) for entry in self._entries.values())

    @property
    def backslashed(self) -> tuple[str, ...]:
        """The names that are written with backslashes."""
        names = (entry.orig_filename for entry in self._entries.values())
        return tuple(name for name in names if "\\" in name)

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return name.lower() in self._entries

    def size(self, name: str) -> int:
        """Bytes of a part when inflated; 0 where there is none."""
        entry = self._entries.get(name.lower())
        return entry.file_size if entry else 0

    def refuse(self, name: str, reason: str, limit: str = "", help: str = HELP) -> None:
        """Write into the ledger that a part, or with the name "" the whole file, is not read further."""
        scope = "limit" if limit else "part" if name else "file"
        self.refusals.append(Refusal(scope=scope, what=name, reason=reason, help=help, limit=limit))
        self._states[name.lower()] = "refused"

    def state(self, name: str) -> str:
        """What became of a part so far; "" where nobody asked for it."""
        return self._states.get(name.lower(), "")

    def keep(self, name: str) -> None:
        """Say of a part that it is carried as it is: a picture, a program, a file inside the file."""
        self._states.setdefault(name.lower(), "kept")

    def is_refused(self, name: str) -> bool:
        """Whether a part was refused, or with the name "" the whole file."""
        return self.state(name) == "refused"

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, never more than the directory says; None where it is missing or refused."""
        entry = self._entries.get(name.lower())
        if entry is None or self.is_refused(name):
            return None
        import zipfile

        try:
            with self._zip.open(entry) as part:
                data = part.read(entry.file_size)
        except (*_BROKEN, zipfile.BadZipFile):
            data = None
        if data is None or len(data) != entry.file_size:
            self.refuse(name, "it is damaged")
            return None
        self._states[name.lower()] = "read"
        return data

    def xml(self, name: str) -> bytes | None:
        """A part that is XML to its end, as UTF-8: no DOCTYPE, no tag or text over a limit; None as for `read`."""
        data = self.read(name)
        if data is None:
            return None
        part = recode(data)
        marks = part if isinstance(part, tuple) else check_xml(part)
        if isinstance(part, tuple) or isinstance(marks, tuple):
            self.refuse(name, *(marks if isinstance(marks, tuple) else ()))
            return None
        self._marked[name.lower()] = marks
        return part

    def walk(self, name: str, calls: Calls, namespaces: Mapping[str, str]) -> bool:
        """Call back for every element of an XML part; False, and nothing may be served, where it is missing or refused.

        Names have the prefixes of `namespaces` (address: prefix), whatever the part calls them.
        """
        data = self.read(name)
        if data is None:
            return False
        part = recode(data)
        problem = part if isinstance(part, tuple) else _too_long(part) or _parse(_walker(part, calls, namespaces), part)
        if problem:
            self.refuse(name, *problem)
        return problem is None

    def is_marked(self, name: str) -> bool:
        """Whether a part that `xml` gave has comments, CDATA or instructions: it takes a parser to see its tags."""
        return self._marked.get(name.lower(), False)

    def tree(self, name: str) -> Element | None:
        """The root of an XML part, built once, with local names alone; None as for `read`."""
        if name.lower() not in self._trees:
            part = self.xml(name)
            root = None if part is None else tree_of(part)
            if isinstance(root, tuple):
                self.refuse(name, *root)
            elif root is not None:
                self._trees[name.lower()] = root
        return self._trees.get(name.lower())

    def parts(self) -> tuple[Part, ...]:
        """Every part of the directory and what became of it; one that nobody asked for is refused here."""
        for name in self.names:
            if name.lower() not in self._states:
                self.refuse(name, "it is of a kind that the tool does not know", help=f"remove it, or {HELP}")
        sizes = ((name, self.size(name)) for name in self.names)
        return tuple(Part(name=name, size=size, state=self._states[name.lower()]) for name, size in sizes)


_BROKEN = (NotImplementedError, ValueError, OSError, EOFError, RuntimeError, LookupError, struct.error, zlib.error)


# ---------------------------------------------------------------- XML


def recode(data: bytes) -> bytes | Problem:
    """A part as UTF-8 without mark and with plain line ends, whatever it is written in; or why it is not read."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif b"\0" in data[:4]:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    else:
        data = data.removeprefix(b"\xef\xbb\xbf")
        declared = _DECLARED.match(data[:200])
        encoding = declared[1].decode("latin-1").lower() if declared else "utf-8"
        if encoding not in _ENCODINGS:
            return "it is written in an encoding that workbooks do not use", ""
        if encoding not in ("iso-8859-1", "windows-1252"):
            return _line_ends(data)  # the parser finds what is not UTF-8
    try:
        return _line_ends(_DECLARATION.sub("", data.decode(encoding)).encode())
    except UnicodeError:
        return "it is not written in the encoding that it says", ""


def _line_ends(part: bytes) -> bytes:
    """As a parser of XML reads them."""
    return part.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in part else part


def check_xml(part: bytes) -> bool | Problem:
    """Whether a part (UTF-8) has comments, CDATA or instructions; or why it is not read. About 6 ms a megabyte.

    Not read is what has a DOCTYPE, what is not well-formed, and what goes over a limit.
    """
    marks: list[tuple[object, ...]] = []

    def mark(*what: object) -> None:
        marks.append(what)

    parser = ParserCreate("utf-8")
    parser.CommentHandler = mark
    parser.ProcessingInstructionHandler = mark
    parser.StartCdataSectionHandler = mark
    return _too_long(part) or _parse(parser, part) or bool(marks)


def _parse(parser: XMLParserType, part: bytes) -> Problem | None:
    """Run a parser over a part to its end; or why not."""
    parser.StartDoctypeDeclHandler = _doctype
    try:
        parser.Parse(part, True)
    except _DoctypeError:
        return "it has a DOCTYPE, which workbooks do not use", ""
    except ExpatError as error:
        return f"it is not well-formed XML: {error}", ""
    return None


class _DoctypeError(Exception):
    """A part has a DOCTYPE."""


def _doctype(*_: object) -> None:
    raise _DoctypeError


def _too_long(part: bytes) -> Problem | None:
    """A tag or a text over its limit: from each "<" to the last one within reach, so few places are looked at."""
    at = part.find(b"<")
    while at >= 0:
        after = part.rfind(b"<", at + 1, at + limits.XML_TAG)
        if after < 0:
            end = part.find(b">", at, at + limits.XML_TAG)
            if end < 0 and len(part) - at > limits.XML_TAG:
                return f"it has a tag of more than {limits.XML_TAG:,} characters", "XML_TAG"
            after = part.find(b"<", at + 1)
            if (after if after >= 0 else len(part)) - at > limits.CELL_TEXT:
                return f"it has a text of more than {limits.CELL_TEXT:,} characters", "CELL_TEXT"
        at = after
    return None


def _walker(part: bytes, calls: Calls, namespaces: Mapping[str, str]) -> XMLParserType:
    """A parser with its calls; one that knows namespaces takes half as long again, so only for unusual prefixes."""
    addresses = {prefix: address for address, prefix in namespaces.items()}
    declared = {(prefix.decode("latin-1"), address.decode("latin-1")) for prefix, address in _NAMESPACE.findall(part)}
    if all(namespaces.get(value, key) == key and addresses.get(key, value) == value for key, value in declared):
        parser = ParserCreate("utf-8")
        parser.StartElementHandler, parser.EndElementHandler = calls.start, calls.end
    else:

        @lru_cache(10_000)
        def named(name: str) -> str:
            address, _, local = name.rpartition("}")
            return f"{namespaces.get(address, address)}:{local}" if address else name

        parser = ParserCreate("utf-8", "}")
        parser.StartElementHandler = lambda tag, own: calls.start(named(tag), {named(key): own[key] for key in own})
        parser.EndElementHandler = lambda tag: calls.end(named(tag))
    parser.buffer_text = True
    parser.CharacterDataHandler = calls.text
    return parser


def tree_builder() -> TreeBuilder:
    """What makes a tree of elements that `Gate.walk` calls back for."""
    from xml.etree.ElementTree import TreeBuilder

    return TreeBuilder()


def tree_of(part: bytes) -> Element | Problem:
    """The root of XML that `check_xml` passed, with local names alone (prefixes vary between programs)."""
    from xml.etree import ElementTree

    if len(part) > limits.XML_BYTES:
        return f"it has more than {limits.XML_BYTES >> 20} MB", "XML_BYTES"
    if part.count(b"<") - part.count(b"</") > limits.XML_NODES:
        return f"it has more than {limits.XML_NODES:,} elements", "XML_NODES"
    try:
        root = ElementTree.fromstring(part, ElementTree.XMLParser(encoding="utf-8"))
    except (ElementTree.ParseError, ValueError) as error:
        return f"it is not well-formed XML: {error}", ""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > limits.XML_DEPTH:
            return f"its elements nest deeper than {limits.XML_DEPTH}", "XML_DEPTH"
        level = [child for node in level for child in node]
    _strip(root)
    return root


def _strip(root: Element) -> None:
    """Names without their namespace; of two attributes with one local name the first counts."""
    local: dict[str, str] = {}  # each name is worked out, and kept, once
    for node in root.iter():
        tag = node.tag
        node.tag = local.get(tag) or local.setdefault(tag, tag.rpartition("}")[2])
        names = node.keys()
        if any(name[0] == "{" for name in names):
            pairs = {name.rpartition("}")[2]: node.get(name, "") for name in reversed([*names])}
            node.attrib.clear()
            node.attrib.update(pairs)


def events(part: bytes, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None],
           text: Callable[[str], None]) -> None:  # fmt: skip
    """Call back for every element of XML that `check_xml` passed, with local names; CDATA is text, comments nothing."""
    parser = ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.Parse(part, True)
