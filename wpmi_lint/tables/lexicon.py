"""The words of official tables that say what a row or column is; terms of a policy come on top."""

from __future__ import annotations

import re
from functools import lru_cache


# A column with such a header identifies or classifies rows, even where its cells are numbers.
def word_set(text: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(text.split())


STUB_WORDS = word_set(
    "id ids code codes year years ukprn urn lsoa msoa uprn ref reference rank ranking age ages month months "
    "quarter quarters week day date period fy gss laestab estab dfe dcsf ons oid objectid sort order band decile "
    "quintile line row key postcode ward sic sic07 soc cohort wave edition"
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
    return found[-1] in STUB_WORDS or (found[0] in STUB_WORDS and len(found) <= 2 and found[0] not in ("age", "all"))


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
