"""The XML of an archive part, made safe and uniform: UTF-8, no DOCTYPE, one namespace prefix, cells in one spelling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.parsers import expat

from wpmi_lint.a1 import column_number, letters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9_.-]+)["']""")
_KNOWN = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252", "utf-16"}
_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)[\s/>]")
_SINGLE = re.compile(rb"""<[A-Za-z][^<>"]*='""")
_SPACE = re.compile(rb"(?<!<t)(?<!<v)(?<!<f)>\s+<(?!/[tvf]>)")
_INDENTED = re.compile(rb"<row[^>]*>\s+<c")
_TREE_LIMIT = 64 * 1024 * 1024  # a larger part is not built as a tree; its size is reported instead
ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]+|#\d+|\w+);")


def utf8(data: bytes) -> bytes | None:
    """The part as UTF-8 without its declaration's encoding; None where it is not safe to read (DOCTYPE, unknown)."""
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = _recode(data, "utf-16")
    elif data[:4] in (b"<\x00?\x00", b"<\x00w\x00"):
        data = _recode(data, "utf-16-le")
    elif data[:4] in (b"\x00<\x00?", b"\x00<\x00w"):
        data = _recode(data, "utf-16-be")
    else:
        match = _DECLARED.match(data[:200])
        name = match.group(1).decode("ascii").lower() if match else "utf-8"
        if name not in _KNOWN:
            return None
        if name not in ("utf-8", "utf8", "us-ascii", "ascii", "utf-16"):
            data = _recode(data, name)
    if b"<!DOCTYPE" in data:
        return None
    return data


def _recode(data: bytes, encoding: str) -> bytes:
    text = data.decode(encoding, "replace").lstrip("\ufeff")
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode()


def tree(data: bytes | None) -> Element | None:
    """The part as a tree with local names only, None where it is missing, unsafe, broken or too large."""
    clean = utf8(data) if data is not None and len(data) <= _TREE_LIMIT else None
    if clean is None:
        return None
    try:
        root = ElementTree.fromstring(clean)
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    for node in root.iter():
        if isinstance(node.tag, str) and "}" in node.tag:
            node.tag = node.tag.rsplit("}", 1)[1]
    return root


def attribute(node: Element, name: str) -> str | None:
    """An attribute by its local name, whatever namespace it is written in."""
    if name in node.attrib:
        return node.attrib[name]
    return next((value for key, value in node.attrib.items() if key.endswith("}" + name)), None)


def texts(root: Element | None, *names: str) -> Iterator[str]:
    """The texts of all elements that have one of the local names, in order, without empty ones."""
    if root is None:
        return
    for node in root.iter():
        if node.tag in names:
            text = "".join(node.itertext()).strip()
            if text:
                yield text


def true(value: str | bytes | None) -> bool:
    """Whether an XML boolean is true."""
    return value in ("1", "true", "on", b"1", b"true", b"on")


def unescape(text: bytes) -> str:
    """Bytes of character data as text."""
    words = text.decode("utf-8", "replace")
    return _ENTITY.sub(_entity, words) if "&" in words else words


def _entity(match: re.Match[str]) -> str:
    name = match.group(1)
    try:
        if name.startswith("#x"):
            return chr(int(name[2:], 16))
        if name.startswith("#"):
            return chr(int(name[1:]))
    except (ValueError, OverflowError):
        return "\ufffd"
    return ENTITIES.get(name, match.group(0))


def uniform(data: bytes | None) -> bytes | None:
    """A worksheet in one spelling: no prefix, double quotes, `<row r=` and `<c r=` first, no comments or CDATA.

    Almost every writer uses that spelling already; any other is written again, slowly, by expat.
    """
    clean = utf8(data) if data is not None else None
    if clean is None:
        return None
    root = _ROOT.search(clean[:4096])
    if root and root.group(1):
        prefix = root.group(1)
        clean = clean.replace(b"<" + prefix + b":", b"<").replace(b"</" + prefix + b":", b"</")
    clean = _SPACE.sub(b"><", clean) if _INDENTED.search(clean, 0, 65536) else clean
    usual = (
        b"<!" not in clean
        and clean.count(b"<c ") + clean.count(b"<c>") == clean.count(b'<c r="')
        and clean.count(b"<row ") + clean.count(b"<row>") == clean.count(b'<row r="')
        and not (b"='" in clean and _SINGLE.search(clean))
    )
    return clean if usual else _rewritten(clean)


def _rewritten(data: bytes) -> bytes | None:
    out: list[str] = []
    place = [0, 0]  # row, column: cells may leave their reference out

    def start(name: str, attributes: dict[str, str]) -> None:
        name = name.rsplit(":", 1)[-1]
        if name == "row":
            given = attributes.get("r", "")
            place[:] = [int(given) if re.fullmatch(r"[0-9]{1,7}", given) else place[0] + 1, 0]
            attributes = {"r": str(place[0]), **{k: v for k, v in attributes.items() if k != "r"}}
        elif name == "c":
            reference = attributes.get("r") or f"{letters(place[1])}{place[0]}"
            place[1] = column_number(reference.rstrip("0123456789")) + 1
            attributes = {"r": reference, **{k: v for k, v in attributes.items() if k != "r"}}
        out.append("<" + name + "".join(f' {key}="{escape(value)}"' for key, value in attributes.items()) + ">")

    def end(name: str) -> None:
        name = name.rsplit(":", 1)[-1]
        last = out[-1]
        if last.startswith("<" + name) and last[len(name) + 1] in " >" and not last.endswith("/>"):
            out[-1] = last[:-1] + "/>"  # an empty element
            return
        out.append(f"</{name}>")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: out.append(escape(text))
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return None
    return "".join(out).encode("utf-8", "replace")


def escape(text: str) -> str:
    """Text as character data or an attribute value."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
