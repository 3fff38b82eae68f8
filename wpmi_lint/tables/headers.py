"""Words of rows and columns: several header rows, spanning headers, stub columns filled down, section labels."""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, cast

import numpy as np

from wpmi_lint.tables.cells import words_of
from wpmi_lint.tables.numbers import EMPTY, TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Range, Raw
    from wpmi_lint.tables.body import Key
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.frames import Frame

Levels = list[tuple[str, int, int]]  # words with the (row, column) they stand in


def column_headers(grid: Grid, frame: Frame) -> list[Levels]:
    """For each body column its header words from the top down, each with the cell that it stands in."""
    found: list[Levels] = [[] for _ in frame.body]
    merged = [area for area in grid.sheet.merged if _spans(area, frame)] if grid.sheet.merged else []
    for row in frame.header:
        lowest = row == frame.header[-1]
        texts = [grid.text(row, col) for col in frame.body]
        places = list(frame.body)
        if merged:
            _fill_merged(grid, merged, row, frame.body, texts, places)
        elif not lowest:
            _fill_right(texts, places)
        for at, words in enumerate(texts):
            if words and (not found[at] or found[at][-1][0] != words):
                found[at].append((words, row, places[at]))
    return found


def _spans(area: Range, frame: Frame) -> bool:
    return (
        bool(frame.header)
        and area.top <= frame.header[-1]
        and area.bottom >= frame.header[0]
        and area.right >= area.left
    )


def _fill_merged(
    grid: Grid, merged: list[Range], row: int, body: Sequence[int], texts: list[str], places: list[int]
) -> None:
    """Words of a merged cell hold for every column under it."""
    for area in merged:
        if area.top == row and area.right > area.left:
            words = grid.text(row, area.left)
            for at, col in enumerate(body):
                if area.left <= col <= area.right and not texts[at]:
                    texts[at], places[at] = words, area.left


def _fill_right(texts: list[str], places: list[int]) -> None:
    """Without merged cells the words of a spanning header hold up to the next ones."""
    filled = [at for at, words in enumerate(texts) if words]
    if len(filled) == 1:  # one cell in the middle of the row stands over all columns
        texts[0], places[0] = texts[filled[0]], places[filled[0]]
    for at in range(1, len(texts)):
        if not texts[at]:
            texts[at], places[at] = texts[at - 1], places[at - 1]


def stub_headers(grid: Grid, frame: Frame) -> list[str]:
    """The header words of each stub column."""
    return [header_text(grid, frame.header, col) for col in frame.stub]


def header_text(grid: Grid, header: tuple[int, ...], col: int) -> str:
    """The lowest words of the header of a column."""
    return next((w for row in reversed(header) if (w := grid.text(row, col))), "")


def stub_words(grid: Grid, frame: Frame) -> list[list[str]]:
    """The words of each stub column, row by row; leading spaces are not part of them."""
    rows = sheet_rows(grid, frame)
    found = []
    for col in frame.stub:
        raw = raw_column(rows, col)
        clean = {value: words_of(value) for value in set(raw)}
        as_is = all(value == words for value, words in clean.items())
        found.append(cast("list[str]", raw) if as_is else list(map(clean.__getitem__, raw)))
    return found


def raw_column(rows: Sequence[Sequence[Raw]], col: int) -> list[Raw]:
    """A column of raw cells, None where a row is too short."""
    try:
        return list(map(itemgetter(col), rows))
    except IndexError:  # ragged rows
        return [cells[col] if col < len(cells) else None for cells in rows]


def sheet_rows(grid: Grid, frame: Frame) -> Sequence[Sequence[Raw]]:
    """The raw cells of the body rows."""
    rows = grid.sheet.rows
    first, last = int(frame.rows[0]), int(frame.rows[-1])
    if last - first + 1 == len(frame.rows):
        return rows[first : last + 1]
    return [rows[row] for row in frame.rows.tolist()]


def row_headers(grid: Grid, frame: Frame, words: list[list[str]]) -> list[tuple[str, ...]]:
    """The label of each body row, outermost first; blanks of outer stub columns are filled from above."""
    if not words:
        return [()] * len(frame.rows)
    for outer, inner in pairwise(words):
        _fill_down(outer, inner)
    sections = _sections(grid, frame)
    labels = list(zip(*words, strict=True))
    if sections is None:
        return [tuple(filter(None, label)) for label in labels] if len(words) > 1 else labels
    return [
        (section, *filter(None, label)) if section else label for section, label in zip(sections, labels, strict=True)
    ]


def _fill_down(outer: list[str], inner: list[str]) -> None:
    last = ""
    for at, words in enumerate(outer):
        if words:
            last = words
        elif inner[at]:
            outer[at] = last


def _sections(grid: Grid, frame: Frame) -> list[str] | None:
    """For each body row the label of its section: a row between the body rows that holds only a label."""
    if not frame.stub:
        return None
    top = frame.header[-1] + 1 if frame.header and frame.header[-1] < frame.rows[0] else int(frame.rows[0])
    bottom = int(frame.rows[-1])
    inside = np.zeros(bottom - top + 1, np.bool_)
    inside[frame.rows - top] = True
    if inside.all():
        return None
    others = np.flatnonzero(~inside) + top
    kind = grid.kind[others]
    labelled = others[(kind[:, frame.stub[0]] == TEXT) & ((kind != EMPTY).sum(axis=1) <= 2)]
    if not labelled.size:
        return None
    label = [grid.text(row, frame.stub[0]) for row in labelled.tolist()]
    place = np.searchsorted(labelled, frame.rows) - 1
    return [label[at] if at >= 0 else "" for at in place.tolist()]


def indents(grid: Grid, frame: Frame) -> list[int]:
    """Indent level of each row's label: leading spaces, or the workbook's own indent."""
    if not frame.stub:
        return [0] * len(frame.rows)
    col = frame.stub[-1] if len(frame.stub) == 1 else frame.stub[0]
    rows = grid.sheet.rows
    found = []
    for row in frame.rows.tolist():
        cells = rows[row]
        raw = cells[col] if col < len(cells) else None
        found.append(len(raw) - len(raw.lstrip(" \xa0\t")) if isinstance(raw, str) and raw[:1] in " \xa0\t" else 0)
    styles = grid.sheet.styles
    if styles is not None:
        height = styles.indent.shape[0]
        for at, row in enumerate(frame.rows.tolist()):
            if row < height and col < styles.indent.shape[1]:
                found[at] += 2 * int(styles.indent[row, col])
    return found


def bolds(grid: Grid, frame: Frame) -> list[bool]:
    """Whether the label of each row is bold."""
    styles = grid.sheet.styles
    if styles is None or not frame.stub:
        return [False] * len(frame.rows)
    height, width = styles.bold.shape
    return [
        row < height and frame.stub[0] < width and bool(styles.bold[row, frame.stub[0]]) for row in frame.rows.tolist()
    ]


def key(words: Sequence[str]) -> Key:
    """A dimension column of a tidy table as codes into its members."""
    from wpmi_lint.tables.body import Key

    members = {word: at for at, word in enumerate(dict.fromkeys(words))}
    return Key(np.fromiter(map(members.__getitem__, words), np.int32, len(words)), tuple(members))
