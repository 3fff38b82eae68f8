"""Lines of words around a table: titles and notes."""

from __future__ import annotations

import re

_TABLE = re.compile(r"(?:table|figure|annex|sheet|part)\s?[\dA-Z]", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:notes?\b|source\b|footnotes?\b|\(?\d{1,2}[.):]?\s?[A-Za-z]|\[?note|[*†‡#^¹²³]+\s?\w|back to|contents\b|"
    r"(?:last )?updated|published|figures\b|this (?:table|work|sheet)|data\b|please\b|©|copyright|https?:|contact\b|"
    r"symbols?\b)",
    re.IGNORECASE,
)
_LONGEST_TITLE = 160  # characters


def looks_like_title(words: str) -> bool:
    """True for "Table 3: ..."."""
    return bool(_TABLE.match(words))


def looks_like_note(words: str) -> bool:
    """True for a footnote, a source line and the like."""
    return bool(_NOTE.match(words)) or len(words) > _LONGEST_TITLE
