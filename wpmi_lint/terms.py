"""Matching the words of headers and text with the terms of a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.patterns import Match, PatternIndex, Phrase
from wpmi_lint.records import NamedTuple
from wpmi_lint.words import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

_MEMO = 20_000  # distinct phrases that are remembered; a tidy file can bring any number of them
_MEMO_LENGTH = 1_000  # characters of a phrase that is worth remembering
_HEAD_ENDS = frozenset(["by", "from", "per", "of", "as", "after", "following", "since", "among", "for"])
_MEASURE, _DIMENSION, _MEMBER, _LABEL = "measure", "dimension", "member", "label"


class Term(NamedTuple):
    """A measure or label: the patterns that name it and those that must not be taken for it."""

    name: str
    named: tuple[str, ...]
    unless: tuple[str, ...] = ()


class DimensionTerm(NamedTuple):
    """A dimension: the header patterns that name it and the patterns of its members."""

    name: str
    named: tuple[str, ...]
    values: tuple[str, ...] = ()


class Vocabulary(NamedTuple):
    """All terms of a policy."""

    measures: tuple[Term, ...] = ()
    kinds: Mapping[str, tuple[str, ...]] = {}  # kind -> names of its measures
    dimensions: tuple[DimensionTerm, ...] = ()
    labels: tuple[Term, ...] = ()
    markers: Mapping[str, str] = {}  # marker -> "suppressed", "nil", "missing", "zero", "not applicable"


class Mentions(NamedTuple):
    """All that a phrase names."""

    measure: str | None  # what the phrase is about: its head first, then the longest match
    measures: tuple[str, ...]  # in the order of the phrase
    dimension: str | None  # not of a phrase that is a member ("PG1") of one
    member: str | None  # the dimension that has this value: it begins the phrase, after list numbers
    label: str | None  # the most specific one
    labels: tuple[str, ...]  # in the order of the phrase


_NOTHING = Mentions(measure=None, measures=(), dimension=None, member=None, label=None, labels=())


class Matcher:
    """Finds the terms of a vocabulary in the words of files; answers are remembered."""

    __slots__ = ("_index", "_kinds", "_markers", "_memo")

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._index = PatternIndex()
        for term in vocabulary.measures:
            self._index.add(_MEASURE, term.name, term.named, unless=term.unless)
        for term in vocabulary.labels:
            self._index.add(_LABEL, term.name, term.named, unless=term.unless)
        for dimension in vocabulary.dimensions:
            self._index.add(_DIMENSION, dimension.name, dimension.named)
            self._index.add(_MEMBER, dimension.name, dimension.values)
        self._markers = {_marker_key(text): meaning for text, meaning in vocabulary.markers.items()}
        self._kinds = {name: kind for kind, names in reversed(list(vocabulary.kinds.items())) for name in names}
        self._memo: dict[str, Mentions] = {}

    def kind(self, measure: str | None) -> str | None:
        """The kind that a measure of the policy belongs to."""
        return self._kinds.get(measure) if measure else None

    def marker(self, text: str) -> str | None:
        """What the policy says that a marker means."""
        return self._markers.get(_marker_key(text))

    def find(self, words: str) -> Mentions:
        """All that a phrase names, in one pass."""
        mentions = self._memo.get(words)
        if mentions is None:
            mentions = self._find(words)
            if len(self._memo) > _MEMO:
                self._memo.clear()
            if len(words) <= _MEMO_LENGTH:
                self._memo[words] = mentions
        return mentions

    def _find(self, words: str) -> Mentions:
        raw = tokens(words)
        folded = list(map(str.casefold, raw))
        phrase = Phrase(raw, folded, raw == folded and len(words.split()) == 1)
        by_category = self._index.find(phrase)
        if not by_category:
            return _NOTHING
        dimensions, members = by_category.get(_DIMENSION, []), by_category.get(_MEMBER, [])
        labels = by_category.get(_LABEL, [])
        outer = dimensions + members
        measures = [m for m in by_category.get(_MEASURE, []) if not any(_inside(m, o) for o in outer)]
        member = _member(members, folded)
        best_label = _best(labels)
        return Mentions(
            measure=_measure(measures, folded),
            measures=_names(measures),
            dimension=_dimension(dimensions, member),
            member=member.term if member else None,
            label=best_label.term if best_label else None,
            labels=_names(labels),
        )


def _measure(matches: list[Match], folded: list[str]) -> str | None:
    if len(matches) < 2:
        return matches[0].term if matches else None
    for end in [*(i for i, word in enumerate(folded) if word in _HEAD_ENDS), len(folded)]:
        best = _best(_targets([m for m in matches if m.start < end], matches, folded))
        if best:
            return best.term
    return None


def _targets(head: list[Match], matches: list[Match], folded: list[str]) -> list[Match]:
    """Of two measures joined by "to", the second: "referral to outcome" is about outcomes."""
    starts = {m.start: m for m in matches}
    ends = {m.end for m in matches}
    targets = []
    for match in head:
        if match.start - 1 in ends and folded[match.start - 1] == "to":
            continue
        joined = match.end + 1 in starts and folded[match.end] == "to"
        targets.append(starts[match.end + 1] if joined else match)
    return targets


def _member(members: list[Match], folded: list[str]) -> Match | None:
    if not members:
        return None
    first = next((i for i, word in enumerate(folded) if not word.isdigit()), 0)
    return _best([m for m in members if m.start in (0, first)])


def _dimension(dimensions: list[Match], member: Match | None) -> str | None:
    best = _best(dimensions)
    return None if best is None or (member and member.weight > best.weight) else best.term


def _inside(inner: Match, outer: Match) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.weight > inner.weight


def _best(matches: list[Match]) -> Match | None:
    return max(matches, key=lambda m: (m.weight, -m.start), default=None)


def _names(matches: list[Match]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([m.term for m in matches]))


def _marker_key(text: str) -> str:
    return text.strip().replace("–", "-").replace("—", "-").replace("−", "-").casefold()
