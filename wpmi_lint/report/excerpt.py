"""Cuts the part of a table that a finding is about: generous, bounded, to be folded to the width later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.a1 import letters, parse_address
from wpmi_lint.model import Excerpt, Figure, GridCell, GridRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from wpmi_lint.model import Document, Finding, Sheet, Table

    Cell = tuple[int, int]  # sheet row and column, 0-based

MOST_ROWS = 14  # body rows of an excerpt
MOST_COLUMNS = 20  # columns of an excerpt; no terminal shows more
MOST_FINDINGS = 100  # excerpts of a file: no more findings are printed
LONGEST = 200  # characters of a cell


def excerpts(document: Document, tables: Sequence[Table], findings: Sequence[Finding]) -> dict[int, Excerpt]:
    """The excerpts of a file's findings, by the index of the finding; none for what is not about cells of a table."""
    known = {table.id: (table, _body(table)) for table in tables}
    cells: dict[int, Cell] = {}
    failing: dict[str, set[Cell]] = {}
    for index, finding in enumerate(findings):
        cell = parse_address(finding.place.cell or "")
        _, (rows, cols) = known.get(finding.place.table or "", (None, (set(), set())))
        if cell is None or not ((cell[0] in rows and cell[1] in cols) or _has_figure(finding)):
            continue  # it is about the table, not about what stands in a cell
        cells[index] = cell
        if finding.verdict != "not-checked":
            failing.setdefault(finding.place.table or "", set()).add(cell)
    found: dict[int, Excerpt] = {}
    for index in list(cells)[:MOST_FINDINGS]:
        finding = findings[index]
        table = known.get(finding.place.table or "", (None,))[0]
        if table is None:
            continue
        arithmetic = finding.arithmetic.cells if finding.arithmetic else ()
        used = {place for place in map(parse_address, arithmetic) if place is not None}
        sheet = document.sheets[table.sheet]
        found[index] = cut(sheet, table, {cells[index]}, used, failing.get(finding.place.table or "", set()))
    return found


def _body(table: Table) -> tuple[set[int], set[int]]:
    return set(table.rows.tolist()), set(table.cols.tolist())


def _has_figure(finding: Finding) -> bool:
    return any(isinstance(part, Figure) for part in (*finding.message, *finding.fix))


def cut(sheet: Sheet, table: Table, fails: Set[Cell], used: Set[Cell], failing: Set[Cell]) -> Excerpt:
    """The excerpt of one finding: `fails` are its own cells, `used` those of its arithmetic, `failing` all cells of
    the table that some finding is about."""
    marked = fails | used
    rows = _near([int(row) for row in table.rows], {row for row, _ in marked}, MOST_ROWS)
    body = _near([int(col) for col in table.cols], {col for _, col in marked}, MOST_COLUMNS - len(_stub(table)))
    columns: list[int | None] = [*_stub(table), *body]
    cells = _Cells(sheet, table, fails, used, failing)
    return Excerpt(
        tuple(".." if col is None else letters(col) for col in columns),
        tuple(cells.header(row, columns) for row in _header(table)),
        tuple(GridRow(None, ()) if row is None else cells.body(row, columns) for row in rows),
    )


def _stub(table: Table) -> tuple[int, ...]:
    return table.stub_cols[:4]


def _header(table: Table) -> Iterable[int]:
    if table.header_rows is None:
        return ()
    first, last = table.header_rows
    return range(max(first, last - 3), last + 1)


def _near(all_: Sequence[int], wanted: Set[int], most: int) -> list[int | None]:
    """The wanted ones, their neighbours, then the first and the last; None stands where some were left out."""
    places = {value: place for place, value in enumerate(all_)}
    centre = sorted(places[value] for value in wanted if value in places)
    keep: dict[int, None] = dict.fromkeys(centre[:most])
    ends = [0, len(all_) - 1]
    around = [place + step for step in (-1, 1, -2, 2) for place in centre]
    if len(all_) <= most:
        around += range(len(all_))
    for place in (*around, *ends):
        if 0 <= place < len(all_) and len(keep) < most:
            keep.setdefault(place)
    out: list[int | None] = []
    previous = -1
    for place in sorted(keep):
        if place != previous + 1:
            out.append(None)
        out.append(all_[place])
        previous = place
    return [*out, None] if previous + 1 < len(all_) else out


class _Cells:
    """Makes the rows of an excerpt."""

    def __init__(self, sheet: Sheet, table: Table, fails: Set[Cell], used: Set[Cell], failing: Set[Cell]) -> None:
        self.sheet, self.table = sheet, table
        self.fails, self.used, self.failing = fails, used, failing
        self.body_cols = {int(col) for col in table.cols}

    def header(self, row: int, columns: Iterable[int | None]) -> GridRow:
        return GridRow(row + 1, tuple(self._cell(row, col, "header") for col in columns))

    def body(self, row: int, columns: Iterable[int | None]) -> GridRow:
        return GridRow(row + 1, tuple(self._cell(row, col, "body") for col in columns))

    def _cell(self, row: int, col: int | None, role: str) -> GridCell:
        if col is None:
            return GridCell("", "gap")
        inside = col in self.body_cols
        cell = (row, col)
        return GridCell(
            shown(self.sheet, row, col),
            role if inside or role == "header" else "stub",
            "fail" if cell in self.fails else "used" if cell in self.used else "",
            cell in self.failing,
            inside,
        )


def shown(sheet: Sheet, row: int, col: int) -> str:
    """A cell as a reader of the file would write it down."""
    cells = sheet.rows[row] if row < len(sheet.rows) else ()
    raw = cells[col] if col < len(cells) else None
    if raw is None:
        return ""
    if isinstance(raw, float | int) and not isinstance(raw, bool):
        return _number(raw, sheet, row, col)
    return " ".join(str(raw)[:LONGEST].split())


def _number(raw: float, sheet: Sheet, row: int, col: int) -> str:
    styles = sheet.styles
    percent = styles is not None and styles.formats[styles.format[row, col]].percent
    value = raw * 100 if percent else raw
    text = f"{value:.12g}" if abs(value) < 1e15 else f"{value:g}"
    return text + "%" if percent else text
