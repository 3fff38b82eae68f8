"""Styles of an ODS workbook by name: number format, bold and indent, and what nobody can see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.model import NumberFormat
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

_GENERAL = NumberFormat("General")
_CURRENCY = "£$€¥"


class OdsStyle(NamedTuple):
    """What a style of cells or of a table says."""

    format: NumberFormat = _GENERAL
    bold: bool = False
    indent: int = 0
    is_unreadable: bool = False  # text of the colour of its background
    size: float = 10.0  # of the text, in points
    is_hidden: bool = False  # a table that is not displayed


def ods_styles(elements: Iterable[Element], family: str) -> Mapping[str, OdsStyle]:
    """The styles of a family by name, the last of a name; a style takes from its parent what it does not say."""
    formats: dict[str, NumberFormat] = {}
    nodes: dict[str, Element] = {}
    for node in elements:
        if node.tag.endswith("-style") and node.tag.split("-")[0] in _KINDS:
            formats[node.get("name", "")] = _format(node)
        elif node.tag == "style" and node.get("family") == family:
            nodes[node.get("name", "")] = node
    return {name: _style(name, nodes, formats) for name in nodes}


_KINDS = ("number", "percentage", "currency", "date", "time", "text", "boolean")


def _format(node: Element) -> NumberFormat:
    kind = node.tag.split("-")[0]
    number = next((child for child in node.iter() if child.tag in ("number", "scientific-number")), None)
    words = "".join("".join(child.itertext()) for child in node.iter() if child.tag in ("text", "currency-symbol"))
    if kind in ("date", "time"):
        return NumberFormat(kind, date=True)
    if kind in ("text", "boolean"):
        return _GENERAL
    if number is None:
        return NumberFormat("", invisible=not words and not len(node))
    places = number.get("decimal-places", "")
    decimals = int(places) if places.isascii() and places.isdigit() and len(places) < 3 else -1
    return NumberFormat(
        "0" + "." * (decimals > 0) + "0" * max(decimals, 0) + words,
        percent=kind == "percentage" or "%" in words,
        money=kind == "currency" or any(sign in words for sign in _CURRENCY),
        decimals=decimals,
        divisor=_divisor(number.get("display-factor", "")),
    )


def _divisor(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and 0 < len(words) < 13 else 1


def _style(name: str, nodes: Mapping[str, Element], formats: Mapping[str, NumberFormat]) -> OdsStyle:
    """A style and its parents, nearest first; cycles end."""
    properties: dict[str, str] = {}
    seen: set[str] = set()
    number_format = None
    while name in nodes and name not in seen:
        seen.add(name)
        node = nodes[name]
        number_format = number_format or formats.get(node.get("data-style-name", ""))
        for child in node:
            if child.tag == "map":
                properties["map"] = "conditional"  # may give another colour
            for key, value in child.items() if child.tag.endswith("-properties") else ():
                properties.setdefault(key, value)
        name = node.get("parent-style-name", "")
    colour, behind = properties.get("color", "").lower(), properties.get("background-color", "transparent").lower()
    size = re.fullmatch(r"(\d+(?:\.\d+)?)pt", properties.get("font-size", ""))
    return OdsStyle(
        format=number_format or _GENERAL,
        bold=properties.get("font-weight") in ("bold", "600", "700", "800", "900"),
        indent=_indent(properties.get("margin-left", "")),
        is_unreadable=colour == ("#ffffff" if behind == "transparent" else behind) and "map" not in properties,
        size=float(size[1]) if size else 10.0,
        is_hidden=properties.get("display") == "false",
    )


_STEP = {"cm": 0.353, "mm": 3.53, "in": 0.139, "pt": 10.0, "pc": 0.833}  # one level of indent in a spreadsheet program


def _indent(words: str) -> int:
    """A left margin as levels of indent."""
    try:
        return max(0, min(250, round(float(words[:-2]) / _STEP.get(words[-2:], 0.353))))
    except (ValueError, OverflowError):
        return 0
