"""A table in miniature: its cells with their roles in signs (and colour), folded to the width at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.a1 import letters
from wpmi_lint.model import Excerpt, GridCell, GridRow
from wpmi_lint.report import grid
from wpmi_lint.report.disclosure import figure
from wpmi_lint.report.excerpt import cell_text
from wpmi_lint.report.text import clean, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.model import Sheet, Table
    from wpmi_lint.report.style import Line

FIRST_ROWS, LAST_ROWS, TOTAL_ROWS, HEADER_ROWS = 6, 2, 4, 4
WIDEST_STUB, WIDEST = 32, 24
NARROW_STUB, NARROW = 20, 9  # where not all columns fit
MOST_DOUBTS = 20  # that are looked for in each cell
SIGNS = {"header": "^", "stub": "<", "total": "=", "marker": "~", "doubt": "?", "body": ""}
LEGEND = "signs: ^header, <stub, =total, ~marker, ?not understood; .. and : stand for what is left out"


def lines(sheet: Sheet, table: Table, limit: int, values: str) -> Iterator[Line]:
    """Lines of at most `limit` cells; numbers of the body are masked where `values` is not "all"."""
    excerpt = _excerpt(sheet, table, values)
    gutter = grid.gutter_width(excerpt)
    view = grid.GridView(columns=_columns(excerpt, limit - gutter - 3), gutter=gutter)
    yield grid.letters(excerpt, view)
    yield from grid.body(excerpt.rows, view)


def _excerpt(sheet: Sheet, table: Table, values: str) -> Excerpt:
    """Headers, the first and last body rows and some totals, in all columns."""
    body_rows = {row: place for place, row in enumerate(table.rows.tolist())}
    body_columns = {column: place for place, column in enumerate(table.cols.tolist())}
    totals = frozenset(table.totals.cell.tolist())

    def role(row: int, column: int) -> str:
        if row not in body_rows or column not in body_columns:
            return "stub" if row in body_rows else "header"
        if _is_doubted(table, row, column):
            return "doubt"
        at = body_rows[row], body_columns[column]
        if table.marker[at] >= 0:
            return "marker"
        return "total" if at[0] * len(body_columns) + at[1] in totals else "body"

    def cell(row: int, column: int) -> GridCell:
        part = role(row, column)
        text = clean(cell_text(sheet, row, column))
        shown = figure(text, values) if part in ("doubt", "total", "body") else text
        signed = SIGNS[part] + shown if shown or part == "doubt" else ""
        return GridCell(text=signed, role=part, mark=part, number=column in body_columns)

    columns = sorted({*table.stub_cols, *body_columns})
    return Excerpt(
        letters=tuple(map(letters, columns)),
        header=(),
        rows=tuple(
            GridRow(number=None, cells=())
            if row is None
            else GridRow(number=row + 1, cells=tuple(cell(row, column) for column in columns))
            for row in _rows(table, totals)
        ),
    )


def _rows(table: Table, totals: frozenset[int]) -> list[int | None]:
    """Sheet rows to show; None is a fold. `totals` are places in the flattened body."""
    first, last = table.header_rows or (0, -1)
    header = range(max(first, last + 1 - HEADER_ROWS), last + 1)
    count, wide = len(table.rows), len(table.cols)
    keep = set(range(count))
    if count > FIRST_ROWS + LAST_ROWS + TOTAL_ROWS:
        with_totals = sorted({flat // wide for flat in totals})
        whole = [row for row in with_totals if 2 * sum(row * wide + col in totals for col in range(wide)) > wide]
        keep = {*range(FIRST_ROWS), *range(count - LAST_ROWS, count), *whole[:TOTAL_ROWS]}
    body = (None if place is None else int(table.rows[place]) for place in grid.with_gaps(sorted(keep), count))
    return [*header, *body]


def _is_doubted(table: Table, row: int, column: int) -> bool:
    areas = (doubt.range for doubt in table.doubts[:MOST_DOUBTS])
    return any(area.top <= row <= area.bottom and area.left <= column <= area.right for area in areas)


def _columns(excerpt: Excerpt, limit: int) -> Sequence[grid.Shown]:
    """All columns where they fit, perhaps with long headers and stubs cut; else the first ones and the last."""
    every = range(len(excerpt.letters))
    figures = [grid.has_figures(excerpt.rows, place) for place in every]
    widest = [WIDEST if figure else WIDEST_STUB for figure in figures]
    sizes = [max(2, min(grid.natural_size(excerpt, place), widest[place])) for place in every]
    columns = grid.folded(every, excerpt, sizes)
    if grid.total(columns) <= limit:
        return columns
    narrow = [max(NARROW, _body_size(excerpt, place)) if figures[place] else NARROW_STUB for place in every]
    sizes = list(map(min, sizes, narrow))
    return grid.folded(_first_and_last(sizes, limit, with_stub=not figures[0]), excerpt, sizes)


def _body_size(excerpt: Excerpt, place: int) -> int:
    cells = (row.cells[place] for row in excerpt.rows if row.cells)
    return max((width(cell.text) for cell in cells if cell.role != "header"), default=0)


def _first_and_last(sizes: Sequence[int], limit: int, with_stub: bool) -> list[int]:
    """The places of the columns that fit, the last one among them, and the first where it is a stub."""
    *others, last = sizes
    if sum(sizes) + 2 * len(others) <= limit:
        return list(range(len(sizes)))
    used = last + 4  # the last column and the fold
    places: list[int] = []
    for place, size in enumerate(others):
        if used + size + 2 > limit and not (with_stub and place == 0):
            break
        places.append(place)
        used += size + 2
    return [*places, len(others)]
