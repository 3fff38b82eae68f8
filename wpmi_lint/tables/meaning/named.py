"""Which measure the words of a header or title name, and of what base."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from wpmi_lint.terms import Matcher


class Named(NamedTuple):
    """The measure that words name; `several`: they name more than one and do not say which is meant."""

    measure: str | None
    base: str | None = None
    several: bool = False


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    percent = r"(?:%|per ?cent(?:age)?|percentage|proportion|share|rate)"
    of = re.compile(rf"(?:^|\b|\s){percent} of (?:all |total |the )?", re.IGNORECASE)
    over = re.compile(r"\s/\s|\s÷\s|\bdivided by\b|\bper\b|\bfrom\b|\bout of\b", re.IGNORECASE)
    return of, over


def named(words: str, matcher: Matcher) -> Named:
    """The measure that a header or title is about, and the base that a percentage in it is of."""
    measure = matcher.measure(words)
    if measure is None:
        return Named(None)
    of, over = _patterns()
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
