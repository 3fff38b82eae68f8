"""Words that name a period: months, quarters, years, weeks and spans of them."""

from __future__ import annotations

from functools import lru_cache

from wpmi_lint.tables.lexicon import tokens, word_set

_MONTHS = word_set(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october "
    "nov november dec december"
)
_UNITS = word_set("q q1 q2 q3 q4 qtr quarter quarters month months week weeks year years fy ytd h1 h2 half")
_JOINTS = word_set("to and of the ending end from in since cumulative total date first second third fourth")


@lru_cache(8192)
def is_period(words: str) -> bool:
    """True for "Apr", "Apr-12", "2012/13", "Q1 2012", "Month 3", "Jan to Mar 2012"; not for a bare small number."""
    found = tokens(words)
    if not found or len(found) > 8:
        return False
    named = any(word in _MONTHS or word in _UNITS or _is_year(word) for word in found)
    return named and all(word in _MONTHS or word in _UNITS or word in _JOINTS or word[0].isdigit() for word in found)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and 1900 <= int(word) <= 2100
