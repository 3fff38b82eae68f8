"""Cuts the part of a table that a finding is about: generous, bounded, to be folded to the width later."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from wpmi_lint.a1 import letters, parse_address
from wpmi_lint.figure_text import figure_text
from wpmi_lint.model import Excerpt, Figure, GridCell, GridRow
from wpmi_lint.report.grid import with_gaps
from wpmi_lint.report.groups import group_key
from wpmi_lint.sheetcells import cells_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from wpmi_lint.model import Document, Finding, Index, Sheet, Table

    RowColumn = tuple[int, int]  # sheet row and column, 0-based

MOST_ROWS = 14  # body rows of an excerpt
MOST_COLUMNS = 20  # columns of an excerpt; no terminal shows more
MOST_EXCERPTS = 100  # of a file: no more diagnostics are printed
LONGEST = 200  # characters of a cell
MOST_LINES = 8  # of an entry of a YAML file


def excerpts(document: Document, tables: Sequence[Table], findings: Sequence[Finding]) -> dict[int, Excerpt]:
    """The excerpts of a file's findings, by the index of the finding; none for what is not about cells of a table."""
    bodies = {table.id: _body(table) for table in tables}
    by_id = {table.id: table for table in tables}
    cells = {index: cell for index, finding in enumerate(findings) if (cell := _cell(finding, bodies)) is not None}
    failing = _failing(findings, cells)
    shown: set[tuple[object, ...]] = set()
    cuts: dict[int, Excerpt] = {}
    for index, cell in cells.items():
        table = by_id.get(findings[index].place.table or "")
        key = group_key(findings[index], index)
        if table is not None and key not in shown:  # a diagnostic shows the excerpt of its first finding
            shown.add(key)
            sheet = document.sheets[table.sheet]
            cuts[index] = cut(
                sheet, table, fails={cell}, used=_used(findings[index]), failing=failing.get(table.id, set())
            )
        if len(cuts) == MOST_EXCERPTS:
            break
    return cuts


def _cell(finding: Finding, bodies: Mapping[str, tuple[set[int], set[int]]]) -> RowColumn | None:
    """The cell that a finding is about; None where it is about the table and not about the content of a cell."""
    cell = parse_address(finding.place.cell or "")
    rows, cols = bodies.get(finding.place.table or "", (set(), set()))
    if cell is None or (cell[0] in rows and cell[1] in cols) or _has_figure(finding):
        return cell
    return None


def _used(finding: Finding) -> set[RowColumn]:
    cells = finding.arithmetic.cells if finding.arithmetic else ()
    return {cell for cell in map(parse_address, cells) if cell is not None}


def _failing(findings: Sequence[Finding], cells: Mapping[int, RowColumn]) -> dict[str, set[RowColumn] | None]:
    """The cells of each table that must not be shown; None for all of them, where not every finding is listed.

    A figure in the arithmetic of its own finding is one share of a whole: it follows from the others, so
    none of them is shown.
    """
    by_table: dict[str, set[RowColumn] | None] = {}
    for index, cell in cells.items():
        finding, table = findings[index], findings[index].place.table or ""
        failing = by_table.setdefault(table, set())
        if finding.more:
            by_table[table] = None
        elif failing is not None and finding.verdict != "not-checked":
            used = _used(finding)
            failing |= used if cell in used else {cell}
    return by_table


def _body(table: Table) -> tuple[set[int], set[int]]:
    return set(table.rows.tolist()), set(table.cols.tolist())


def _has_figure(finding: Finding) -> bool:
    return any(isinstance(part, Figure) for part in (*finding.message, *finding.fix))


def cut(
    sheet: Sheet, table: Table, *, fails: Set[RowColumn], used: Set[RowColumn], failing: Set[RowColumn] | None
) -> Excerpt:
    """The excerpt of one finding: `fails` are its own cells, `used` those of its arithmetic, `failing` all cells of
    the table that some finding is about; None: any of them may be."""
    sheet = sheet._replace(rows=cells_of(sheet.rows, sheet.width))  # once, not for each cell
    marked = fails | used
    body = set(table.cols.tolist())

    def grid_cell(row: int, column: int | None, role: str) -> GridCell:
        if column is None:
            return GridCell(text="", role="gap")
        cell, inside = (row, column), column in body
        return GridCell(
            text=cell_text(sheet, row, column),
            role=role if inside or role == "header" else "stub",
            mark="fail" if cell in fails else "used" if cell in used else "",
            failing=cell in failing if failing is not None else inside and role == "body",
            number=inside,
        )

    def grid_row(row: int | None, role: str) -> GridRow:
        if row is None:
            return GridRow(number=None, cells=())
        return GridRow(number=row + 1, cells=tuple(grid_cell(row, column, role) for column in columns))

    columns = _columns(table, {column for _, column in marked})
    return Excerpt(
        letters=tuple(".." if column is None else letters(column) for column in columns),
        header=tuple(grid_row(row, "header") for row in _header(table)),
        rows=tuple(grid_row(row, "body") for row in _near(table.rows, {row for row, _ in marked}, MOST_ROWS)),
    )


def _columns(table: Table, marked: Set[int]) -> list[int | None]:
    """Stub and body columns in the order of the sheet; None where some were left out."""
    stub = table.stub_cols[:4]
    keep = {*stub, *_near(table.cols, marked, MOST_COLUMNS - len(stub))}
    columns = sorted({*table.stub_cols, *table.cols.tolist()})
    places = with_gaps((place for place, column in enumerate(columns) if column in keep), len(columns))
    return [None if place is None else columns[place] for place in places]


def _header(table: Table) -> Iterable[int]:
    if table.header_rows is None:
        return ()
    first, last = table.header_rows
    return range(max(first, last - 3), last + 1)


def _near(all_: Index, wanted: Set[int], most: int) -> list[int | None]:
    """The wanted ones, their neighbours, then the first and the last; None where some were left out."""
    count = len(all_)
    places = ((int(all_.searchsorted(value)), value) for value in wanted)
    centre = sorted(place for place, value in places if place < count and all_[place] == value)
    keep: dict[int, None] = dict.fromkeys(centre[:most])
    around = [place + step for step in (-1, 1, -2, 2) for place in centre]
    if count <= most:
        around += range(count)
    for place in (*around, 0, count - 1):
        if 0 <= place < count and len(keep) < most:
            keep.setdefault(place)
    return [None if place is None else int(all_[place]) for place in with_gaps(sorted(keep), count)]


def cell_text(sheet: Sheet, row: int, column: int) -> str:
    """A cell as a reader of the file would write it down."""
    value = cells_of(sheet.rows, sheet.width).at(row, column)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, float | int):
        return " ".join(str(value)[:LONGEST].split())
    styles = sheet.styles
    percent = styles is not None and styles.formats[styles.format[row, column]].percent
    return f"{figure_text(value * 100)}%" if percent else figure_text(value)


def of_lines(lines: Sequence[str], line: int, column: int) -> Excerpt | None:
    """A line of a YAML file (1-based), and the rest of its entry where one of a list begins there."""
    if not 1 <= line <= len(lines):
        return None
    shown = [lines[line - 1]]
    if shown[0].lstrip().startswith("-"):
        rest = takewhile(
            lambda text: _indent(text) >= column - 1 and text.strip(" ")[:1] not in ("", "#"), lines[line:]
        )
        shown += list(rest)[: MOST_LINES - 1]
    cells = (GridCell(text=text, role="stub", mark="" if place else "fail") for place, text in enumerate(shown))
    return Excerpt(
        letters=(),
        header=(),
        rows=tuple(GridRow(number=number, cells=(cell,)) for number, cell in enumerate(cells, line)),
    )


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
