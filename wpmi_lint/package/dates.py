"""Dates and times of workbooks: days since the end of 1899 as a number, or ISO 8601 as a text."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from wpmi_lint.package.numberformat import is_elapsed

if TYPE_CHECKING:
    from wpmi_lint.model import Raw

_EPOCH = datetime(1899, 12, 30)
_DAY = 86_400_000  # milliseconds
_LEAP = 60.0  # 29 February 1900, which workbooks count and no calendar has
_BETWEEN = 1462.0  # days from 1900 to 1904, where some workbooks begin to count
_TIME = re.compile(r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?")


def date_of(days: float, code: str, *, is_1904: bool = False) -> Raw:
    """What a number of days is under a date format: a date, a time or both, or a length of time; else the number."""
    try:
        if is_elapsed(code):
            return timedelta(milliseconds=round(days * _DAY))
        exact = days + _BETWEEN if is_1904 else days
        moment = _EPOCH + timedelta(milliseconds=round((exact if exact >= _LEAP else exact + 1) * _DAY))
    except (OverflowError, ValueError):
        return days
    if days < 1:
        return moment.time()
    return moment.date() if days == int(days) else moment


def iso_date(words: str) -> Raw:
    """A date, time or both as ISO 8601 writes them; the text itself where it is none."""
    try:
        if _TIME.fullmatch(words):
            return time.fromisoformat(words)
        return datetime.fromisoformat(words) if "T" in words else date.fromisoformat(words)
    except ValueError:
        return words
