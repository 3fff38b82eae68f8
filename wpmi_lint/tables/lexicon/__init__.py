"""The words of official tables that say what a row or column is; terms of a policy come on top."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = re.compile(r"[a-z0-9%£]+")


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """The phrases of a list written as one text, with `|` between them."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


@lru_cache(8192)
def tokens(words: str) -> tuple[str, ...]:
    """Lower-case words of a header."""
    return tuple(_WORDS.findall(words.lower().replace("_", " ")))
