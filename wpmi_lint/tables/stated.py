"""What a layout states about a table, put in the place of what was found; contradictions become doubts."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.layouts import LayoutColumn
from wpmi_lint.model import Doubt, Statistic, Totals
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.doubts import body_range
from wpmi_lint.tables.frames import Frame
from wpmi_lint.tables.measures import Assigned, Source
from wpmi_lint.tables.numbers import EMPTY, MONEY, NUMBER, PERCENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.layouts import Layout
    from wpmi_lint.model import Codes, Range
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.figures import Cells
    from wpmi_lint.tables.headers import Levels
    from wpmi_lint.tables.measures import Words


class Placed(NamedTuple):
    """A frame with the layout that speaks of it; `alone`: no other table stands beside it."""

    frame: Frame
    alone: bool
    layout: Layout | None = None
    said: tuple[Words, ...] = ()  # words of a label column
    part: str = ""  # tells tables of one range apart, which a label column marks differently


def of_sheet(layouts: Sequence[Layout], sheet_name: str) -> list[Layout]:
    """The layouts that speak of a sheet."""
    return [layout for layout in layouts if fnmatchcase(sheet_name, layout.sheet)]


def place(grid: Grid, found: list[Placed], layouts: Sequence[Layout]) -> list[Placed]:
    """The frames as layouts state them: dropped, replaced, or with other headers and stub."""
    for layout in layouts:
        if not layout.is_table:
            found = [one for one in found if layout.range is not None and not _overlap(one.frame, layout.range)]
        elif layout.range is None:
            found = [
                Placed(_adjusted(grid, one.frame, layout), one.alone, _merged(one.layout, layout)) for one in found
            ]
        else:
            inside = [one for one in found if _overlap(one.frame, layout.range)]
            frame = _framed(grid, layout, layout.range, inside[0].frame if inside else None)
            found = [one for one in found if one not in inside]
            said = _merged(inside[0].layout if inside else None, layout)
            found += [Placed(frame, True, said)] if frame is not None else []
    return sorted(found, key=lambda one: (int(one.frame.rows[0]), min(one.frame.body)))


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
    columns = (*frame.stub, *frame.body)
    rows = int(frame.rows[0]) <= area.bottom and int(frame.rows[-1]) >= area.top
    return rows and min(columns) <= area.right and max(columns) >= area.left


def _adjusted(grid: Grid, frame: Frame, layout: Layout) -> Frame:
    """A frame that was found, with the headers and stub of a layout."""
    columns = (*frame.stub, *frame.body)
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


def _framed(grid: Grid, layout: Layout, area: Range, near: Frame | None) -> Frame | None:
    """The frame of a stated range; what the layout leaves open is as it was found there."""
    height, width = grid.kind.shape
    bottom, right = min(area.bottom, height - 1), min(area.right, width - 1)
    if area.top > bottom or area.left > right:
        return None
    columns = range(area.left, right + 1)
    header = layout.header_rows or ((near.header[0], near.header[-1]) if near and near.header else None)
    first = max(area.top, header[1] + 1) if header else area.top
    stub = (
        layout.stub_cols
        if layout.stub_cols is not None
        else tuple(c for c in (near.stub if near else ()) if c in columns)
    )
    body = tuple(c for c in columns if c not in stub)
    rows = np.arange(first, bottom + 1)
    if not body or not rows.size:
        return None
    rows = rows[(grid.kind[np.ix_(rows, np.array(body))] != EMPTY).any(axis=1)]
    if not rows.size:
        return None
    names = tuple(range(header[0], header[1] + 1)) if header else ()
    preface = min(near.preface, area.top) if near else area.top
    return Frame(names, rows, stub, body, preface, near.until if near else bottom + 1)


# ---------------------------------------------------------------- columns


def columns(layout: Layout, frame: Frame, levels: Sequence[Levels]) -> tuple[list[LayoutColumn | None], list[Doubt]]:
    """For each body column what the layout states of it, and the entries that name no column."""
    found: list[LayoutColumn | None] = [None] * len(frame.body)
    doubts = []
    for entry in layout.columns:
        at = [i for i, col in enumerate(frame.body) if _is_meant(entry, col, levels[i])]
        if not at:
            what = f'"{entry.header}"' if entry.header is not None else "of the layout"
            doubts.append(
                Doubt(f"the layout ({layout.source}) names a column {what} that is not there", body_range(frame))
            )
        for i in at:
            found[i] = entry
    return found, doubts


def _is_meant(entry: LayoutColumn, col: int, level: Levels) -> bool:
    if entry.col is not None:
        return entry.col == col
    return bool(level) and level[-1][0].casefold() == (entry.header or "").casefold()


def statistics(stated: Sequence[LayoutColumn | None], stats: Codes, cells: Cells, frame: Frame) -> list[Doubt]:
    """Put the stated statistics in place; a sign in the cells that says otherwise is a doubt."""
    found = []
    for at, entry in enumerate(stated):
        if entry is None or entry.statistic is None:
            continue
        signs = cells.flags[:, at]
        other = ((signs & PERCENT) > 0) & (entry.statistic == Statistic.COUNT)
        other |= ((signs & (MONEY | PERCENT)) == MONEY) & (entry.statistic in (Statistic.COUNT, Statistic.PERCENTAGE))
        if (other & (cells.kind[:, at] == NUMBER)).any():
            words = f"the layout says {entry.statistic.name.lower()}, signs in the cells say otherwise"
            found.append(Doubt(words, body_range(frame._replace(body=(frame.body[at],)))))
        stats[:, at] = entry.statistic
    return found


def measures(stated: Sequence[LayoutColumn | None], assigned: Assigned, frame: Frame) -> tuple[Assigned, list[Doubt]]:
    """Put the stated measures in place; a header that names another measure is a doubt."""
    sources, by_cell, found = list(assigned.sources), assigned.by_cell.copy(), []
    for at, entry in enumerate(stated):
        if entry is None or entry.measure is None:
            continue
        before = sources[int(by_cell[0, at])]
        if before.name not in (None, entry.measure) and before.why == "column header":
            words = f"the layout says {entry.measure}, the header names {before.name}"
            found.append(Doubt(words, body_range(frame._replace(body=(frame.body[at],)))))
        by_cell[:, at] = len(sources)
        sources.append(Source(entry.measure, before.words, "layout", before.cell, None))
    return Assigned(tuple(sources), by_cell, assigned.unclear), found


# ---------------------------------------------------------------- totals


def totals(layout: Layout, frame: Frame) -> tuple[Totals, list[Doubt]]:
    """The stated total rows and columns as totals of the body's cells."""
    rows = {row: at for at, row in enumerate(frame.rows.tolist())}
    cols = {col: at for at, col in enumerate(frame.body)}
    width = len(frame.body)
    cell: list[int] = []
    start = [0]
    part: list[int] = []
    doubts = []
    for entry in layout.totals or ():
        lines = rows if entry.axis == "row" else cols
        known = [lines[p] for p in entry.parts if p in lines]
        if entry.total not in lines or len(known) < len(entry.parts):
            words = f"the layout ({layout.source}) names a total or part that is no {entry.axis} of the body"
            doubts.append(Doubt(words, body_range(frame)))
        if entry.total not in lines:
            continue
        by_row = entry.axis == "row"
        for other in range(width if by_row else len(rows)):
            cell.append(_flat(lines[entry.total], other, width, by_row))
            part += [_flat(at, other, width, by_row) for at in known]
            start.append(len(part))
    why = (f"stated in the layout ({layout.source})",)
    reason = np.zeros(len(cell), np.int16)
    return Totals(np.array(cell, np.int32), np.array(start, np.int32), np.array(part, np.int32), why, reason), doubts


def _flat(line: int, other: int, width: int, by_row: bool) -> int:
    return line * width + other if by_row else other * width + line
