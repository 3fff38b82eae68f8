"""Sheet to Understood: every table of a sheet and all its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.model import Doubt, Range, Text, Understood
from wpmi_lint.tables import build
from wpmi_lint.tables.cells import grid as grid_of
from wpmi_lint.tables.frames import frames
from wpmi_lint.tables.measures import Words
from wpmi_lint.tables.numbers import EMPTY
from wpmi_lint.tables.regions import row_kinds, segments
from wpmi_lint.tables.stated import Placed, of_sheet, place
from wpmi_lint.tables.surroundings import Around, around, lines, names

if TYPE_CHECKING:
    from wpmi_lint.model import Layout, Sheet, Table
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.terms import Matcher


_TABLES = 500  # of one sheet


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
        found = frames(grid, kinds, segment, above, lambda header: matcher.dimension(header) is not None)
        placed += [Placed(frame, len(found) == 1) for frame in found[: _TABLES + 1]]
    own = of_sheet(layouts, sheet.name)
    placed = place(grid, placed, own) if own else placed
    words = _with_titles([around(grid, frame, alone, file_name) for frame, alone, _ in placed], placed)
    shared = _sheet_words(sheet, words)
    tables = tuple(
        build.table(grid, one, index, near, shared, matcher) for one, near in zip(placed, words, strict=True)
    )
    if (rest is not None or len(placed) > _TABLES) and tables:
        tables = (*tables[:-1], _with_rest(tables[-1], grid, rest))
    texts = _texts(grid, index, placed, words) if placed else _all_words(grid, index)
    return Understood(tables, texts + _names(sheet, index, file_name))


def _with_rest(table: Table, grid: Grid, rest: int | None) -> Table:
    """The last table of a sheet with too many: what follows it was not looked at, which is said."""
    top = int(table.rows[-1]) + 1 if rest is None else rest
    area = Range(min(top, len(grid.kind) - 1), 0, len(grid.kind) - 1, grid.kind.shape[1] - 1)
    doubt = Doubt(f"more than {_TABLES} tables in one sheet: the rest was not looked at", area)
    return table._replace(doubts=(*table.doubts, doubt))


def _with_titles(words: list[Around], placed: list[Placed]) -> list[Around]:
    """A stated title comes first; a table without words of its own stands under the title of the one above it."""
    found: list[Around] = []
    for near, one in zip(words, placed, strict=True):
        if one.layout and one.layout.title:
            own = (Words(one.layout.title, "title stated in the layout", None), *near.own)
            near = near._replace(title=one.layout.title, own=own)
        if not near.own and found:
            near = near._replace(own=tuple(line._replace(why="title of the table above") for line in found[-1].own))
        found.append(near)
    return found


def _sheet_words(sheet: Sheet, words: list[Around]) -> tuple[Words, ...]:
    """Words at the top and the end of a sheet hold for all its tables."""
    said = (Words(sheet.label, "label of the file", None),) if sheet.label else ()
    return (*said, *(words[0].own if words else ()), *(words[-1].notes if words else ()))


def _names(sheet: Sheet, index: int, file_name: str) -> tuple[Text, ...]:
    return tuple(Text(words, why, index) for words, why, _ in names(sheet.name, file_name))


def _all_words(grid: Grid, index: int) -> tuple[Text, ...]:
    found = lines(grid, 0, len(grid.kind), 0, grid.kind.shape[1] - 1, "note")
    return tuple(Text(words, "note", index, cell) for words, _, cell in found)


def _texts(grid: Grid, index: int, placed: list[Placed], words: list[Around]) -> tuple[Text, ...]:
    found: dict[tuple[str, tuple[int, int] | None], Text] = {}
    for near in words:
        for at, line in enumerate(near.own):
            where = "title" if at == 0 and near.title else "note"
            found.setdefault((line.words, line.cell), Text(line.words, where, index, line.cell))
        for note in near.notes:
            found.setdefault((note.words, note.cell), Text(note.words, "note", index, note.cell))
    for frame, _, _ in placed:
        for row in frame.header:
            for col in (*frame.stub, *frame.body):
                if grid.kind[row, col] != EMPTY:
                    text = grid.text(row, col)
                    found.setdefault((text, (row, col)), Text(text, "header", index, (row, col)))
    return tuple(found.values())
