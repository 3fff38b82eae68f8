"""Syntax tree to policy: every name found, every type checked, every problem told in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.model import Vocabulary
from wpmi_lint.policy import resolved as r
from wpmi_lint.policy import syntax as s
from wpmi_lint.policy.examples import example
from wpmi_lint.policy.extends import changed, check_change, fits, inherit, merged
from wpmi_lint.policy.problems import Problem
from wpmi_lint.policy.rules import rule
from wpmi_lint.policy.scope import Scope
from wpmi_lint.policy.vocabulary import figures, lets, sources, totals, vocabulary
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wpmi_lint.policy.parse import Parse

LANGUAGE = 1


class Resolved(NamedTuple):
    """What came of resolving: the policy (None where anything is wrong) and every problem."""

    policy: r.Policy | None
    problems: tuple[Problem, ...]


def resolve(parse: Parse, text: str, path: str, sha256: str, parent: r.Policy | None = None) -> Resolved:
    """The policy of a syntax tree; `parent` is the policy that it extends.

    Problems of syntax come first in the answer: what they swallowed is not reported a second time.
    """
    tree, problems = parse
    if tree is None or tree.head is None:
        return Resolved(None, problems)
    scope = Scope((problem.line for problem in problems), tuple(text.split("\n")))
    if parent is not None:
        inherit(scope, parent)
        fits(scope, tree.items, parent)
    own = _policy(scope, tree.head, tree.items, parent, text.count("\n") + 1)
    policy = own._replace(path=path, sha256=sha256)
    found = tuple(sorted({*problems, *scope.problems}))
    return Resolved(None if found else policy, found)


def _policy(scope: Scope, head: s.Head, items: tuple[s.Item, ...], parent: r.Policy | None, end: int) -> r.Policy:
    settings = _settings(scope, items)
    force = [item for item in items if isinstance(item, s.Force)]
    terms: Vocabulary = vocabulary(scope, items)
    cited = sources(scope, items)
    constants = lets(scope, items)
    rounding = figures(scope, items)
    own = _rules(scope, items, parent, end)
    withdrawn = [item for item in items if isinstance(item, s.Withdraw)]
    for item in withdrawn:
        check_change(scope, parent, item)
    rules = changed(parent, own, withdrawn) if parent else tuple(rule for _, rule in own)
    codes = [rule.code for rule in rules]
    examples = tuple(example(scope, item, codes) for item in items if isinstance(item, s.ExampleItem))
    scope.report_unused()
    made = totals(scope, settings.get("totals"))
    notes = [i.value.text for i in items if isinstance(i, s.Setting) and i.what == "note" and i.value]
    notes += [f"{item.code.text} is withdrawn: {item.because.text}" for item in withdrawn]
    return r.Policy(
        name=head.name.text,
        title=head.title.text if head.title else "",
        version=head.version.text,
        language=LANGUAGE,
        status=_status(settings),
        from_date=force[0].start.text if force else None,
        until_date=force[0].until.text if force and force[0].until else None,
        sources=(*parent.sources, *cited) if parent else cited,
        lets=constants,
        vocabulary=merged(terms, parent.vocabulary) if parent else terms,
        rounding=rounding or (parent.rounding if parent else ()),
        totals=made or (parent.totals if parent else ""),
        rules=rules,
        examples=examples,
        path="",
        sha256="",
        notes=tuple(notes),
        owner=_said(settings, "owner"),
        summary=_said(settings, "summary"),
    )


def _settings(scope: Scope, items: Iterable[s.Item]) -> dict[str, s.Setting]:
    found: dict[str, s.Setting] = {}
    for item in items:
        if not isinstance(item, s.Setting):
            continue
        if item.what in found and item.what != "note" and item.value:
            scope.report(item.value, f"the policy says `{item.what}` twice")
        found[item.what] = item
    language = found.get("language")
    if language and language.value and language.value.text != str(LANGUAGE):
        scope.report(language.value, f"this is language {language.value.text}", f"this tool reads language {LANGUAGE}")
    return found


def _said(settings: dict[str, s.Setting], what: str) -> str:
    setting = settings.get(what)
    return setting.value.text if setting and setting.value else ""


def _status(settings: dict[str, s.Setting]) -> str:
    status = settings.get("status")
    if status is None or status.value is None:
        return "in force"
    return status.value.text


def _rules(scope: Scope, items: tuple[s.Item, ...], parent: r.Policy | None, end: int) -> list[tuple[str, r.Rule]]:
    """The policy's own rules and changes, each with its verb."""
    written = [item for item in items if isinstance(item, s.RuleItem)]
    starts = sorted([*(item.code.line for item in written), end + 1])
    names = {rule.name: "it is inherited" for rule in parent.rules} if parent else {}
    if parent:
        scope.inherit("rule", (rule.code for rule in parent.rules))
    found = []
    for item in written:
        name = item.name.text if item.name else ""
        if item.verb == "rule":
            scope.define("rule", item.code)
        if item.name and name in names:
            scope.report(item.name, f"two rules are named `{name}`", names[name])
        names.setdefault(name, f"the first is in line {item.code.line}")
        last = next(line for line in starts if line > item.code.line) - 1
        made = rule(scope, item, name, item.title.text if item.title else "", last)
        if item.verb != "rule":
            check_change(scope, parent, item, made.severity)
        found.append((item.verb, made))
    return found
