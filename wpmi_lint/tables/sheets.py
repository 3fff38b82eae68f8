"""Sheet to Understood: every table of a sheet and all its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Doubt, Range, Text, Understood
from wpmi_lint.tables import build
from wpmi_lint.tables.cells import grid as grid_of
from wpmi_lint.tables.cells import words_of
from wpmi_lint.tables.find.frames import frames
from wpmi_lint.tables.find.regions import row_kinds, segments
from wpmi_lint.tables.find.surroundings import Around, Nearby, around, lines, names
from wpmi_lint.tables.lexicon.prose import looks_like_title
from wpmi_lint.tables.meaning import labels
from wpmi_lint.tables.numbers import EMPTY
from wpmi_lint.tables.stated import Placed, of_sheet, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wpmi_lint.layouts import Layout
    from wpmi_lint.model import Sheet, Table
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.frame import Frame
    from wpmi_lint.terms import Matcher


_TABLES = 500  # of one sheet
_LINES = 20_000  # rows with words outside tables


def understand(
    sheet: Sheet, index: int, matcher: Matcher, file_name: str = "", layouts: tuple[Layout, ...] = ()
) -> Understood:
    """The tables of a sheet, with reasons, and the words that are not figures of a table."""
    if not sheet.rows or not sheet.width:
        return Understood((), _names(sheet, index, file_name))
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
    texts = _texts(grid, index, placed, words, matcher) if placed else _all_words(grid, index)
    shared = _sheet_words(sheet, words, texts)
    context = build.Context(grid=grid, sheet=index, words=shared, matcher=matcher)
    tables = tuple(
        build.table(context, part, near)
        for one, near in zip(placed, words, strict=True)
        for part in _by_label(grid, one, matcher)
    )
    if (rest is not None or len(placed) > _TABLES) and tables:
        tables = (*tables[:-1], _with_rest(tables[-1], grid, rest))
    return Understood(tables, texts + _names(sheet, index, file_name))


def _by_label(grid: Grid, one: Placed, matcher: Matcher) -> list[Placed]:
    return [
        one._replace(frame=group.frame, marking=group.lines, part=group.part)
        for group in labels.by_label(grid, one.frame, matcher)
    ]


def _with_rest(table: Table, grid: Grid, rest: int | None) -> Table:
    """The last table of a sheet with too many: what follows it was not looked at, which is said."""
    top = int(table.rows[-1]) + 1 if rest is None else rest
    area = Range(min(top, len(grid.kind) - 1), 0, len(grid.kind) - 1, grid.kind.shape[1] - 1)
    doubt = Doubt(f"more than {_TABLES} tables in one sheet: the rest was not looked at", area)
    return table._replace(doubts=(*table.doubts, doubt))


def _with_titles(words: list[Around], placed: list[Placed], matcher: Matcher) -> list[Around]:
    """A stated title comes first; a table without words of its own stands under the title of the one above it."""
    found: list[Around] = []
    for near, one in zip(words, placed, strict=True):
        near = _without_banner(near, matcher)
        if one.layout and one.layout.title:
            own = (Nearby(one.layout.title, "title stated in the layout", None), *near.own)
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


def _sheet_words(sheet: Sheet, words: list[Around], texts: tuple[Text, ...]) -> tuple[Nearby, ...]:
    """Words at the top, at the end and beside the tables of a sheet hold for all of them, but for the first title."""
    said = (Nearby(sheet.label, "label of the file", None),) if sheet.label else ()
    top = [line for line in (words[0].own if words else ()) if not looks_like_title(line.words)]
    beside = [Nearby(text.words, text.where, text.cell) for text in texts if text.where == "words beside a table"]
    return (*said, *top, *(words[-1].notes if words else ()), *beside)


def _names(sheet: Sheet, index: int, file_name: str) -> tuple[Text, ...]:
    return tuple(Text(words, why, index) for words, why, _ in names(sheet.name, file_name))


def _whole(grid: Grid) -> Range:
    height, width = grid.kind.shape
    return Range(top=0, left=0, bottom=height - 1, right=width - 1)


def _all_words(grid: Grid, index: int) -> tuple[Text, ...]:
    found = lines(grid, _whole(grid), "note")
    return tuple(Text(words, "note", index, cell) for words, _, cell in found)


def _texts(grid: Grid, index: int, placed: list[Placed], words: list[Around], matcher: Matcher) -> tuple[Text, ...]:
    found: dict[tuple[str, tuple[int, int] | None], Text] = {}
    for near in words:
        for at, line in enumerate(near.own):
            where = "title" if at == 0 and near.title else "note"
            found.setdefault((line.words, line.cell), Text(line.words, where, index, line.cell))
        for note in near.notes:
            found.setdefault((note.words, note.cell), Text(note.words, "note", index, note.cell))
    for frame, *_ in placed:
        for row in frame.header:
            for col in (*frame.stub, *frame.body):
                if grid.kind[row, col] != EMPTY:
                    text = grid.text(row, col)
                    found.setdefault((text, (row, col)), Text(text, "header", index, (row, col)))
        for text, cell in _telling_labels(grid, frame):
            if matcher.measures(text):
                found.setdefault((text, cell), Text(text, "header", index, cell))
    for line in _outside(grid, placed, found):
        found.setdefault((line.words, line.cell), Text(line.words, "words beside a table", index, line.cell))
    return tuple(found.values())


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


def _outside(
    grid: Grid, placed: list[Placed], found: Mapping[tuple[str, tuple[int, int] | None], Text]
) -> list[Nearby]:
    """The words that stand neither in a table nor around one: nothing of a sheet is passed over."""
    left = grid.kind != EMPTY
    for frame, *_ in placed:
        columns = np.array((*frame.stub, *frame.body))
        left[np.ix_(frame.rows, columns)] = False
        left[np.ix_(np.array(frame.header, np.intp), columns)] = False
    for (_, cell), text in found.items():
        if cell is not None and text.where != "header":
            left[cell[0]] = False
    rows = np.flatnonzero(left.any(axis=1))[:_LINES].tolist()
    return [line for row in rows for line in lines(grid, _whole(grid)._replace(top=row, bottom=row), "note", only=left)]
