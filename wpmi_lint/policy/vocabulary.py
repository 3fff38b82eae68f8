"""Resolution of a policy's terms: measures, kinds, dimensions, labels, markers, sources, constants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.nouns.contract import DOMAINS
from wpmi_lint.policy import resolved as r
from wpmi_lint.policy import syntax as s
from wpmi_lint.policy.conditions import literal
from wpmi_lint.terms import DimensionTerm, Term, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wpmi_lint.policy.scope import Scope

METHODS = ("nearest", "random", "midpoint", "perturbed", "unrounded")
HALVES = ("up", "down", "even", "away", "unstated")
TOTALS = ("recalculated", "independent", "perturbed")
READ = ("full", "excerpt")
_LONGEST_RANGE = 1000  # values
_MOST_DIGITS = 18


def vocabulary(scope: Scope, items: Iterable[s.Item]) -> Vocabulary:
    """All terms of a policy."""
    items = tuple(items)
    dimensions = _defined(scope, items, "dimension")
    return Vocabulary(
        measures=_terms(_defined(scope, items, "measure")),
        kinds=_kinds(scope, items),
        dimensions=tuple(
            DimensionTerm(
                item.name.text,
                named=_texts(item.named),
                values=tuple(value for low, high in item.values or () for value in _range(scope, low, high)),
            )
            for item in dimensions
        ),
        labels=_terms(_defined(scope, items, "label")),
        markers=_markers(scope, items),
    )


def _of(items: Iterable[s.Item], what: str) -> list[s.TermItem]:
    return [item for item in items if isinstance(item, s.TermItem) and item.what == what]


def _defined(scope: Scope, items: Iterable[s.Item], what: str) -> list[s.TermItem]:
    """The terms of a category. A pattern names one term: the second term of a pattern would never be found."""
    terms = _of(items, what)
    owners: dict[str, str] = {}
    for item in terms:
        scope.define(what, item.name)
        for word in item.named:
            if not word.text.strip():
                scope.report(word, "an empty text names nothing")
            owner = owners.setdefault(word.text.casefold(), item.name.text)
            if owner != item.name.text:
                scope.report(word, f'"{word.text}" already names the {what} `{owner}`', "delete one of the two")
    return terms


def _terms(items: Iterable[s.TermItem]) -> tuple[Term, ...]:
    return tuple(Term(item.name.text, _texts(item.named), _texts(item.unless or ())) for item in items)


def _texts(words: s.Words) -> tuple[str, ...]:
    return tuple(word.text for word in words)


def _kinds(scope: Scope, items: Iterable[s.Item]) -> dict[str, tuple[str, ...]]:
    kinds = _of(items, "kind")
    owners: dict[str, str] = {}
    for item in kinds:
        scope.define("kind", item.name)
        for word in item.named:
            owner = owners.setdefault(word.text, item.name.text)
            if scope.lookup("measure", word) and owner != item.name.text:
                scope.report(word, f"`{word.text}` is already of the kind `{owner}`", "a measure has one kind")
    return {item.name.text: _texts(item.named) for item in kinds}


def _range(scope: Scope, low: s.Word, high: s.Word | None) -> tuple[str, ...]:
    """ "PG1" to "PG9": the texts before the last number are the same, the numbers run."""
    if high is None:
        return (low.text,)
    stem, other = (text.rstrip("0123456789") for text in (low.text, high.text))
    first, last = low.text[len(stem) :], high.text[len(other) :]
    numbered = stem == other and first and last and len(first + last) <= _MOST_DIGITS
    if not numbered or not 0 <= int(last) - int(first) < _LONGEST_RANGE:
        scope.report(low, f'"{low.text}" to "{high.text}" is not a range', 'a range is written: "PG1" to "PG9"')
        return (low.text, high.text)
    width = len(first) if first.startswith("0") else 0
    return tuple(f"{stem}{n:0{width}}" for n in range(int(first), int(last) + 1))


def _markers(scope: Scope, items: Iterable[s.Item]) -> dict[str, str]:
    markers: dict[str, str] = {}
    for item in _of(items, "marker"):
        scope.is_one_of(item.name, DOMAINS["marker meaning"], "meaning of a marker")
        for word in item.named:
            if word.text in markers:
                scope.report(word, f'the marker "{word.text}" is defined twice', "delete one of the two")
            markers[word.text] = item.name.text
    return markers


def sources(scope: Scope, items: Iterable[s.Item]) -> tuple[r.Source, ...]:
    """The documents that rules cite."""
    documents = []
    for item in items:
        if not isinstance(item, s.SourceItem):
            continue
        scope.define("source", item.name)
        details = {detail.what: detail.value for detail in item.details if detail.value}
        read = details.pop("read_in", None)
        if read:
            scope.is_one_of(read, READ, "way to read a source")
        words = {what: word.text for what, word in details.items()}
        documents.append(r.Source(item.name.text, item.title.text, read=read.text if read else "", **words))
    return tuple(documents)


def lets(scope: Scope, items: Iterable[s.Item]) -> dict[str, r.Scalar]:
    """The constants of a policy; the scope knows them from here on."""
    for item in _of(items, "let"):
        if scope.define("let", item.name):
            scope.lets[item.name.text] = literal(item.named[0])
    return scope.lets


def figures(scope: Scope, items: Iterable[s.Item]) -> tuple[tuple[str, r.Scalar], ...]:
    """How figures were rounded, () where the policy does not say."""
    written = [item for item in items if isinstance(item, s.Figures)]
    if not written:
        return ()
    if len(written) > 1:
        scope.report(written[1].method, "the policy says `figures are` twice")
    method, base, halves = written[0]
    scope.is_one_of(method, METHODS, "method of rounding")
    result: list[tuple[str, r.Scalar]] = [("method", method.text)]
    if base is not None:
        usable = base.type == "NUMBER" or scope.lookup("let", base)
        result.append(("base", scope.lets.get(base.text, literal(base)) if usable else None))
    if halves is not None:
        scope.is_one_of(halves, HALVES, "way to round halves")
        result.append(("halves", halves.text))
    return tuple(result)


def totals(scope: Scope, word: s.Word | None) -> str:
    """How totals were made, "" where the policy does not say."""
    if word is None:
        return ""
    scope.is_one_of(word, TOTALS, "way to make totals")
    return word.text
