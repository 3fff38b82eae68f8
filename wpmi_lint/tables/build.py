"""One table from its frame: words, statistic, measure, label, dimensions, totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wpmi_lint.a1 import range_text
from wpmi_lint.model import Column, Measure, Range, Statistic, Table, Totals
from wpmi_lint.tables import dimensions, doubts, headers, labels, measures, statistic, tidy, totals
from wpmi_lint.tables.body import Body
from wpmi_lint.tables.form import is_tidy
from wpmi_lint.tables.markers import mark
from wpmi_lint.tables.numbers import NUMBER
from wpmi_lint.tables.shares import shares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Codes, Matrix
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.frames import Frame
    from wpmi_lint.tables.headers import Levels
    from wpmi_lint.tables.measures import Words
    from wpmi_lint.tables.surroundings import Around
    from wpmi_lint.terms import Matcher


class Cells(NamedTuple):
    """The body of a frame, [R, C] each."""

    kind: Codes
    value: Matrix
    decimals: Codes
    flags: Codes


def table(
    grid: Grid, frame: Frame, index: int, around: Around, sheet_words: Sequence[Words], matcher: Matcher
) -> Table:
    """The table of a frame. `sheet_words`: words of the sheet outside this table, for its label."""
    cells = _body(grid, frame)
    levels = headers.column_headers(grid, frame)
    names = headers.stub_headers(grid, frame)
    words = headers.stub_words(grid, frame)
    leaves = [[w for w, _, _ in level] for level in levels]
    is_tidy_table = is_tidy(names, words, leaves, len(frame.header))
    labels_of_rows = list(zip(*words, strict=True)) if is_tidy_table else headers.row_headers(grid, frame, words)
    scaled = _scaled(grid, cells, levels, around)
    marked = mark(grid, frame, cells.kind, cells.flags, matcher)
    said = tidy.read(frame, names, words, leaves, matcher) if is_tidy_table else tidy.NOTHING
    stats = _statistics(grid, scaled, levels, labels_of_rows, around, said)
    assigned = said.assigned or measures.assign(
        levels,
        () if is_tidy_table else labels_of_rows,
        (*around.own, *around.names),
        matcher,
        frame.stub[0] if frame.stub else 0,
        frame.rows.tolist(),
    )
    found, codes = measures.combine(assigned, stats, matcher)
    body = Body(
        scaled.value,
        marked.state,
        stats,
        scaled.decimals,
        labels_of_rows,
        [tuple(leaf) for leaf in leaves],
        headers.indents(grid, frame) if not is_tidy_table else (),
        headers.bolds(grid, frame) if not is_tidy_table else (),
        is_tidy_table,
        tuple(headers.key(w) for w in words) if is_tidy_table else (),
    )
    label = labels.find(((*around.own, *said.label), around.notes, sheet_words, around.names), matcher)
    dims = dimensions.on_rows(frame.stub, names, words, matcher) + (
        [] if is_tidy_table else dimensions.on_columns(levels, matcher)
    )
    return Table(
        id=_id(grid, frame, index),
        sheet=index,
        title=around.title,
        form="tidy" if is_tidy_table else "cross",
        rows=frame.rows.astype(np.int32),
        cols=np.array(frame.body, np.int32),
        header_rows=(frame.header[0], frame.header[-1]) if frame.header else None,
        stub_cols=frame.stub,
        columns=_columns(frame, leaves, codes, stats),
        row_headers=labels_of_rows,
        measures=found,
        dimensions=tuple(dims),
        value=scaled.value,
        statistic=stats,
        measure=codes,
        marker=marked.code,
        decimals=scaled.decimals,
        markers=marked.markers,
        totals=_totals(body),
        label=label.label,
        other_label=label.other,
        label_why=label.why,
        notes=tuple(note.words for note in (*around.own[1:], *around.notes)),
        doubts=tuple(doubts.find(frame, cells.kind, cells.flags, marked.unknown, stats, assigned.unclear)),
        share=shares(stats, codes, found, levels, labels_of_rows, _title(around)),
    )


def _title(around: Around) -> str:
    """The title whose words hold for the figures: its own, or that of the table above."""
    return around.title or next((w for w, why, _ in around.own if why == "title of the table above"), "")


def _body(grid: Grid, frame: Frame) -> Cells:
    rows, cols = frame.rows, frame.body
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, cols[0], cols[-1] + 1
    if bottom - top == len(rows) and right - left == len(cols):  # views where that is possible: nothing is copied twice
        kind, flags = grid.kind[top:bottom, left:right], grid.flags[top:bottom, left:right]
        value, decimals = grid.value[top:bottom, left:right], grid.decimals[top:bottom, left:right]
        return Cells(kind, value.copy(), decimals.copy(), flags)
    at = np.ix_(rows, np.array(cols))
    return Cells(grid.kind[at], grid.value[at], grid.decimals[at], grid.flags[at])


def _scaled(grid: Grid, cells: Cells, levels: Sequence[Levels], around: Around) -> Cells:
    """Figures in units: "(thousands)" in a header, unit line or title is applied."""
    general = 1.0
    for line in around.own:
        general = statistic.scale(line.words)
        if general != 1.0:
            break
    units = grid.sheet.units
    factors = np.array([_factor([w for w, _, _ in level], units, general) for level in levels])
    if grid.divided or (factors == 1.0).all():
        return cells
    value, decimals = cells.value.copy(), cells.decimals.copy()
    for at, factor in enumerate(factors.tolist()):
        hint = statistic.of_levels([w for w, _, _ in levels[at]])
        if factor != 1.0 and hint not in (Statistic.PERCENTAGE, Statistic.RATE, Statistic.INDEX):
            value[:, at] = np.round(value[:, at] * factor, 6)
            number = cells.kind[:, at] == NUMBER
            decimals[number, at] = np.maximum(decimals[number, at] - len(str(int(factor))) + 1, 0)
    return cells._replace(value=value, decimals=decimals)


def _factor(words: Sequence[str], units: object, general: float) -> float:
    for text in reversed(words):
        named = statistic.scale(text)
        if named == 1.0 and isinstance(units, dict) and text in units:
            named = statistic.scale(f"({units[text]})")
        if named != 1.0:
            return named
    return general


def _statistics(
    grid: Grid, cells: Cells, levels: Sequence[Levels], rows: Sequence[tuple[str, ...]], around: Around, said: tidy.Said
) -> Codes:
    units = grid.sheet.units
    if units:
        levels = [
            [*level, (units[level[-1][0]], -1, -1)] if level and level[-1][0] in units else level for level in levels
        ]
    stats = statistic.statistics(
        cells.kind, cells.flags, cells.value, levels, () if said.tidy else rows, _title(around)
    )
    if said.statistic is not None:
        named = said.statistic > 0
        stats[named] = said.statistic[named, None]
    return stats


def _columns(frame: Frame, leaves: Sequence[Sequence[str]], codes: Codes, stats: Codes) -> tuple[Column, ...]:
    alike = (codes == codes[:1]).all(axis=0).tolist()
    first = codes[0].tolist()
    same = (stats == stats[:1]).all(axis=0).tolist()
    found = []
    for at, col in enumerate(frame.body):
        most = int(stats[0, at]) if same[at] else int(np.bincount(stats[:, at]).argmax())
        found.append(Column(col, tuple(leaves[at]), first[at] if alike[at] else -1, Statistic(most)))
    return tuple(found)


def _totals(body: Body) -> Totals:
    return totals.find(body)


def outer_range(frame: Frame) -> Range:
    """Headers, stub and body as one rectangle."""
    columns = (*frame.stub, *frame.body)
    top = frame.header[0] if frame.header else int(frame.rows[0])
    return Range(top, min(columns), int(frame.rows[-1]), max(columns))


def _id(grid: Grid, frame: Frame, index: int) -> str:
    area = range_text(outer_range(frame))
    if grid.sheet.name:
        return f"{grid.sheet.name}!{area}"
    return f"{index + 1}!{area}" if index else area


__all__ = ["Measure", "outer_range", "table"]
