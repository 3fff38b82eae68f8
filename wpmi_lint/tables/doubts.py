"""What was not understood of a table, with the place and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Doubt, Range, Statistic
from wpmi_lint.tables.numbers import COMPOUND, NUMBER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wpmi_lint.model import Codes
    from wpmi_lint.tables.frames import Frame


def find(frame: Frame, kind: Codes, flags: Codes, unknown: Codes | None, statistic: Codes, unclear: str) -> list[Doubt]:
    """Doubts of one table; one for each column and reason, never one for each cell."""
    found = []
    if unknown is not None:
        found += _by_column(frame, unknown > 0, "text that is neither a figure nor a known marker")
    if (flags & COMPOUND).any():
        found += _by_column(frame, (flags & COMPOUND) > 0, "two figures in one cell: only the first was read")
    unsaid = (statistic == Statistic.OTHER) & (kind == NUMBER)
    if unsaid.any():
        found += _by_column(frame, unsaid, "no header, format or sign says what these figures are")
    if unclear:
        found.append(
            Doubt(
                "the title names several measures, and neither rows nor columns say which is meant", body_range(frame)
            )
        )
    return found


def body_range(frame: Frame) -> Range:
    """The rectangle of the body."""
    return Range(int(frame.rows[0]), min(frame.body), int(frame.rows[-1]), max(frame.body))


def _by_column(frame: Frame, mask: NDArray[np.bool_], reason: str) -> list[Doubt]:
    found = []
    for at in np.flatnonzero(mask.any(axis=0)).tolist()[:50]:
        rows = np.flatnonzero(mask[:, at])
        col = frame.body[at]
        found.append(Doubt(reason, Range(int(frame.rows[rows[0]]), col, int(frame.rows[rows[-1]]), col)))
    return found
