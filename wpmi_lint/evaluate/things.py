"""Facts about tables, their measures and breakdowns, sheets, texts and the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.a1 import address, range_text
from wpmi_lint.arrays import distinct
from wpmi_lint.evaluate.cells import ZERO_MEANINGS, TableFacts, by
from wpmi_lint.facts import Facts, from_rows
from wpmi_lint.model import Place, Range, Statistic
from wpmi_lint.tables.breakdown import breakdowns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Document, Measure, Table
    from wpmi_lint.tables.breakdown import Breakdown

# Columns of these are what a table is broken down by or identified by, never what it measures.
_NO_MEASURE = (Statistic.DATE, Statistic.CODE, Statistic.COORDINATE)


def table_place(document: Document, table: Table) -> Place:
    """A table as a place: its first cell."""
    top, left = _corner(table)
    return Place(document.path, document.sheets[table.sheet].name or None, address(top, left), table=table.id)


def _corner(table: Table) -> tuple[int, int]:
    rows, cols = table.rows.tolist(), table.cols.tolist()
    top = table.header_rows[0] if table.header_rows else min(rows, default=0)
    return top, min([*table.stub_cols, *cols], default=0)


def area(table: Table) -> str:
    """The range of a table with its headers and stub, A1 style."""
    top, left = _corner(table)
    return range_text(Range(top, left, max(table.rows.tolist(), default=top), max(table.cols.tolist(), default=left)))


def table_facts(facts: TableFacts) -> Facts:
    """The noun table: one fact."""
    table = facts.table
    counts = table.statistic == Statistic.COUNT
    # a blank or a marker takes the statistic of its column, so nil marks among counts are counts here
    nil = [t == "" or facts.matcher.marker(t) in ZERO_MEANINGS for t in table.markers]
    row = {
        "title": table.title or None,
        "form": table.form,
        "label": table.label,
        "other_label": table.other_label,
        "source": _source(table),
        "by": by(table),
        "kind": _distinct(table.measures, "kind"),
        "measure": _distinct(table.measures, "name"),
        "rows": len(table.rows),
        "columns": len(table.cols),
        "cells": int(table.value.size),
        "counts": int(counts.sum()),
        "zeros": int((table.value[counts] == 0).sum()),
        "nil_marks": int(np.array([*nil, False])[table.marker[counts]].sum()) if nil else 0,
    }
    place = table_place(facts.document, table)
    return from_rows("table", [row], lambda _: place)


def _distinct(measures: Sequence[Measure], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(v) for m in measures if (v := getattr(m, name))))


def _source(table: Table) -> str | None:
    """The note that says where the figures are published: it begins with "Source"."""
    for note in (table.title, *table.notes):
        if note.strip().casefold().startswith("source"):
            return note.strip()
    return None


def measure_facts(facts: TableFacts) -> Facts:
    """The noun measure: what is counted, once for each distinct run of words."""
    table = facts.table
    used = set(distinct(table.measure).tolist())
    shown = [m for i, m in enumerate(table.measures) if i in used and m.statistic not in _NO_MEASURE]
    rows = [
        {
            "name": measure.name,
            "kind": measure.kind,
            "statistic": measure.statistic.name.lower() if measure.statistic else None,
            "header": measure.header or table.title or "what this table counts",
            "label": table.label,
        }
        for measure in shown
    ]
    whole = table_place(facts.document, table)

    def place(i: int) -> Place:
        cell = shown[i].cell
        return whole if cell is None else whole._replace(cell=address(*cell), column_header=(shown[i].header,))

    return from_rows("measure", rows, place)


def breakdown_facts(facts: TableFacts) -> tuple[Facts, Sequence[Breakdown]]:
    """The noun breakdown: sets of shares of one whole. The breakdowns themselves serve the named checks."""
    table = facts.table
    found = breakdowns(table)
    measures = [table.measures[b.measure] if b.measure >= 0 else None for b in found]
    rows = [
        {
            "kind": measure.kind if measure else None,
            "measure": measure.name if measure else None,
            "by": b.by,
            "label": table.label,
            "sum": b.sum,
            "gap": abs(b.sum - 100),
            "slack": 0.5 * 10.0**-b.decimals * len(b.cells),
            "decimals": b.decimals,
            "shares": len(b.cells),
            "complete": b.complete,
        }
        for b, measure in zip(found, measures, strict=True)
    ]
    places = [facts.place_of(int(b.cells[0])) for b in found]
    return from_rows("breakdown", rows, lambda i: places[i]), found


def file_facts(document: Document, tables: Sequence[Table]) -> Facts:
    """The noun file: one fact."""
    labels = {table.label for table in tables}
    row = {
        "path": document.path,
        "format": document.format,
        "encoding": document.encoding or None,
        "label": labels.pop() if len(labels) == 1 else None,
        "sheets": len(document.sheets),
        "tables": len(tables),
    }
    return from_rows("file", [row], lambda _: Place(document.path))


def sheet_facts(document: Document, tables: Sequence[Table]) -> Facts:
    """The noun sheet."""
    rows = [
        {"name": s.name or None, "visibility": s.visibility, "tables": sum(t.sheet == i for t in tables)}
        for i, s in enumerate(document.sheets)
    ]
    return from_rows("sheet", rows, lambda i: Place(document.path, document.sheets[i].name or None))
