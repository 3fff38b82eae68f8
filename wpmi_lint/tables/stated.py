"""What a layout states about a table, put in the place of what was found; contradictions become doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Doubt, Statistic, Totals
from wpmi_lint.tables.body import Frame
from wpmi_lint.tables.find.surroundings import Placed
from wpmi_lint.tables.meaning.measures import Assigned, Origin
from wpmi_lint.tables.numbers import EMPTY, MONEY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.layouts import Layout, LayoutColumn
    from wpmi_lint.model import Codes, Range
    from wpmi_lint.tables.body import BodyCells
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.find.headers import Levels


def place(grid: Grid, placed: list[Placed], layouts: Sequence[Layout]) -> list[Placed]:
    """The frames as layouts state them: dropped, replaced, or with other headers and stub."""
    for layout in layouts:
        area = layout.range
        inside: list[Placed] = []
        others: list[Placed] = []
        for table in placed:
            (inside if area is None or _overlap(table.frame, area) else others).append(table)
        if not layout.is_table:
            placed = others
        elif area is None:
            placed = [
                Placed(_adjusted(grid, frame, layout), alone, _merged(before, layout))
                for frame, alone, before, *_ in placed
            ]
        else:
            frame = _framed(grid, layout, inside[0].frame if inside else None)
            merged = _merged(inside[0].layout if inside else None, layout)
            placed = others + ([Placed(frame=frame, alone=True, layout=merged)] if frame is not None else [])
    return sorted(placed, key=lambda table: (int(table.frame.rows[0]), min(table.frame.body)))


def _merged(first: Layout | None, later: Layout) -> Layout:
    """What two layouts state of one table; the later one wins."""
    if first is None:
        return later
    return later._replace(
        columns=(*first.columns, *later.columns),
        totals=later.totals if later.totals is not None else first.totals,
        title=later.title if later.title is not None else first.title,
        label=later.label if later.label is not None else first.label,
    )


def _overlap(frame: Frame, area: Range) -> bool:
    own = frame.area._replace(top=int(frame.rows[0]))
    rows = own.top <= area.bottom and own.bottom >= area.top
    return rows and own.left <= area.right and own.right >= area.left


def _adjusted(grid: Grid, frame: Frame, layout: Layout) -> Frame:
    """A frame that was found, with the headers and stub of a layout."""
    columns = frame.columns
    if layout.header_rows is not None:
        top, bottom = layout.header_rows
        height = len(grid.kind)
        header = tuple(range(top, min(bottom, height - 1) + 1))
        rows = np.arange(bottom + 1, int(frame.rows[-1]) + 1)
        rows = rows[(grid.kind[rows][:, list(frame.body)] != EMPTY).any(axis=1)]
        frame = frame._replace(header=header, rows=rows) if rows.size else frame
    if layout.stub_cols is not None:
        body = tuple(c for c in sorted(columns) if c not in layout.stub_cols)
        frame = frame._replace(stub=layout.stub_cols, body=body) if body else frame
    return frame


def _framed(grid: Grid, layout: Layout, near: Frame | None) -> Frame | None:
    """The frame of a stated range; what the layout leaves open is as it was found there."""
    assert layout.range is not None
    area = layout.range
    height, width = grid.kind.shape
    columns = range(area.left, min(area.right, width - 1) + 1)
    header = layout.header_rows or ((near.header[0], near.header[-1]) if near and near.header else None)
    first = max(area.top, header[1] + 1) if header else area.top
    stub = layout.stub_cols
    if stub is None:
        stub = tuple(col for col in (near.stub if near else ()) if col in columns)
    body = tuple(col for col in columns if col not in stub)
    rows = np.arange(first, min(area.bottom, height - 1) + 1)
    if body:
        rows = rows[(grid.kind[np.ix_(rows, np.array(body))] != EMPTY).any(axis=1)]
    if not body or not rows.size:
        return None
    return Frame(
        header=tuple(range(header[0], header[1] + 1)) if header else (),
        rows=rows,
        stub=stub,
        body=body,
        preface=min(near.preface, area.top) if near else area.top,
        until=near.until if near else min(area.bottom, height - 1) + 1,
    )


# ---------------------------------------------------------------- columns


def columns(layout: Layout, frame: Frame, levels: Sequence[Levels]) -> tuple[list[LayoutColumn | None], list[Doubt]]:
    """For each body column what the layout states of it, and the entries that name no column."""
    entries: list[LayoutColumn | None] = [None] * len(frame.body)
    doubts = []
    for entry in layout.columns:
        meant = [_is_meant(entry, col, level) for col, level in zip(frame.body, levels, strict=True)]
        if not any(meant):
            what = f'"{entry.header}"' if entry.header is not None else "of the layout"
            words = f"the layout ({layout.source}) names a column {what} that is not there"
            doubts.append(Doubt(words, frame.body_area))
        entries = [entry if own else before for own, before in zip(meant, entries, strict=True)]
    return entries, doubts


def _is_meant(entry: LayoutColumn, col: int, level: Levels) -> bool:
    if entry.col is not None:
        return entry.col == col
    return bool(level) and level[-1][0].casefold() == (entry.header or "").casefold()


def statistics(stated: Sequence[LayoutColumn | None], stats: Codes, *, cells: BodyCells, frame: Frame) -> list[Doubt]:
    """Put the stated statistics in place; a sign in the cells that says otherwise is a doubt."""
    doubts = []
    money = (cells.flags & MONEY) > 0
    for at, entry in enumerate(stated):
        if entry is None or entry.statistic is None:
            continue
        other = cells.percent & (entry.statistic == Statistic.COUNT)
        other |= money & ~cells.percent & (entry.statistic in (Statistic.COUNT, Statistic.PERCENTAGE))
        if (other & cells.number)[:, at].any():
            words = f"the layout says {entry.statistic.name.lower()}, signs in the cells say otherwise"
            doubts.append(Doubt(words, frame.of_column(at).body_area))
        stats[:, at] = entry.statistic
    return doubts


def measures(stated: Sequence[LayoutColumn | None], assigned: Assigned, frame: Frame) -> tuple[Assigned, list[Doubt]]:
    """Put the stated measures in place; a header that names another measure is a doubt."""
    origins, by_cell, doubts = list(assigned.origins), assigned.by_cell.copy(), []
    for at, entry in enumerate(stated):
        if entry is None or entry.measure is None:
            continue
        before = origins[int(by_cell[0, at])]
        if before.name not in (None, entry.measure) and before.why == "column header":
            words = f"the layout says {entry.measure}, the header names {before.name}"
            doubts.append(Doubt(words, frame.of_column(at).body_area))
        by_cell[:, at] = len(origins)
        origins.append(Origin(name=entry.measure, words=before.words, why="layout", cell=before.cell))
    return Assigned(tuple(origins), by_cell, assigned.unclear), doubts


# ---------------------------------------------------------------- totals


def totals(layout: Layout, frame: Frame) -> tuple[Totals, list[Doubt]]:
    """The stated total rows and columns as totals of the body's cells."""
    places = {
        "row": {row: at for at, row in enumerate(frame.rows.tolist())},
        "column": {col: at for at, col in enumerate(frame.body)},
    }
    index = np.arange(len(frame.rows) * len(frame.body), dtype=np.int32).reshape(len(frame.rows), len(frame.body))
    cells: list[int] = []
    sizes: list[int] = []
    parts: list[int] = []
    doubts = []
    for entry in layout.totals or ():
        own = places[entry.axis]
        at = [own[part] for part in entry.parts if part in own]
        if entry.total not in own or len(at) < len(entry.parts):
            words = f"the layout ({layout.source}) names a total or part that is not a {entry.axis} of the body"
            doubts.append(Doubt(words, frame.body_area))
        if entry.total not in own:
            continue
        lines = index if entry.axis == "row" else index.T
        cells += lines[own[entry.total]].tolist()
        parts += lines[at].T.ravel().tolist()
        sizes += [len(at)] * lines.shape[1]
    stated = Totals(
        cell=np.array(cells, np.int32),
        start=np.cumsum([0, *sizes]).astype(np.int32),
        part=np.array(parts, np.int32),
        why=(f"stated in the layout ({layout.source})",),
        reason=np.zeros(len(cells), np.int16),
    )
    return stated, doubts
