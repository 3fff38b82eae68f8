"""Dates and times as ISO 8601 writes them."""

from __future__ import annotations

import re
from datetime import date, datetime, time

_TIME = re.compile(r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?")


def iso_date(words: str) -> date | time | str:
    """A date, time or both as ISO 8601 writes them; the text itself where it is none."""
    try:
        if _TIME.fullmatch(words):
            return time.fromisoformat(words)
        return datetime.fromisoformat(words) if "T" in words else date.fromisoformat(words)
    except ValueError:
        return words
