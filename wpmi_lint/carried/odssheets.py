"""The sheets of content.xml: hidden sheets, rows and columns, figures shown otherwise, formulas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.a1 import letters
from wpmi_lint.carried.formulas import is_literal
from wpmi_lint.carried.listing import listed, runs, sample
from wpmi_lint.carried.ways import item
from wpmi_lint.package.markup import unescape
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.carried.ways import Hidden

_ATTRIBUTE = re.compile(rb'([\w:-]+)="([^"]*)"')
_ROW = re.compile(rb"<table:table-row(?:\s([^>]*))?>(.*?)</table:table-row>|<table:table-row(?:\s([^>]*))?/>", re.S)
_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?:\s([^>]*?))?(?:/>|>(.*?)</table:(?:covered-)?table-cell>)", re.S)
_COLUMN = re.compile(rb"<table:table-column(?:\s([^>]*))?/?>")
_FIGURE = re.compile(rb'(?<!calcext:)office:value="([^"]*)"')
_SHOWN = re.compile(rb'office:value="([^"]*)"[^>]*(?:/>|>(?:<office:annotation.*?</office:annotation>)?'
                    rb"(?:<text:p[^>]*>(?!\1<)(.*?)</text:p>)?)", re.S)  # fmt: skip
_FORMULA = re.compile(rb'table:formula="([^"]*)"')
_PARAGRAPH = re.compile(rb"<text:p[^>]*>(.*?)</text:p>", re.S)
_TAG = re.compile(rb"<[^>]*>")
_STYLE = re.compile(rb"<style:style\s([^>]*)>(.*?)</style:style>", re.S)
_NUMBER = re.compile(r"-?\d[\d,  ']*(?:[.,]\d+)?(?:E[-+]?\d+)?", re.I)


class Sheet(NamedTuple):
    """A sheet: its name, attributes and where its XML stands."""

    name: str
    number: int
    style: str
    protected: bool
    start: int
    end: int

    @property
    def cached(self) -> bool:
        """A copy of another file's sheet, kept with a link."""
        return self.name.startswith("'") and "'#" in self.name


def attributes(tag: bytes | None) -> dict[str, str]:
    """The attributes of a tag by their prefixed name."""
    return {key.decode(): unescape(value) for key, value in _ATTRIBUTE.findall(tag or b"")}


def sheet(tag: bytes, index: int, data: bytes, start: int, end: int) -> Sheet:
    """A sheet from its start tag."""
    del data
    found = attributes(tag)
    name, style = found.get("table:name", ""), found.get("table:style-name", "")
    return Sheet(name, index, style, found.get("table:protected") == "true", start, end)


def styles(data: bytes, inner: bytes) -> set[str]:
    """The names of the styles whose XML holds a text."""
    return {attributes(tag).get("style:name", "") for tag, body in _STYLE.findall(data) if inner in body}


def text_of(body: bytes) -> str:
    """The text of a cell's or annotation's paragraphs."""
    return "\n".join(unescape(_TAG.sub(b"", raw)) for raw in _PARAGRAPH.findall(body)).strip()


def _words(body: bytes) -> tuple[str, ...]:
    found = [unescape(_TAG.sub(b"", raw)) for raw in _PARAGRAPH.findall(body)[:5000]]
    return sample([text for text in found if not text.replace(".", "").replace(",", "").isdigit()])


def _item(sheet: Sheet, what: str, words: str, figures: int, texts: tuple[str, ...] = (), cells: str | None = None,
          *, telling: bool = True) -> Hidden:  # fmt: skip
    where = f"sheet '{sheet.name}'" + (f", {words}" if words else "")
    return item(what, where, figures, sheet=sheet.name, index=sheet.number, cells=cells, part="content.xml",
                words=texts, telling=telling)  # fmt: skip


def hidden_sheets(data: bytes, sheets: Sequence[Sheet]) -> Iterator[Hidden]:
    """Sheets whose style is not displayed."""
    hidden = styles(data, b'table:display="false"')
    for one in sheets:
        if one.style in hidden and not one.cached:
            body = data[one.start : one.end]
            figures = len(_FIGURE.findall(body))
            yield _item(one, "hidden-sheet", "", figures, _words(body), telling=figures > 0)


def hidden_rows(data: bytes, sheets: Sequence[Sheet]) -> Iterator[Hidden]:
    """Rows with content that are collapsed or filtered away."""
    for one in sheets:
        if one.cached or data.find(b"table:visibility=", one.start, one.end) < 0:
            continue
        number = 0
        found: dict[str, list[tuple[int, int, bytes]]] = {}
        for match in _ROW.finditer(data, one.start, one.end):
            tag = match.group(1) or match.group(3) or b""
            repeated = re.search(rb'number-rows-repeated="(\d{1,7})"', tag)
            count = int(repeated.group(1)) if repeated else 1
            body = match.group(2) or b""
            if b"visibility=" in tag and b"<text:p" in body:
                what = "filtered-rows" if b'"filter"' in tag else "hidden-rows"
                if b'"visible"' not in tag:
                    found.setdefault(what, []).append((number + 1, number + count, body))
            number += count
        for what, rows in found.items():
            spans = [f"{a}:{b}" for a, b in runs(n for a, b, _ in rows for n in range(a, min(b, a + 9999) + 1))]
            body = b"".join(body for _, _, body in rows)
            yield _item(one, what, f"{len(rows)} rows: {listed(spans)}", len(_FIGURE.findall(body)), _words(body),
                        "A{}:XFD{}".format(*spans[0].split(":")))  # fmt: skip


def hidden_columns(data: bytes, sheets: Sequence[Sheet]) -> Iterator[Hidden]:
    """Columns with content that are collapsed."""
    for one in sheets:
        if one.cached or data.find(b"table:visibility=", one.start, one.end) < 0:
            continue
        spans, col = [], 0
        for match in _COLUMN.finditer(data, one.start, one.end):
            found = attributes(match.group(1))
            repeated = found.get("table:number-columns-repeated", "1")
            count = int(repeated) if re.fullmatch(r"[0-9]{1,7}", repeated) else 1
            if found.get("table:visibility", "visible") != "visible":
                spans.append((col, col + count - 1))
            col += count
        bodies = _in_columns(data, one, spans) if spans else {}
        if bodies:
            body = b"".join(bodies.values())
            names = [f"{letters(a)}:{letters(b)}" for a, b in runs(bodies)]
            yield _item(one, "hidden-columns", "columns " + listed(names), len(_FIGURE.findall(body)), _words(body),
                        "{}1:{}1048576".format(*names[0].split(":")))  # fmt: skip


def _in_columns(data: bytes, one: Sheet, spans: list[tuple[int, int]]) -> dict[int, bytes]:
    found: dict[int, list[bytes]] = {}
    for row in _ROW.finditer(data, one.start, one.end):
        col = 0
        for match in _CELL.finditer(row.group(2) or b""):
            repeated = re.search(rb'number-columns-repeated="(\d{1,7})"', match.group(1) or b"")
            count = int(repeated.group(1)) if repeated else 1
            hidden = next((a for a, b in spans if a < col + count and col <= b), None)
            if hidden is not None and match.group(2) and b"<text:p" in match.group(2):
                found.setdefault(max(hidden, col), []).append(match.group(0))
            col += count
    return {col: b"".join(bodies) for col, bodies in found.items()}


def shown_otherwise(data: bytes, sheets: Sequence[Sheet]) -> Iterator[Hidden]:
    """Figures whose text is another figure, or no text at all."""
    for one in sheets:
        if one.cached:
            continue
        counts: dict[str, int] = {}
        for raw, body in _SHOWN.findall(data, one.start, one.end):
            if body == b"<text:p>" + raw + b"</text:p>":
                continue  # by far the commonest
            if what := _difference(raw, body):
                counts[what] = counts.get(what, 0) + 1
        for what, count in counts.items():
            yield _item(one, what, f"{count} cells", count)


def _difference(raw: bytes, body: bytes) -> str:
    try:
        value = float(raw)
    except ValueError:
        return ""
    text = unescape(_TAG.sub(b"", body)).strip()
    if not text:
        return ""  # the exact text was seen by the pattern, or the writer gives none
    match = _NUMBER.search(text)
    if not match:
        return "format-invisible" if value else ""
    digits = re.sub(r"[,  ']", "", match.group(0))
    try:
        shown = float(digits)
    except ValueError:
        return ""
    if text.rstrip(")").endswith("%"):
        shown /= 100
    size = max(abs(value), 1e-300)
    if abs(abs(shown) - abs(value)) <= size * 1e-9 + 1e-12:
        return ""
    decimals = len(digits.partition(".")[2]) + (2 if "%" in text else 0)
    near = abs(abs(shown) - abs(value)) <= 0.51 * 10.0**-decimals
    scaled = any(abs(abs(shown) * 1000**n - abs(value)) <= 0.51 * 1000**n for n in (1, 2, 3)) and abs(value) > 500
    return "display-rounding" if near else "display-scaling" if scaled else "display-rounding"


def unreadable(data: bytes, sheets: Sequence[Sheet]) -> Iterator[Hidden]:
    """Cells whose style has text of the colour of the ground, or tiny text."""
    same, tiny = set(), set()
    for tag, body in _STYLE.findall(data):
        found = attributes(tag)
        if found.get("style:family") != "table-cell":
            continue
        colour = re.search(rb'fo:color="([^"]*)"', body)
        ground = re.search(rb'fo:background-color="([^"]*)"', body)
        size = re.search(rb'fo:font-size="(\d+(?:\.\d+)?)pt"', body)
        behind = ground.group(1).lower() if ground and ground.group(1) != b"transparent" else b"#ffffff"
        if colour and colour.group(1).lower() == behind and b"<style:map" not in body:
            same.add(found.get("style:name", ""))
        if size and float(size.group(1)) <= 2:
            tiny.add(found.get("style:name", ""))
    for what, names in (("text-same-colour", same), ("tiny-font", tiny)):
        for one in sheets if names else ():
            cells = [match for match in _CELL.finditer(data, one.start, one.end)
                     if match.group(2) and b"<text:p" in match.group(2)
                     and attributes(match.group(1)).get("table:style-name") in names]  # fmt: skip
            if cells:
                body = b"".join(match.group(0) for match in cells)
                yield _item(one, what, f"{len(cells)} cells", len(_FIGURE.findall(body)), _words(body))


def formulas(data: bytes, sheets: Sequence[Sheet]) -> Iterator[Hidden]:
    """Formulas, and those that give figures, round, or refer outside."""
    for one in sheets:
        texts = [unescape(raw) for raw in _FORMULA.findall(data, one.start, one.end)] if not one.cached else []
        if not texts:
            continue
        yield _item(one, "formulas", f"{len(texts)} formulas", 0)
        plain = [text.partition("=")[2] for text in texts]
        literal = [text for text in plain if is_literal(text)]
        rounding = [text for text in plain if re.search(r"\b(?:M?ROUND|ROUNDUP|ROUNDDOWN|CEILING|FLOOR)\(", text)]
        outside = [text for text in plain if "'file:" in text or re.search(r"'https?://[^']*'#", text)]
        for what, found in (("formula-literal-operands", literal), ("formula-rounding", rounding),
                            ("formula-external", outside)):  # fmt: skip
            if found:
                count = len(found) if what == "formula-literal-operands" else 0
                yield _item(one, what, f"{len(found)} formulas", count, sample(found))
