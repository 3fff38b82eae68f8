"""The cell styles of a workbook: number format, bold and indent, and what hides: colours, size, protection."""

from __future__ import annotations

import colorsys
from typing import TYPE_CHECKING

from wpmi_lint.package import limits
from wpmi_lint.package.markup import is_true
from wpmi_lint.package.numberformat import BUILT_IN
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_WHITE, _BLACK = "FFFFFF", "000000"
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink",
                "folHlink")  # fmt: skip
_OFFICE = ("FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646",
           "0000FF", "800080")  # fmt: skip
_SYSTEM = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF"
    "800000008000000080808000800080008080C0C0C08080809999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF"
    "000080FF00FFFFFF0000FFFF8000808000000080800000FF00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC99"
    "3366FF33CCCC99CC00FFCC00FF9900FF6600666699969696003366339966003300333300993300993366333399333333"
)  # the 64 colours of old workbooks
_INDEXED = [_SYSTEM[i : i + 6] for i in range(0, len(_SYSTEM), 6)]


class CellStyle(NamedTuple):
    """A cell style, reduced to what changes a figure's meaning or hides it."""

    code: str = "General"  # the number format
    bold: bool = False
    indent: int = 0
    font: str | None = _BLACK  # RGB of the text, None where it is not known
    ground: str | None = None  # RGB of the background, None where the cell has no fill of its own
    size: float = 11.0
    formula_hidden: bool = False

    @property
    def same_colour(self) -> bool:
        """Text in the background colour; a cell without fill has a white background."""
        return self.font is not None and self.font == (self.ground or _WHITE)


def cell_styles(root: Element | None, theme: Element | None) -> tuple[CellStyle, ...]:
    """All cell styles, by the index that cells use; General alone where the workbook has none."""
    if root is None:
        return (CellStyle(),)
    palette = _Palette(root, theme)
    codes = BUILT_IN | {_number(node, "numFmtId"): node.get("formatCode", "") for node in root.iter("numFmt")}
    fonts = [_font(node, palette) for box in root.findall("fonts") for node in box.iter("font")]
    fills = [_fill(node, palette) for box in root.findall("fills") for node in box.findall("fill")]
    nodes = [node for box in root.findall("cellXfs") for node in box.findall("xf")][: limits.FORMATS]
    return tuple(_style(node, codes, fonts, fills) for node in nodes) or (CellStyle(),)


def _style(node: Element, codes: dict[int, str], fonts: list[CellStyle], fills: list[str | None]) -> CellStyle:
    number, font, fill = (_number(node, key) for key in ("numFmtId", "fontId", "fillId"))
    alignment, protection = node.find("alignment"), node.find("protection")
    return (fonts[font] if font < len(fonts) else CellStyle(font=None))._replace(
        code=codes.get(number) or "General",
        indent=min(_number(alignment, "indent"), 250) if alignment is not None else 0,
        ground=fills[fill] if fill < len(fills) else None,
        formula_hidden=protection is not None and is_true(protection.get("hidden")),
    )


def _number(node: Element, key: str) -> int:
    text = node.get(key, "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _font(node: Element, palette: _Palette) -> CellStyle:
    """What a font says of a cell."""
    colour, size, bold = node.find("color"), node.find("sz"), node.find("b")
    try:
        points = float(size.get("val", "11")) if size is not None else 11.0
    except ValueError:
        points = 11.0
    is_bold = bold is not None and bold.get("val", "1") not in ("0", "false")
    return CellStyle(font=palette.rgb(colour) if colour is not None else _BLACK, size=points, bold=is_bold)


def _fill(node: Element, palette: _Palette) -> str | None:
    pattern = node.find("patternFill")
    if pattern is None:
        return "gradient" if node.find("gradientFill") is not None else None
    kind = pattern.get("patternType", "none")
    if kind != "solid":
        return None if kind == "none" else "pattern"
    colour = pattern.find("fgColor")
    return (palette.rgb(colour) if colour is not None else None) or "unknown"


class _Palette:
    """Colours by theme, index or value."""

    def __init__(self, root: Element, theme: Element | None) -> None:
        own = [node.get("rgb", "")[-6:].upper() for box in root.iter("indexedColors") for node in box.iter("rgbColor")]
        scheme = next(theme.iter("clrScheme"), ()) if theme is not None else ()
        named = {node.tag: (box.get("lastClr") or box.get("val") or "").upper() for node in scheme for box in node}
        self._colours = {
            "indexed": [*own, *_INDEXED[len(own) :]],
            "theme": [named.get(name) or default for name, default in zip(_THEME_ORDER, _OFFICE, strict=True)],
        }

    def rgb(self, node: Element) -> str | None:
        if is_true(node.get("auto")):
            return None
        key = next((key for key in ("rgb", "indexed", "theme") if node.get(key)), "")
        if key in self._colours:
            colours, number = self._colours[key], _number(node, key)
            colour = colours[number] if number < len(colours) else ""
        else:
            colour = node.get(key, "")[-6:].upper()
        return _tinted(colour, node.get("tint")) if colour else None


def _tinted(colour: str, tint: str | None) -> str:
    try:
        amount = float(tint) if tint else 0.0
        red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    except ValueError:
        return colour
    if not amount:
        return colour
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + amount) if amount < 0 else light * (1 - amount) + amount
    return "".join(f"{round(max(0.0, min(1.0, c)) * 255):02X}" for c in colorsys.hls_to_rgb(hue, light, saturation))
