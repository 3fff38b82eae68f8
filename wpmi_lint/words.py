"""The words of a header or phrase in one spelling: `No. of JOs¹`, `Number of JOs`."""

from __future__ import annotations

import re

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NOTHING = "\ufeff\u200b\u200c\u200d\u2060\u00ad'\u2018\u2019\u02bc`⁰¹²³⁴⁵⁶⁷⁸⁹†‡"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_TABLE: dict[int, str] = {
    **{ord(c): " " for c in _SPACES + '_/\\()[]{}<>=:;,.!"\u201c\u201d|~^@#?*•·'},
    **{ord(c): "" for c in _NOTHING},
    **{ord(c): "-" for c in _DASHES},
    ord("%"): " percent ",
    ord("&"): " and ",
    ord("£"): " £ ",
    ord("€"): " € ",
    ord("$"): " $ ",
}
_GLOB_TABLE = {key: value for key, value in _TABLE.items() if chr(key) not in "*?"}
_SAME = {"percentage": "percent", "percentages": "percent", "pct": "percent", "pcnt": "percent"}
_SAME |= {"000s": "thousands", "000": "thousands", "thousand": "thousands", "million": "millions"}
_PAIRS = {
    ("per", "cent"): "percent",
    ("no", "of"): "number of",
    ("nos", "of"): "number of",
    ("nr", "of"): "number of",
    ("count", "of"): "number of",
    ("numbers", "of"): "number of",
}
_JOINTS = frozenset([*_SAME, *(first for first, _ in _PAIRS), "to", "plus", "and"])
_LONGEST_HEADER = 2_000  # characters; note marks are looked for in headers and titles, not in whole pages
# "[note 1]", "[1]" and "(1)", at the end or inside; no part of it gives back what it took, so a text costs its length.
_NOTE = r"\s*+(?:note)?+s?+[ .]*+[\d²³¹⁰⁴-⁹]{1,2}+[ .]*+\s*+"
_NOTE_MARKS = [re.compile(rf"(?!^){mark}", re.IGNORECASE) for mark in (rf"\[{_NOTE}\]", rf"\({_NOTE}\)")]
_AND_OVER = ("over", "above", "older", "more")


def tokens(text: str, globs: bool = False) -> list[str]:
    """The words of a text, case kept. With `globs`, `*` and `?` belong to words (policy patterns).

    Spaces of all kinds and underscores part words, dashes too except between numbers; apostrophes, superscripts and
    bracketed note numbers go; `%`, `per cent` and `pct` are "percent", `&` is "and", `No. of` and a leading `#` are
    "number of", `(000s)` is "thousands", `18 to 24` is "18-24", `25 and over` is "25+".
    """
    if "#" in text and text.lstrip()[:1] == "#":
        text = "number of " + text.lstrip()[1:]
    if ("[" in text or "(" in text) and len(text) <= _LONGEST_HEADER:
        for mark in _NOTE_MARKS:
            text = mark.sub(" ", text)
    words = text.translate(_GLOB_TABLE if globs else _TABLE).split()
    if "-" in text or not text.isascii():
        words = _split_dashes(words)
    if len(words) == 1:
        words = _split_camel(words[0])
    return words if _JOINTS.isdisjoint(map(str.lower, words)) else _joined(words)


def _split_dashes(words: list[str]) -> list[str]:
    """Dashes part words except between numbers, as in 18-24 and 2012-13."""
    result: list[str] = []
    for word in words:
        if "-" not in word:
            result.append(word)
            continue
        low, _, high = word.partition("-")
        if low.isdigit() and high.rstrip("+abcdefghijklmnopqrstuvwxyz").isdigit():
            result.append(word)
        elif word == "-" and result and result[-1].isdigit():
            result.append("to")
        else:
            result += word.replace("-", " ").split()
    return result


def _split_camel(word: str) -> list[str]:
    """JobOutcomes is two words, JOs and PG6a are one."""
    if word.islower() or word.isupper() or len(word) > 80:
        return [word]
    cuts = [i for i in range(1, len(word)) if word[i].isupper() and word[i - 1].islower()]
    return [word[a:b] for a, b in zip([0, *cuts], [*cuts, len(word)], strict=True)]


def _joined(words: list[str]) -> list[str]:
    """Phrases of two and three words that have one spelling."""
    result: list[str] = []
    i = 0
    while i < len(words):
        word = words[i]
        lower = word.lower()
        following = words[i + 1].lower() if i + 1 < len(words) else ""
        third = words[i + 2].lower() if i + 2 < len(words) else ""
        if (lower, following) in _PAIRS:
            result += _PAIRS[lower, following].split()
            i += 2
        elif word.isdigit() and following == "to" and third.rstrip("ab").isdigit():
            result.append(f"{word}-{third}")
            i += 3
        elif word.isdigit() and (following == "plus" or (following == "and" and third in _AND_OVER)):
            result.append(f"{word}+")
            i += 2 if following == "plus" else 3
        else:
            result.append(_SAME.get(lower, word))
            i += 1
    return result
