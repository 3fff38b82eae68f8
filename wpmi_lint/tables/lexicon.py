"""The words of official tables that say what a row or column is; terms of a policy come on top."""

from __future__ import annotations

import re
from functools import lru_cache


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(text.split())


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
_STUB_PHRASES = (
    "year of",
    "month of",
    "age at",
    "single year",
    "la number",
    "number code",
    "time period",
    "academic year",
)
_TOTAL = r"(?:sub[- ]?|grand[- ]?)?totals?|all|overall|any|both|everyone|sum"
_WORDS = re.compile(r"[a-z0-9%£]+")


@lru_cache(8192)
def tokens(words: str) -> tuple[str, ...]:
    """Lower-case words of a header."""
    return tuple(_WORDS.findall(words.lower().replace("_", " ")))


@lru_cache(8192)
def names_stub(header: str) -> bool:
    """True where a header says that its column holds codes, periods, ages or the like."""
    found = tokens(header)
    if not found or len(found) > 5 or says_total(header):
        return False
    if any(phrase in header.lower() for phrase in _STUB_PHRASES):
        return True
    if "number" in found or "average" in found or "mean" in found or "rate" in found:
        return False
    if found[-1] in _CODES or (found[0] in _CODES and len(found) == 1):
        return True
    return len(found) <= 2 and found[-1] in _CLASSES and not any(any(map(str.isdigit, word)) for word in found)


@lru_cache(8192)
def says_total(label: str) -> bool:
    """True where a label names a total: Total, All persons, Grand Total, Overall."""
    return bool(re.match(rf"\W*(?:{_TOTAL})\b", label.lower()) or re.search(r"\b(?:sub)?totals?\W*$", label.lower()))


_TABLE = re.compile(r"(?:table|figure|annex|sheet|part)\s?[\dA-Z]", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:notes?\b|source\b|footnotes?\b|\(?\d{1,2}[.):]?\s?[A-Za-z]|\[?note|[*†‡#^¹²³]+\s?\w|back to|contents\b|"
    r"(?:last )?updated|published|figures\b|this (?:table|work|sheet)|data\b|please\b|©|copyright|https?:|contact\b|"
    r"symbols?\b)",
    re.IGNORECASE,
)


def looks_like_title(words: str) -> bool:
    """True for "Table 3: ..."."""
    return bool(_TABLE.match(words))


def looks_like_note(words: str) -> bool:
    """True for a footnote, a source line and the like."""
    return bool(_NOTE.match(words)) or len(words) > 160
