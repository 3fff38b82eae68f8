"""Figures that words give for a measure: "340 job outcomes", "job outcomes: 340", "n = 340"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.lexicon.periods import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.terms import Matcher


class Volume(NamedTuple):
    """A figure for a measure; the measure is None for a base ("n = 340") that says not of what."""

    measure: str | None
    figure: str
    start: int  # of the figure in the text
    end: int


_FIGURE = r"(?<![\w.,/£$€#+-])(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:k\b|m\b)?(?![\w%£])(?![.,/]\d)"
_UNITS = (
    r"\s*-?\s*(?:%|per\s?cent|percent|percentage|pp\b|weeks?\b|wks?\b|months?\b|mths?\b|days?\b|years?\b|yrs?\b|hours?\b"
    rf"|{MONTH}\b|(?:st|nd|rd|th)\b"
    r"|(?:to|-|–)\s*\d|and (?:over|above|under|older|more)\b|or (?:over|above|under|older|more|fewer|less)\b|\+"
    r"|in \d|out of \d|payment groups?\b|groups?\b|types?\b|categories\b|areas?\b|authorities\b|contracts?\b)"
)
_NUMBERED = (
    r"(?:\b(?:table|tab|figure|fig|chart|chapter|ch|section|annex|appendix|note|notes|page|row|column|sheet|item|part"
    r"|version|v|phase|wave|lot|cpa|pg|group|contract|quarter|q|week|wk|month|year|day|fy|no|number|top|aged?|ages"
    r"|nearest|multiples? of|fewer than|less than|more than|at least|at most|under|below|over|above|up to|between"
    rf"|{MONTH}|\d (?:to|and)|\d in|\d out of)\.?\s*(?:\(\s*)?|\d\s*(?:-|–)\s*)$"
)
_LINK = (
    r"(?:[:=–—-]|\b(?:was|were|is|are|of|totall?ed|totals?|total|reached|stood at|came to)\b|\()"
    r"\s*(?:[nN]\s*=\s*)?$"
)
_BASE = r"\b(?:un)?(?:weighted )?(?:base|sample size|sample|denominator|[nN])\s*(?:[:=]|\bof\b|\bis\b|\bwas\b)\s*$"
_BREAK = r"[.;:()\n|]\s|[.;:()\n|]$|,\s"
_SHARE = r"%|\bper\s?cent|\bpercent|\brates?\b|\bshares?\b|\bproportions?\b|\bratio\b|\bavg\b|\baverage\b|\bmean\b"
_YEAR = r"(?:19|20)\d\d"


def volumes(words: str, matcher: Matcher) -> tuple[Volume, ...]:
    """The figures that a text gives for measures of the policy, in order; shares, dates and numbering are none."""
    if not any(letter.isdigit() for letter in words):
        return ()
    return tuple(_find(words, matcher))


def _find(words: str, matcher: Matcher) -> Iterator[Volume]:
    for match in re.finditer(_FIGURE, words):
        before, after = words[: match.start()], words[match.end() :]
        figure = match.group(0)
        if re.fullmatch(_YEAR, figure) or re.match(_UNITS, after, re.I):
            continue
        if re.search(_BASE, before, re.I):
            named = matcher.find(words).measures
            counted = next((name for name in named if matcher.kind(name)), None)
            yield Volume(measure=counted, figure=figure, start=match.start(), end=match.end())
            continue
        if re.search(_NUMBERED, before, re.I):
            continue
        measure = _after(after, matcher) or _before(before, figure, matcher)
        if measure:
            yield Volume(measure=measure, figure=figure, start=match.start(), end=match.end())


def _after(text: str, matcher: Matcher) -> str | None:
    """The measure that follows a figure: `340 validated job outcomes`."""
    fragment = re.split(_BREAK, text.lstrip(), maxsplit=1)[0]
    near = " ".join(fragment.split()[:5])
    if re.match(r"[-–]", near) or re.search(r"\d", near.split(" ", 1)[0] if near else ""):
        return None
    return _first(near, matcher)


def _before(text: str, figure: str, matcher: Matcher) -> str | None:
    """The measure that a figure is said of: `job outcomes were 340`, `job outcomes (n = 340)`."""
    link = re.search(_LINK, text)
    if not link or (link.group(0) == "(" and len(figure) == 1):  # (1) is a note mark
        return None
    sentence = re.split(r"[.;:\n|]\s", text[: link.start()])[-1]
    near = " ".join(sentence.split()[-8:])
    return None if re.search(_SHARE, near, re.I) else _first(near, matcher, last=True)


def _first(fragment: str, matcher: Matcher, *, last: bool = False) -> str | None:
    if not fragment:
        return None
    named = matcher.find(fragment).measures
    return (named[-1] if last else named[0]) if named else None


def volume_of_kind(words: str, matcher: Matcher, around: bool = False) -> str | None:
    """The first figure that a text gives for a measure that the policy puts in a kind, such as outcomes.

    `around`: the words stand with a table of such a measure, so that a bare base ("Base: 340") is one of it.
    """
    for volume in volumes(words, matcher):
        if volume.measure is not None and matcher.kind(volume.measure):
            return volume.figure
        if volume.measure is None and around:
            return volume.figure
    return None
