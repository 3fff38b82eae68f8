"""XML parts of workbooks, read with any DOCTYPE refused and depth and size bounded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from wpmi_lint.package import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Start = Callable[[str, dict[str, str]], None]
    End = Callable[[str], None]
    Text = Callable[[str], None]


class Node:
    """An element: local name, attributes by local name (prefixes vary between programs), children and text.

    `text` stands before the first child, `tail` after the element's own end.
    """

    __slots__ = ("attrs", "children", "tag", "tail", "text")

    def __init__(self, tag: str, attrs: dict[str, str]) -> None:
        self.tag = tag
        self.attrs = attrs
        self.children: list[Node] = []
        self.text = ""
        self.tail = ""

    def get(self, name: str, default: str = "") -> str:
        """An attribute by its local name."""
        return self.attrs.get(name, default)

    def all(self, *tags: str) -> Iterator[Node]:
        """Every element below this one, in the order of the document, of the given names or of any."""
        below = list(reversed(self.children))
        while below:
            node = below.pop()
            if not tags or node.tag in tags:
                yield node
            below.extend(reversed(node.children))

    def first(self, tag: str) -> Node | None:
        """The first element of that name below this one."""
        return next(self.all(tag), None)

    def words(self) -> str:
        """All text inside the element."""
        found = [self.text]
        rest: list[Node | str] = [*_with_tails(self)]
        while rest:
            item = rest.pop()
            if isinstance(item, str):
                found.append(item)
            else:
                found.append(item.text)
                rest.extend(_with_tails(item))
        return "".join(found)


def _with_tails(node: Node) -> list[Node | str]:
    """Children and the text after each, last first."""
    return [item for child in reversed(node.children) for item in (child.tail, child)]


_PROLOG = rb"(?:\s+|<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->)*"  # the only place where a DOCTYPE may stand


def plain(data: bytes) -> bytes | None:
    """A part as UTF-8 bytes, so that it can be searched; None where it is in another encoding or has a DOCTYPE."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        try:
            text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _utf16(data))
        except UnicodeError:
            return None
        data = re.sub(r"^\ufeff?<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    declared = re.match(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""", data[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        return None
    prolog = re.match(_PROLOG, data, re.DOTALL)
    at = prolog.end() if prolog else 0
    return None if data[at : at + 2] == b"<!" else data


def _utf16(data: bytes) -> str:
    return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"


def longest_text(part: bytes) -> int:
    """Characters between one tag's start and the next one's: no text and no tag of the part is longer."""
    if len(part) < limits.CELL_TEXT:
        return len(part)
    longest, last = 0, 0
    for begin in range(0, len(part), _CHUNK):
        last, found = _gaps(part[begin : begin + _CHUNK], begin, last)
        longest = max(longest, found)
    return max(longest, len(part) - last)


_CHUNK = 2**24  # bytes looked at in one go: bounds the memory of the search


def _gaps(chunk: bytes, begin: int, last: int) -> tuple[int, int]:
    """The last tag's start in a chunk, and the longest way between two."""
    import numpy as np

    opens = np.flatnonzero(np.frombuffer(chunk, dtype=np.uint8) == ord("<"))
    if not opens.size:
        return last, 0
    return begin + int(opens[-1]), max(begin + int(opens[0]) - last, int(np.diff(opens).max(initial=0)))


def stream(data: bytes, start: Start, end: End | None = None, text: Text | None = None) -> str | None:
    """Call back for each element of a part, with local names: None when all is well, or in one line why not.

    Refuses any DOCTYPE (and so entities of its own) and nesting deeper than limits.XML_DEPTH. What a handler raises
    passes through.
    """
    content = plain(data)
    if content is None:
        return "it has a DOCTYPE or an encoding that workbooks do not use"
    depth = 0

    def opened(name: str, attrs: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.XML_DEPTH:
            raise _RefusedError(f"its elements nest deeper than {limits.XML_DEPTH}")
        start(_local(name), _plain_names(attrs) if attrs else attrs)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(_local(name))

    def doctype(*_: object) -> None:
        raise _RefusedError("it has a DOCTYPE")

    parser = ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.StartDoctypeDeclHandler = doctype
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except _RefusedError as error:
        return str(error)
    except ExpatError as error:
        return f"it is no well-formed XML: {error}"
    return None


def is_well_formed(part: bytes) -> bool:
    """Whether a part that `plain` gave is XML to its end; 15 ms a megabyte."""
    try:
        ParserCreate("utf-8").Parse(part, True)
    except ExpatError:
        return False
    return True


def parse_xml(data: bytes) -> Node | None:
    """A part as a tree; None where it is malformed or goes over a limit. Its cost is about 1 µs an element."""
    if len(data) > limits.XML_BYTES:
        return None
    top = Node("", {})
    open_nodes = [top]
    count = 0

    words: list[str] = []

    def flush() -> None:
        if words:
            node = open_nodes[-1]
            if node.children:
                node.children[-1].tail = "".join(words)
            else:
                node.text = "".join(words)
            words.clear()

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal count
        flush()
        count += 1
        if count > limits.XML_NODES:
            raise _RefusedError("too many elements")
        node = Node(tag, attrs)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def end(_: str) -> None:
        flush()
        open_nodes.pop()

    if stream(data, start, end, words.append) is not None or not top.children:
        return None
    return top.children[0]


def _plain_names(attrs: dict[str, str]) -> dict[str, str]:
    """Attributes by local name; of two with one local name the first counts."""
    return {_local(name): value for name, value in reversed(attrs.items()) if not name.startswith("xmlns")}


def _local(name: str) -> str:
    return name[name.find(":") + 1 :]


class _RefusedError(Exception):
    """A part that is not read further."""
