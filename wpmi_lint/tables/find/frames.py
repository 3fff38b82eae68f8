"""The tables of a segment: blocks of columns side by side, and their rows and columns by role."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import are_whole
from wpmi_lint.tables.body import Frame, header_words
from wpmi_lint.tables.find.regions import SAMPLE, Block, Segment
from wpmi_lint.tables.find.roles import header_rows, stub_and_body
from wpmi_lint.tables.find.rows import WORDS
from wpmi_lint.tables.lexicon.headers import names_stub, statistic_of
from wpmi_lint.tables.lexicon.periods import are_years
from wpmi_lint.tables.numbers import DATE, EMPTY, MARKER, NUMBER, ODD, SOFT, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from wpmi_lint.model import Ints, Mask
    from wpmi_lint.tables.cells import Grid


def frames(
    grid: Grid, kinds: NDArray[np.int8], segment: Segment, *, above: Frame | None, is_dimension: Callable[[str], bool]
) -> list[Frame]:
    """The tables of a segment, from left to right; none where its numbers are no figures of a table."""
    tables = []
    for left, right in _side_by_side(grid, segment.rows):
        filled = (grid.kind[segment.rows, left : right + 1] != EMPTY).any(axis=1)
        block = Block(grid=grid, kinds=kinds, segment=segment, left=left, right=right, rows=segment.rows[filled])
        frame = _frame(block, above, is_dimension)
        if frame is not None:
            tables.append(frame)
    return tables


def _side_by_side(grid: Grid, rows: Ints) -> Iterator[tuple[int, int]]:
    """Column ranges of the tables that stand beside each other; an empty column alone is only a spacer."""
    part = grid.kind[rows[:SAMPLE]]
    blocks = _runs((part != EMPTY).any(axis=0))
    if len(blocks) < 2:
        yield from blocks
        return
    figures = (part == NUMBER) | (part == MARKER)
    left, right = blocks[0]
    for first, last in blocks[1:]:
        own = part[:, first]
        words = ((own == TEXT) | (own == DATE)).sum()
        has_stub = words > 0.5 * max(int((own != EMPTY).sum()), 1) and words >= 2
        if has_stub and figures[:, left : right + 1].any() and figures[:, first : last + 1].any():
            yield left, right
            left = first
        right = last
    yield left, right


def _runs(filled: Mask) -> list[tuple[int, int]]:
    """Runs of filled columns, ends included."""
    edges = [at for at, (last, this) in enumerate(pairwise([False, *filled.tolist(), False])) if last != this]
    return [(first, end - 1) for first, end in zip(edges[::2], edges[1::2], strict=True)]


def _frame(block: Block, above: Frame | None, is_dimension: Callable[[str], bool]) -> Frame | None:
    grid, segment = block.grid, block.segment
    header = header_rows(block)
    if segment.shares_header and above is not None and not header:
        header = above.header
    stub, body = stub_and_body(block, header, is_dimension)
    if not body:
        return None
    inside = np.ix_(block.rows, np.array(body))
    number = grid.kind[inside] == NUMBER
    figures = number | (grid.kind[inside] == MARKER) | ((grid.flags[inside] & (SOFT | ODD)) > 0)
    rows = block.rows[figures.any(axis=1)]
    if not number.any():
        return None
    frame = Frame(header=header, rows=rows, stub=stub, body=body, preface=segment.preface, until=segment.until)
    if _is_list(grid, frame):
        return None
    frame = _with_words(block, _without_residue(grid, frame))
    return frame._replace(header=tuple(row for row in header if row < frame.rows[0]))


def _is_list(grid: Grid, frame: Frame) -> bool:
    """True for numbers that are no figures: numbered notes or contents, and the year in lines of key and value."""
    rows, header, stub, body = frame.rows, frame.header, frame.stub, frame.body
    if len(body) > 1 or not stub:
        return False
    values = grid.value[rows, body[0]]
    values = values[~np.isnan(values)]
    if body[0] < min(stub):
        rising = bool((np.diff(values) > 0).all()) and values[0] < 200
        return rising and (not header or not statistic_of(header_words(grid, header, body[0])))
    if len(rows) > 2 or not are_whole(values) or not are_years(values):
        return False
    keys = [grid.text(row, stub[0]) for row in rows.tolist()]
    return all(key.endswith(":") or names_stub(key) for key in keys)


def _without_residue(grid: Grid, frame: Frame) -> Frame:
    """The frame without unlabelled rows of zeros and errors at its end: formulas that were filled too far."""
    if not frame.stub:
        return frame
    last = len(frame.rows)
    while last > 1:
        row = frame.rows[last - 1]
        value = grid.value[row, list(frame.body)]
        if (grid.kind[row, list(frame.stub)] != EMPTY).any() or (np.nan_to_num(value) != 0).any():
            break
        last -= 1
    return frame._replace(rows=frame.rows[:last])


def _with_words(block: Block, frame: Frame) -> Frame:
    """The frame with the rows among its own that have a label and words where figures should be."""
    kind, header, rows = block.grid.kind, frame.header, frame.rows
    top, bottom = int(rows[0]), int(rows[-1])
    top = header[-1] + 1 if header and header[-1] < top else top
    others = np.flatnonzero(block.kinds[top : bottom + 1] == WORDS) + top
    if not others.size or not frame.stub:
        return frame
    labelled = kind[others, frame.stub[-1]] != EMPTY
    named = (kind[np.ix_(others, np.array(frame.body))] != EMPTY).any(axis=1)
    return frame._replace(rows=np.sort(np.concatenate((rows, others[labelled & named]))))
