"""Layouts: an entry of the configuration as a Layout, and a table as understood as such an entry."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from wpmi_lint.a1 import letters, parse_address, parse_range, range_text
from wpmi_lint.errors import UsageError
from wpmi_lint.layouts import Layout, LayoutColumn, LayoutTotal
from wpmi_lint.model import Statistic
from wpmi_lint.tables.describe import areas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wpmi_lint.model import Range, Table

_LINES = 400  # total rows and columns that an entry lists at most


# ---------------------------------------------------------------- from the configuration


def parse(entry: Mapping[str, Any], source: str) -> Layout:
    """An entry of `layouts` (checked by config.schema.json) as a Layout.

    `source` is the place that is told to the user. Raises UsageError for a range, row or column that is none.
    """
    return Layout(
        source,
        sheet=str(entry.get("sheet", "*")),
        range=_area(entry["range"], source) if entry.get("range") else None,
        header_rows=_ends(entry["header"], "row", source) if entry.get("header") else None,
        stub_cols=tuple(_lines(entry["stub"], "column", source)) if entry.get("stub") else None,
        columns=tuple(_column(column, source) for column in entry.get("columns", ())),
        totals=tuple(_total(total, source) for total in entry["totals"]) if "totals" in entry else None,
        title=entry.get("title"),
        label=entry.get("label"),
        is_table=str(entry.get("table")).lower() != "false",
    )


def _area(text: object, source: str) -> Range:
    area = parse_range(str(text))
    if area is None:
        raise UsageError(f"{source}: {text!r} is not a range", 'write a range as "A5:F12"')
    return area


def _column(entry: Mapping[str, Any], source: str) -> LayoutColumn:
    where = entry.get("column")
    named = entry.get("statistic")
    return LayoutColumn(
        col=_lines(where, "column", source)[0] if where is not None else None,
        header=entry.get("header"),
        measure=entry.get("measure"),
        statistic=Statistic[str(named).upper()] if named is not None else None,
        scale=float(entry.get("scale", 1.0)),
    )


def _total(entry: Mapping[str, Any], source: str) -> LayoutTotal:
    axis = "row" if "row" in entry else "column"
    return LayoutTotal(axis, _lines(entry[axis], axis, source)[0], tuple(_lines(entry["parts"], axis, source)))


def _ends(text: object, axis: str, source: str) -> tuple[int, int]:
    lines = _lines(text, axis, source)
    return min(lines), max(lines)


def _lines(text: object, axis: str, source: str) -> list[int]:
    """ "5", "5:8" or "5, 7:9" as rows, "B", "B:D" or "B, D" as columns; 0-based."""
    lines: list[int] = []
    for part in str(text).split(","):
        first, _, last = part.strip().partition(":")
        low, high = _line(first, axis), _line(last or first, axis)
        if low is None or high is None or abs(high - low) > 1_100_000:
            help_ = 'write rows as "5:8" or "5, 7:9"' if axis == "row" else 'write columns as "B:D" or "B, D"'
            raise UsageError(f"{source}: {part.strip()!r} is not a {axis}", help_)
        lines += range(min(low, high), max(low, high) + 1)
    return lines


def _line(text: str, axis: str) -> int | None:
    text = text.strip()
    if axis == "row":
        return int(text) - 1 if text.isdigit() and text.isascii() and int(text[:9]) > 0 else None
    cell = parse_address(f"{text}1") if text.isalpha() else None
    return cell[1] if cell else None


# ---------------------------------------------------------------- from a table


def as_layout(table: Table, files: str, sheet_name: str) -> dict[str, object]:
    """The present understanding of a table as an entry of `layouts`, to be corrected by hand."""
    entry: dict[str, object] = {"files": files}
    if sheet_name:
        entry["sheet"] = re.sub(r"([*?[])", r"[\1]", sheet_name)  # as a glob that means just this name
    entry["range"] = range_text(areas(table).outer)
    if table.header_rows:
        first, last = table.header_rows
        entry["header"] = _run(range(first, last + 1), "row")
    if table.stub_cols:
        entry["stub"] = _run(table.stub_cols, "column")
    if table.title:
        entry["title"] = table.title
    if table.label:
        entry["label"] = table.label
    entry["columns"] = [_column_entry(table, at) for at in range(len(table.columns))]
    if table.form == "cross":
        entry["totals"] = _total_entries(table)
    return entry


def _column_entry(table: Table, at: int) -> dict[str, object]:
    column = table.columns[at]
    entry: dict[str, object] = {"column": letters(column.col)}
    if column.measure >= 0 and table.measures[column.measure].name:
        entry["measure"] = table.measures[column.measure].name
    if column.statistic != Statistic.UNKNOWN and (table.statistic[:, at] == column.statistic).all():
        entry["statistic"] = column.statistic.name.lower()
    return entry


def _total_entries(table: Table) -> list[dict[str, object]]:
    """Total rows and columns, each once, with the parts of the line that has most of them."""
    totals, width = table.totals, len(table.cols)
    rows, cols = table.rows.tolist(), table.cols.tolist()
    start = totals.start.tolist()
    counts: Counter[tuple[str, int, tuple[int, ...]]] = Counter()
    for at, cell in enumerate(totals.cell[:20000].tolist()):
        parts = totals.part[start[at] : start[at + 1]].tolist()
        if parts and all(p % width == cell % width for p in parts):
            counts["row", rows[cell // width], tuple(rows[p // width] for p in parts)] += 1
        elif parts:
            counts["column", cols[cell % width], tuple(cols[p % width] for p in parts)] += 1
    most: dict[tuple[str, int], tuple[int, ...]] = {}
    for (axis, total, lines), count in counts.items():
        if count > counts[axis, total, most.get((axis, total), ())]:
            most[axis, total] = lines
    entries: list[dict[str, object]] = [
        {axis: _run([total], axis), "parts": _run(lines, axis)} for (axis, total), lines in most.items()
    ]
    return entries[:_LINES]


def _run(lines: Sequence[int], axis: str) -> str:
    """0-based lines as "5:8" or "B, D"."""
    name = (lambda at: str(at + 1)) if axis == "row" else letters
    parts: list[list[int]] = []
    for at in sorted(set(lines)):
        if parts and at == parts[-1][-1] + 1:
            parts[-1].append(at)
        else:
            parts.append([at])
    return ", ".join(name(p[0]) if len(p) == 1 else f"{name(p[0])}:{name(p[-1])}" for p in parts)
