"""Which rows of a block are its headers, and which columns its stub and its body."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import are_whole, distinct
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.body import header_words
from wpmi_lint.tables.find.regions import SAMPLE
from wpmi_lint.tables.find.rows import BLANK, WORDS
from wpmi_lint.tables.lexicon.headers import looks_like_note, names_stub
from wpmi_lint.tables.lexicon.periods import are_years
from wpmi_lint.tables.numbers import DATE, EMPTY, MARKER, MONEY, NUMBER, PERCENT, SOFT, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    from wpmi_lint.model import Mask, Matrix
    from wpmi_lint.tables.find.regions import Block


_HEADERS = 12  # header rows looked at above the figures
_LABELS = 3  # rows with only a label between headers and figures


def header_rows(block: Block) -> tuple[int, ...]:
    """The rows of words directly above the figures that name their columns."""
    sample = block.kind(block.rows[:SAMPLE])
    figures = ((sample == NUMBER) | (sample == MARKER)).sum(axis=0)
    data = (figures > 0) & (figures >= (sample == TEXT).sum(axis=0))
    first = int(block.rows[0])
    rows: list[int] = []
    blanks = labels = 0
    for row in range(first - 1, max(block.segment.preface, first - _HEADERS) - 1, -1):
        filled = block.kind(row) != EMPTY
        if block.kinds[row] == BLANK or not filled.any():
            blanks += 1
            if rows or blanks > 1:
                break
            continue
        if not rows and labels < _LABELS and not (filled & data).any():
            labels += 1  # the label of the first section, or names of the stub columns
            continue
        if not rows and _is_suppressed(block, row, data):
            continue
        if not _names_columns(block, row, data, lower=bool(rows)):
            break
        rows.append(row)
    return tuple(reversed(rows))


def _is_suppressed(block: Block, row: int, data: Mask) -> bool:
    """True for a first row of the body that shows markers made of letters only, under a header row of words."""
    if row == 0 or block.kinds[row] != WORDS or block.kinds[row - 1] != WORDS:
        return False
    own, before = block.kind(row), block.kind(row - 1)
    over = data & (own != EMPTY)
    above = (before == TEXT) & ((block.flags(row - 1) & SOFT) == 0)
    labelled = own[0] == TEXT and before[0] == TEXT
    return bool(labelled and over.any() and ((block.flags(row) & SOFT) > 0)[over].all() and above[over].all())


def _names_columns(block: Block, row: int, data: Mask, *, lower: bool) -> bool:
    """True where a row of words above the figures is a header row. `lower`: a header row was found below it."""
    left, right = block.left, block.right
    filled = block.kind(row) != EMPTY
    over = int((filled & data).sum())
    total = int(filled.sum())
    size = max(int(data.sum()), 1)
    if over == 0:
        return False
    if total == 1 and _merged(block, row, left + int(data.argmax())):
        return True
    if total == 1:
        col = left + int(filled.argmax())
        return (col > left or size == right - left + 1 == 1) and not looks_like_note(block.grid.text(row, col))
    if block.kinds[row] != WORDS:
        return False
    if lower and total == 2 and filled[0] and over == 1 and size >= 3 and not _merged(block, row, left + 1):
        return False  # a line of key and value, not a header
    return lower or over >= size / 3 or size <= 3 or _merged(block, row, left)


def _merged(block: Block, row: int, first: int) -> bool:
    """True where a merged cell of several columns begins in one of the columns from `first` on."""
    return any(
        area.top <= row <= area.bottom and area.right > area.left and first <= area.left <= block.right
        for area in block.grid.sheet.merged[:2000]
    )


class _FigureColumn(NamedTuple):
    """A column of figures, and what stands before it."""

    at: int  # place in the block
    name: str  # the lowest words of its header
    first_words: int  # place of the first column without figures, -1: there is none
    after_body: bool  # a column before it is of the body


def stub_and_body(
    block: Block, header: tuple[int, ...], is_dimension: Callable[[str], bool]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(stub columns, body columns)."""
    rows = block.rows[:SAMPLE]
    part, left = block.kind(rows), block.left
    number = (part == NUMBER).sum(axis=0)
    marker = (part == MARKER).sum(axis=0)
    soft = ((block.flags(rows) & SOFT) > 0).sum(axis=0)
    words = ((part == TEXT) | (part == DATE)).sum(axis=0)
    shown = number + marker
    data = (shown > 0) & ((shown + soft) * 2 >= shown + words)
    first_words = int(np.argmax(~data)) if (~data).any() else -1
    stub: list[int] = []
    body: list[int] = []
    for at in range(part.shape[1]):
        col = left + at
        name = header_words(block.grid, header, col)
        if data[at]:
            column = _FigureColumn(at=at, name=name, first_words=first_words, after_body=bool(body))
            (stub if _identifies(block, column, is_dimension) else body).append(col)
        elif words[at]:
            stub.append(col)
        elif name and body:  # a named column without a single figure
            body.append(col)
    if not body:  # all that there is are years or codes: the last column is what is counted
        last = [col for col in stub if data[col - left]]
        if last and len(stub) > 1 and not names_stub(header_words(block.grid, header, last[-1])):
            stub.remove(last[-1])
            body.append(last[-1])
    while body and not shown[body[-1] - left]:
        body.pop()
    return tuple(stub), tuple(body)


def _like_members(values: Matrix) -> bool:
    """True where numbers can be members of a dimension: years, or small whole numbers without wide gaps (1 to 9).

    A header can name a dimension because it is a member of it ("Month 3", "PG1"): its figures are counts then.
    """
    members = distinct(values)
    low, high = float(members[0]), float(members[-1])
    return 1900 <= low <= high <= 2100 or (low >= 0 and high <= 400 and high - low <= 2 * len(members))


def _identifies(block: Block, column: _FigureColumn, is_dimension: Callable[[str], bool]) -> bool:
    """True where the numbers of a column name its rows (years, ages, codes, groups) and are no figures."""
    at, name, first_words, after_body = column
    named = names_stub(name) or (bool(name) and is_dimension(name))
    if (
        not named
        and (after_body or first_words == 0 or (first_words > 0 and at > first_words))
        and (at != 1 or after_body)
    ):
        return False
    rows, col = block.rows[:SAMPLE], block.left + at
    values = block.grid.value[rows, col]
    values = values[~np.isnan(values)]
    if not values.size or not are_whole(values) or (block.grid.flags[rows, col] & (PERCENT | MONEY)).any():
        return False
    if names_stub(name) and not name[-1].isdigit():
        return True
    if named and _like_members(values):
        return True
    if after_body or (first_words not in (-1, 0) and at > first_words):
        return False
    if are_years(values) and at <= max(first_words, 0) + 1 and len(values) >= 2:
        return len(distinct(values)) < len(values) or bool((np.abs(np.diff(values)) <= 10).all())
    return at == 0 and first_words != 0 and len(values) >= 4 and bool((np.diff(values) == 1).all())
