"""Hidden sheets, rows and columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.a1 import letters
from wpmi_lint.carried import xml
from wpmi_lint.carried.book import sample
from wpmi_lint.carried.grid import area, attributes, figures, listed, runs
from wpmi_lint.carried.ways import item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.grid import Area, Cell, Grid
    from wpmi_lint.carried.ways import Hidden

_COLUMN = re.compile(rb"<col\s([^>]*)>")
_FILTER = re.compile(rb'<autoFilter\s[^>]*?ref="([^"]*)"[^>]*(?<!/)>(.*?)</autoFilter>', re.S)
_ACTIVE = re.compile(rb"<filterColumn\s[^>]*(?<!/)>\s*<")
_STATES = {"hidden": "hidden-sheet", "veryHidden": "very-hidden-sheet"}


def hidden_sheet(grid: Grid) -> Iterator[Hidden]:
    """The sheet itself, where the workbook hides it."""
    what = _STATES.get(grid.sheet.state)
    if what is None:
        return
    words = [grid.text(cell) for _, cell in zip(range(2000), grid.cells(), strict=False) if cell.type]
    yield item(
        what,
        grid.place(""),
        grid.figures,
        sheet=grid.sheet.name,
        index=grid.sheet.number,
        part=grid.sheet.part,
        words=sample(words),
        telling=grid.figures > 0,
    )


def hidden_rows(grid: Grid) -> Iterator[Hidden]:
    """Rows with content that are hidden, of no height, or filtered away."""
    data, start, end = grid.data, grid.start, grid.end
    if data.find(b' hidden="', start, end) < 0 and data.find(b' ht="0', start, end) < 0:
        return
    filters = _active_filters(grid)
    found: dict[str, dict[int, list[Cell]]] = {"hidden-rows": {}, "filtered-rows": {}}
    for position, (number, rest, offset) in enumerate(grid.rows):
        if b"hidden=" not in rest and b' ht="0' not in rest:
            continue
        if not _away(attributes(rest), "ht"):
            continue
        cells = list(grid.cells(offset, grid.row_end(position)))
        if cells:
            what = "filtered-rows" if any(f.top < number <= f.bottom for f in filters) else "hidden-rows"
            found[what][number] = cells
    for what, rows in found.items():
        if rows:
            yield _rows(grid, what, rows)


def _rows(grid: Grid, what: str, rows: dict[int, list[Cell]]) -> Hidden:
    spans = [f"{a}:{b}" for a, b in runs(rows)]
    first, last = runs(rows)[0]
    cells = [cell for row in rows.values() for cell in row]
    words = sample([grid.text(cell) for cell in cells[:5000] if cell.type])
    where = grid.place(f"{len(rows)} rows: {listed(spans)}")
    return item(
        what,
        where,
        figures(cells),
        sheet=grid.sheet.name,
        index=grid.sheet.number,
        cells=f"A{first}:XFD{last}",
        part=grid.sheet.part,
        words=words,
    )


def _away(found: dict[str, str], size: str) -> bool:
    if xml.true(found.get("hidden")):
        return True
    try:
        return float(found.get(size, "1")) == 0
    except ValueError:
        return False


def _active_filters(grid: Grid) -> list[Area]:
    texts = [grid.tail]
    texts += [xml.uniform(grid.book.read(part)) or b"" for part in grid.tables()]
    found = [match for text in texts for match in _FILTER.finditer(text) if _ACTIVE.search(match.group(2))]
    return [place for match in found if (place := area(match.group(1).decode("ascii", "replace"))) is not None]


def hidden_columns(grid: Grid) -> Iterator[Hidden]:
    """Columns with content that are hidden or of no width."""
    spans = hidden_spans(grid)
    if not spans:
        return
    cells = [cell for cell in _in_columns(grid, spans) if any(a <= cell.col <= b for a, b in spans)]
    if not cells:
        return
    names = [f"{letters(a)}:{letters(b)}" for a, b in runs(cell.col for cell in cells)]
    yield item(
        "hidden-columns",
        grid.place("columns " + listed(names)),
        figures(cells),
        sheet=grid.sheet.name,
        index=grid.sheet.number,
        cells="{}1:{}1048576".format(*names[0].split(":")),
        part=grid.sheet.part,
        words=sample([grid.text(cell) for cell in cells[:5000] if cell.type]),
    )


def hidden_spans(grid: Grid) -> list[tuple[int, int]]:
    """The hidden columns of a sheet, as first and last of each run the file states."""
    spans = []
    for match in _COLUMN.finditer(grid.head):
        found = attributes(match.group(1))
        ends = [found.get(key, "") for key in ("min", "max")]
        if _away(found, "width") and all(re.fullmatch(r"[0-9]{1,6}", end) for end in ends):
            spans.append((int(ends[0]) - 1, int(ends[1]) - 1))
    return spans


def _in_columns(grid: Grid, spans: list[tuple[int, int]]) -> Iterator[Cell]:
    narrow = [col for a, b in spans for col in range(a, min(b, a + 200, 16383) + 1)]
    if len(narrow) > 60:
        yield from grid.cells()
        return
    names = "|".join(letters(col) for col in narrow).encode()
    pattern = re.compile(rb'<c r="(?:' + names + rb')\d{1,7}"[^>]*(?<!/)>.*?</c>', re.S)
    for match in pattern.finditer(grid.data, grid.start, grid.end):
        yield from grid.cells(match.start(), match.end())


def zero_height(grid: Grid) -> Iterator[Hidden]:
    """Rows that are hidden unless the sheet says otherwise."""
    found = re.search(rb"<sheetFormatPr\s([^>]*)>", grid.head)
    if found and xml.true(attributes(found.group(1)).get("zeroHeight")):
        yield item(
            "zero-height-default",
            grid.place("rows without an entry of their own"),
            sheet=grid.sheet.name,
            index=grid.sheet.number,
            part=grid.sheet.part,
        )
