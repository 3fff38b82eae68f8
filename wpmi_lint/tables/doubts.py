"""What was not understood of a table, with the place and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Doubt, Range, Statistic
from wpmi_lint.tables.numbers import COMPOUND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.model import Codes, Mask
    from wpmi_lint.tables.body import BodyCells
    from wpmi_lint.tables.frame import Frame

_COLUMNS = 50  # doubts of one reason in one table


def of_cells(frame: Frame, cells: BodyCells, statistic: Codes, *, unknown: Codes | None) -> Iterator[Doubt]:
    """Doubts of one table; one for each column and reason, never one for each cell."""
    if unknown is not None:
        yield from _by_column(frame, unknown > 0, "text that is neither a figure nor a known marker")
    compound = (cells.flags & COMPOUND) > 0
    yield from _by_column(frame, compound, "two figures in one cell: only the first was read")
    unsaid = (statistic == Statistic.OTHER) & cells.number
    yield from _by_column(frame, unsaid, "no header, format or sign says what these figures are")


def _by_column(frame: Frame, mask: Mask, reason: str) -> Iterator[Doubt]:
    for at in np.flatnonzero(mask.any(axis=0)).tolist()[:_COLUMNS]:
        rows, col = frame.rows[mask[:, at]], frame.body[at]
        yield Doubt(reason, Range(top=int(rows[0]), left=col, bottom=int(rows[-1]), right=col))
