"""Patterns against slow references, and against what would hang a search by trial and error."""

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from wpmi_lint.patterns import PatternIndex, Phrase, glob

WORDS = st.text("ab*?", max_size=7)
PHRASES = st.lists(st.sampled_from(["a", "b", "c", "ab"]), min_size=1, max_size=12)
TERMS = st.lists(st.sampled_from(["a", "b", "ab", "*", "a*"]), min_size=1, max_size=5)


@given(WORDS, st.text("ab\n", max_size=9))
def test_a_glob_is_what_its_regular_expression_is(pattern: str, text: str) -> None:
    parts = {"*": ".*", "?": "."}
    expected = re.fullmatch("".join(parts.get(c, re.escape(c)) for c in pattern), text, re.DOTALL)
    assert glob(pattern, text) == bool(expected)


def slow(words: list[str], phrase: list[str], i: int) -> int:
    """Where words that match from `i` on end, trying the shortest gaps first; -1 for nowhere."""
    if not words:
        return i
    if words[0] == "*":
        last = min(i + 8, len(phrase))
        if len(words) == 1:
            return last if i < last else -1
        return next((end for j in range(i + 1, last + 1) if (end := slow(words[1:], phrase, j)) > 0), -1)
    return slow(words[1:], phrase, i + 1) if i < len(phrase) and glob(words[0], phrase[i]) else -1


@given(TERMS, PHRASES)
def test_gaps_are_what_trying_all_of_them_gives(words: list[str], phrase: list[str]) -> None:
    index = PatternIndex()
    index.add("x", "term", [" ".join(words)])
    matches = index.find(Phrase(phrase, phrase, False)).get("x", [])
    whole = len(words) == 1 and len(words[0]) == 1
    starts = [i for i in range(len(phrase)) if slow(words, phrase, i) > 0 and not (whole and len(phrase) > 1)]
    assert all(match.end == slow(words, phrase, match.start) for match in matches)
    assert bool(matches) == bool(starts)


def test_many_stars_take_no_time() -> None:
    begun = time.process_time()
    assert not glob("*a" * 30 + "*b", "a" * 3000)
    assert glob("*a" * 30 + "*", "a" * 3000)
    index = PatternIndex()
    index.add("x", "one", [" ".join(["a", *["* a"] * 30, "b"])])
    index.add("x", "two", ["*a" * 30 + "*b"])
    assert index.find(Phrase(["a"] * 400, ["a"] * 400, False)) == {}
    assert index.find(Phrase(["a" * 3000], ["a" * 3000], False)) == {}
    assert time.process_time() - begun < 2
