"""A policy that extends another: inherited terms and rules, and the changes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.policy import resolved as r
from wpmi_lint.policy import syntax as s
from wpmi_lint.policy.problems import did_you_mean
from wpmi_lint.policy.rules import SEVERITIES
from wpmi_lint.terms import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wpmi_lint.policy.scope import Scope

_LOOSENS = "the policy may only tighten what it extends"


def inherit(scope: Scope, parent: r.Policy) -> None:
    """Adds the names of the parent to those that are defined."""
    words = parent.vocabulary
    scope.inherit("measure", (term.name for term in words.measures))
    scope.inherit("label", (term.name for term in words.labels))
    scope.inherit("dimension", (term.name for term in words.dimensions))
    scope.inherit("kind", words.kinds)
    scope.inherit("source", (source.name for source in parent.sources))
    scope.inherit("let", parent.lets)
    scope.lets.update(parent.lets)
    scope.inherit("clause", (clause.name for clause in parent.clauses))
    scope.clauses.update({clause.name: clause for clause in parent.clauses})


def fits(scope: Scope, items: Iterable[s.Item], parent: r.Policy, *, extends: Sequence[s.Extends]) -> None:
    """Notes what does not fit the parent: another version, or a loosening where only tightening is allowed."""
    for again in extends[1:]:
        scope.report(again.parent, "a policy extends one other policy", "extend a policy that extends both")
    wanted, actual = extends[0].version.text.split("."), parent.version.split(".")
    if actual[: len(wanted)] != wanted:
        message = f'"{extends[0].parent.text}" is version {parent.version}'
        scope.report(extends[0].version, message, "look at what changed, then write the new version here")
    if not extends[0].only_tighten:
        return
    for item in items:
        loosens = _loosens(item)
        if loosens is not None:
            scope.report(loosens[0], loosens[1], _LOOSENS)


def _loosens(item: s.Item) -> tuple[s.Word, str] | None:
    """The word at which an item could loosen an inherited rule, and how."""
    match item:
        case s.RuleItem(verb="replace"):
            return item.code, f"`replace {item.code.text}` may loosen the rule: use `tighten`"
        case s.Withdraw():
            return item.code, f"`withdraw {item.code.text}` loosens the policy"
        case s.Leave():
            return item.noun, "`leave` takes something out of the inherited rules"
        case s.TermItem() if item.what != "let":
            word = item.named[0] if item.what == "marker" else item.name
            return word, f"a {item.what} of its own can change what inherited rules see"
        case s.Figures():
            return item.method, "`figures are` is inherited"
        case s.Setting(what="totals", value=s.Word() as value):
            return value, "`totals are` is inherited"
    return None


def merged(words: Vocabulary, parent: Vocabulary) -> Vocabulary:
    """The terms of the parent and the policy's own."""
    return Vocabulary(
        measures=(*parent.measures, *words.measures),
        kinds={**parent.kinds, **words.kinds},
        dimensions=(*parent.dimensions, *words.dimensions),
        labels=(*parent.labels, *words.labels),
        markers={**parent.markers, **words.markers},
    )


def changed(
    rules: Mapping[str, r.Rule], changes: Iterable[tuple[str, r.Rule]], withdrawn: Iterable[s.Withdraw]
) -> tuple[r.Rule, ...]:
    """Rules by their code with the changes to them: each a verb and what it writes."""
    changed = dict(rules)
    for item in withdrawn:
        changed.pop(item.code.text, None)
    for verb, rule in changes:
        before = changed.get(rule.code)
        if before and verb == "replace":
            changed[rule.code] = rule._replace(name=before.name, title=before.title)
        elif before:
            changed[rule.code] = _tightened(before, rule)
    return tuple(changed.values())


def _tightened(before: r.Rule, change: r.Rule) -> r.Rule:
    return before._replace(
        severity=min(before.severity, change.severity or before.severity, key=SEVERITIES.index),
        sentences=(*before.sentences, *change.sentences),
        cites=(*before.cites, *change.cites),
        say=change.say or before.say,
        because=change.because or before.because,
        fix=change.fix or before.fix,
        line=change.line,
        path=change.path,
        waivable=before.waivable and change.waivable,
    )


def check_change(
    scope: Scope, rules: Mapping[str, r.Rule], item: s.RuleItem | s.Withdraw, *, severity: str = ""
) -> None:
    """Notes a change of a rule that neither a parent nor a part has, or one that lowers its severity."""
    code, verb = item.code.text, "withdraw" if isinstance(item, s.Withdraw) else item.verb
    before = rules.get(code)
    if before is None or before.path == scope.page(item.code).name:
        near = did_you_mean(code, [inherited for inherited, rule in rules.items() if rule.path]) or "write: rule"
        help = "it is in this file: change it there" if before else near
        scope.report(item.code, f"there is no inherited rule {code} to {verb}", help)
    elif verb == "tighten" and severity and SEVERITIES.index(severity) > SEVERITIES.index(before.severity):
        scope.report(item.code, f"{code} is of severity {before.severity}: {severity} would loosen it")
