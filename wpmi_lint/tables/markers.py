"""Texts that stand where a figure could: which of them are markers, and what they mean for a sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables import body as state
from wpmi_lint.tables.numbers import DATE, EMPTY, MARKER, NUMBER, SOFT

if TYPE_CHECKING:
    from wpmi_lint.model import Codes
    from wpmi_lint.tables.cells import Grid
    from wpmi_lint.tables.frames import Frame
    from wpmi_lint.terms import Matcher

_MEANING = {
    "nil": state.NIL,
    "zero": state.NIL,
    "not applicable": state.NIL,
    "suppressed": state.HIDDEN,
    "missing": state.HIDDEN,
}
_NIL = frozenset({"-", "--", "–", "—", "−", "nil", "none", ".", "z", "[z]"})  # where the policy does not say


class Marked(NamedTuple):
    """What stands in the body instead of figures."""

    markers: tuple[str, ...]
    code: Codes  # [R, C] index into markers, -1 where there is a number
    state: Codes  # [R, C] of body.py
    unknown: Codes | None  # [R, C] 1 where text is neither figure nor marker


def mark(grid: Grid, frame: Frame, kind: Codes, flags: Codes, matcher: Matcher) -> Marked:
    """The markers of a body; kind and flags are [R, C]."""
    code = np.full(kind.shape, -1, np.int16)
    states = np.full(kind.shape, state.NUMBER, np.int8)
    empty = kind == EMPTY
    if (kind == NUMBER).all():
        return Marked((), code, states, None)
    seen: dict[str, int] = {}
    if empty.any():
        seen[""] = 0
        code[empty], states[empty] = 0, state.BLANK
    unknown = np.zeros(kind.shape, np.int8)
    rows, cols = np.nonzero((kind != NUMBER) & ~empty)
    for row, col in zip(rows.tolist(), cols.tolist(), strict=True):
        text = grid.text(int(frame.rows[row]), frame.body[col])
        if len(seen) >= 30000 and text not in seen:
            text = "…"
        code[row, col] = seen.setdefault(text, len(seen))
        standard = kind[row, col] == MARKER or bool(flags[row, col] & SOFT)
        meaning = matcher.marker(text)
        if meaning is not None:
            states[row, col] = _MEANING.get(meaning, state.HIDDEN)
        elif standard:
            states[row, col] = state.NIL if text.lower() in _NIL else state.HIDDEN
        else:
            states[row, col] = state.OTHER
            unknown[row, col] = kind[row, col] != DATE
    return Marked(tuple(seen), code, states, unknown if unknown.any() else None)
