"""Words of rows and columns: several header rows, spanning headers, stub columns filled down, section labels."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

import numpy as np

from wpmi_lint.tables.body import header_words
from wpmi_lint.tables.cells import words_of
from wpmi_lint.tables.lexicon.headers import is_value
from wpmi_lint.tables.numbers import EMPTY, TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Codes
    from wpmi_lint.sheetcells import SheetCells
    from wpmi_lint.tables.body import Frame
    from wpmi_lint.tables.cells import Grid


Levels = list[tuple[str, int, int]]  # words with the (row, column) they stand in


def column_headers(grid: Grid, frame: Frame) -> list[Levels]:
    """For each body column its header words from the top down, each with the cell that it stands in."""
    headers: list[Levels] = [[] for _ in frame.body]
    header = frame.header
    merged = [
        area
        for area in (grid.sheet.merged if header else ())
        if area.top <= header[-1] and area.bottom >= header[0] and area.right >= area.left
    ]
    for row in header:
        texts = [(grid.text(row, col), col) for col in frame.body]
        if merged:
            for area in merged:
                if area.top == row and area.right > area.left:
                    spanning = (grid.text(row, area.left), area.left)
                    texts = [spanning if not w and area.left <= c <= area.right else (w, c) for w, c in texts]
        elif row != header[-1]:
            texts = _filled_right(texts)
        for levels, (words, col) in zip(headers, texts, strict=True):
            if words and (not levels or levels[-1][0] != words):
                levels.append((words, row, col))
    return headers


def _filled_right(texts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Without merged cells the words of a spanning header hold up to the next ones."""
    filled = [text for text in texts if text[0]]
    last = filled[0] if len(filled) == 1 else texts[0]  # one cell in the middle of the row stands over all columns
    spread = []
    for text in texts:
        last = text if text[0] else last
        spread.append(last)
    return spread


def stub_headers(grid: Grid, frame: Frame) -> list[str]:
    """The header words of each stub column."""
    return [header_words(grid, frame.header, col) for col in frame.stub]


def stub_words(grid: Grid, frame: Frame) -> list[list[str]]:
    """The words of each stub column, row by row; leading spaces are not part of them."""
    rows = sheet_rows(grid, frame)
    columns = []
    for col in frame.stub:
        raw = rows.column(col)
        clean = {value: words_of(value) for value in set(raw)}
        as_is = all(value == words for value, words in clean.items())
        columns.append(cast("list[str]", raw) if as_is else list(map(clean.__getitem__, raw)))
    return columns


def sheet_rows(grid: Grid, frame: Frame) -> SheetCells:
    """The cells of the body rows."""
    return grid.cells.take(frame.rows)


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
    raw = sheet_rows(grid, frame).column(frame.stub[0])
    levels = [len(label) - len(label.lstrip(" \xa0\t")) if isinstance(label, str) else 0 for label in raw]
    styles = grid.sheet.styles
    for at, level in enumerate(_of_labels(styles.indent, frame) if styles is not None else ()):
        levels[at] += 2 * level
    return levels


def bolds(grid: Grid, frame: Frame) -> list[bool]:
    """Whether the label of each row is bold."""
    styles = grid.sheet.styles
    bold = list(map(bool, _of_labels(styles.bold, frame))) if styles is not None and frame.stub else []
    return bold + [False] * (len(frame.rows) - len(bold))


def _of_labels(style: Codes, frame: Frame) -> list[int]:
    """The style of the label of each row, as far down as the styles of the sheet go."""
    height, width = style.shape
    return style[frame.rows[frame.rows < height], frame.stub[0]].tolist() if frame.stub[0] < width else []


def is_tidy(stub_headers: Sequence[str], stub: Sequence[Sequence[str]], headers: Sequence[Sequence[str]]) -> bool:
    """True where every row is one observation of named dimensions, under one row of headers.

    stub: the words of each stub column; headers: of each body column, from the top down. A cross table's columns are
    members of one dimension, a tidy table's are measures; a cross table has one row for each member (or combination)
    in order, a tidy table repeats the members of each of its dimensions.
    """
    if not headers:
        return False
    named = [words for name, words in zip(stub_headers, stub, strict=True) if name]
    repeated = [words for words in named if 1 < len(set(words)) <= max(len(words) // 2, 1)]
    generic = len(headers) == 1 and bool(headers[0]) and is_value(headers[0][-1])
    if generic and named and (repeated or len(named) >= 2):
        return True
    if len(named) < max(len(stub), 2):
        return False
    if len(repeated) < 2 or any(not word for words in repeated for word in words[:200]):
        return False
    return len(headers) <= max(len(named), 4) or len(repeated) >= 3
