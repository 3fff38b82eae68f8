"""What was written to a policy: every name looked up, every type checked, every problem reported in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.policy import resolved as r
from wpmi_lint.policy import syntax as s
from wpmi_lint.policy.clauses import after, clauses
from wpmi_lint.policy.examples import example
from wpmi_lint.policy.extends import changed, check_change, fits, inherit, merged
from wpmi_lint.policy.families import expanded
from wpmi_lint.policy.problems import Problem
from wpmi_lint.policy.rules import leave, once, rule
from wpmi_lint.policy.scope import Scope
from wpmi_lint.policy.vocabulary import figures, lets, sources, totals, vocabulary
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wpmi_lint.policy.pages import Written

LANGUAGE = 1


class Resolved(NamedTuple):
    """What came of resolving: the policy (None where anything is wrong) and every problem, warnings too."""

    policy: r.Policy | None
    problems: tuple[Problem, ...]


def resolve(written: Written, parent: r.Policy | None = None) -> Resolved:
    """The policy that was written, without its path and hash; `parent` is the policy that it extends.

    A problem of syntax hides what it swallowed: that is not reported a second time.
    """
    if written.head is None:
        return Resolved(None, tuple(sorted(set(written.problems))))
    scope = Scope(written.pages, (problem.line for problem in written.problems))
    extends = [item for item in written.items if isinstance(item, s.Extends)]
    if not extends and not written.problems:
        parent = None  # a text has such a line, the policy does not
    if parent is not None:
        inherit(scope, parent)
    if parent is not None and extends:
        fits(scope, written.items, parent, extends=extends)
    policy = _policy(scope, written.head, written.items, parent=parent)
    problems = tuple(sorted({*written.problems, *scope.problems}))
    wrong = any(problem.severity == "error" for problem in problems)
    return Resolved(None if wrong else policy, problems)


def _policy(scope: Scope, head: s.Head, items: tuple[s.Item, ...], *, parent: r.Policy | None) -> r.Policy:
    written_settings = _settings(scope, items)
    settings = {what: word.text for what, word in written_settings.items() if word}
    force = [item for item in items if isinstance(item, s.Force)]
    for again in force[1:]:
        scope.report(again.start, "the policy says `in force` twice")
    for item in force:
        if item.until and item.until.text < item.start.text:
            scope.report(item.until, "the policy ends before it begins", "write the later date after `until`")
    terms = vocabulary(scope, items)
    cited = sources(scope, items)
    constants = lets(scope, items)
    rounding = figures(scope, items)
    clauses(scope, items)
    rule_items, example_items = expanded(scope, items)
    withdrawn = [item for item in items if isinstance(item, s.Withdraw)]
    before, rules = _rules(scope, rule_items, withdrawn, parent=parent)
    leaves = [leave(scope, item) for item in items if isinstance(item, s.Leave)]
    codes = [rule.code for rule in rules]
    gone = {item.code.text for item in withdrawn} | {i.code.text for i in rule_items if i.verb == "replace"}
    examples = tuple(
        example(scope, item, of, codes=codes)
        for item, of in example_items
        if not (of and gone.issuperset(of) and scope.page(item.name).name)  # those that a part has of a rule now gone
    )
    scope.report_unused()
    added = totals(scope, written_settings.get("totals"))
    notes = [i.value.text for i in items if isinstance(i, s.Setting) and i.what == "note" and i.value]
    notes += [f"{item.code.text} is withdrawn: {item.because.text}" for item in withdrawn]
    return r.Policy(
        name=head.name.text,
        title=head.title.text if head.title else "",
        version=head.version.text if head.version else "",
        language=LANGUAGE,
        status=settings.get("status", "in force"),
        from_date=force[0].start.text if force else None,
        until_date=force[0].until.text if force and force[0].until else None,
        sources=(*parent.sources, *cited) if parent else cited,
        lets=constants,
        vocabulary=merged(terms, parent.vocabulary) if parent else terms,
        rounding=rounding or (parent.rounding if parent else ()),
        totals=added or (parent.totals if parent else ""),
        rules=rules,
        examples=examples,
        path="",
        sha256="",
        notes=tuple(notes),
        owner=settings.get("owner", ""),
        summary=settings.get("summary", ""),
        clauses=after(scope.clauses.values(), rules, before, withdrawn=withdrawn),
        leaves=(*(parent.leaves if parent else ()), *(exemption for exemption in leaves if exemption)),
    )


def _settings(scope: Scope, items: Iterable[s.Item]) -> dict[str, s.Word | None]:
    settings = [item for item in items if isinstance(item, s.Setting)]
    for what, value in settings:
        if what == "language" and value and value.text != str(LANGUAGE):
            scope.report(value, f"this is language {value.text}", f"this tool reads language {LANGUAGE}")
    own = [i for i in settings if i.what != "language" or not (i.value and scope.page(i.value).name)]
    return once(scope, (item for item in own if item.what != "note"), "the policy")


def _rules(
    scope: Scope, items: Sequence[s.RuleItem], withdrawn: Sequence[s.Withdraw], *, parent: r.Policy | None
) -> tuple[dict[str, r.Rule], tuple[r.Rule, ...]]:
    """The inherited rules and the policy's own, before and after the changes that it makes."""
    rules = {rule.code: rule._replace(path=rule.path or parent.path) for rule in parent.rules} if parent else {}
    scope.inherit("rule", rules)
    scope.inherit("rule name", (rule.name for rule in rules.values()))
    starts = sorted(item.code.line for item in items)
    end = scope.pages[-1].before + len(scope.pages[-1].lines)
    ends = dict(zip(starts, [*(start - 1 for start in starts[1:]), end], strict=False))  # strict: none may be written
    changes = []
    for item in items:
        resolved = rule(scope, item, ends[item.code.line])
        if item.verb != "rule":
            changes.append((item, resolved))
            continue
        if item.name:
            scope.define("rule name", item.name)
        if scope.define("rule", item.code):
            rules[resolved.code] = resolved
    for change, resolved in changes:
        check_change(scope, rules, change, severity=resolved.severity)
    for removed in withdrawn:
        check_change(scope, rules, removed)
    final = changed(rules, ((item.verb, resolved) for item, resolved in changes), withdrawn)
    _keep_clauses(scope, rules, final, replaced=[item for item, _ in changes if item.verb == "replace"])
    return rules, final


def _keep_clauses(
    scope: Scope, before: dict[str, r.Rule], final: tuple[r.Rule, ...], *, replaced: Iterable[s.RuleItem]
) -> None:
    """Notes the clauses that no rule cites any more because a rule was replaced."""
    cited = {citation.clause for rule in final for citation in rule.cites}
    for item in replaced:
        for citation in before[item.code.text].cites if item.code.text in before else ():
            clause = scope.clauses.get(citation.clause)
            if clause and clause.name not in cited and not clause.person:
                message = f"no rule cites the clause `{clause.name}` when {item.code.text} is replaced"
                scope.report(item.code, message, f"write: cites {clause.name}")
