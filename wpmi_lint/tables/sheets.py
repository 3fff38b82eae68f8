"""Sheet to Understood: every table of a sheet and all its words."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Doubt, Refusal, Text
from wpmi_lint.patterns import glob
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables import build
from wpmi_lint.tables.cells import grid as grid_of
from wpmi_lint.tables.cells import words_of
from wpmi_lint.tables.find.frames import frames
from wpmi_lint.tables.find.regions import segments
from wpmi_lint.tables.find.rows import row_kinds
from wpmi_lint.tables.find.surroundings import Around, Nearby, Placed, around, lines, names
from wpmi_lint.tables.lexicon.headers import looks_like_title
from wpmi_lint.tables.meaning import labels
from wpmi_lint.tables.numbers import EMPTY
from wpmi_lint.tables.stated import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.layouts import Layout
    from wpmi_lint.model import Mask, Sheet, Table
    from wpmi_lint.tables.body import Frame
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.terms import Matcher

_TABLES = 500  # of one sheet
_LINES = 20_000  # rows of words outside tables, and labels of rows with a figure in them, that are read of one sheet
BESIDE = "words beside a table"


class Understood(NamedTuple):
    """A sheet as understood."""

    tables: tuple[Table, ...]
    texts: tuple[Text, ...] = ()
    limits: tuple[Refusal, ...] = ()  # what lies beyond a limit was not looked at


def understand(
    sheet: Sheet, index: int, matcher: Matcher, file_name: str = "", layouts: tuple[Layout, ...] = ()
) -> Understood:
    """The tables of a sheet, with reasons, and the words that are not figures of a table."""
    own_names = names(sheet.name, file_name)
    if not sheet.rows or not sheet.width:
        return Understood(tables=(), texts=_texts(own_names, index))
    grid = grid_of(sheet)
    placed, rest = _placed(grid, matcher)
    own = [layout for layout in layouts if glob(layout.sheet, sheet.name)]
    placed = place(grid, placed, own) if own else placed
    near = _with_titles([around(grid, each, file_name) for each in placed], placed, matcher)
    words, unread = _words(grid, placed, near, matcher=matcher)
    context = build.SheetContext(grid=grid, sheet=index, words=_sheet_words(sheet, near, words), matcher=matcher)
    tables = tuple(
        build.table(context, part, words_around)
        for each, words_around in zip(placed, near, strict=True)
        for part in labels.by_label(grid, each, matcher)
    )
    if (rest is not None or len(placed) > _TABLES) and tables:
        tables = (*tables[:-1], _with_rest(tables[-1], grid, rest))
    limits = () if unread is None else (_limit(unread, index),)
    return Understood(tables=tables, texts=_texts((*words, *own_names), index), limits=limits)


def _placed(grid: Grid, matcher: Matcher) -> tuple[list[Placed], int | None]:
    """The tables of a sheet from the top down, and the first row that was not looked at for more."""
    kinds = row_kinds(grid)
    placed: list[Placed] = []
    for segment in segments(grid, kinds):
        if len(placed) >= _TABLES:
            return placed, int(segment.rows[0])
        above = placed[-1].frame if placed else None
        beside = frames(
            grid, kinds, segment, above=above, is_dimension=lambda words: matcher.find(words).dimension is not None
        )
        if not beside and placed:  # numbered notes and the like: they belong to the table above
            placed[-1] = placed[-1]._replace(frame=placed[-1].frame._replace(until=segment.until))
        placed += [Placed(frame=frame, alone=len(beside) == 1) for frame in beside[: _TABLES + 1]]
    return placed, None


def _limit(row: int, sheet: int) -> Refusal:
    return Refusal(
        scope="limit",
        reason=f"words from row {row + 1:,} of sheet {sheet + 1} on",
        help="check these words by hand, or move them to a file of their own",
        limit="rows of words",
    )


def _with_rest(table: Table, grid: Grid, rest: int | None) -> Table:
    """The last table of a sheet with too many: what follows it was not looked at."""
    top = int(table.rows[-1]) + 1 if rest is None else rest
    whole = grid.area
    area = whole._replace(top=min(top, whole.bottom))
    doubt = Doubt(f"more than {_TABLES} tables in one sheet: the rest was not looked at", area)
    return table._replace(doubts=(*table.doubts, doubt))


def _with_titles(words: list[Around], placed: list[Placed], matcher: Matcher) -> list[Around]:
    """A stated title comes first; a table without words of its own stands under the title of the one above it."""
    titled: list[Around] = []
    for near, each in zip(words, placed, strict=True):
        near = _without_banner(near, matcher)
        if each.layout and each.layout.title:
            own = (Nearby(each.layout.title, "title stated in the layout"), *near.own)
            near = near._replace(title=each.layout.title, own=own)
        if not near.own and titled:
            near = near._replace(own=tuple(line._replace(why="title of the table above") for line in titled[-1].own))
        titled.append(near)
    return titled


def _without_banner(near: Around, matcher: Matcher) -> Around:
    """A first line that only says published or internal is no title where another line names a measure."""
    if not near.title or matcher.find(near.title).measures or not matcher.find(near.title).label:
        return near
    for at, line in enumerate(near.own):
        if "title" in line.why and matcher.find(line.words).measures:
            rest = [other for other in near.own if other is not line]
            rest[0] = rest[0]._replace(why="line above the title")
            return near._replace(title=line.words, own=(near.own[at]._replace(why="title"), *rest))
    return near


def _texts(words: Sequence[Nearby], index: int) -> tuple[Text, ...]:
    return tuple(Text(words=line.words, where=line.why, sheet=index, cell=line.cell) for line in words)


def _sheet_words(sheet: Sheet, near: list[Around], words: Sequence[Nearby]) -> tuple[Nearby, ...]:
    """Words at the top, at the end and beside the tables of a sheet hold for all of them, but for the first title."""
    of_file = (Nearby(sheet.label, "label of the file"),) if sheet.label else ()
    top = [line for line in (near[0].own if near else ()) if not looks_like_title(line.words)]
    beside = [line for line in words if line.why == BESIDE]
    return (*of_file, *top, *(near[-1].notes if near else ()), *beside)


def _words(
    grid: Grid, placed: Sequence[Placed], around: Sequence[Around], *, matcher: Matcher
) -> tuple[list[Nearby], int | None]:
    """Titles, notes, headers and what else a sheet says, each words of a cell once; the first row that was not read."""
    near = list(_around(around))
    left = _outside(grid, placed, near)
    rows = np.flatnonzero(left.any(axis=1)).tolist()
    unread = rows[_LINES : _LINES + 1]
    headers: list[Nearby] = []
    for frame, *_ in placed:
        telling = list(islice(_telling_labels(grid, frame, matcher), _LINES + 1))
        headers += [*_headers(grid, frame), *telling[:_LINES]]
        unread += [line.cell[0] for line in telling[_LINES:] if line.cell]
    why, area = BESIDE if placed else "note", grid.area
    outside = [
        line for row in rows[:_LINES] for line in lines(grid, area._replace(top=row, bottom=row), why, only=left)
    ]
    words: dict[tuple[str, tuple[int, int] | None], Nearby] = {}
    for line in (*near, *headers, *outside):
        words.setdefault((line.words, line.cell), line)
    return list(words.values()), min(unread, default=None)


def _around(around: Sequence[Around]) -> Iterator[Nearby]:
    for near in around:
        for at, line in enumerate(near.own):
            yield line._replace(why="title" if at == 0 and near.title else "note")
        yield from near.notes


def _headers(grid: Grid, frame: Frame) -> Iterator[Nearby]:
    for row in frame.header:
        for col in frame.columns:
            if grid.kind[row, col] != EMPTY:
                yield Nearby(grid.text(row, col), "header", (row, col))


def _telling_labels(grid: Grid, frame: Frame, matcher: Matcher) -> Iterator[Nearby]:
    """Labels of rows with a figure in them: "Job outcomes (n = 340)"."""
    cells = grid.cells.take(frame.rows)
    for col in frame.stub:
        column = cells.column(col)
        figures = {raw for raw in set(column) if isinstance(raw, str) and _has_figure(raw)}
        telling = {raw: words for raw in figures if matcher.find(words := words_of(raw)).measures}
        for row, raw in zip(frame.rows.tolist(), column, strict=True) if telling else ():
            if isinstance(raw, str) and raw in telling:
                yield Nearby(telling[raw], "header", (row, col))


def _has_figure(label: str) -> bool:
    return ("(" in label or "=" in label or ":" in label) and any(map(str.isdigit, label))


def _outside(grid: Grid, placed: Sequence[Placed], near: Sequence[Nearby]) -> Mask:
    """The words that stand neither in a table nor around one: nothing of a sheet is passed over."""
    left: Mask = grid.kind != EMPTY
    for frame, *_ in placed:
        columns = np.array(frame.columns)
        left[np.ix_(frame.rows, columns)] = False
        left[np.ix_(np.array(frame.header, np.intp), columns)] = False
    for line in near:
        if line.cell is not None:
            left[line.cell[0]] = False
    return left
