"""The rest of an ODS file: links, comments, changes, pivot tables, charts, pictures, properties."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from wpmi_lint.carried.listing import sample
from wpmi_lint.carried.odssheets import attributes, text_of
from wpmi_lint.carried.ways import item
from wpmi_lint.package.markup import unescape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.carried.odssheets import Sheet
    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.package.gate import Gate

_ANNOTATION = re.compile(rb"<office:annotation[\s>].*?</office:annotation>", re.S)
_CREATOR = re.compile(rb"<dc:creator>([^<]*)<")
_PERSONAL = re.compile(
    rb"<(dc:creator|meta:initial-creator|meta:printed-by|dc:title|dc:subject|dc:description|meta:keyword)>([^<]+)<"
)
_OWN = re.compile(rb'<meta:user-defined\s[^>]*?meta:name="([^"]*)"[^>]*>([^<]*)<')
_FIGURE = re.compile(rb'office:value="')
_PROGRAM_PARTS = ("basic/", "scripts/")


def external(data: bytes, sheets: Sequence[Sheet]) -> Iterator[Hidden]:
    """Sheets of other files, kept with a link to them."""
    for one in sheets:
        if one.cached:
            body = data[one.start : one.end]
            cells = body.count(b"office:value-type=")
            what = "external-link-cache" if cells else "external-link"
            words = sample([one.name, *text_of(body).split("\n")[:500]])
            yield item(what, f"sheet of another file, {cells} cells", len(_FIGURE.findall(body)), sheet=one.name,
                       index=one.number, part="content.xml", words=words)  # fmt: skip


def comments(data: bytes, sheets: Sequence[Sheet]) -> Iterator[Hidden]:
    """Comments, one item a sheet."""
    for one in sheets:
        found = [match.group(0) for match in _ANNOTATION.finditer(data, one.start, one.end)]
        if found:
            words = [text_of(body) for body in found]
            words += [unescape(raw) for body in found for raw in _CREATOR.findall(body)]
            numbers = sum(len(re.findall(r"(?<![\w.])\d[\d,.]*(?!\w)", text)) for text in words)
            yield item("comments", f"sheet '{one.name}', {len(found)} comments", numbers, sheet=one.name,
                       index=one.number, part="content.xml", words=sample(words))  # fmt: skip


def settings(data: bytes) -> Iterator[Hidden]:
    """What content.xml says beside the cells."""
    pilots = _found(rb"<table:data-pilot-table\s([^>]*)>", b"<table:data-pilot-table", data)
    for tag in pilots:
        yield item("pivot-table", f"pivot table {attributes(tag).get('table:name', '')}", part="content.xml")
    changes = _found(rb"<table:tracked-changes.*?</table:tracked-changes>", b"<table:tracked-changes", data)
    if changes:
        body = changes[0]
        yield item("revision-log", "tracked changes", len(_FIGURE.findall(body)), part="content.xml",
                   words=sample(text_of(body).split("\n")))  # fmt: skip
    found = _found(rb"<table:scenario\s[^>]*>", b"<table:scenario", data)
    if found:
        yield item("scenarios", f"{len(found)} scenarios", part="content.xml")
    conditions = _found(rb'table:condition="([^"]*is-in-list\(&quot;[^"]*)"', b"is-in-list(", data)
    lists = [unescape(raw) for raw in conditions]
    if lists:
        yield item("validation-literal-list", f"{len(lists)} lists", part="content.xml", words=sample(lists))
    constants = [
        unescape(raw)
        for raw in _found(
            rb'<table:named-expression\s[^>]*?table:expression="([^"]*)"', b"<table:named-expression", data
        )
        if re.fullmatch(rb"(?:of:=)?(?:[-+]?\d+(?:\.\d+)?|&quot;.*&quot;|\{.*\})", raw)
    ]
    if constants:
        yield item("defined-name-constant", f"{len(constants)} names", len(constants), part="content.xml",
                   words=sample(constants))  # fmt: skip
    links = _found(rb'<text:a\s[^>]*?xlink:href="(file:[^"]*)"', b'"file:', data)
    paths = [unescape(raw) for raw in links]
    if paths:
        yield item("hyperlink-local-path", f"{len(paths)} links", part="content.xml", words=sample(paths))
    if _found(rb'<table:table\s[^>]*table:protected="true"', b'table:protected="true"', data):
        yield item("sheet-protection", "protected", part="content.xml")
    frames = _found(rb"<draw:(?:custom-shape|text-box)[\s>].*?</draw:(?:custom-shape|text-box)>", b"<draw:", data)
    words = [text for frame in frames if (text := text_of(frame))]
    if words:
        yield item("drawing-text", f"{len(words)} texts", part="content.xml", words=sample(words))


def _found(pattern: bytes, telling: bytes, data: bytes) -> list[bytes]:
    """All matches; the pattern is tried only where the bytes that each of them has stand in the data."""
    return re.findall(pattern, data, re.S) if telling in data else []


def parts(gate: Gate) -> Iterator[Hidden]:
    """Parts of the archive that carry something of their own."""
    for name in sorted(gate.names):
        lower = name.lower()
        if lower.startswith("thumbnails/"):
            yield item("thumbnail", name, part=name)
        elif lower.startswith(("pictures/", "media/")):
            yield item("image", f"{posixpath.basename(name)}, {gate.size(name):,} bytes", part=name)
        elif lower.startswith(_PROGRAM_PARTS) and lower.endswith(".xml") and b"module" in _xml(gate, name)[:4000]:
            yield item("vba-project", name, part=name)
        elif lower.startswith("meta-inf/") and "signatures" in lower:
            yield item("digital-signature", name, part=name)
        elif re.match(r"object[^/]*/content\.xml$", lower):
            yield from _object(name, _xml(gate, name))
    yield from _properties(_xml(gate, "meta.xml"))
    yield from _styles(_xml(gate, "styles.xml"), _xml(gate, "settings.xml"))


def _xml(gate: Gate, name: str) -> bytes:
    return gate.xml(name) or b""  # what was refused is in the ledger


def _object(name: str, data: bytes) -> Iterator[Hidden]:
    if b"<office:chart" not in data:
        yield item(
            "embedded-object", name, len(_FIGURE.findall(data)), part=name, words=sample(text_of(data).split("\n"))
        )
        return
    figures = len(_FIGURE.findall(data))
    if b"<table:table " in data:
        yield item("chart-cache", f"chart {posixpath.dirname(name)}: {figures} points kept", figures, part=name,
                   words=sample(text_of(data).split("\n")))  # fmt: skip


def _properties(data: bytes) -> Iterator[Hidden]:
    found = {key.decode(): unescape(value) for key, value in _PERSONAL.findall(data)}
    if found:
        keys = ", ".join(sorted(key.partition(":")[2] for key in found))
        yield item("doc-properties", keys, part="meta.xml", words=sample(list(found.values())))
    own = [(unescape(key), unescape(value)) for key, value in _OWN.findall(data)]
    own = [(key, value) for key, value in own if value.strip()]
    if own:
        yield item("custom-doc-properties", f"{len(own)} custom properties", part="meta.xml",
                   words=sample([text for pair in own for text in pair]))  # fmt: skip


def _styles(data: bytes, settings: bytes) -> Iterator[Hidden]:
    used = re.findall(
        rb"<style:(?:header|footer)(?:-left|-first)?(?:\s[^>]*)?>(.*?)</style:(?:header|footer)", data, re.S
    )
    words = [text for body in used if (text := text_of(re.sub(rb"<text:(?:sheet-name|page-number|page-count|title|date|"
             rb"time)[^>]*>[^<]*</text:[^>]*>", b"", body)))]  # fmt: skip
    words = [text for text in words if text.strip(" ()/?,\n").lower() not in ("", "page", "seite", "pagina")]
    if words:
        yield item("header-footer", f"{len(words)} texts", part="styles.xml", words=sample(words))
    printer = re.search(rb'config:name="PrinterSetup"[^>]*>([^<]{1,})<', settings)
    if printer:
        yield item("printer-settings", "printer setup", part="settings.xml")
