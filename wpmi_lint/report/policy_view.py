"""A policy after resolution, for a person: what is in force, its words, its rules."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wpmi_lint.figure_text import figure_text
from wpmi_lint.nouns import NOUNS
from wpmi_lint.report.rules_view import listing
from wpmi_lint.report.style import Span
from wpmi_lint.report.text import clean, counted, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.policy.resolved import Policy, Scalar
    from wpmi_lint.report.style import Line

LABELS = 13


def lines(policy: Policy, columns: int) -> Iterator[Line]:
    """The policy's head, terms, constants and rules."""
    yield from listing(policy, columns)
    yield ""
    yield from _facts("in force", [_time(policy)], columns)
    sources = [
        ", ".join(filter(None, (f"{one.name}: {one.title}", one.edition, one.dated, one.at))) for one in policy.sources
    ]
    yield from _facts("sources", sources, columns)
    yield from _facts("constants", [f"{name} is {_plain(value)}" for name, value in policy.lets.items()], columns)
    rounding = ", ".join(f"{what} {_plain(value)}" for what, value in policy.rounding)
    yield from _facts("figures", [f"rounded: {rounding}" if rounding else "rounding not said"], columns)
    yield from _facts("totals", [policy.totals or "not said"], columns)
    yield from _terms(policy, columns)
    yield from _facts("nouns", _nouns(policy), columns)
    yield from _facts("examples", [counted(len(policy.examples), "example")], columns)
    yield from _facts("sha256", [policy.sha256], columns)


def _time(policy: Policy) -> str:
    words = [policy.status or "status not said"]
    if policy.from_date:
        words.append(f"from {policy.from_date}")
    if policy.until_date:
        words.append(f"until {policy.until_date}")
    return ", ".join(words)


def _terms(policy: Policy, columns: int) -> Iterator[Line]:
    words = policy.vocabulary
    measures = [f"{one.name}: {_named(one.named, one.unless)}" for one in words.measures]
    yield from _facts("measures", measures, columns)
    yield from _facts("kinds", [f"{name}: {', '.join(of)}" for name, of in words.kinds.items()], columns)
    yield from _facts("dimensions", [f"{one.name}: {_named(one.named, ())}" for one in words.dimensions], columns)
    yield from _facts("labels", [f"{one.name}: {_named(one.named, one.unless)}" for one in words.labels], columns)
    yield from _facts("markers", [f'"{text}" means {what}' for text, what in words.markers.items()], columns)


def _nouns(policy: Policy) -> list[str]:
    """What the rules speak of, and what they could."""
    rules = Counter(noun for rule in policy.rules for noun in {sentence.noun for sentence in rule.sentences})
    spoken = [noun for noun in NOUNS.values() if noun.name in rules]
    others = [noun.name for noun in NOUNS.values() if noun.name not in rules]
    entries = [f"{noun.name}, one for each {noun.each}: {counted(rules[noun.name], 'rule')}" for noun in spoken]
    return [*entries, f"no rule speaks of {', '.join(others)}"] if others else entries


def _named(named: tuple[str, ...], unless: tuple[str, ...]) -> str:
    return ", ".join(map(_quoted, named)) + (f" but not {', '.join(map(_quoted, unless))}" if unless else "")


def _plain(value: Scalar) -> str:
    return figure_text(value) if isinstance(value, float) else str(value)


def _quoted(pattern: str) -> str:
    return f'"{pattern}"'


def _facts(label: str, entries: list[str], columns: int) -> Iterator[Line]:
    for entry in entries:
        for number, line in enumerate(wrap(clean(entry), max(columns - LABELS - 2, 30))):
            start = label if entry is entries[0] and number == 0 else ""
            yield (Span(start.ljust(LABELS), "header"), line if number == 0 else f"  {line}")
