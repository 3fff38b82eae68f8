"""What formulas and defined names give away: figures in their text, other files, values that do not agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.carried.ways import item, listed, sample
from wpmi_lint.package.grid import area
from wpmi_lint.package.markup import is_true
from wpmi_lint.package.sheetscan import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.onsheet import OnSheet
    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.package.book import Book, DefinedName

_STRINGS = re.compile(r'"[^"]*"')
_LITERAL = re.compile(r"^[\s=()+\-*/^%.,\d]*$")
_OPERANDS = re.compile(r"\d+(?:\.\d+)?")
ROUNDING = re.compile(r"\b(?:M?ROUND|ROUNDUP|ROUNDDOWN|CEILING|FLOOR)(?:\.\w+)?\(", re.I)
_EXTERNAL = re.compile(r"\[\d+\][^\[\]]*!|\[[^\[\]]+\.xl\w+\]|'?file:///", re.I)
_SUM = re.compile(r"^\+?SUM\((\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+)\)$", re.I)
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([A-Za-z_][\w.]*))!")
_REFERENCE = re.compile(r"\$?[A-Z]{1,3}\$?\d+|!", re.I)
_SUMMED = 400_000  # cells added up again for one sheet, at most

_CONSTANT = re.compile(r'^(?:[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?%?|"[^"]*"|\{.*\})$', re.S)
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_LINKED = re.compile(r"\[\d+\]")


def formulas(on: OnSheet) -> Iterator[Hidden]:
    """All ways of one sheet's formulas, in one pass over them."""
    count = int(on.grid.has_formula.sum())
    if not count:
        return
    places: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    sums: list[tuple[int, str]] = []
    hidden = {s.name.lower() for s in on.book.sheets if s.visibility != "visible"} - {on.sheet.name.lower()}
    for index, text in on.grid.formulas():
        for what in _ways(text, hidden):
            places.setdefault(what, []).append(on.grid.cell(index).name)
            words.setdefault(what, []).append("=" + text[:300])
        total = _SUM.match(text.strip()) if len(text) < 60 else None
        if total and on.grid.kind[index] == NUMBER:
            sums.append((index, total[1]))
    yield on.item("formulas", f"{count} formulas")
    for what, cells in places.items():
        literals = len(cells) if what == "formula-literal-operands" else 0
        yield on.item(what, _where(cells), literals, cells=cells[0], words=words[what] if literals else ())
    wrong = [] if _is_recalculated(on) else _differing(on, sums)
    if wrong:
        yield on.item("cached-value-differs", _where(wrong), cells=wrong[0])


def _where(cells: list[str]) -> str:
    return f"{len(cells)} formulas: {listed(cells)}"


def _ways(text: str, hidden: set[str]) -> Iterator[str]:
    bare = _STRINGS.sub('""', text) if '"' in text else text
    if is_literal(bare):
        yield "formula-literal-operands"
    if "(" in bare and ROUNDING.search(bare) and _REFERENCE.search(bare):
        yield "formula-rounding"
    if ("[" in bare or "file:" in bare) and _EXTERNAL.search(bare):
        yield "formula-external"
    if hidden and "!" in bare:
        names = {(a.replace("''", "'") or b).lower() for a, b in _SHEET.findall(bare)}
        if names & hidden:
            yield "formula-hidden"


def is_literal(text: str) -> bool:
    """Whether a formula works with figures that stand in its own text, and with nothing else."""
    return bool(_LITERAL.match(text)) and len(_OPERANDS.findall(text)) > 1


def _differing(on: OnSheet, sums: list[tuple[int, str]]) -> list[str]:
    """The cells whose SUM of a range of this sheet is not what the file says it was."""
    grid, visits = on.grid, 0
    wrong = []
    for index, reference in sums:
        place = area(reference)
        size = (place.right - place.left + 1) * (place.bottom - place.top + 1) if place else 0
        if place is None or size <= 0 or visits + size > _SUMMED:
            continue
        visits += size
        rows = slice(*np.searchsorted(grid.row, (place.top, place.bottom + 1)).tolist())
        inside = (grid.col[rows] >= place.left) & (grid.col[rows] <= place.right) & (grid.kind[rows] == NUMBER)
        total, cached = float(grid.value[rows][inside].sum()), float(grid.value[index])
        if abs(cached - total) > max(abs(total), abs(cached)) * 1e-9 + 1e-9:
            wrong.append(grid.cell(index).name)
    return wrong


def _is_recalculated(on: OnSheet) -> bool:
    """Whether the workbook is calculated again when opened, or only by hand: then its values prove nothing."""
    nodes = on.book.root.iter("calcPr")
    return any(is_true(node.get("fullCalcOnLoad")) or node.get("calcMode") == "manual" for node in nodes)


def defined_names(book: Book) -> Iterator[Hidden]:
    """Names that are hidden, constant, broken or point outside; one item a way."""
    names: dict[str, list[DefinedName]] = {}
    for name in book.defined:
        for what in _name_ways(name):
            names.setdefault(what, []).append(name)
    for what, those in names.items():
        constants = [name.text for name in those if _CONSTANT.match(name.text)]
        figures = sum(len(_FIGURE.findall(text)) for text in constants if not text.startswith('"'))
        yield item(
            what,
            f"{len(those)} names: " + listed([name.name for name in those]),
            figures if what in ("defined-name-constant", "defined-name-hidden") else 0,
            part=book.workbook,
            words=sample([text.strip('"') for text in constants] + [name.name for name in those]),
        )


def _name_ways(name: DefinedName) -> Iterator[str]:
    if name.name.startswith("_xlnm."):
        return
    if name.hidden:
        yield "defined-name-hidden"
    if _CONSTANT.match(name.text):
        yield "defined-name-constant"
    if _LINKED.search(name.text):
        yield "defined-name-external"
    if "#REF!" in name.text:
        yield "defined-name-broken"
