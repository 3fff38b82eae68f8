"""One table from its frame: words, statistic, measure, label, dimensions, totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.a1 import range_text
from wpmi_lint.arrays import with_codes
from wpmi_lint.model import Column, Doubt, Range, Statistic, Table
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables import stated, totals
from wpmi_lint.tables.body import Body, Key
from wpmi_lint.tables.find import headers
from wpmi_lint.tables.find.headers import is_tidy
from wpmi_lint.tables.lexicon.headers import statistic_of
from wpmi_lint.tables.meaning import dimensions, figures, labels, measures
from wpmi_lint.tables.meaning.figures import marks
from wpmi_lint.tables.meaning.shares import shares, with_sums
from wpmi_lint.tables.meaning.statistics import statistics
from wpmi_lint.tables.numbers import COMPOUND
from wpmi_lint.tables.totals.emit import same_measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.model import Codes, Mask
    from wpmi_lint.tables.body import BodyCells, Frame
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.find.headers import Levels
    from wpmi_lint.tables.find.surroundings import Around, Nearby, Placed
    from wpmi_lint.tables.meaning.labels import Label
    from wpmi_lint.terms import Matcher


class Wording(NamedTuple):
    """The words of the rows and columns of a frame."""

    levels: list[Levels]  # of each body column, with their cells
    leaves: list[tuple[str, ...]]  # of each body column
    names: list[str]  # of the stub columns
    members: Sequence[Sequence[str]]  # of the stub columns
    rows: Sequence[tuple[str, ...]]
    keys: tuple[Key, ...] = ()  # of a tidy table

    @property
    def tidy(self) -> bool:
        """Whether every row is one observation."""
        return bool(self.keys)

    @property
    def row_labels(self) -> Sequence[tuple[str, ...]]:
        """The labels of the rows that may name a measure or statistic: those of a tidy table are members."""
        return () if self.keys else self.rows


class SheetContext(NamedTuple):
    """What holds for all tables of a sheet."""

    grid: Grid
    sheet: int  # index into Document.sheets
    words: Sequence[Nearby]  # of the sheet outside its tables, for their labels
    matcher: Matcher


def table(context: SheetContext, placed: Placed, around: Around) -> Table:
    """The table of a frame."""
    grid, matcher = context.grid, context.matcher
    frame, layout = placed.frame, placed.layout
    words = _wording(grid, frame)
    columns, unsure = stated.columns(layout, frame, words.levels) if layout else ([], [])
    cells = figures.body_cells(grid, frame)
    with_units = figures.with_units(words.levels, grid.sheet.units)
    factors = figures.scales(with_units, around.own, divided=grid.divided)
    for at, entry in enumerate(columns):
        factors[at] = entry.scale if entry and entry.scale != 1.0 else factors[at]
    figures.multiply(cells, factors)
    of_columns = (
        measures.of_tidy(words.names, words.keys, words.leaves, matcher=matcher) if words.tidy else measures.OfColumns()
    )
    stats = statistics(cells, with_units, rows=words.row_labels, title=_saying(around))
    if of_columns.statistic is not None:
        stats = np.where(of_columns.statistic[:, None] > 0, of_columns.statistic[:, None], stats)
    assigned = of_columns.assigned
    if assigned is None:
        near = (*measures.corner(frame, words.names, matcher), *around.own, *around.names)
        by_row = measures.by_row(frame, words.row_labels, matcher)
        assigned = measures.assign(words.levels, by_row, near, height=len(frame.rows), matcher=matcher)
    if layout:
        unsure += stated.statistics(columns, stats, cells=cells, frame=frame)
        assigned, contradictions = stated.measures(columns, assigned, frame)
        unsure += contradictions
    figures.as_percent(cells, stats)
    of_measures, codes = measures.combine(assigned, stats, matcher)
    marked = marks(grid, frame, cells, matcher=matcher)
    if layout and layout.totals is not None:
        sums, contradictions = stated.totals(layout, frame)
        unsure += contradictions
    else:
        body = _body(grid, frame, words, cells=cells, state=marked.state, statistic=stats)
        sums = same_measure(totals.find(body), cells.value, codes=codes, measures=of_measures)
    label, contradictions = _label(context, placed, around)
    unsure += contradictions
    unsure += _doubts(frame, cells, stats, unknown=marked.unknown)
    if assigned.unclear:
        several = "the title names several measures, and neither rows nor columns say which is meant"
        unsure.append(Doubt(several, frame.body_area))
    understood = Table(
        id=_id(context, placed),
        sheet=context.sheet,
        title=around.title,
        form="tidy" if words.tidy else "cross",
        rows=frame.rows.astype(np.int32),
        cols=np.array(frame.body, np.int32),
        header_rows=(frame.header[0], frame.header[-1]) if frame.header else None,
        stub_cols=frame.stub,
        columns=_columns(frame, words.leaves, codes=codes, stats=stats),
        row_headers=words.rows,
        measures=of_measures,
        dimensions=(
            *dimensions.of_rows(frame, words.names, words.members, matcher=matcher),
            *(() if words.tidy else dimensions.of_columns(words.levels, matcher)),  # a tidy table's are measures
        ),
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
    )
    return with_sums(understood._replace(share=shares(understood, words.levels, around.holding)))


def _saying(around: Around) -> str:
    """The first line of the title that says what kind of figures the table holds."""
    lines = [w.split(" by ")[0] for w, why, _ in around.own if "title" in why]  # what follows "by" are dimensions
    return next((words for words in lines if statistic_of(words)), around.holding.split(" by ")[0])


def _wording(grid: Grid, frame: Frame) -> Wording:
    levels = headers.column_headers(grid, frame)
    leaves = [tuple(words for words, _, _ in level) for level in levels]
    names = headers.stub_headers(grid, frame)
    stub = headers.stub_words(grid, frame)
    if len(frame.header) <= 1 and is_tidy(names, stub, leaves):
        keys = tuple(Key(*with_codes(column)) for column in stub)
        rows: Sequence[tuple[str, ...]] = list(zip(*stub, strict=True))
        members: Sequence[Sequence[str]] = [key.members for key in keys]
        return Wording(levels=levels, leaves=leaves, names=names, members=members, rows=rows, keys=keys)
    rows = headers.row_headers(grid, frame, stub)
    return Wording(levels=levels, leaves=leaves, names=names, members=stub, rows=rows)


def _body(grid: Grid, frame: Frame, words: Wording, *, cells: BodyCells, state: Codes, statistic: Codes) -> Body:
    """What the search for totals works on."""
    return Body(
        value=cells.value,
        state=state,
        statistic=statistic,
        decimals=cells.decimals,
        row_labels=words.rows,
        col_labels=words.leaves,
        row_indent=() if words.tidy else headers.indents(grid, frame),
        row_bold=() if words.tidy else headers.bolds(grid, frame),
        tidy=words.tidy,
        keys=words.keys,
    )


def _label(context: SheetContext, placed: Placed, around: Around) -> tuple[Label, list[Doubt]]:
    """The label, and the doubt where a layout contradicts the file."""
    own = (*around.own, *placed.marking)
    read = labels.find((own, around.notes, context.words, around.names), context.matcher)
    layout = placed.layout
    if layout is None or layout.label is None:
        return read, []
    stated_label = labels.Label(label=layout.label, why=f"layout ({layout.source})")
    if read.label in (None, layout.label):
        return stated_label, []
    words = f"the layout says {layout.label}, the file says {read.label}"
    return stated_label._replace(other=read.label), [Doubt(words, placed.frame.body_area)]


def _columns(frame: Frame, leaves: Sequence[tuple[str, ...]], *, codes: Codes, stats: Codes) -> tuple[Column, ...]:
    alike = (codes == codes[:1]).all(axis=0).tolist()
    same = (stats == stats[:1]).all(axis=0).tolist()
    first = codes[0].tolist()
    columns = []
    for at, col in enumerate(frame.body):
        most = int(stats[0, at]) if same[at] else int(np.bincount(stats[:, at]).argmax())
        measure = first[at] if alike[at] else -1
        columns.append(Column(col=col, header=leaves[at], measure=measure, statistic=Statistic(most)))
    return tuple(columns)


def _id(context: SheetContext, placed: Placed) -> str:
    area = range_text(placed.frame.area) + (f" ({placed.part})" if placed.part else "")
    sheet = context.grid.sheet.name or (str(context.sheet + 1) if context.sheet else "")
    return f"{sheet}!{area}" if sheet else area


_COLUMNS = 50  # doubts of one reason in one table


def _doubts(frame: Frame, cells: BodyCells, statistic: Codes, *, unknown: Codes | None) -> Iterator[Doubt]:
    """Doubts of one table; one for each column and reason, never one for each cell."""
    if unknown is not None:
        yield from _by_column(frame, unknown > 0, "text that is neither a figure nor a known marker")
    compound = (cells.flags & COMPOUND) > 0
    yield from _by_column(frame, compound, "two figures in one cell: only the first was read")
    unsaid = (statistic == Statistic.OTHER) & cells.number
    yield from _by_column(frame, unsaid, "no header, format or sign says what these figures are")


def _by_column(frame: Frame, mask: Mask, reason: str) -> Iterator[Doubt]:
    for at in np.flatnonzero(mask.any(axis=0)).tolist()[:_COLUMNS]:
        rows, col = frame.rows[mask[:, at]], frame.body[at]
        yield Doubt(reason, Range(top=int(rows[0]), left=col, bottom=int(rows[-1]), right=col))
