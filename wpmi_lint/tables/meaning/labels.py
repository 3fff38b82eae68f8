"""What a table is marked: published or internal, from the words around it, nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.body import header_words
from wpmi_lint.tables.cells import words_of
from wpmi_lint.tables.find.headers import sheet_rows
from wpmi_lint.tables.find.surroundings import Nearby, Placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.terms import Matcher

_MEMBERS = 12  # a column with more members is no label column


class Label(NamedTuple):
    """The label of a table, a second one that contradicts it, and where they were read."""

    label: str | None = None
    other: str | None = None
    why: str = ""


def find(distances: Sequence[Sequence[Nearby]], matcher: Matcher) -> Label:
    """The label from the nearest words that give one; two labels at the same distance contradict each other.

    distances: words of the table itself, below it, of its sheet, names of sheet and file.
    """
    for lines in distances:
        reasons: dict[str, str] = {}
        for words, why, _ in lines:
            for name in matcher.find(words).labels:
                reasons.setdefault(name, why)
        if reasons:
            names = list(reasons)
            why = "; ".join(dict.fromkeys(reasons.values()))
            return Label(label=names[0], other=names[1] if len(names) > 1 else None, why=why)
    return Label()


def by_label(grid: Grid, placed: Placed, matcher: Matcher) -> list[Placed]:
    """The table, split into one for each label where a column of it marks rows differently."""
    frame = placed.frame
    rows = sheet_rows(grid, frame)
    for col in frame.stub:
        raw = rows.column(col)
        members = set(raw)
        if len(members) > _MEMBERS:
            continue
        words = {value: words_of(value) for value in members}
        label = {value: matcher.find(text).label if text else None for value, text in words.items()}
        if not any(label.values()):
            continue
        why = f'column "{header_words(grid, frame.header, col)}"'
        marking = {text: label[value] for value, text in words.items() if text}
        if len(set(marking.values())) == 1:
            cell = (int(frame.rows[0]), col)
            return [placed._replace(marking=tuple(Nearby(text, why, cell) for text in marking))]
        parts = []
        for name in sorted(set(label.values()), key=str):
            own = frame.rows[np.array([label[value] == name for value in raw])]
            lines = tuple(Nearby(text, why) for text, of in marking.items() if name is not None and of == name)
            own_frame = frame._replace(rows=own)
            parts.append(placed._replace(frame=own_frame, marking=lines, part=name or "no label"))
        return parts
    return [placed]
