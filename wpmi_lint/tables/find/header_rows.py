"""Which rows above the figures are header rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.tables.find.regions import BLANK, SAMPLE, WORDS
from wpmi_lint.tables.lexicon.prose import looks_like_note
from wpmi_lint.tables.numbers import EMPTY, MARKER, NUMBER, SOFT, TEXT

if TYPE_CHECKING:
    from wpmi_lint.model import Mask
    from wpmi_lint.tables.find.regions import Block

_HEADERS = 12  # header rows looked at above the figures
_LABELS = 3  # rows with only a label between headers and figures


def header_rows(block: Block) -> tuple[int, ...]:
    """The rows of words directly above the figures that name their columns."""
    sample = block.kind(block.rows[:SAMPLE])
    figures = ((sample == NUMBER) | (sample == MARKER)).sum(axis=0)
    data = (figures > 0) & (figures >= (sample == TEXT).sum(axis=0))
    first = int(block.rows[0])
    found: list[int] = []
    blanks = labels = 0
    for row in range(first - 1, max(block.segment.preface, first - _HEADERS) - 1, -1):
        filled = block.kind(row) != EMPTY
        if block.kinds[row] == BLANK or not filled.any():
            blanks += 1
            if found or blanks > 1:
                break
            continue
        if not found and labels < _LABELS and not (filled & data).any():
            labels += 1  # the label of the first section, or names of the stub columns
            continue
        if not found and _is_suppressed(block, row, data):
            continue
        if not _names_columns(block, row, data, lower=bool(found)):
            break
        found.append(row)
    return tuple(reversed(found))


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
