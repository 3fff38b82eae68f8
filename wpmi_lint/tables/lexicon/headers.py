"""Headers that name no measure: of columns that identify rows, and of columns that say only that figures follow."""

from __future__ import annotations

from functools import lru_cache

from wpmi_lint.tables.lexicon import phrase_set, tokens, word_set
from wpmi_lint.tables.lexicon.totals import is_total

# A column with such a header identifies its rows, even where its cells are numbers.
_CODES = word_set(
    "id ids code codes ukprn urn lsoa msoa uprn ref reference rank ranking gss laestab estab ons oid objectid key "
    "postcode sic sic07 soc"
)
# A column with such a header classifies its rows, where the header says nothing else: "Year", not "Under 2 years".
_CLASSES = word_set(
    "year years age ages month months quarter quarters week day date period fy ward band decile quintile cohort wave "
    "edition line row sort order time"
)
_PHRASES = phrase_set("year of|month of|age at|single year|la number|number code|time period|academic year")
_MEASURED = word_set("number average mean rate")
_VALUE = word_set("value values obs observation observations val measure figure count number n total")
_STATISTIC = word_set(
    "percent per cent percentage pct proportion share number no count n total all value rate of the in average "
    "mean median thousands sum overall amount change difference increase decrease"
)


@lru_cache(8192)
def names_stub(header: str) -> bool:
    """True where a header says that its column holds codes, periods, ages or the like."""
    words = tokens(header)
    if not words or len(words) > 5 or is_total(header):
        return False
    if any(phrase in header.lower() for phrase in _PHRASES):
        return True
    if not _MEASURED.isdisjoint(words):
        return False
    if words[-1] in _CODES or (words[0] in _CODES and len(words) == 1):
        return True
    return len(words) <= 2 and words[-1] in _CLASSES and not any(any(map(str.isdigit, word)) for word in words)


def is_value(header: str) -> bool:
    """True for a header that names no measure: Value, OBS_VALUE, Count."""
    words = tokens(header)
    return bool(words) and _VALUE.issuperset(words)


def only_statistic(header: str) -> bool:
    """True for a header that says only what kind of figure stands below: %, Number, Total, Rate."""
    return all(w in _STATISTIC or (not w.isalpha() and not w.isdigit()) for w in tokens(header))
