"""The lines of a YAML file that a finding is about."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from wpmi_lint.model import Excerpt, GridCell, GridRow

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 8  # lines of an entry


def excerpt(lines: Sequence[str], line: int, column: int) -> Excerpt | None:
    """The line (1-based), and the rest of its entry where one of a list begins there."""
    if not 1 <= line <= len(lines):
        return None
    shown = [lines[line - 1]]
    if shown[0].lstrip().startswith("-"):
        rest = takewhile(
            lambda text: _indent(text) >= column - 1 and text.strip(" ")[:1] not in ("", "#"), lines[line:]
        )
        shown += list(rest)[: MOST - 1]
    marks = ["fail", *[""] * (len(shown) - 1)]
    rows = (GridRow(line + i, (GridCell(text, "stub", mark=marks[i]),)) for i, text in enumerate(shown))
    return Excerpt((), (), tuple(rows))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
