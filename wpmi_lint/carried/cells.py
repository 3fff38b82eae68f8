"""Cells whose style hides: text the colour of its ground, tiny text, formats that show nothing or another figure."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from wpmi_lint.carried import formats
from wpmi_lint.carried.book import sample
from wpmi_lint.carried.grid import area, attributes, figures, listed
from wpmi_lint.carried.styles import TINY, styles
from wpmi_lint.carried.ways import item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wpmi_lint.carried.grid import Area, Cell, Grid
    from wpmi_lint.carried.styles import Style
    from wpmi_lint.carried.ways import Hidden

_CONDITIONAL = re.compile(rb"<conditionalFormatting\s[^>]*?sqref=\"([^\"]*)\"", re.S)
_LOSSES = {"rounding": "display-rounding", "scaling": "display-scaling", "invisible": "format-invisible"}


def _styles(grid: Grid) -> tuple[Style, ...]:
    known: tuple[Style, ...] | None = grid.book.__dict__.get("cell_styles")
    if known is None:
        known = grid.book.__dict__["cell_styles"] = styles(grid.book)
    return known


def unreadable_text(grid: Grid) -> Iterator[Hidden]:
    """Cells with text the colour of their ground, or with a tiny font."""
    known = _styles(grid)
    same = [i for i, style in enumerate(known) if style.same_colour]
    tiny = [i for i, style in enumerate(known) if style.size <= TINY]
    if same:
        covers = _covers(grid)
        cells = [cell for cell in _of_styles(grid, same) if not _covered(cell, covers)]
        if cells:
            yield _group(grid, "text-same-colour", cells)
    if tiny and (cells := list(_of_styles(grid, tiny))):
        yield _group(grid, "tiny-font", cells)


def _covered(cell: Cell, covers: list[Area]) -> bool:
    """A table style or conditional format may give a cell another ground or text colour."""
    return any(cover.holds(cell.col, cell.row) for cover in covers)


def _covers(grid: Grid) -> list[Area]:
    found = [place for match in _CONDITIONAL.finditer(grid.tail) for name in match.group(1).decode().split()
             if (place := area(name)) is not None]  # fmt: skip
    for part in grid.tables():
        root = grid.book.tree(part)
        if root is not None and root.find("tableStyleInfo") is not None and (place := area(root.get("ref", ""))):
            found.append(place)
    return found


def _of_styles(grid: Grid, wanted: Iterable[int]) -> Iterator[Cell]:
    pattern = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"[^>]*? s="(?:' + _either(wanted) + rb')"[^>]*(?<!/)>.*?</c>', re.S)
    for match in pattern.finditer(grid.data, grid.start, grid.end):
        yield from grid.cells(match.start(), match.end())


def _either(numbers: Iterable[int]) -> bytes:
    return "|".join(str(number) for number in numbers).encode()


def _group(grid: Grid, what: str, cells: list[Cell], figure_count: int | None = None) -> Hidden:
    return item(
        what,
        grid.place(f"{len(cells)} cells: " + listed([cell.name for cell in cells])),
        figures(cells) if figure_count is None else figure_count,
        sheet=grid.sheet.name,
        index=grid.sheet.number,
        cells=cells[0].name,
        part=grid.sheet.part,
        words=sample([grid.text(cell) for cell in cells[:5000] if cell.type]),
    )


def formatted(grid: Grid) -> Iterator[Hidden]:
    """Figures that their number format rounds, divides or does not show."""
    kept = [formats.plain(style.code) for style in _styles(grid)]
    tried = [i for i, decimals in enumerate(kept) if decimals is None]
    counts: Counter[str] = Counter()
    found: dict[str, list[str]] = {}
    rounded = {i: decimals for i, decimals in enumerate(kept) if decimals is not None and decimals >= 0}
    for inside in (rb"", rb"(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)"):
        if rounded and (not inside or grid.data.find(b"<f", grid.start, grid.end) >= 0):
            count, names = _too_exact(grid, rounded, inside)
            counts["display-rounding"] += count
            found.setdefault("display-rounding", []).extend(names)
    for cell in _of_styles(grid, tried) if tried else ():
        loss = _loss(grid, cell)
        if loss:
            counts[_LOSSES[loss]] += 1
            found.setdefault(_LOSSES[loss], []).append(cell.name)
    for what, names in found.items():
        if not names:
            continue
        yield item(
            what,
            grid.place(f"{counts[what]} cells: " + listed(names[:4] + [""] * (counts[what] - 4))),
            counts[what],
            sheet=grid.sheet.name,
            index=grid.sheet.number,
            cells=names[0],
            part=grid.sheet.part,
        )


def _loss(grid: Grid, cell: Cell) -> str:
    code = _styles(grid)[cell.style].code
    value = cell.figure
    if value is not None:
        return formats.lost(value, code)
    text = grid.text(cell)
    return "invisible" if text.strip() and not formats.shown(text, code).strip() else ""


def _too_exact(grid: Grid, rounded: dict[int, int], inside: bytes) -> tuple[int, list[str]]:
    """How many figures have more decimals than their style shows, beyond binary noise; and the first cells.

    `rounded`: decimals by style; `inside`: what stands between the cell's tag and its value. One scan, since only
    figures with a fraction are looked at.
    """
    pattern = re.compile(
        rb' s="(' + _either(rounded) + rb')"(?: t="n")?>' + inside
        + rb"<v>(?![-\d]*<)([^<]*)<"
    )  # fmt: skip
    matches = pattern.findall(grid.data, grid.start, grid.end)
    if not matches:
        return 0, []
    import numpy as np

    styles, texts = zip(*matches, strict=True)
    decimals = {str(style).encode(): 10.0**number for style, number in rounded.items()}
    try:
        values = np.abs(np.array(texts, dtype=np.bytes_).astype(np.float64))
    except ValueError:  # some cell holds no number: one by one, and nothing is said of that cell
        values = np.abs(np.array([_number(text) for text in texts]))
    values *= np.fromiter(map(decimals.__getitem__, styles), np.float64, len(styles))
    with np.errstate(all="ignore"):  # a cell may hold INF
        real = np.flatnonzero(np.abs(values - np.round(values)) > np.maximum(values * 1e-12, 1e-9))
    if not real.size:
        return 0, []
    again = islice(pattern.finditer(grid.data, grid.start, grid.end), int(real[:5][-1]) + 1)
    first = set(real[:5].tolist())
    return int(real.size), [_before(grid, match.start()) for i, match in enumerate(again) if i in first]


def _number(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _before(grid: Grid, offset: int) -> str:
    """The reference of the cell whose tag an offset lies in."""
    start = grid.data.rfind(b'<c r="', grid.start, offset) + 6
    return grid.data[start : grid.data.find(b'"', start)].decode("ascii", "replace")


def formula_hidden(grid: Grid) -> Iterator[Hidden]:
    """Formulas that a protected sheet keeps out of the formula bar."""
    protected = re.search(rb"<sheetProtection\s([^>]*)>", grid.tail)
    if not protected or "sheet" not in attributes(protected.group(1)):
        return
    wanted = [i for i, style in enumerate(_styles(grid)) if style.formula_hidden]
    cells = [cell for cell in _of_styles(grid, wanted) if b"<f" in cell.inside] if wanted else []
    if cells:
        yield _group(grid, "formula-hidden-protection", cells)
