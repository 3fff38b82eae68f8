"""How words put a percentage: as a share of a whole, as a rate of something else, or not said."""

from __future__ import annotations

import re
from functools import cache

SHARE, RATE, UNSAID = 1, 0, -1


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rate = re.compile(
        r"\brates?\b|conversion|\btarget|change|growth|increase|decrease|difference|varianc|\bmpl\b|against|perform|achiev|"
        r"per ?cent of target|year[- ]on[- ]year|success|\bwithin\b|\bvs\b|cumulative",
        re.IGNORECASE,
    )
    share = re.compile(
        r"\bshares?\b|breakdown|distribution|\bsplit\b|composition|% of (?:the )?(?:grand |column |row )?total|"
        r"\bof (?:all|total)\b"
        r"|proportion of total|\bprofile\b|make-?up",
        re.IGNORECASE,
    )
    return rate, share


def worded(words: str) -> int:
    """SHARE, RATE or UNSAID: how the words over a percentage put it."""
    rate, share = _patterns()
    if share.search(words) and not re.search(r"\brates?\b|conversion|target", words, re.IGNORECASE):
        return SHARE
    return RATE if rate.search(words) else UNSAID
