"""What a table is marked: published or internal, from the words around it, nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.tables.measures import Words
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
