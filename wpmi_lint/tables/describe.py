"""Table to the TABLE object of the JSON report: plain data, in A1 ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.a1 import letters, range_text
from wpmi_lint.model import Range, Statistic
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from wpmi_lint.model import Column, Table


class Areas(NamedTuple):
    """Where the parts of a table stand."""

    outer: Range  # headers, stub and body
    header: Range | None
    stub: Range | None
    body: Range


def areas(table: Table) -> Areas:
    """The rectangles of a table, from its first to its last row and column of each role."""
    body = Range(
        top=int(table.rows[0]), left=int(table.cols.min()), bottom=int(table.rows[-1]), right=int(table.cols.max())
    )
    stub = body._replace(left=min(table.stub_cols), right=max(table.stub_cols)) if table.stub_cols else None
    columns = (body.left, body.right, *table.stub_cols)
    outer = body._replace(left=min(columns), right=max(columns))
    if not table.header_rows:
        return Areas(outer=outer, header=None, stub=stub, body=body)
    first, last = table.header_rows
    return Areas(outer=outer._replace(top=first), header=outer._replace(top=first, bottom=last), stub=stub, body=body)


_TOTALS = 2000  # totals that are listed; "totals_found" says how many there are
_PARTS = 500  # parts that are listed for one total


def describe(table: Table, sheet_name: str | None = None) -> dict[str, object]:
    """The TABLE object of a table."""
    area = areas(table)
    return {
        "id": table.id,
        "sheet": sheet_name,
        "range": range_text(area.outer),
        "header": range_text(area.header) if area.header else None,
        "stub": range_text(area.stub) if area.stub else None,
        "body": range_text(area.body),
        "title": table.title,
        "form": table.form,
        "label": table.label,
        "other_label": table.other_label,
        "label_why": table.label_why,
        "dimensions": [d.term or d.header for d in table.dimensions],
        "by": {d.term or d.header or d.axis: d.axis for d in table.dimensions},
        "columns": [_column(table, column) for column in table.columns],
        "totals": _totals(table),
        "totals_found": len(table.totals.cell),
        "notes": list(table.notes),
        "doubts": [{"range": range_text(d.range), "reason": d.reason} for d in table.doubts],
    }


def _column(table: Table, column: Column) -> dict[str, object]:
    measure = table.measures[column.measure] if column.measure >= 0 else None
    return {
        "ref": letters(column.col),
        "header": list(column.header),
        "measure": measure.name if measure else None,
        "kind": measure.kind if measure else None,
        "statistic": Statistic(column.statistic).name.lower(),
        "why": measure.why if measure else "differs from row to row",
    }


def _totals(table: Table) -> list[dict[str, object]]:
    totals, width = table.totals, len(table.cols)
    rows, cols = [str(row + 1) for row in table.rows.tolist()], [letters(col) for col in table.cols.tolist()]

    def name(flat: int) -> str:
        return cols[flat % width] + rows[flat // width]

    if len(totals.part) * 4 > table.value.size:  # most cells are parts, many of two totals
        name = [col + row for row in rows for col in cols].__getitem__  # type: ignore[assignment]
    count = min(len(totals.cell), _TOTALS)
    start = totals.start.tolist()
    parts = list(map(name, totals.part[: start[count]].tolist()))
    entries: list[dict[str, object]] = []
    for at, (cell, reason) in enumerate(zip(totals.cell[:count].tolist(), totals.reason[:count].tolist(), strict=True)):
        first, last = start[at], start[at + 1]
        shown = parts[first : min(last, first + _PARTS)]
        entry: dict[str, object] = {"total": name(cell), "parts": shown, "why": totals.why[reason]}
        if last - first > _PARTS:
            entry["parts_found"] = last - first
        entries.append(entry)
    return entries
