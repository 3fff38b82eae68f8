"""A table in miniature: its cells with their roles in signs (and colour), folded to the width at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.a1 import letters
from wpmi_lint.records import NamedTuple
from wpmi_lint.report.excerpt import shown
from wpmi_lint.report.disclosure import figure
from wpmi_lint.report.style import Span
from wpmi_lint.report.text import clean, cut, left, right, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.model import Sheet, Table
    from wpmi_lint.report.style import Line

FIRST_ROWS, LAST_ROWS, TOTAL_ROWS = 6, 2, 4
WIDEST_STUB, WIDEST = 32, 24
NARROW_STUB, NARROW = 20, 9  # where not all columns fit
SIGNS = {"header": "^", "stub": "<", "total": "=", "marker": "~", "doubt": "?", "body": ""}
LEGEND = "signs: ^header, <stub, =total, ~marker, ?not understood; .. and : stand for what is left out"


class _Cell(NamedTuple):
    text: str
    role: str

    @property
    def signed(self) -> str:
        return SIGNS[self.role] + self.text if self.text else SIGNS[self.role] if self.role == "doubt" else ""


class _Roles(NamedTuple):
    """What a cell is, looked up by its place."""

    rows: dict[int, int]  # sheet row -> body row
    cols: dict[int, int]  # sheet column -> body column
    totals: frozenset[int]  # flat body places


def lines(sheet: Sheet, table: Table, limit: int, values: str) -> Iterator[Line]:
    """Lines of at most `limit` cells; numbers of the body are masked where `values` is not "all"."""
    places = _Roles(
        {row: place for place, row in enumerate(table.rows.tolist())},
        {col: place for place, col in enumerate(table.cols.tolist())},
        frozenset(table.totals.cell.tolist()),
    )
    rows = _rows(table, places)
    columns = sorted({*table.stub_cols, *places.cols})
    grid = [[] if row is None else [_cell(sheet, table, places, row, col, values) for col in columns] for row in rows]
    gutter = max(3, len(str(table.rows[-1] + 1)))
    sizes = _sizes(columns, grid, table, limit - gutter - 3)
    chosen = _fitting(sizes, limit - gutter - 3, len(table.stub_cols))
    yield from _lines(rows, columns, chosen, grid, sizes, gutter, table)


def _rows(table: Table, places: _Roles) -> list[int | None]:
    """Sheet rows to show: headers, the first and last body rows, some totals; None is a fold."""
    header = list(range(table.header_rows[0], table.header_rows[1] + 1))[-4:] if table.header_rows else []
    body = table.rows.tolist()
    wide = len(table.cols)
    totals = sorted({flat // wide for flat in places.totals}) if wide else []
    whole_rows = [row for row in totals if _is_total_row(row, places, wide)]
    keep = {*range(FIRST_ROWS), *range(len(body) - LAST_ROWS, len(body)), *whole_rows[:TOTAL_ROWS]}
    if len(body) <= FIRST_ROWS + LAST_ROWS + TOTAL_ROWS:
        keep = set(range(len(body)))
    out: list[int | None] = list(header)
    previous = -1
    for place in sorted(place for place in keep if 0 <= place < len(body)):
        if place != previous + 1:
            out.append(None)
        out.append(body[place])
        previous = place
    return out


def _is_total_row(row: int, places: _Roles, wide: int) -> bool:
    return 2 * sum(row * wide + col in places.totals for col in range(wide)) > wide


def _cell(sheet: Sheet, table: Table, places: _Roles, row: int, col: int, values: str) -> _Cell:
    text = clean(shown(sheet, row, col))
    body_row, body_col = places.rows.get(row), places.cols.get(col)
    if body_row is None:
        return _Cell(text, "header")
    if body_col is None:
        return _Cell(text, "stub")
    if _doubted(table, row, col):
        return _Cell(figure(text, values), "doubt")
    if table.marker[body_row, body_col] >= 0:
        return _Cell(text, "marker")
    total = body_row * len(table.cols) + body_col in places.totals
    return _Cell(figure(text, values), "total" if total else "body")


def _doubted(table: Table, row: int, col: int) -> bool:
    return any(
        doubt.range.top <= row <= doubt.range.bottom and doubt.range.left <= col <= doubt.range.right
        for doubt in table.doubts[:20]
    )


def _sizes(columns: Sequence[int], grid: Sequence[Sequence[_Cell]], table: Table, limit: int) -> list[int]:
    """How wide each column is: as its cells are, or with long headers and stubs cut where that is too much."""
    stubs = [col in table.stub_cols for col in columns]
    sizes = []
    for place, stub in enumerate(stubs):
        widest = max((width(row[place].signed) for row in grid if row), default=1)
        sizes.append(max(2, len(letters(columns[place])), min(widest, WIDEST_STUB if stub else WIDEST)))
    if sum(sizes) + 2 * (len(sizes) - 1) <= limit:
        return sizes
    figures = [
        max((width(row[place].signed) for row in grid if row and row[place].role != "header"), default=0)
        for place in range(len(columns))
    ]
    return [
        min(size, NARROW_STUB) if stub else min(size, max(NARROW, figure))
        for size, figure, stub in zip(sizes, figures, stubs, strict=True)
    ]


def _fitting(sizes: Sequence[int], limit: int, stubs: int) -> list[int | None]:
    """The places of the columns that fit: from the left, and the last one; None is a fold."""
    count = len(sizes)
    if sum(sizes) + 2 * (count - 1) <= limit:
        return list(range(count))
    used = sizes[-1] + 4  # the last column and the fold
    places: list[int | None] = []
    for place in range(count - 1):
        if used + sizes[place] + 2 > limit and place >= min(stubs, 1):
            break
        places.append(place)
        used += sizes[place] + 2
    return [*places, None, count - 1]


def _lines(
    rows: Sequence[int | None],
    columns: Sequence[int],
    chosen: Sequence[int | None],
    grid: Sequence[Sequence[_Cell]],
    sizes: Sequence[int],
    gutter: int,
    table: Table,
) -> Iterator[Line]:
    bar = Span("|", "gutter")

    def fitted(text: str, place: int) -> str:
        text = cut(text, sizes[place])
        return left(text, sizes[place]) if columns[place] in table.stub_cols else right(text, sizes[place])

    names = [".." if place is None else fitted(letters(columns[place]), place) for place in chosen]
    yield (" " * (gutter + 1), bar, " ", Span("  ".join(names), "faint"))
    for row, cells in zip(rows, grid, strict=True):
        if row is None:
            yield (Span(right(":", gutter), "gutter"), " ", bar)
            continue
        parts: list[str | Span] = []
        for place in chosen:
            cell = None if place is None else cells[place]
            parts += [".." if cell is None or place is None else Span(fitted(cell.signed, place), cell.role), "  "]
        yield (Span(right(str(row + 1), gutter), "gutter"), " ", bar, " ", *parts)
