"""Sheet to Understood: every table of a sheet and all its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Doubt, Text, Understood
from wpmi_lint.tables import build
from wpmi_lint.tables.cells import grid as grid_of
from wpmi_lint.tables.cells import words_of
from wpmi_lint.tables.find.frames import frames
from wpmi_lint.tables.find.regions import segments
from wpmi_lint.tables.find.rows import row_kinds
from wpmi_lint.tables.find.surroundings import Around, Nearby, around, lines, names
from wpmi_lint.tables.lexicon.headers import looks_like_title
from wpmi_lint.tables.meaning import labels
from wpmi_lint.tables.numbers import EMPTY
from wpmi_lint.tables.stated import Placed, of_sheet, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.layouts import Layout
    from wpmi_lint.model import Sheet, Table
    from wpmi_lint.tables.body import Frame
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.terms import Matcher


_TABLES = 500  # of one sheet


def understand(
    sheet: Sheet, index: int, matcher: Matcher, file_name: str = "", layouts: tuple[Layout, ...] = ()
) -> Understood:
    """The tables of a sheet, with reasons, and the words that are not figures of a table."""
    own_names = names(sheet.name, file_name)
    if not sheet.rows or not sheet.width:
        return Understood(tables=(), texts=_texts(own_names, index))
    grid = grid_of(sheet)
    kinds = row_kinds(grid)
    placed: list[Placed] = []
    rest: int | None = None
    for segment in segments(grid, kinds):
        if len(placed) >= _TABLES:
            rest = int(segment.rows[0])
            break
        above = placed[-1].frame if placed else None
        found = frames(
            grid, kinds, segment, above=above, is_dimension=lambda words: matcher.dimension(words) is not None
        )
        if not found and placed:  # numbered notes and the like: they belong to the table above
            placed[-1] = placed[-1]._replace(frame=placed[-1].frame._replace(until=segment.until))
        placed += [Placed(frame, len(found) == 1) for frame in found[: _TABLES + 1]]
    own = of_sheet(layouts, sheet.name)
    placed = place(grid, placed, own) if own else placed
    words = _with_titles(
        [around(grid, one.frame, alone=one.alone, file_name=file_name) for one in placed], placed, matcher
    )
    found_words = _words(grid, placed, words, matcher=matcher)
    shared = _sheet_words(sheet, words, found_words)
    context = build.SheetContext(grid=grid, sheet=index, words=shared, matcher=matcher)
    tables = tuple(
        build.table(context, part, near)
        for one, near in zip(placed, words, strict=True)
        for part in _by_label(grid, one, matcher)
    )
    if (rest is not None or len(placed) > _TABLES) and tables:
        tables = (*tables[:-1], _with_rest(tables[-1], grid, rest))
    return Understood(tables=tables, texts=_texts((*found_words, *own_names), index))


def _by_label(grid: Grid, one: Placed, matcher: Matcher) -> list[Placed]:
    return [
        one._replace(frame=group.frame, marking=group.lines, part=group.part)
        for group in labels.by_label(grid, one.frame, matcher)
    ]


def _with_rest(table: Table, grid: Grid, rest: int | None) -> Table:
    """The last table of a sheet with too many: what follows it was not looked at, which is said."""
    top = int(table.rows[-1]) + 1 if rest is None else rest
    whole = grid.area
    area = whole._replace(top=min(top, whole.bottom))
    doubt = Doubt(f"more than {_TABLES} tables in one sheet: the rest was not looked at", area)
    return table._replace(doubts=(*table.doubts, doubt))


def _with_titles(words: list[Around], placed: list[Placed], matcher: Matcher) -> list[Around]:
    """A stated title comes first; a table without words of its own stands under the title of the one above it."""
    found: list[Around] = []
    for near, one in zip(words, placed, strict=True):
        near = _without_banner(near, matcher)
        if one.layout and one.layout.title:
            own = (Nearby(one.layout.title, "title stated in the layout"), *near.own)
            near = near._replace(title=one.layout.title, own=own)
        if not near.own and found:
            near = near._replace(own=tuple(line._replace(why="title of the table above") for line in found[-1].own))
        found.append(near)
    return found


def _without_banner(near: Around, matcher: Matcher) -> Around:
    """A first line that only says published or internal is no title where another line names a measure."""
    if not near.title or matcher.measures(near.title) or not matcher.label(near.title):
        return near
    for at, line in enumerate(near.own):
        if "title" in line.why and matcher.measures(line.words):
            rest = [other for other in near.own if other is not line]
            rest[0] = rest[0]._replace(why="line above the title")
            return near._replace(title=line.words, own=(near.own[at]._replace(why="title"), *rest))
    return near


def _texts(found: Sequence[Nearby], index: int) -> tuple[Text, ...]:
    return tuple(Text(words=words, where=why, sheet=index, cell=cell) for words, why, cell in found)


def _sheet_words(sheet: Sheet, words: list[Around], found: Sequence[Nearby]) -> tuple[Nearby, ...]:
    """Words at the top, at the end and beside the tables of a sheet hold for all of them, but for the first title."""
    said = (Nearby(sheet.label, "label of the file"),) if sheet.label else ()
    top = [line for line in (words[0].own if words else ()) if not looks_like_title(line.words)]
    beside = [line for line in found if line.why == BESIDE]
    return (*said, *top, *(words[-1].notes if words else ()), *beside)


BESIDE = "words beside a table"
_LINES = 20_000  # rows with words outside tables


def _words(grid: Grid, placed: Sequence[Placed], around: Sequence[Around], *, matcher: Matcher) -> list[Nearby]:
    """Titles, notes, headers and what else a sheet says, each words of a cell once."""
    if not placed:
        return lines(grid, grid.area, "note")
    near = list(_around(around))
    headers = [line for frame, *_ in placed for line in _headers(grid, frame, matcher)]
    found: dict[tuple[str, tuple[int, int] | None], Nearby] = {}
    for line in (*near, *headers, *_outside(grid, placed, near)):
        found.setdefault((line.words, line.cell), line)
    return list(found.values())


def _around(around: Sequence[Around]) -> Iterator[Nearby]:
    for near in around:
        for at, line in enumerate(near.own):
            yield line._replace(why="title" if at == 0 and near.title else "note")
        yield from near.notes


def _headers(grid: Grid, frame: Frame, matcher: Matcher) -> Iterator[Nearby]:
    for row in frame.header:
        for col in frame.columns:
            if grid.kind[row, col] != EMPTY:
                yield Nearby(grid.text(row, col), "header", (row, col))
    for words, cell in _telling_labels(grid, frame):
        if matcher.measures(words):
            yield Nearby(words, "header", cell)


def _telling_labels(grid: Grid, frame: Frame) -> Iterator[tuple[str, tuple[int, int]]]:
    """Labels of rows with a figure in them: "Job outcomes (n = 340)"."""
    rows = frame.rows[:_LINES].tolist()
    cells = grid.cells.take(frame.rows[:_LINES])
    for col in frame.stub:
        column = cells.column(col)
        telling = {raw for raw in set(column) if isinstance(raw, str) and _tells(raw)}
        if telling:
            yield from ((words_of(raw), (row, col)) for row, raw in zip(rows, column, strict=True) if raw in telling)


def _tells(label: str) -> bool:
    return ("(" in label or "=" in label or ":" in label) and any(map(str.isdigit, label))


def _outside(grid: Grid, placed: Sequence[Placed], around: Sequence[Nearby]) -> list[Nearby]:
    """The words that stand neither in a table nor around one: nothing of a sheet is passed over."""
    left = grid.kind != EMPTY
    for frame, *_ in placed:
        columns = np.array(frame.columns)
        left[np.ix_(frame.rows, columns)] = False
        left[np.ix_(np.array(frame.header, np.intp), columns)] = False
    for line in around:
        if line.cell is not None:
            left[line.cell[0]] = False
    rows = np.flatnonzero(left.any(axis=1))[:_LINES].tolist()
    return [line for row in rows for line in lines(grid, grid.area._replace(top=row, bottom=row), BESIDE, only=left)]
