"""What a table is marked: published or internal, from the words around it, nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.cells import words_of
from wpmi_lint.tables.headers import header_text, raw_column, sheet_rows
from wpmi_lint.tables.measures import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Raw
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.frames import Frame
    from wpmi_lint.terms import Matcher


class Label(NamedTuple):
    """The label of a table, a second one that contradicts it, and where they were read."""

    label: str | None = None
    other: str | None = None
    why: str = ""


def find(levels: Sequence[Sequence[Words]], matcher: Matcher) -> Label:
    """The label from the nearest words that give one; two labels at the same distance contradict each other.

    levels: words at growing distance: of the table itself, of its sheet, names of sheet and file.
    """
    for words in levels:
        found: dict[str, str] = {}
        for text, why, _ in words:
            for name in matcher.labels(text):
                found.setdefault(name, why)
        if found:
            names = list(found)
            return Label(names[0], names[1] if len(names) > 1 else None, "; ".join(dict.fromkeys(found.values())))
    return Label()


_MEMBERS = 12  # a column with more members is no label column


class Group(NamedTuple):
    """Rows of a frame that a label column marks alike."""

    frame: Frame
    said: tuple[Words, ...] = ()
    part: str = ""  # tells the groups of one frame apart


def by_label(grid: Grid, frame: Frame, matcher: Matcher) -> list[Group]:
    """The frame, split into one for each label where a column of it marks rows differently."""
    rows = sheet_rows(grid, frame)
    for col in frame.stub:
        raw = raw_column(rows, col)
        members = set(raw)
        if len(members) > _MEMBERS:
            continue
        words = {value: words_of(value) for value in members}
        label = {value: matcher.label(text) if text else None for value, text in words.items()}
        names = sorted({name for name in label.values() if name})
        if not names:
            continue
        why, cell = f'column "{header_text(grid, frame.header, col)}"', (int(frame.rows[0]), col)
        unmarked = any(text and not label[value] for value, text in words.items())
        if len(names) == 1 and not unmarked:
            return [Group(frame, tuple(Words(text, why, cell) for text in words.values() if text))]
        return _groups(frame, raw, words, label, why)
    return [Group(frame)]


def _groups(frame: Frame, raw: list[Raw], words: dict[Raw, str], label: dict[Raw, str | None], why: str) -> list[Group]:
    found = []
    for name in sorted(set(label.values()), key=str):
        rows = frame.rows[np.array([label[value] == name for value in raw])]
        said = tuple(Words(words[v], why, None) for v in words if name is not None and label[v] == name)
        found.append(Group(frame._replace(rows=rows), said, name or "no label"))
    return found
