"""Roles within a segment: which rows are headers, which columns are the stub, what is the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import distinct
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.lexicon import looks_like_note, names_stub
from wpmi_lint.tables.numbers import DATE, EMPTY, MARKER, MONEY, NUMBER, ODD, PERCENT, SOFT, TEXT
from wpmi_lint.tables.regions import BLANK, WORDS, Segment
from wpmi_lint.tables.statistic import hint

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from wpmi_lint.tables.cells import Grid

_HEADERS = 12  # header rows looked at above the figures
_LABELS = 3  # rows with only a label between headers and figures
_SAMPLE = 20000  # rows that columns are judged by


class Frame(NamedTuple):
    """Rows and columns of one table by role; all are sheet rows and columns."""

    header: tuple[int, ...]
    rows: NDArray[np.intp]  # body rows
    stub: tuple[int, ...]
    body: tuple[int, ...]
    preface: int  # first row of the words above
    until: int  # first row after the notes below


def frames(
    grid: Grid, kinds: NDArray[np.int8], segment: Segment, above: Frame | None, is_dimension: Callable[[str], bool]
) -> list[Frame]:
    """The tables of a segment, from left to right; none where its numbers are no figures of a table."""
    rows = segment.rows
    filled = np.flatnonzero((grid.kind[rows] != EMPTY).any(axis=0))
    if not filled.size:
        return []
    left, right = int(filled[0]), int(filled[-1])
    found = []
    for first, last in _side_by_side(grid, segment, left, right):
        frame = _frame(grid, kinds, segment, first, last, above, is_dimension)
        if frame is not None:
            found.append(frame)
    return found


def _side_by_side(grid: Grid, segment: Segment, left: int, right: int) -> list[tuple[int, int]]:
    """Column ranges of the tables that stand beside each other; an empty column alone is only a spacer."""
    rows = segment.rows
    part = grid.kind[rows[:_SAMPLE], left : right + 1]
    empty = ~(part != EMPTY).any(axis=0)
    if not empty.any():
        return [(left, right)]
    blocks = _blocks(~empty, left)
    figures = (part == NUMBER) | (part == MARKER)
    found = [blocks[0]]
    for first, last in blocks[1:]:
        own = part[:, first - left]
        words = ((own == TEXT) | (own == DATE)).sum()
        has_stub = words > 0.5 * max(int((own != EMPTY).sum()), 1) and words >= 2
        before, after = (
            figures[:, found[-1][0] - left : found[-1][1] - left + 1],
            figures[:, first - left : last - left + 1],
        )
        if has_stub and before.any() and after.any():
            found.append((first, last))
        else:
            found[-1] = (found[-1][0], last)
    return found


def _blocks(filled: NDArray[np.bool_], left: int) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    return [(int(a) + left, int(b) - 1 + left) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _frame(
    grid: Grid,
    kinds: NDArray[np.int8],
    segment: Segment,
    left: int,
    right: int,
    above: Frame | None,
    is_dimension: Callable[[str], bool],
) -> Frame | None:
    rows = segment.rows
    part = grid.kind[rows, left : right + 1]
    rows = rows[(part != EMPTY).any(axis=1)]
    header = _header_rows(grid, kinds, segment, rows, left, right)
    if segment.shares_header and above is not None and not header:
        header = above.header
    stub, body = _columns(grid, rows, header, left, right, is_dimension)
    if not body:
        return None
    inside = grid.kind[np.ix_(rows, np.array(body))]
    soft = (grid.flags[np.ix_(rows, np.array(body))] & (SOFT | ODD)) > 0
    rows = rows[((inside == NUMBER) | (inside == MARKER) | soft).any(axis=1)]
    if not rows.size or not ((inside == NUMBER).any()):
        return None
    if _is_list(grid, rows, header, stub, body):
        return None
    rows = _with_words(grid, kinds, _without_residue(grid, rows, stub, body), header, stub, body)
    header = tuple(r for r in header if r < rows[0])
    return Frame(header, rows, stub, body, segment.preface, segment.until)


def _is_list(
    grid: Grid, rows: NDArray[np.intp], header: tuple[int, ...], stub: tuple[int, ...], body: tuple[int, ...]
) -> bool:
    """True for numbers that are no figures: numbered notes or contents, and the year in lines of key and value."""
    if len(body) > 1 or not stub:
        return False
    values = grid.value[rows, body[0]]
    values = values[~np.isnan(values)]
    if body[0] < min(stub):
        rising = bool((np.diff(values) > 0).all()) and values[0] < 200
        return rising and (not header or not hint(header_words(grid, header, body[0])).statistic)
    if len(rows) > 2 or (values != np.floor(values)).any() or not ((values >= 1900) & (values <= 2100)).all():
        return False
    keys = [grid.text(row, stub[0]) for row in rows.tolist()]
    return all(key.endswith(":") or names_stub(key) for key in keys)


def _without_residue(
    grid: Grid, rows: NDArray[np.intp], stub: tuple[int, ...], body: tuple[int, ...]
) -> NDArray[np.intp]:
    """The body rows without unlabelled rows of zeros and errors at the end: formulas that were filled too far."""
    if not stub:
        return rows
    last = len(rows)
    while last > 1:
        row = rows[last - 1]
        value = grid.value[row, list(body)]
        if (grid.kind[row, list(stub)] != EMPTY).any() or (np.nan_to_num(value) != 0).any():
            break
        last -= 1
    return rows[:last]


def _with_words(
    grid: Grid,
    kinds: NDArray[np.int8],
    rows: NDArray[np.intp],
    header: tuple[int, ...],
    stub: tuple[int, ...],
    body: tuple[int, ...],
) -> NDArray[np.intp]:
    """The body rows with those among them that have a label and words where figures should be."""
    top, bottom = int(rows[0]), int(rows[-1])
    top = header[-1] + 1 if header and header[-1] < top else top
    others = np.flatnonzero(kinds[top : bottom + 1] == WORDS) + top
    if not others.size or not stub:
        return rows
    labelled = grid.kind[others, stub[-1]] != EMPTY
    named = (grid.kind[np.ix_(others, np.array(body))] != EMPTY).any(axis=1)
    return np.sort(np.concatenate((rows, others[labelled & named])))


# ---------------------------------------------------------------- header rows


def _header_rows(
    grid: Grid, kinds: NDArray[np.int8], segment: Segment, rows: NDArray[np.intp], left: int, right: int
) -> tuple[int, ...]:
    """The rows of words directly above the figures that name their columns."""
    sample = grid.kind[rows[:_SAMPLE], left : right + 1]
    figures = ((sample == NUMBER) | (sample == MARKER)).sum(axis=0)
    words = (sample == TEXT).sum(axis=0)
    data = (figures > 0) & (figures >= words)
    found: list[int] = []
    blanks = labels = 0
    for row in range(int(rows[0]) - 1, max(segment.preface, int(rows[0]) - _HEADERS) - 1, -1):
        if kinds[row] == BLANK or not (grid.kind[row, left : right + 1] != EMPTY).any():
            blanks += 1
            if found or blanks > 1:
                break
            continue
        if not found and labels < _LABELS and not ((grid.kind[row, left : right + 1] != EMPTY) & data).any():
            labels += 1  # the label of the first section, or names of the stub columns
            continue
        if not found and _is_suppressed(grid, kinds, row, left, right, data):
            continue
        if not _names_columns(grid, kinds, row, left, right, data, bool(found)):
            break
        found.append(row)
    return tuple(reversed(found))


def _is_suppressed(
    grid: Grid, kinds: NDArray[np.int8], row: int, left: int, right: int, data: NDArray[np.bool_]
) -> bool:
    """True for a first row of the body that shows markers made of letters only, under a header row of words."""
    if row == 0 or kinds[row] != WORDS or kinds[row - 1] != WORDS:
        return False
    cells = slice(left, right + 1)
    over = data & (grid.kind[row, cells] != EMPTY)
    soft = (grid.flags[row, cells] & SOFT) > 0
    above = (grid.kind[row - 1, cells] == TEXT) & ((grid.flags[row - 1, cells] & SOFT) == 0)
    labelled = grid.kind[row, left] == TEXT and grid.kind[row - 1, left] == TEXT
    return bool(labelled and over.any() and soft[over].all() and above[over].all())


def _names_columns(
    grid: Grid, kinds: NDArray[np.int8], row: int, left: int, right: int, data: NDArray[np.bool_], lower: bool
) -> bool:
    """True where a row of words above the figures is a header row. `lower`: a header row was found below it."""
    cells = grid.kind[row, left : right + 1] != EMPTY
    over = int((cells & data).sum())
    total = int(cells.sum())
    size = max(int(data.sum()), 1)
    if over == 0:
        return False
    if total == 1 and _merged(grid, row, left + int(np.flatnonzero(data)[0]), right):
        return True
    if total == 1:
        col = left + int(np.flatnonzero(cells)[0])
        return (col > left or size == right - left + 1 == 1) and not looks_like_note(grid.text(row, col))
    if kinds[row] != WORDS:
        return False
    if lower and total == 2 and cells[0] and over == 1 and size >= 3 and not _merged(grid, row, left + 1, right):
        return False  # a line of key and value, not a header
    return lower or over >= size / 3 or size <= 3 or _merged(grid, row, left, right)


def _merged(grid: Grid, row: int, first: int, last: int) -> bool:
    """True where a merged cell of several columns begins in one of these columns."""
    return any(
        area.top <= row <= area.bottom and area.right > area.left and first <= area.left <= last
        for area in grid.sheet.merged[:2000]
    )


# ---------------------------------------------------------------- columns


def _columns(
    grid: Grid,
    rows: NDArray[np.intp],
    header: tuple[int, ...],
    left: int,
    right: int,
    is_dimension: Callable[[str], bool],
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(stub columns, body columns)."""
    rows = rows[:_SAMPLE]
    part = grid.kind[rows, left : right + 1]
    number = (part == NUMBER).sum(axis=0)
    marker = (part == MARKER).sum(axis=0)
    soft = ((grid.flags[rows, left : right + 1] & SOFT) > 0).sum(axis=0)
    words = ((part == TEXT) | (part == DATE)).sum(axis=0)
    figures = number + marker + soft
    data = (number + marker > 0) & (figures * 2 >= number + marker + words) & ((number > 0) | (marker > 0))
    first_words = int(np.argmax(~data)) if (~data).any() else -1
    stub: list[int] = []
    body: list[int] = []
    for at in range(right - left + 1):
        col = left + at
        name = header_words(grid, header, col)
        if data[at]:
            if _identifies(grid, rows, col, name, at, bool(body), first_words, is_dimension):
                stub.append(col)
            else:
                body.append(col)
        elif words[at]:
            stub.append(col)
        elif name and body:  # a named column without a single figure
            body.append(col)
    if not body:  # all that there is are years or codes: the last column is what is counted
        last = [c for c in stub if data[c - left]]
        if len(last) >= 1 and len(stub) > 1 and not names_stub(header_words(grid, header, last[-1])):
            stub.remove(last[-1])
            body.append(last[-1])
    while body and not number[body[-1] - left] and not marker[body[-1] - left]:
        body.pop()
    return tuple(stub), tuple(body)


def _like_members(values: NDArray[np.float64]) -> bool:
    """True where numbers can be members of a dimension: years, or small whole numbers without wide gaps (1 to 9).

    A header can name a dimension because it is a member of it ("Month 3", "PG1"): its figures are counts then.
    """
    members = distinct(values)
    low, high = float(members[0]), float(members[-1])
    return 1900 <= low <= high <= 2100 or (low >= 0 and high <= 400 and high - low <= 2 * len(members))


def _identifies(
    grid: Grid,
    rows: NDArray[np.intp],
    col: int,
    name: str,
    at: int,
    after_body: bool,
    first_words: int,
    is_dimension: Callable[[str], bool],
) -> bool:
    """True where the numbers of a column name its rows (years, ages, codes, groups) and are no figures."""
    named = names_stub(name) or (bool(name) and is_dimension(name))
    if (
        not named
        and (after_body or first_words == 0 or (first_words > 0 and at > first_words))
        and (at != 1 or after_body)
    ):
        return False
    values = grid.value[rows, col]
    values = values[~np.isnan(values)]
    if not values.size or (values != np.floor(values)).any() or (grid.flags[rows, col] & (PERCENT | MONEY)).any():
        return False
    if names_stub(name) and not name[-1].isdigit():
        return True
    if named and _like_members(values):
        return True
    if after_body or (first_words not in (-1, 0) and at > first_words):
        return False
    if at > 0 and not (first_words > at or first_words == -1 or first_words == 0):
        return False
    years = bool(((values >= 1900) & (values <= 2100)).all())
    if years and at <= max(first_words, 0) + 1 and len(values) >= 2:
        return len(distinct(values)) < len(values) or bool((np.abs(np.diff(values)) <= 10).all())
    steps = np.diff(values)
    return at == 0 and first_words != 0 and len(values) >= 4 and bool((steps == 1).all())


def header_words(grid: Grid, header: tuple[int, ...], col: int) -> str:
    """The lowest words of the header of a column."""
    for row in reversed(header):
        words = grid.text(row, col)
        if words:
            return words
    return ""
