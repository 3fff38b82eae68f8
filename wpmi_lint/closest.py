"""The known word that a misspelled one is closest to: the one place where `did you mean` is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ALIKE = 0.6  # difflib's ratio of two words, from 0 to 1; its own default


def nearest(word: str, words: Iterable[str]) -> str:
    """The known word that is spelled most like this one, whatever the case; "" where none is near."""
    from difflib import get_close_matches

    spellings = {name.casefold(): name for name in words}
    near = get_close_matches(word.casefold(), spellings, n=1, cutoff=ALIKE)
    return spellings[near[0]] if near else ""


def closest(word: str, words: Iterable[str], form: str = '; did you mean "{}"?') -> str:
    """A question to put behind a message, with the nearest known word in its braces; "" where none is near."""
    near = nearest(word, words)
    return form.replace("{}", near) if near else ""
