"""An excerpt as lines: a gutter, pinned headers, carets; rows and columns that do not matter are folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple
from wpmi_lint.report.style import Span
from wpmi_lint.report.text import cut, left, right, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence, Set

    from wpmi_lint.model import Excerpt, GridRow
    from wpmi_lint.report.style import Line

NARROWEST = 60  # below this width a grid says less than words
WIDEST_STUB, WIDEST_FIGURE = 28, 14
MARKS = {"fail": "^", "used": "-"}


class _Column(NamedTuple):
    place: int  # in the excerpt; -1 for a fold
    size: int
    left: bool


_FOLD = _Column(-1, 2, False)


def lines(excerpt: Excerpt, limit: int, gutter: int, fails: Set[str] = frozenset()) -> Iterator[Line]:
    """Lines of at most `limit` cells. `gutter` is the width of row numbers; `fails` are further cells, A1 style, that
    the same diagnostic is about."""
    if limit < NARROWEST:
        return
    if not excerpt.letters:
        yield from _text(excerpt, limit, gutter)
        return
    rows = [_marked(excerpt, row, fails) for row in excerpt.rows]
    columns = _columns(excerpt, rows, limit - gutter - 4)
    yield _gutter("", gutter)
    yield (*_gutter("", gutter), " ", Span(_joined([_lettered(excerpt, one) for one in columns]), "faint"))
    for row in excerpt.header:
        for line in _header(row, columns):
            yield (*_gutter("", gutter), " ", Span(line, "headline"))
        if any(cell.mark for cell in row.cells):
            yield (*_gutter("", gutter), *_carets(row, columns))
    yield (*_gutter("", gutter), " " + "-" * _total(columns))
    for row in rows:
        if row.number is None:
            yield (Span(right(":", gutter), "gutter"), " ", Span("|", "gutter"))
            continue
        yield (*_gutter(str(row.number), gutter), *_row(row, columns))
        if any(cell.mark for cell in row.cells):
            yield (*_gutter("", gutter), *_carets(row, columns))
    yield _gutter("", gutter)


def gutter_width(excerpt: Excerpt | None) -> int:
    """How wide row numbers are."""
    numbers = [row.number or 0 for row in excerpt.rows] if excerpt else []
    return max(3, len(str(max(numbers, default=0))))


def _text(excerpt: Excerpt, limit: int, gutter: int) -> Iterator[Line]:
    """Lines of a text file, such as a manifest: no columns, the words of a marked line underlined."""
    yield _gutter("", gutter)
    for row in excerpt.rows:
        cell = row.cells[0]
        text, bare = cell.text.rstrip(), cell.text.partition(" #")[0].rstrip()  # without its comment
        words = cut(text if width(text) <= limit - gutter - 4 else bare, limit - gutter - 4)
        yield (*_gutter(str(row.number), gutter), " ", words)
        if cell.mark:
            indent = len(bare) - len(bare.lstrip())
            size = min(width(bare), width(words)) - indent
            yield (*_gutter("", gutter), " " * (indent + 1), Span(MARKS[cell.mark] * size, cell.mark))
    yield _gutter("", gutter)


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


def _columns(excerpt: Excerpt, rows: Sequence[GridRow], limit: int) -> list[_Column]:
    """All columns where they fit; else the stub, marked columns, their neighbours, and what else has room."""
    full = [row for row in rows if row.number is not None]
    for measured in (width, _narrowest):
        sizes = [_size(excerpt, full, place, measured) for place in range(len(excerpt.letters))]
        whole = _folded(list(range(len(sizes))), excerpt, sizes)
        if _total(whole) <= limit:
            return whole
    sizes = [min(size, WIDEST_FIGURE if _figures(full, place) else WIDEST_STUB) for place, size in enumerate(sizes)]
    chosen: list[int] = []
    for place in _by_weight(full, len(sizes)):
        tried = _folded(sorted([*chosen, place]), excerpt, sizes)
        if not chosen or _total(tried) <= limit:
            chosen.append(place)
    columns = _folded(sorted(chosen), excerpt, sizes)
    over = _total(columns) - limit
    if over > 0:
        columns = [one._replace(size=max(4, one.size - over)) if one.place == chosen[0] else one for one in columns]
    return columns


def _by_weight(rows: Sequence[GridRow], count: int) -> list[int]:
    """Places of columns, the most needed first: fails, first stub, used, neighbours of fails, other stubs, the rest."""

    def marked(place: int, mark: str) -> bool:
        return 0 <= place < count and any(row.cells[place].mark == mark for row in rows)

    def weight(place: int) -> tuple[int, int]:
        stub = not _figures(rows, place)
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


def _folded(places: Sequence[int], excerpt: Excerpt, sizes: Sequence[int]) -> list[_Column]:
    columns: list[_Column] = []
    previous = -1
    for place in places:
        gap = excerpt.letters[place] == ".."
        if (gap or place != previous + 1) and (not columns or columns[-1] is not _FOLD):
            columns.append(_FOLD)
        if not gap:
            columns.append(_Column(place, sizes[place], not _figures(excerpt.rows, place)))
        previous = place
    if previous + 1 < len(excerpt.letters) and columns and columns[-1] is not _FOLD:
        columns.append(_FOLD)
    return columns


def _size(excerpt: Excerpt, rows: Sequence[GridRow], place: int, header: Callable[[str], int]) -> int:
    body = max((width(row.cells[place].text) for row in rows), default=0)
    heads = max((header(row.cells[place].text) for row in excerpt.header), default=0)
    return max(body, heads, len(excerpt.letters[place]), 1)


def _narrowest(header: str) -> int:
    """The width that a header needs on two lines."""
    if not header:
        return 0
    words = header.split()
    best = width(header)
    for place in range(1, len(words)):
        best = min(best, max(width(" ".join(words[:place])), width(" ".join(words[place:]))))
    return best


def _figures(rows: Sequence[GridRow], place: int) -> bool:
    return any(row.cells[place].number for row in rows if row.number is not None)


def _total(columns: Sequence[_Column]) -> int:
    return sum(one.size for one in columns) + 2 * (len(columns) - 1)


# ---------------------------------------------------------------- lines


def _joined(texts: Sequence[str]) -> str:
    return "  ".join(texts).rstrip()


def _lettered(excerpt: Excerpt, column: _Column) -> str:
    if column.place < 0:
        return ".."
    letter = excerpt.letters[column.place]
    return left(letter, column.size) if column.left else right(letter, column.size)


def _fitted(text: str, column: _Column) -> str:
    text = cut(text, column.size)
    return left(text, column.size) if column.left else right(text, column.size)


def _header(row: GridRow, columns: Sequence[_Column]) -> Iterator[str]:
    """A header row on one line or two."""
    stacks = [("..", "") if one.place < 0 else _halves(row.cells[one.place].text, one.size) for one in columns]
    above = [first if second else "" for first, second in stacks]
    if any(above):
        yield _joined([_fitted(text, one) for text, one in zip(above, columns, strict=True)])
    last = [second or first for first, second in stacks]
    yield _joined([_fitted(text, one) for text, one in zip(last, columns, strict=True)])


def _halves(header: str, size: int) -> tuple[str, str]:
    """A header that is too wide, on two lines."""
    if width(header) <= size:
        return header, ""
    words = header.split()
    first = 1
    while first < len(words) - 1 and width(" ".join(words[: first + 1])) <= size:
        first += 1
    return " ".join(words[:first]), " ".join(words[first:])


def _row(row: GridRow, columns: Sequence[_Column]) -> Iterator[str | Span]:
    for column in columns:
        if column.place < 0:
            yield " .. "
            continue
        cell = row.cells[column.place]
        yield " "
        yield Span(_fitted(cell.text, column), cell.mark)
        yield " "


def _carets(row: GridRow, columns: Sequence[_Column]) -> Iterator[str | Span]:
    for column in columns:
        cell = row.cells[column.place] if column.place >= 0 else None
        mark = MARKS.get(cell.mark) if cell else None
        if cell is None or mark is None:
            yield " " * (column.size + 2)
            continue
        signs = mark * max(1, min(width(cell.text), column.size))
        yield " "
        yield Span(left(signs, column.size) if column.left else right(signs, column.size), cell.mark)
        yield " "
