"""Resolution of a policy's terms: measures, kinds, dimensions, labels, markers, sources, constants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.model import DimensionTerm, Term, Vocabulary
from wpmi_lint.nouns.contract import DOMAINS
from wpmi_lint.policy import resolved as r
from wpmi_lint.policy import syntax as s
from wpmi_lint.policy.conditions import literal
from wpmi_lint.policy.problems import did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wpmi_lint.policy.scope import Scope

METHODS = ("nearest", "random", "midpoint", "perturbed", "unrounded")
HALVES = ("up", "down", "even", "away", "unstated")
TOTALS = ("recalculated", "independent", "perturbed")
READ = ("full", "excerpt")


def vocabulary(scope: Scope, items: Iterable[s.Item]) -> Vocabulary:
    """All terms of a policy."""
    items = tuple(items)
    return Vocabulary(
        measures=_terms(scope, items, "measure"),
        kinds=_kinds(scope, items),
        dimensions=_dimensions(scope, items),
        labels=_terms(scope, items, "label"),
        markers=_markers(scope, items),
    )


def _terms(scope: Scope, items: tuple[s.Item, ...], what: str) -> tuple[Term, ...]:
    written = [item for item in items if isinstance(item, s.TermItem) and item.what == what]
    owners: dict[str, str] = {}
    for item in written:
        scope.define(what, item.name)
        _distinct(scope, item.named, item.name.text, owners, what)
    return tuple(Term(i.name.text, _texts(i.named), _texts(i.unless or ())) for i in written)


def _texts(words: s.Words) -> tuple[str, ...]:
    return tuple(word.text for word in words)


def _distinct(scope: Scope, named: s.Words, name: str, owners: dict[str, str], what: str) -> None:
    """A pattern names one term: the second term of a pattern would never be found."""
    for word in named:
        if not word.text.strip():
            scope.report(word, "an empty text names nothing")
        owner = owners.setdefault(word.text.casefold(), name)
        if owner != name:
            scope.report(word, f'"{word.text}" already names the {what} `{owner}`', "delete one of the two")


def _kinds(scope: Scope, items: tuple[s.Item, ...]) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, tuple[str, ...]] = {}
    owners: dict[str, str] = {}
    for item in items:
        if not isinstance(item, s.KindItem):
            continue
        scope.define("kind", item.name)
        for word in item.members:
            owner = owners.setdefault(word.text, item.name.text)
            if scope.lookup("measure", word) and owner != item.name.text:
                scope.report(word, f"`{word.text}` is already of the kind `{owner}`", "a measure has one kind")
        kinds[item.name.text] = _texts(item.members)
    return kinds


def _dimensions(scope: Scope, items: tuple[s.Item, ...]) -> tuple[DimensionTerm, ...]:
    written = [item for item in items if isinstance(item, s.DimensionItem)]
    owners: dict[str, str] = {}
    terms = []
    for item in written:
        scope.define("dimension", item.name)
        _distinct(scope, item.named, item.name.text, owners, "dimension")
        values = tuple(value for low, high in item.values or () for value in _range(scope, low, high))
        terms.append(DimensionTerm(item.name.text, _texts(item.named), values))
    return tuple(terms)


def _range(scope: Scope, low: s.Word, high: s.Word | None) -> tuple[str, ...]:
    """ "PG1" to "PG9": the texts before the last number are the same, the numbers run."""
    if high is None:
        return (low.text,)
    stem, first = _numbered(low.text)
    other, last = _numbered(high.text)
    if stem != other or not first or not last or int(last) < int(first) or int(last) - int(first) > 999:
        scope.report(low, f'"{low.text}" to "{high.text}" is not a range', 'a range is written: "PG1" to "PG9"')
        return (low.text, high.text)
    width = len(first) if first.startswith("0") else 0
    return tuple(f"{stem}{n:0{width}}" for n in range(int(first), int(last) + 1))


def _numbered(text: str) -> tuple[str, str]:
    stem = text.rstrip("0123456789")
    return stem, text[len(stem) :]


def _markers(scope: Scope, items: tuple[s.Item, ...]) -> dict[str, str]:
    allowed = DOMAINS["marker meaning"]
    markers: dict[str, str] = {}
    for item in items:
        if not isinstance(item, s.MarkerItem):
            continue
        if item.meaning.text not in allowed:
            help = did_you_mean(item.meaning.text, allowed) or f"a marker means {listed(allowed)}"
            scope.report(item.meaning, f"`{item.meaning.text}` is nothing that a marker can mean", help)
        for word in item.texts:
            if word.text in markers:
                scope.report(word, f'the marker "{word.text}" is defined twice', "delete one of the two")
            markers[word.text] = item.meaning.text
    return markers


def sources(scope: Scope, items: Iterable[s.Item]) -> tuple[r.Source, ...]:
    """The documents that rules cite."""
    documents = []
    for item in items:
        if not isinstance(item, s.SourceItem):
            continue
        scope.define("source", item.name)
        words = {detail.what: detail.value for detail in item.details if detail.value}
        details = {what: word.text for what, word in words.items()}
        read = details.get("read_in", "")
        if read and read not in READ:
            scope.report(words["read_in"], f"`{read}` is not understood", f"write: read in {listed(READ)}")
        documents.append(
            r.Source(
                item.name.text,
                item.title.text,
                details.get("edition", ""),
                details.get("dated", ""),
                details.get("at", ""),
                read,
            )
        )
    return tuple(documents)


def lets(scope: Scope, items: Iterable[s.Item]) -> dict[str, r.Scalar]:
    """The constants of a policy; the scope knows them from here on."""
    for item in items:
        if isinstance(item, s.Let) and scope.define("let", item.name):
            scope.lets[item.name.text] = literal(item.value)
    return scope.lets


def figures(scope: Scope, items: Iterable[s.Item]) -> tuple[tuple[str, r.Scalar], ...]:
    """How figures were rounded, () where the policy does not say."""
    written = [item for item in items if isinstance(item, s.Figures)]
    if not written:
        return ()
    if len(written) > 1:
        scope.report(written[1].method, "the policy says `figures are` twice")
    method, base, halves = written[0]
    _one_of(scope, method, METHODS, "method of rounding")
    result: list[tuple[str, r.Scalar]] = [("method", method.text)]
    if base is not None:
        result.append(("base", _base(scope, base)))
    if halves is not None:
        _one_of(scope, halves, HALVES, "way to round halves")
        result.append(("halves", halves.text))
    return tuple(result)


def _base(scope: Scope, word: s.Word) -> r.Scalar:
    if word.type == "NUMBER":
        return float(word.text)
    return scope.lets[word.text] if scope.lookup("let", word) else None


def totals(scope: Scope, setting: s.Setting | None) -> str:
    """How totals were made, "" where the policy does not say."""
    if setting is None or setting.value is None:
        return ""
    _one_of(scope, setting.value, TOTALS, "way to make totals")
    return setting.value.text


def _one_of(scope: Scope, word: s.Word, allowed: tuple[str, ...], what: str) -> None:
    if word.text not in allowed:
        help = did_you_mean(word.text, allowed) or f"known: {listed(allowed)}"
        scope.report(word, f"`{word.text}` is not a {what}", help)
