"""What a label says of its line: a total, a part of another line, or a figure that is never added up."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from wpmi_lint.tables.lexicon import periods, phrase_set

# ordered: a larger number is stronger evidence for a total
NEVER, PART, NONE, PLACE, WEAK, STRONG = range(-2, 4)

_TRIM = " \t\r\n\u00a0\u2007\u202f:;,.*-–—_=>+#†‡^()[]/\\|"
# words of a whole dimension: they cannot be the name of a measure, as "persons" or "all sectors" can
_WHOLE = phrase_set(
    """total|totals|grand total|grand totals|overall|overall total|all|all areas|all groups|all ages
    |in total|all payment groups|all regions|all categories|both sexes|sum|sub-total|sub total|subtotal"""
)
_TOTAL = _WHOLE | phrase_set(
    """sub-totals|subtotals|t|tot|any|both|persons|people|everyone|all persons|all people|total overall|total all
    |all total|column total|row total|national total|general total|whole|aggregate|gross total|net total
    |year to date total|altogether|combined|combined total|all combined|ytd total|annual total|year total|total sum
    |i alt|insgesamt|totalt|yhteensä|gesamt|summe"""
)
_NATIONS = phrase_set("england|wales|scotland|northern ireland")
_PLACES = _NATIONS | phrase_set(
    """great britain|gb|united kingdom|uk|england and wales|england & wales|great britain total|britain|united states
    |us|usa|canada|australia|ireland|new zealand|finland|world|europe|eu|national|state|nation|country|region|county
    |authority"""
)
_NEVER = re.compile(
    r"\b(?:averages?|avg|mean|medians?|ratios?|percent|percentages?|per\s?cent|per capita|quartiles?|deciles?"
    r"|percentiles?|rank|ranking|cumulative|standard (?:deviation|error)|confidence interval|index of|indices)\b|%"
    r"|\b(?:upper|lower|high|low) (?:bound|limit|estimate|ci|confidence|quartile|95)"
    r"|\brate$|\brates? (?:per|of|for)\b|^rate\b"
    r"|\bper (?:\d|head|person|square)|^change\b|\bchange(?:s)? (?:from|since|between|over|on)\b|\bindex$|\bdensity\b"
)
_PART = re.compile(
    r"^(of which|o/w|of whom|including|includes?|incl\b|among which|thereof|memo\b|memorandum)|\bof which\b|\bof whom\b"
)
_ALL = re.compile(r"all (?:\w+ ){0,2}(?:areas?|ages?|persons|people|groups?|regions?|categories|sexes|types|sectors)$")
_WEAK = re.compile(
    r"^all (?!others?\b)\w+|^all,|\boverall\b|^any \w+|^both \w+|^(?:total|all)\d?$"
    r"|(?<!\bof )\b(?:sub-?|grand )?totals?\b"  # not "share of total"
)
_NOTE = re.compile(r"\s*(?:\[[^\]]*\]|\((?:note\s*)?\w{1,2}\)|\b(?:note|footnote)s? \d+|(?<=[a-z)])\d{1,2})$")
_LONGEST = 300  # characters of a label that are looked at


def _plain(label: str) -> str:
    return " ".join(label[:_LONGEST].lower().split())


def _bare(label: str) -> str:
    """A label without case, note marks and what surrounds it."""
    return _NOTE.sub("", _plain(label)).strip(_TRIM)


@lru_cache(maxsize=8192)
def says(label: str) -> int:
    """NEVER, PART, NONE, PLACE, WEAK or STRONG for one label; remembered, since headers repeat from file to file."""
    words = _plain(label).strip(_TRIM)
    if not words:
        return NONE
    bare = _bare(label)
    if bare in _TOTAL:
        return STRONG
    if _PART.search(words):
        return PART
    if _NEVER.search(words):
        return NEVER
    if bare in _PLACES:
        return PLACE
    if _ALL.match(bare):
        return STRONG
    return WEAK if _WEAK.search(bare) else NONE


def is_total(label: str) -> bool:
    """Whether a label names a total: Total, All persons, Grand total, Overall."""
    return says(label) >= WEAK


def is_whole(label: str) -> bool:
    """Whether a label says total of a dimension and nothing else, so that it cannot be the name of a measure."""
    return _bare(label) in _WHOLE


def is_nation(label: str) -> bool:
    """Whether a label names one of the four nations: a whole of its areas, and beside the others a part."""
    return _bare(label) in _NATIONS


def inner(labels: tuple[str, ...]) -> str:
    """The innermost words of a line's labels, "" where it has none."""
    return next((label for label in reversed(labels) if label and not label.isspace()), "")


def telling(labels: tuple[str, ...]) -> str:
    """The label that says most of a line being a total."""
    return max(reversed(labels), key=says, default="")


def outer_says(labels: tuple[str, ...]) -> int:
    """What the labels outside the innermost one say."""
    return max((says(label) for label in labels[:-1] if label), default=NONE)


# Logarithms of odds that words add to the evidence of the figures (totals/sums.py), indexed by what the words say,
# the negative ones from the end. Set by hand on annotated tables of official files. benchmarks/constants.py halves and
# doubles each: F1 moves by 0.002 at most; twice the gain of STRONG makes 3 parts more in 1,000 wrong.
GAIN = np.array([0.0, 3.5, 6.0, 9.0, -50.0, -3.0])
BLANK = 3.0  # no label at all
BOLD = 2.0
PERIOD = -6.0  # a year or quarter is rarely the sum of its neighbours


@lru_cache(maxsize=8192)
def weigh(labels: tuple[str, ...]) -> tuple[int, float]:
    """What all labels of a line say together, and how much it adds to the odds that the line is a total.

    A figure that is never added wins, then the strongest word for a total.
    """
    each = [says(label) for label in labels if label]
    worst, word, label = min(each, default=NONE), max(each, default=NONE), inner(labels)
    if worst == NEVER or (worst == PART and says(label) == PART):
        word = worst
    if word != NONE:
        return word, float(GAIN[word])
    if not label:
        return word, BLANK
    return word, 0.0 if periods.length(label) == periods.NO_PERIOD else PERIOD
