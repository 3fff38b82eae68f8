"""Clauses: the sentences of a source, and what becomes of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.policy import resolved as r
from wpmi_lint.policy import syntax as s
from wpmi_lint.policy.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wpmi_lint.policy.scope import Scope


def clauses(scope: Scope, items: Iterable[s.Item]) -> None:
    """The clauses of a policy; the scope knows them from here on."""
    for item in items:
        if not isinstance(item, s.ClauseItem):
            continue
        scope.lookup("source", item.source)
        line, part = scope.place(item.name)
        left = {item.left.what: item.left.value.text} if item.left and item.left.value else {}
        clause = r.Clause(
            name=item.name.text,
            source=item.source.text,
            section=item.section.text,
            quote=item.quote.text,
            line=line,
            path=part,
            code=item.code.text if item.code else "",
            **left,
        )
        if item.code and any(other.code == clause.code for other in scope.clauses.values()):
            scope.report(item.code, f"two clauses have the code `{clause.code}`", "give one of them another code")
        if scope.define("clause", item.name):
            scope.clauses[item.name.text] = clause
            if left:
                scope.knows("clause", item.name.text)


def citation(scope: Scope, cites: s.Cites) -> r.Citation:
    """What a rule rests on: a clause by its name, or a sentence of a source."""
    name = cites.name.text
    clause = scope.clauses.get(name)
    if cites.section:
        if clause:
            scope.report(cites.name, f"`{name}` is a clause, which has its section", f"write: cites {name}")
        else:
            scope.lookup("source", cites.name)
        return r.Citation(name, cites.section.text, cites.quote.text if cites.quote else "")
    if clause is None:
        _unknown(scope, cites.name)
        return r.Citation(name, "", "", clause=name)
    scope.knows("clause", name)
    if clause.unchecked:
        scope.report(cites.name, f"the clause `{name}` says that nothing is to check", "delete one of the two")
    return r.Citation(clause.source, clause.section, clause.quote, clause=name)


def _unknown(scope: Scope, word: s.Word) -> None:
    """Notes a citation of no clause; in a part at its `include`, since the policy that includes it must define it."""
    name, page = word.text, scope.page(word)
    if scope.knows("source", name):
        scope.report(word, f"`{name}` is a source, not a clause", f'write: cites {name} "section": "the sentence"')
    elif page.include is None:
        scope.lookup("clause", word)
    else:
        help = f"{page.path}:{word.line - page.before} cites it; "
        help += did_you_mean(name, scope.names("clause")) or f'write: clause {name} is SOURCE "section": "the sentence"'
        scope.report(page.include, f"the part cites a clause `{name}`, which this policy does not define", help)


def after(
    clauses: Iterable[r.Clause],
    rules: Iterable[r.Rule],
    before: Mapping[str, r.Rule],
    *,
    withdrawn: Sequence[s.Withdraw],
) -> tuple[r.Clause, ...]:
    """The clauses after rules were withdrawn: one that only those cited is not checked, for the reason given."""
    cited = {citation.clause for rule in rules for citation in rule.cites}
    reasons = {
        citation.clause: f"{item.code.text} is withdrawn: {item.because.text}"
        for item in withdrawn
        if item.code.text in before
        for citation in before[item.code.text].cites
    }
    return tuple(
        clause
        if clause.name in cited or clause.person or clause.unchecked
        else clause._replace(unchecked=reasons.get(clause.name, ""))
        for clause in clauses
    )
