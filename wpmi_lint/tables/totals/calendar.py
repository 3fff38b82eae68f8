"""Months, quarters and years side by side: a period may be the sum of the finer periods next to it."""

from __future__ import annotations

import re
from functools import lru_cache

FINEST, QUARTER, HALF, YEAR = range(4)
NO_PERIOD = -1

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_FORMS = (
    (YEAR, r"(?:fy|ye|cy|year)?[ -]?(?:19|20)\d\d(?:\s?[-/–]?\s?\d{2,4})?(?: total)?|ytd|year(?: to date)?(?: total)?"),
    (HALF, r"(?:(?:19|20)\d\d )?h[12]\b.*|.*half[- ]?year.*"),
    (QUARTER, r"(?:(?:19|20)\d\d(?:[-/]\d{2,4})?[ :-]?)?(?:q|qtr|quarter) ?[1-4]\b.*|.*\bquarter\b.*"),
    (FINEST, rf"{_MONTH}(?:[-\s'’/]*(?:19|20)?\d\d)?(?: total)?"),
    (FINEST, rf"(?:19|20)\d\d[-/ ](?:0?[1-9]|1[0-2]|{_MONTH})|(?:month|week) ?\d+"),
)
# how the labels begin that any of these fit: most labels are no period, and need no pattern compiled
_STARTS = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "wee",
        "qua",
        "qtr",
        "yea",
        "fy",
        "ye",
        "cy",
        "ytd",
    ]
)


@lru_cache(maxsize=8192)
def rank(label: str) -> int:
    """How long the period is that a label names: a larger number is a longer one; NO_PERIOD for other labels."""
    words = " ".join(label.lower().split()).strip(" ():*")
    if not words or len(words) > 40:
        return NO_PERIOD
    begins = words[0] in "0123456789hq" or words[:3] in _STARTS or words[:2] in _STARTS
    if not (begins or "half" in words or "quarter" in words):
        return NO_PERIOD
    return next((found for found, form in _FORMS if re.fullmatch(form, words)), NO_PERIOD)


def runs(ranks: list[int]) -> list[tuple[int, int, int]]:
    """For each period the run of finer periods right after it and the one right before it: (line, low, high)."""
    found: list[tuple[int, int, int]] = []
    n = len(ranks)
    for line, own in enumerate(ranks):
        if own <= FINEST:
            continue
        high = line + 1
        while high < n and NO_PERIOD < ranks[high] < own:
            high += 1
        low = line
        while low > 0 and NO_PERIOD < ranks[low - 1] < own:
            low -= 1
        found += [(line, a, b) for a, b in ((line + 1, high), (low, line)) if b - a >= 2]
    return found
