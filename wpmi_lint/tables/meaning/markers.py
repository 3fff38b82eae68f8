"""Texts that stand where a figure could: which of them are markers, and what they mean for a sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables import body as state
from wpmi_lint.tables.lexicon import word_set
from wpmi_lint.tables.numbers import DATE, EMPTY, MARKER, NUMBER, SOFT

if TYPE_CHECKING:
    from wpmi_lint.model import Codes
    from wpmi_lint.tables.body import BodyCells
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.frame import Frame
    from wpmi_lint.terms import Matcher

_ZERO = ("nil", "zero", "not applicable")  # meanings of a policy; the others hide a figure
_NIL = word_set("- -- – — − nil none . z [z]")  # where the policy does not say
_MARKERS = 30_000  # different texts that are told apart in one table


class Marks(NamedTuple):
    """What stands in the body instead of figures."""

    markers: tuple[str, ...]
    code: Codes  # [R, C] index into markers, -1 where there is a number
    state: Codes  # [R, C] of body.py
    unknown: Codes | None = None  # [R, C] 1 where text is neither figure nor marker


def marks(grid: Grid, frame: Frame, cells: BodyCells, *, matcher: Matcher) -> Marks:
    """The markers of a body."""
    kind = cells.kind
    code = np.full(kind.shape, -1, np.int16)
    states = np.full(kind.shape, state.NUMBER, np.int8)
    if (kind == NUMBER).all():
        return Marks(markers=(), code=code, state=states)
    empty = kind == EMPTY
    seen: dict[str, int] = {}
    if empty.any():
        seen[""] = 0
        code[empty], states[empty] = 0, state.BLANK
    unknown = np.zeros(kind.shape, np.int8)
    rows, cols = np.nonzero((kind != NUMBER) & ~empty)
    for row, col in zip(rows.tolist(), cols.tolist(), strict=True):
        text = grid.text(int(frame.rows[row]), frame.body[col])
        if len(seen) >= _MARKERS and text not in seen:
            text = "…"
        code[row, col] = seen.setdefault(text, len(seen))
        meaning = matcher.marker(text)
        if meaning is not None:
            states[row, col] = state.NIL if meaning in _ZERO else state.HIDDEN
        elif kind[row, col] == MARKER or cells.flags[row, col] & SOFT:
            states[row, col] = state.NIL if text.lower() in _NIL else state.HIDDEN
        else:
            states[row, col] = state.OTHER
            unknown[row, col] = kind[row, col] != DATE
    return Marks(markers=tuple(seen), code=code, state=states, unknown=unknown if unknown.any() else None)
