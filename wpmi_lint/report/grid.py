"""Cells as lines: a gutter of row numbers, column letters, carets below what matters; what does not fit is folded.

A finding shows the part of a table that it is about (`lines`); miniature.py shows a whole table with it.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple
from wpmi_lint.report.style import Span
from wpmi_lint.report.text import cut, left, right, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence, Set

    from wpmi_lint.model import Excerpt, GridRow
    from wpmi_lint.report.style import Line

NARROWEST = 60  # below this width a grid says less than words
WIDEST_STUB, WIDEST_FIGURE = 28, 14
MARKS = {"fail": "^", "used": "-"}


class Shown(NamedTuple):
    """A column that is shown."""

    place: int  # in the excerpt; -1 for a fold
    size: int
    left: bool


class GridView(NamedTuple):
    """The columns of a grid that are shown, and the width of its row numbers."""

    columns: Sequence[Shown]
    gutter: int


_FOLD = Shown(place=-1, size=2, left=False)


def lines(excerpt: Excerpt, limit: int, gutter: int, *, fails: Set[str] = frozenset()) -> Iterator[Line]:
    """Lines of at most `limit` cells. `gutter` is the width of row numbers; `fails` are further cells, A1 style, that
    the same diagnostic is about."""
    if limit < NARROWEST:
        return
    yield _gutter("", gutter)
    if excerpt.letters:
        rows = [_marked(excerpt, row, fails) for row in excerpt.rows]
        view = GridView(columns=_columns(excerpt, rows, limit - gutter - 4), gutter=gutter)
        yield letters(excerpt, view)
        for row in excerpt.header:
            yield from _header(row, view)
            yield from _carets(row, view)
        yield (*_gutter("", gutter), " " + "-" * total(view.columns))
        yield from body(rows, view)
    else:
        yield from _text(excerpt, limit, gutter)
    yield _gutter("", gutter)


def gutter_width(excerpt: Excerpt | None) -> int:
    """How wide row numbers are."""
    numbers = [row.number or 0 for row in excerpt.rows] if excerpt else []
    return max(3, len(str(max(numbers, default=0))))


def letters(excerpt: Excerpt, view: GridView) -> Line:
    """The letters of the columns."""
    return _line(view, _of_columns(excerpt.letters, view), repeat("faint"))


def body(rows: Iterable[GridRow], view: GridView) -> Iterator[Line]:
    """Rows with their numbers, each with carets below its marked cells; a row without a number is a fold."""
    for row in rows:
        if row.number is None:
            yield (Span(right(":", view.gutter), "gutter"), " ", Span("|", "gutter"))
            continue
        texts = _of_columns([cell.text for cell in row.cells], view)
        styles = [row.cells[column.place].mark if column is not _FOLD else "" for column in view.columns]
        yield _line(view, texts, styles, number=str(row.number))
        yield from _carets(row, view)


def _text(excerpt: Excerpt, limit: int, gutter: int) -> Iterator[Line]:
    """Lines of a text file, such as a manifest: no columns, the words of a marked line underlined."""
    for row in excerpt.rows:
        cell = row.cells[0]
        text, bare = cell.text.rstrip(), cell.text.partition(" #")[0].rstrip()  # without its comment
        words = cut(text if width(text) <= limit - gutter - 4 else bare, limit - gutter - 4)
        yield (*_gutter(str(row.number), gutter), " ", words)
        if cell.mark:
            indent = len(bare) - len(bare.lstrip())
            size = min(width(bare), width(words)) - indent
            yield (*_gutter("", gutter), " " * (indent + 1), Span(MARKS[cell.mark] * size, cell.mark))


def _gutter(number: str, size: int) -> tuple[Span, str, Span]:
    return (Span(right(number, size), "gutter"), " ", Span("|", "gutter"))


def _marked(excerpt: Excerpt, row: GridRow, fails: Set[str]) -> GridRow:
    """The row with the diagnostic's further cells marked too."""
    if not fails or row.number is None:
        return row
    cells = tuple(
        cell._replace(mark="fail") if f"{letter}{row.number}" in fails else cell
        for letter, cell in zip(excerpt.letters, row.cells, strict=True)
    )
    return row._replace(cells=cells)


# ---------------------------------------------------------------- which columns, how wide


def _columns(excerpt: Excerpt, rows: Sequence[GridRow], limit: int) -> list[Shown]:
    """All columns where they fit; else the stub, marked columns, their neighbours, and what else has room."""
    full = [row for row in rows if row.number is not None]
    every = range(len(excerpt.letters))
    for measured in (width, _narrowest):
        sizes = [natural_size(excerpt, place, measured) for place in every]
        whole = folded(every, excerpt, sizes)
        if total(whole) <= limit:
            return whole
    sizes = [min(size, WIDEST_FIGURE if has_figures(full, place) else WIDEST_STUB) for place, size in enumerate(sizes)]
    chosen: list[int] = []
    for place in _by_weight(full, len(sizes)):
        tried = folded(sorted([*chosen, place]), excerpt, sizes)
        if not chosen or total(tried) <= limit:
            chosen.append(place)
    columns = folded(sorted(chosen), excerpt, sizes)
    over = max(0, total(columns) - limit)
    return [
        column._replace(size=max(4, column.size - over)) if over and column.place == chosen[0] else column
        for column in columns
    ]


def _by_weight(rows: Sequence[GridRow], count: int) -> list[int]:
    """Places of columns, the most needed first: fails, first stub, used, neighbours of fails, other stubs, the rest."""

    def marked(place: int, mark: str) -> bool:
        return 0 <= place < count and any(row.cells[place].mark == mark for row in rows)

    def weight(place: int) -> tuple[int, int]:
        stub = not has_figures(rows, place)
        if marked(place, "fail"):
            return 0, place
        if place == 0 and stub:
            return 1, place
        if marked(place, "used"):
            return 2, place
        if marked(place - 1, "fail") or marked(place + 1, "fail"):
            return 3, place
        return (4 if stub else 5), place

    return sorted(range(count), key=weight)


def folded(places: Iterable[int], excerpt: Excerpt, sizes: Sequence[int]) -> list[Shown]:
    """The columns at these places, ascending, with a fold wherever some are left out."""
    shown = [place for place in places if excerpt.letters[place] != ".."]
    return [
        _FOLD if place is None else Shown(place=place, size=sizes[place], left=not has_figures(excerpt.rows, place))
        for place in with_gaps(shown, len(excerpt.letters))
    ]


def with_gaps(places: Iterable[int], count: int) -> list[int | None]:
    """Places of `count`, ascending, with one None wherever some are left out."""
    out: list[int | None] = []
    previous = -1
    for place in (*places, count):
        out += [place] if place == previous + 1 else [None, place]
        previous = place
    return out[:-1]


def natural_size(excerpt: Excerpt, place: int, header: Callable[[str], int] = width) -> int:
    """How wide a column is with every cell in full, its headers measured by `header`."""
    cells = max((width(row.cells[place].text) for row in excerpt.rows if row.cells), default=0)
    heads = max((header(row.cells[place].text) for row in excerpt.header), default=0)
    return max(cells, heads, len(excerpt.letters[place]), 1)


def _narrowest(header: str) -> int:
    """The width that a header needs on two lines."""
    words = header.split()
    halves = ((" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words)))
    return min((max(width(above), width(below)) for above, below in halves), default=width(header))


def has_figures(rows: Iterable[GridRow], place: int) -> bool:
    """Whether a column is one of figures, to be aligned right."""
    return any(row.cells[place].number for row in rows if row.number is not None)


def total(columns: Sequence[Shown]) -> int:
    """The width of columns with what is between them."""
    return sum(column.size for column in columns) + 2 * (len(columns) - 1)


# ---------------------------------------------------------------- lines


def _line(view: GridView, texts: Iterable[str], styles: Iterable[str], number: str = "") -> Line:
    """One line: a text for each column, cut to its size."""
    parts: list[str | Span] = []
    for column, text, style in zip(view.columns, texts, styles, strict=False):
        fill = left if column.left else right
        parts += [" ", Span(fill(cut(text, column.size), column.size), style), " "]
    return (*_gutter(number, view.gutter), *parts)


def _of_columns(texts: Sequence[str], view: GridView) -> list[str]:
    return [".." if column is _FOLD else texts[column.place] for column in view.columns]


def _header(row: GridRow, view: GridView) -> Iterator[Line]:
    """A header row on one line or two."""
    texts = _of_columns([cell.text for cell in row.cells], view)
    stacks = [_halves(text, column.size) for text, column in zip(texts, view.columns, strict=True)]
    if any(below for _, below in stacks):
        yield _line(view, [above if below else "" for above, below in stacks], repeat("headline"))
    yield _line(view, [below or above for above, below in stacks], repeat("headline"))


def _halves(header: str, size: int) -> tuple[str, str]:
    """A header that is too wide, on two lines."""
    if width(header) <= size:
        return header, ""
    words = header.split()
    first = 1
    while first < len(words) - 1 and width(" ".join(words[: first + 1])) <= size:
        first += 1
    return " ".join(words[:first]), " ".join(words[first:])


def _carets(row: GridRow, view: GridView) -> Iterator[Line]:
    """The line below a row with marked cells."""
    if not any(cell.mark in MARKS for cell in row.cells):
        return
    marks = ["" if column is _FOLD else row.cells[column.place].mark for column in view.columns]
    sizes = [min(width(row.cells[column.place].text), column.size) for column in view.columns]
    signs = [MARKS.get(mark, "") * max(1, size) for mark, size in zip(marks, sizes, strict=True)]
    yield _line(view, signs, marks)
