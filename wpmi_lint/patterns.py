"""Globs over words, found in phrases: `*` ends a word or is some words, `?` is one character."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple
from wpmi_lint.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

_GAP = 8  # words that a "*" standing alone may cover


class Phrase(NamedTuple):
    """A phrase as words."""

    raw: list[str]  # as written
    folded: list[str]  # without case
    caseless: bool  # a lower-case identifier (jo, wp_jo_2012): in prose, "so" is not the acronym SO


class Pattern(NamedTuple):
    """One pattern of a term, as words."""

    category: str  # "measure", "label", ...; "not measure" for what must not be taken for it
    term: str
    words: tuple[str, ...]
    cased: bool  # an acronym: compared as written
    whole: bool  # a single character or number: matches a whole phrase only
    weight: tuple[int, int]  # words, literal characters: the more specific pattern wins
    sure: bool  # found in the index, the first word is known to fit


class Match(NamedTuple):
    """A pattern found in a phrase: the words from `start` up to `end`."""

    start: int
    end: int
    weight: tuple[int, int]
    term: str


class PatternIndex:
    """Patterns by the literal beginning of their first word: phrases are looked up, not searched with each pattern."""

    __slots__ = ("_by_start", "_by_word", "_lengths")

    def __init__(self) -> None:
        self._by_word: dict[str, list[Pattern]] = {}
        self._by_start: dict[str, list[Pattern]] = {}
        self._lengths: dict[str, set[int]] = {}  # of the starts, by their first character

    def add(self, category: str, term: str, named: Iterable[str], unless: Iterable[str] = ()) -> None:
        """Adds the patterns of a term, and those that must not be taken for it."""
        for text in named:
            self._add(category, term, text)
        for text in unless:
            self._add("not " + category, term, text)

    def _add(self, category: str, term: str, text: str) -> None:
        words = tokens(text, globs=True)
        if not words:
            return
        folded = tuple(map(str.casefold, words))
        first, alone = folded[0], len(words) == 1
        cased = alone and first != words[0] and _acronym(words[0])
        whole = alone and (len(first) == 1 or first.isdigit())
        letters = "".join(folded)
        weight = len(words), len(letters) - letters.count("*") - letters.count("?")
        start = first.replace("?", "*").partition("*")[0]
        sure = not cased and len(first) - len(start) <= 1 and first[-1] != "?" and bool(start)
        pattern = Pattern(
            category=category,
            term=term,
            words=tuple(words) if cased else folded,
            cased=cased,
            whole=whole,
            weight=weight,
            sure=sure,
        )
        if start == first:
            self._by_word.setdefault(first, []).append(pattern)
        else:
            self._by_start.setdefault(start, []).append(pattern)
            self._lengths.setdefault(start[:1], set()).add(len(start))

    def find(self, phrase: Phrase) -> dict[str, list[Match]]:
        """Matches by category, in the order of the phrase; of two that overlap the more specific stays."""
        matches: dict[str, list[Match]] = {}
        for i, word in enumerate(phrase.folded):
            for pattern in self._candidates(word):
                if pattern.whole and len(phrase.folded) > 1:
                    continue
                end = _match(pattern, phrase, i, at=int(pattern.sure))
                if end > 0:
                    match = Match(i, end, pattern.weight, term=pattern.term)
                    matches.setdefault(pattern.category, []).append(match)
        return {name: _apart(_allowed(own, matches.get("not " + name))) for name, own in matches.items()}

    def _candidates(self, word: str) -> list[Pattern]:
        candidates = self._by_word.get(word, [])
        if word[-1].isdigit():
            candidates = candidates + self._by_word.get(_without_footnote(word), [])
        for first in (word[0], ""):
            for length in self._lengths.get(first, ()):
                candidates = candidates + self._by_start.get(word[:length], [])
        return candidates


def _allowed(matches: list[Match], barred: list[Match] | None) -> list[Match]:
    """Without the matches that overlap what must not be taken for their term."""
    if not barred:
        return matches
    return [m for m in matches if not any(m.term == b.term and b.start < m.end and m.start < b.end for b in barred)]


def _apart(matches: list[Match]) -> list[Match]:
    if len(matches) < 2:
        return matches
    kept: list[Match] = []
    taken = bytearray(max(m.end for m in matches))
    for match in sorted(matches, key=lambda m: (m.weight, m.end - m.start), reverse=True):
        if not any(taken[match.start : match.end]):
            taken[match.start : match.end] = b"\1" * (match.end - match.start)
            kept.append(match)
    return sorted(kept)


def _match(pattern: Pattern, phrase: Phrase, i: int, *, at: int) -> int:
    """Where the pattern ends in the phrase, when its words match those from `i` on; else -1. `at` words are matched."""
    i += at
    given = phrase.raw if pattern.cased and not phrase.caseless else phrase.folded
    while at < len(pattern.words):
        word = pattern.words[at]
        if word == "*":
            return _match_gaps(pattern.words[at:], given, i)
        if pattern.cased and phrase.caseless:
            word = word.casefold()
        if i >= len(given) or not _same(word, given[i]):
            return -1
        at, i = at + 1, i + 1
    return i


def _match_gaps(words: tuple[str, ...], given: list[str], i: int) -> int:
    """As _match, where some words are gaps: all the places where the next one may stand are followed at once."""
    starts = {i}
    for word in words:
        if word == "*":
            starts = {j for start in starts for j in range(start + 1, min(start + _GAP, len(given)) + 1)}
        else:
            starts = {start + 1 for start in starts if start < len(given) and _same(word, given[start])}
    end = min(starts, default=-1)
    return min(end - 1 + _GAP, len(given)) if words[-1] == "*" and starts else end


def _same(word: str, given: str) -> bool:
    if word == given:
        return True
    if "*" in word or "?" in word:
        star = word.find("*")
        if star == len(word) - 1 and "?" not in word:
            return given.startswith(word[:-1])
        return glob(word, given)
    return given[-1].isdigit() and word == _without_footnote(given)


def glob(pattern: str, text: str) -> bool:
    """Whether a whole text fits: `*` is any characters, `?` is one. Each piece between stars is found after the last,
    in at most as many steps as both lengths multiplied."""
    pieces, at = pattern.split("*"), 0
    for number, piece in enumerate(pieces):
        last = len(text) - len(piece)
        first = last if number == len(pieces) - 1 else at  # the last piece ends the text, the first one begins it
        start = _find(piece, text, first, last=last if number else min(last, 0))
        if start < at:
            return False
        at = start + len(piece)
    return True


def _find(piece: str, text: str, first: int, *, last: int) -> int:
    if "?" not in piece:
        return text.find(piece, first, last + len(piece))
    fits = (
        all(p in ("?", c) for p, c in zip(piece, text[i : i + len(piece)], strict=False))
        for i in range(first, last + 1)
    )
    return next((first + i for i, fit in enumerate(fits) if fit), -1)


def _without_footnote(word: str) -> str:
    """A word without one or two digits at its end: "referrals4" without the 4. The rest must be a known word."""
    plain = word.rstrip("0123456789")
    return plain if len(plain) >= 2 and len(word) - len(plain) <= 2 and plain.isalpha() else word


def _acronym(word: str) -> bool:
    stem = word.rstrip("s*?0123456789")
    return 2 <= len(stem) <= 4 and stem.isalpha() and stem.isupper()
