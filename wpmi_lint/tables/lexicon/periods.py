"""Months, quarters and years: labels that name a period, and which of two periods is the longer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from wpmi_lint.tables.lexicon import tokens, word_set
from wpmi_lint.words import MONTHS

if TYPE_CHECKING:
    from wpmi_lint.model import Matrix

NO_PERIOD, FINEST, QUARTER, HALF, YEAR = range(-1, 4)

MONTH = "(?:" + "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS) + "|sept)"  # a pattern, in lower case
_MONTHS = frozenset([*MONTHS, *(month[:3] for month in MONTHS), "sept"])
_UNITS = word_set("q q1 q2 q3 q4 qtr quarter quarters month months week weeks year years fy ytd h1 h2 half")
_JOINTS = word_set("to and of the ending end from in since cumulative total date first second third fourth")
_FORMS = (
    (YEAR, r"(?:fy|ye|cy|year)?[ -]?(?:19|20)\d\d(?:\s?[-/–]?\s?\d{2,4})?(?: total)?|ytd|year(?: to date)?(?: total)?"),
    (HALF, r"(?:(?:19|20)\d\d )?h[12]\b.*|.*half[- ]?year.*"),
    (QUARTER, r"(?:(?:19|20)\d\d(?:[-/]\d{2,4})?[ :-]?)?(?:q|qtr|quarter) ?[1-4]\b.*|.*\bquarter\b.*"),
    (FINEST, rf"{MONTH}\.?(?:[-\s'’/]*(?:19|20)?\d\d)?(?: total)?"),
    (FINEST, rf"(?:19|20)\d\d[-/ ](?:0?[1-9]|1[0-2]|{MONTH}\.?)|(?:month|week) ?\d+"),
)
# how the labels begin that any of these fit: most labels are no period, and need no pattern compiled
_STARTS = frozenset([*(month[:3] for month in MONTHS), *word_set("mon wee qua qtr yea fy ye cy ytd")])
_LONGEST = 40  # characters of a label that names a period


@lru_cache(8192)
def is_period(words: str) -> bool:
    """True for "Apr", "Apr-12", "2012/13", "Q1 2012", "Month 3", "Jan to Mar 2012"; not for a bare small number."""
    own = tokens(words)
    if not own or len(own) > 8:
        return False
    named = any(
        word in _MONTHS or word in _UNITS or (len(word) == 4 and word.isdigit() and 1900 <= int(word) <= 2100)
        for word in own
    )
    return named and all(word in _MONTHS or word in _UNITS or word in _JOINTS or word[0].isdigit() for word in own)


def are_years(values: Matrix) -> bool:
    """True where all numbers can be years."""
    return bool(values.min(initial=2000) >= 1900 and values.max(initial=2000) <= 2100)


@lru_cache(maxsize=8192)
def length(label: str) -> int:
    """How long the period is that a label names, FINEST to YEAR; NO_PERIOD for other labels."""
    words = " ".join(label.lower().split()).strip(" ():*")
    if not words or len(words) > _LONGEST:
        return NO_PERIOD
    begins = words[0] in "0123456789hq" or words[:3] in _STARTS or words[:2] in _STARTS
    if not (begins or "half" in words or "quarter" in words):
        return NO_PERIOD
    return next((period for period, form in _FORMS if re.fullmatch(form, words)), NO_PERIOD)


def finer_runs(lengths: list[int]) -> list[tuple[int, int, int]]:
    """For each period the run of finer periods right after it and the one right before it: (line, low, high)."""
    runs: list[tuple[int, int, int]] = []
    n = len(lengths)
    for line, own in enumerate(lengths):
        if own <= FINEST:
            continue
        high = line + 1
        while high < n and NO_PERIOD < lengths[high] < own:
            high += 1
        low = line
        while low > 0 and NO_PERIOD < lengths[low - 1] < own:
            low -= 1
        runs += [(line, a, b) for a, b in ((line + 1, high), (low, line)) if b - a >= 2]
    return runs
