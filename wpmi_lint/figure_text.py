"""A figure as text: the one place where messages, excerpts and policies turn a number into words."""

from __future__ import annotations

from math import isfinite

DIGITS = 12  # significant ones: sums of doubles are exact to more, and what a file says has fewer
EXACT = 1e15  # below, every whole number is a double of its own
SMALL = 1e-10  # below, a figure has an exponent


def figure_text(value: float) -> str:
    """A figure as a reader writes it: 20 and not 20.0, no noise of doubles, no exponent for ordinary sizes."""
    if not isfinite(value) or abs(value) >= EXACT:
        return repr(float(value))
    if value == int(value):
        return str(int(value))
    text = f"{value:.{DIGITS}g}"
    if "e" not in text or abs(value) < SMALL:
        return text
    from decimal import Decimal

    return f"{Decimal(text):f}"


def constant_text(value: float | str | bool | None) -> str:
    """A constant as a policy writes it: 20 and not 20.0, true, a date or text as it is."""
    if isinstance(value, bool):
        return str(value).lower()
    return figure_text(value) if isinstance(value, float) else str(value)
