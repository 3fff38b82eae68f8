"""What formulas give away: figures in their text, figures they round, other files, and values that do not agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.carried import xml
from wpmi_lint.carried.book import sample
from wpmi_lint.carried.grid import area, listed
from wpmi_lint.carried.ways import item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.grid import Grid
    from wpmi_lint.carried.ways import Hidden

_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"([^>]*)(?<!/)><f(?:\s[^>]*?)?(?:/>|>([^<]*)</f>)(?:<v>([^<]*)</v>)?', re.S
)
_STRINGS = re.compile(r'"[^"]*"')
_LITERAL = re.compile(r"^[\s=()+\-*/^%.,\d]*$")
_OPERANDS = re.compile(r"\d+(?:\.\d+)?")
_ROUNDING = re.compile(r"\b(?:M?ROUND|ROUNDUP|ROUNDDOWN|CEILING|FLOOR)(?:\.\w+)?\(", re.I)
_EXTERNAL = re.compile(r"\[\d+\][^\[\]]*!|\[[^\[\]]+\.xl\w+\]|'?file:///", re.I)
_SUM = re.compile(r"^\+?SUM\(\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)\)$", re.I)
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([A-Za-z_][\w.]*))!")
_REFERENCE = re.compile(r"\$?[A-Z]{1,3}\$?\d+|!", re.I)
_SUMMED = 400_000  # cells added up again for one sheet, at most


def formulas(grid: Grid) -> Iterator[Hidden]:
    """All ways of one sheet's formulas, in one pass over them."""
    if grid.data.find(b"<f", grid.start, grid.end) < 0:
        return
    found: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    count = 0
    sums: list[tuple[str, str, bytes]] = []
    hidden = {s.name.lower() for s in grid.book.sheets if s.state != "visible"} - {grid.sheet.name.lower()}
    for cell, attributes, raw, value in _FORMULA.findall(grid.data, grid.start, grid.end):
        count += 1
        if not raw:
            continue  # shares the text of another cell
        text = xml.unescape(raw)
        for what in _ways(text, hidden):
            found.setdefault(what, []).append(cell.decode())
            words.setdefault(what, []).append("=" + text[:300])
        if len(text) < 60 and _SUM.match(text.strip()) and b't="' not in attributes:
            sums.append((cell.decode(), text.strip(), value))
    if not count:
        return
    yield _group(grid, "formulas", count, [], [])
    for what, cells in found.items():
        yield _group(grid, what, len(cells), cells, words[what])
    wrong = _differing(grid, sums)
    if wrong:
        yield _group(grid, "cached-value-differs", len(wrong), wrong, [])


def _ways(text: str, hidden: set[str]) -> Iterator[str]:
    bare = _STRINGS.sub('""', text) if '"' in text else text
    if literal(bare):
        yield "formula-literal-operands"
    if "(" in bare and _ROUNDING.search(bare) and _REFERENCE.search(bare):
        yield "formula-rounding"
    if ("[" in bare or "file:" in bare) and _EXTERNAL.search(bare):
        yield "formula-external"
    if hidden and "!" in bare:
        names = {(a.replace("''", "'") or b).lower() for a, b in _SHEET.findall(bare)}
        if names & hidden:
            yield "formula-hidden"


def literal(text: str) -> bool:
    """Whether a formula works with figures that stand in its own text, and with nothing else."""
    return bool(_LITERAL.match(text)) and len(_OPERANDS.findall(text)) > 1


def _group(grid: Grid, what: str, count: int, cells: list[str], words: list[str]) -> Hidden:
    where = f"{count} formulas" + (": " + listed(cells) if cells else "")
    return item(
        what,
        grid.place(where),
        count if what == "formula-literal-operands" else 0,
        sheet=grid.sheet.name,
        index=grid.sheet.number,
        cells=cells[0] if cells else None,
        part=grid.sheet.part,
        words=sample(words) if what == "formula-literal-operands" else (),
    )


def _differing(grid: Grid, sums: list[tuple[str, str, bytes]]) -> list[str]:
    """The cells whose SUM of a range of this sheet is not what the file says it was."""
    if not sums or _recalculated(grid):
        return []
    wanted, visits = [], 0
    for cell, text, value in sums:
        match = _SUM.match(text)
        place = area(":".join(("".join(match.group(1, 2)), "".join(match.group(3, 4))))) if match else None
        size = (place.right - place.left + 1) * (place.bottom - place.top + 1) if place else 0
        visits += size
        if place and value and size > 0 and visits <= _SUMMED:
            wanted.append((cell, place, value))
    if not wanted:
        return []
    rows: dict[int, dict[int, float | None]] = {}
    for c in grid.cells():
        rows.setdefault(c.row, {})[c.col] = c.figure if b"<f" not in c.inside or c.stored else None
    wrong = []
    for cell, place, value in wanted:
        total = 0.0
        for row in range(place.top, place.bottom + 1):
            filled = rows.get(row)
            if filled:
                total += sum(filled.get(col) or 0.0 for col in range(place.left, place.right + 1))
        try:
            cached = float(value)
        except ValueError:
            continue
        if abs(cached - total) > max(abs(total), abs(cached)) * 1e-9 + 1e-9:
            wrong.append(cell)
    return wrong


def _recalculated(grid: Grid) -> bool:
    """Whether the workbook is calculated again when opened, or only by hand: then its values prove nothing."""
    root = grid.book.tree(grid.book.workbook)
    settings = next(root.iter("calcPr"), None) if root is not None else None
    if settings is None:
        return False
    return xml.true(settings.get("fullCalcOnLoad")) or settings.get("calcMode") == "manual"
