"""Sums written out so that a reader can add them up again."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from wpmi_lint.figure_text import figure_text
from wpmi_lint.model import Arithmetic, Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN_PARTS = 8  # a longer sum is folded in the middle


def added(parts: Sequence[str], total: float, unit: str = "") -> Arithmetic:
    """Cells added up: B9 + C9 = 360; the cells alone where the sum is not known (NaN)."""
    named = parts if len(parts) <= _SHOWN_PARTS else [*parts[:3], "…", *parts[-3:]]
    if isnan(total):
        return Arithmetic((", ".join(named),), tuple(parts))
    words = (f"{' + '.join(named)} = ", Figure(figure_text(total), deduced=True))
    return Arithmetic((*words, unit) if unit else words, tuple(parts))
