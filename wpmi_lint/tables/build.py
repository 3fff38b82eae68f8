"""One table from its frame: words, statistic, measure, label, dimensions, totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.a1 import range_text
from wpmi_lint.model import Column, Doubt, Range, Statistic, Table
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables import dimensions, doubts, figures, headers, labels, measures, stated, statistic, tidy, totals
from wpmi_lint.tables.alike import same_measure
from wpmi_lint.tables.body import Body
from wpmi_lint.tables.form import is_tidy
from wpmi_lint.tables.markers import mark
from wpmi_lint.tables.shares import shares, with_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Codes
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.frames import Frame
    from wpmi_lint.tables.headers import Levels
    from wpmi_lint.tables.labels import Label
    from wpmi_lint.tables.measures import Assigned, Words
    from wpmi_lint.tables.stated import Placed
    from wpmi_lint.tables.surroundings import Around
    from wpmi_lint.terms import Matcher


class Wording(NamedTuple):
    """The words of the rows and columns of a frame."""

    levels: list[Levels]  # of each body column, with their cells
    leaves: list[tuple[str, ...]]  # of each body column
    names: list[str]  # of the stub columns
    stub: list[list[str]]  # members of the stub columns
    rows: Sequence[tuple[str, ...]]
    tidy: bool
    said: tidy.Said


def table(
    grid: Grid, placed: Placed, index: int, around: Around, sheet_words: Sequence[Words], matcher: Matcher
) -> Table:
    """The table of a frame. `sheet_words`: words of the sheet outside this table, for its label."""
    frame, layout = placed.frame, placed.layout
    words = _wording(grid, frame, matcher)
    columns, unsure = stated.columns(layout, frame, words.levels) if layout else ([], [])
    cells = figures.body(grid, frame)
    with_units = figures.with_units(words.levels, grid.sheet.units)
    cells = figures.scaled(grid, cells, with_units, around.own, [c.scale if c else 1.0 for c in columns])
    stats = _statistics(cells, with_units, words, _saying(around))
    assigned = _assigned(words, frame, around, matcher)
    if layout:
        unsure += stated.statistics(columns, stats, cells, frame)
        assigned, more = stated.measures(columns, assigned, frame)
        unsure += more
    figures.as_percent(cells, stats)
    found, codes = measures.combine(assigned, stats, matcher)
    marked = mark(grid, frame, cells.kind, cells.flags, matcher)
    body = _body(grid, frame, words, cells, stats, marked.state)
    more = []
    if layout and layout.totals is not None:
        sums, more = stated.totals(layout, frame)
    else:
        sums = same_measure(totals.find(body), cells.value, codes, found)
    label, more_label = _label(placed, around, sheet_words, matcher)
    unsure += more + more_label
    unsure += doubts.find(frame, cells.kind, cells.flags, marked.unknown, stats, assigned.unclear)
    made = Table(
        id=_id(grid, frame, index, placed.part),
        sheet=index,
        title=around.title,
        form="tidy" if words.tidy else "cross",
        rows=frame.rows.astype(np.int32),
        cols=np.array(frame.body, np.int32),
        header_rows=(frame.header[0], frame.header[-1]) if frame.header else None,
        stub_cols=frame.stub,
        columns=_columns(frame, words.leaves, codes, stats),
        row_headers=words.rows,
        measures=found,
        dimensions=tuple(dimensions.of_table(frame.stub, words.names, words.stub, words.levels, words.tidy, matcher)),
        value=cells.value,
        statistic=stats,
        measure=codes,
        marker=marked.code,
        decimals=cells.decimals,
        markers=marked.markers,
        totals=sums,
        label=label.label,
        other_label=label.other,
        label_why=label.why,
        notes=tuple(note.words for note in (*around.own[bool(around.title) :], *around.notes)),
        doubts=tuple(unsure),
        share=shares(stats, codes, found, words.levels, words.rows, title(around)),
    )
    return with_sums(made)


def title(around: Around) -> str:
    """The title whose words hold for the figures: its own, or that of the table above."""
    return around.title or next((w for w, why, _ in around.own if why == "title of the table above"), "")


def _saying(around: Around) -> str:
    """The first line of the title that says what kind of figures the table holds."""
    lines = [w.split(" by ")[0] for w, why, _ in around.own if "title" in why]  # what follows "by" are dimensions
    return next((w for w in lines if statistic.hint(w).statistic), title(around).split(" by ")[0])


def _wording(grid: Grid, frame: Frame, matcher: Matcher) -> Wording:
    levels = headers.column_headers(grid, frame)
    leaves = [tuple(w for w, _, _ in level) for level in levels]
    names = headers.stub_headers(grid, frame)
    stub = headers.stub_words(grid, frame)
    if is_tidy(names, stub, leaves, len(frame.header)):
        said = tidy.read(names, stub, leaves, matcher)
        return Wording(levels, leaves, names, stub, list(zip(*stub, strict=True)), True, said)
    return Wording(levels, leaves, names, stub, headers.row_headers(grid, frame, stub), False, tidy.NOTHING)


def _statistics(cells: figures.Cells, levels: Sequence[Levels], words: Wording, title: str) -> Codes:
    rows = () if words.tidy else words.rows
    stats = statistic.statistics(cells.kind, cells.flags, cells.value, levels, rows, title)
    if words.said.statistic is not None:
        named = words.said.statistic > 0
        stats[named] = words.said.statistic[named, None]
    return stats


def _assigned(words: Wording, frame: Frame, around: Around, matcher: Matcher) -> Assigned:
    if words.said.assigned:
        return words.said.assigned
    corner = measures.corner(
        [(w, (frame.header[-1], c)) for w, c in zip(words.names, frame.stub, strict=True) if frame.header], matcher
    )
    near = (*corner, *around.own, *around.names)
    first = frame.stub[0] if frame.stub else 0
    labels_of_rows = () if words.tidy else words.rows
    return measures.assign(words.levels, labels_of_rows, near, matcher, first, frame.rows.tolist())


def _body(grid: Grid, frame: Frame, words: Wording, cells: figures.Cells, stats: Codes, state: Codes) -> Body:
    """What the search for totals works on."""
    indents = () if words.tidy else headers.indents(grid, frame)
    bolds = () if words.tidy else headers.bolds(grid, frame)
    keys = tuple(map(headers.key, words.stub)) if words.tidy else ()
    return Body(cells.value, state, stats, cells.decimals, words.rows, words.leaves, indents, bolds, words.tidy, keys)


def _label(placed: Placed, around: Around, sheet_words: Sequence[Words], matcher: Matcher) -> tuple[Label, list[Doubt]]:
    """The label, and the doubt where a layout contradicts the file."""
    own = (*around.own, *placed.said)
    found = labels.find((own, around.notes, sheet_words, around.names), matcher)
    layout = placed.layout
    if layout is None or layout.label is None:
        return found, []
    told = labels.Label(layout.label, None, f"layout ({layout.source})")
    if found.label in (None, layout.label):
        return told, []
    words_ = f"the layout says {layout.label}, the file says {found.label}"
    return told._replace(other=found.label), [Doubt(words_, doubts.body_range(placed.frame))]


def _columns(frame: Frame, leaves: Sequence[tuple[str, ...]], codes: Codes, stats: Codes) -> tuple[Column, ...]:
    alike = (codes == codes[:1]).all(axis=0).tolist()
    first = codes[0].tolist()
    same = (stats == stats[:1]).all(axis=0).tolist()
    found = []
    for at, col in enumerate(frame.body):
        most = int(stats[0, at]) if same[at] else int(np.bincount(stats[:, at]).argmax())
        found.append(Column(col, leaves[at], first[at] if alike[at] else -1, Statistic(most)))
    return tuple(found)


def outer_range(frame: Frame) -> Range:
    """Headers, stub and body as one rectangle."""
    columns = (*frame.stub, *frame.body)
    top = frame.header[0] if frame.header else int(frame.rows[0])
    return Range(top, min(columns), int(frame.rows[-1]), max(columns))


def _id(grid: Grid, frame: Frame, index: int, part: str) -> str:
    area = range_text(outer_range(frame)) + (f" ({part})" if part else "")
    if grid.sheet.name:
        return f"{grid.sheet.name}!{area}"
    return f"{index + 1}!{area}" if index else area
