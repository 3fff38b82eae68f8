"""Which measure the words of a header or title name, of what base, and whether as a share or a rate."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.lexicon import tokens, word_set

if TYPE_CHECKING:
    from wpmi_lint.terms import Matcher

SHARE, RATE, UNSAID = 1, 0, -1


class Named(NamedTuple):
    """The measure that words name; `several`: they name more than one and do not say which is meant."""

    measure: str | None
    base: str | None = None
    several: bool = False


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    percent = r"(?:%|per ?cent(?:age)?|percentage|proportion|share|rate)"
    of = re.compile(rf"(?:^|\b|\s){percent} of (?:all |total |the )?", re.IGNORECASE)
    over = re.compile(r"\s/\s|\s÷\s|\bdivided by\b|\bper\b|\bfrom\b|\bout of\b", re.IGNORECASE)
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
    return of, over, rate, share


def named(words: str, matcher: Matcher) -> Named:
    """The measure that a header or title is about, and the base that a percentage in it is of."""
    measure = matcher.measure(words)
    if measure is None:
        return Named(None)
    of, over, _, _ = _patterns()
    match = of.search(words)
    if match:
        before, after = words[: match.start()], words[match.end() :]
        first, rest = matcher.measure(before) if before.strip() else None, matcher.measures(after)
        if first and rest:
            return Named(first, rest[0])
        if rest:  # "% of referrals with a job outcome": of referrals; "% of job outcomes": of themselves
            return Named(rest[-1] if len(rest) > 1 else rest[0], rest[0])
    match = over.search(words)
    if match:
        first, second = matcher.measure(words[: match.start()]), matcher.measure(words[match.end() :])
        if first and second and first != second:
            return Named(first, second)
    found = matcher.measures(words)
    return Named(measure, None, len(found) > 1)


def worded(words: str) -> int:
    """SHARE, RATE or UNSAID: how the words over a percentage put it."""
    _, _, rate, share = _patterns()
    if share.search(words) and not re.search(r"\brates?\b|conversion|target", words, re.IGNORECASE):
        return SHARE
    return RATE if rate.search(words) else UNSAID


def only_statistic(words: str) -> bool:
    """True for a header that says only what kind of figure stands below: %, Number, Total, Rate."""
    found = tokens(words)
    return not found or all(w in _STATISTIC or (not w.isalpha() and not w.isdigit()) for w in found)


_STATISTIC = word_set(
    "percent per cent percentage pct proportion share number no count n total all value rate of the in average "
    "mean median thousands sum overall amount change difference increase decrease"
)
