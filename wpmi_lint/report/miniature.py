"""A table in miniature: its cells with their roles in signs (and colour), folded to the width at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wpmi_lint.a1 import letters
from wpmi_lint.report.excerpt import shown
from wpmi_lint.report.redact import figure
from wpmi_lint.report.style import Span
from wpmi_lint.report.text import clean, cut, left, right, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.model import Sheet, Table
    from wpmi_lint.report.style import Line

FIRST_ROWS, LAST_ROWS, TOTAL_ROWS = 6, 2, 4
WIDEST_STUB, WIDEST = 30, 16
SIGNS = {"header": "^", "stub": "<", "total": "=", "marker": "~", "doubt": "?", "body": ""}
LEGEND = "^ header   < stub   = total   ~ marker   ? not understood   % as the file says"


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
    gutter = max(3, len(str(table.rows[-1] + 1)))
    columns = _columns(table, places)
    grid = [[] if row is None else [_cell(sheet, table, places, row, col, values) for col in columns] for row in rows]
    sizes = _sizes(columns, grid, table)
    columns, chosen = _fitting(sizes, limit - gutter - 3, columns, len(table.stub_cols))
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


def _columns(table: Table, places: _Roles) -> list[int]:
    return sorted({*table.stub_cols, *places.cols})


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


def _sizes(columns: Sequence[int], grid: Sequence[Sequence[_Cell]], table: Table) -> list[int]:
    sizes = []
    for place, col in enumerate(columns):
        widest = max((width(row[place].signed) for row in grid if row), default=1)
        most = WIDEST_STUB if col in table.stub_cols else WIDEST
        sizes.append(max(2, len(letters(col)), min(widest, most)))
    return sizes


def _fitting(
    sizes: Sequence[int], limit: int, columns: Sequence[int], stubs: int
) -> tuple[list[int | None], list[int | None]]:
    """The columns that fit, as columns and as places in the grid: from the left, and the last one; None is a fold."""
    count = len(columns)
    if sum(sizes) + 2 * (count - 1) <= limit:
        return list(columns), list(range(count))
    used = sizes[-1] + 4  # the last column and the fold
    places: list[int | None] = []
    for place in range(count - 1):
        if used + sizes[place] + 2 > limit and place >= min(stubs, 1):
            break
        places.append(place)
        used += sizes[place] + 2
    places += [None, count - 1]
    return [None if place is None else columns[place] for place in places], places


def _lines(
    rows: Sequence[int | None],
    columns: Sequence[int | None],
    chosen: Sequence[int | None],
    grid: Sequence[Sequence[_Cell]],
    sizes: Sequence[int],
    gutter: int,
    table: Table,
) -> Iterator[Line]:
    bar = Span("|", "gutter")
    names = [
        ".." if col is None or place is None else _aligned(letters(col), sizes[place], col in table.stub_cols)
        for col, place in zip(columns, chosen, strict=True)
    ]
    yield (" " * (gutter + 1), bar, " ", Span("  ".join(names), "faint"))
    for row, cells in zip(rows, grid, strict=True):
        if row is None:
            yield (Span(right(":", gutter), "gutter"), " ", bar)
            continue
        parts: list[str | Span] = []
        for col, place in zip(columns, chosen, strict=True):
            if col is None or place is None:
                parts += ["..", "  "]
                continue
            cell = cells[place]
            text = cut(cell.signed, sizes[place])
            parts += [Span(_aligned(text, sizes[place], col in table.stub_cols), cell.role), "  "]
        yield (Span(right(str(row + 1), gutter), "gutter"), " ", bar, " ", *parts)


def _aligned(text: str, size: int, to_left: bool) -> str:
    return left(text, size) if to_left else right(text, size)
