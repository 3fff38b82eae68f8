"""Resolution of rules: sentences, clauses, citations, messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.nouns import NOUNS
from wpmi_lint.policy import resolved as r
from wpmi_lint.policy.checks import CHECKS
from wpmi_lint.policy.conditions import Fields, condition, contradictions, literal, type_of
from wpmi_lint.policy.problems import did_you_mean, listed
from wpmi_lint.policy.templates import template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.policy.scope import Scope
    from wpmi_lint.policy.syntax import Cites, Clause, Demand, RuleItem, SentenceItem, Word

SEVERITIES = ("error", "warning", "review", "note")


def rule(scope: Scope, item: RuleItem, name: str, title: str, last_line: int) -> r.Rule:
    """A rule of the policy; what is wrong with it is noted in the scope."""
    clauses = _clauses(scope, item.clauses)
    sentences = tuple(s for written in item.sentences for s in sentence(scope, written))
    nouns = list(dict.fromkeys(written.noun.text for written in item.sentences if written.noun.text in NOUNS))
    if item.verb != "tighten" and not scope.is_damaged(item.code.line, last_line):
        _complete(scope, item, clauses)
    return r.Rule(
        code=item.code.text,
        name=name,
        title=title,
        severity=_severity(scope, clauses.get("severity"), "" if item.verb == "tighten" else _usual(sentences)),
        sentences=sentences,
        cites=tuple(_cites(scope, cites) for cites in item.cites),
        say=_message(scope, clauses.get("say"), nouns),
        because=clauses["because"].text if "because" in clauses else "",
        fix=_message(scope, clauses.get("fix"), nouns),
        line=item.code.line,
    )


def _clauses(scope: Scope, clauses: Sequence[Clause]) -> dict[str, Word]:
    found: dict[str, Word] = {}
    for clause in clauses:
        if clause.what in found:
            first = found[clause.what].line
            scope.report(clause.value, f"this rule says `{clause.what}` twice", f"the first is in line {first}")
        found.setdefault(clause.what, clause.value)
    return found


def _complete(scope: Scope, item: RuleItem, clauses: dict[str, Word]) -> None:
    code = item.code.text
    demands = [demand for written in item.sentences for demand in written.demands]
    if not item.sentences:
        scope.report(item.code, f"rule {code} requires nothing", "write: for every NOUN where ... require ...")
    if not item.cites:
        scope.report(item.code, f"rule {code} cites no source", 'write: cites SOURCE "section": "the sentence"')
    if "say" not in clauses and any(demand.what != "ask" for demand in demands):
        scope.report(item.code, f"rule {code} has no message", 'write: say "what is wrong"')


def _usual(sentences: tuple[r.Sentence, ...]) -> str:
    """The severity of a rule that says none."""
    return "review" if sentences and all(sentence.ask for sentence in sentences) else "error"


def _severity(scope: Scope, word: Word | None, usual: str) -> str:
    if word is None:
        return usual
    if word.text not in SEVERITIES:
        help = did_you_mean(word.text, SEVERITIES) or f"severities: {listed(SEVERITIES)}"
        scope.report(word, f"`{word.text}` is no severity", help)
        return usual
    return word.text


def _cites(scope: Scope, cites: Cites) -> r.Citation:
    scope.lookup("source", cites.source)
    return r.Citation(cites.source.text, cites.section.text, cites.quote.text if cites.quote else "")


def _message(scope: Scope, word: Word | None, nouns: list[str]) -> r.Template:
    """A message of a rule: it may name the fields that all nouns of the rule have."""
    if word is None:
        return ()
    common = [name for name in (NOUNS[nouns[0]] if nouns else ()) if all(name in NOUNS[noun] for noun in nouns)]
    return template(scope, word, common, " or ".join(nouns) or "the rule")


def sentence(scope: Scope, written: SentenceItem) -> list[r.Sentence]:
    """The sentences of one `for every`: one for each require, ask and check."""
    noun = written.noun.text
    if noun not in NOUNS:
        help = did_you_mean(noun, NOUNS) or f"nouns: {listed(NOUNS, 30)}"
        scope.report(written.noun, f"`{noun}` is nothing that a rule can look at", help)
        return []
    fields = NOUNS[noun]
    if noun == "measure":
        scope.use_all("measure")
    where = None if written.where is None else condition(scope, noun, fields, written.where)
    clash = contradictions(noun, where)
    if clash and not (fields[clash].many if clash in fields else False):
        scope.report(written.noun, f"this can never apply: no {noun} has such a `{clash}`", "mend the `where`")
    found = [_demand(scope, noun, fields, where, demand) for demand in written.demands]
    if written.where is not None and where is None:
        return []
    return [s for s in found if s is not None]


def _demand(scope: Scope, noun: str, fields: Fields, where: r.Expression | None, demand: Demand) -> r.Sentence | None:
    if demand.condition is not None:
        require = condition(scope, noun, fields, demand.condition)
        return None if require is None else r.Sentence(noun, where, require=require)
    if demand.word is None:
        return None
    if demand.what == "ask":
        return r.Sentence(noun, where, ask=template(scope, demand.word, fields, noun))
    return _check(scope, noun, where, demand.word, demand)


def _check(scope: Scope, noun: str, where: r.Expression | None, word: Word, demand: Demand) -> r.Sentence | None:
    check = CHECKS.get(word.text)
    if check is None:
        scope.report(word, f"there is no check `{word.text}`", did_you_mean(word.text, CHECKS) or _known_checks())
        return None
    if check.noun != noun:
        scope.report(word, f"`{word.text}` checks a {check.noun}, not a {noun}", f"write: for every {check.noun}")
        return None
    types = dict(check.parameters)
    given: dict[str, r.Scalar] = {}
    for name, value in demand.arguments:
        if name.text not in types:
            help = did_you_mean(name.text, types) or f"parameters: {listed(types)}"
            scope.report(name, f"`{word.text}` has no parameter `{name.text}`", help)
        elif name.text in given:
            scope.report(name, f"`{name.text}` is given twice")
        else:
            given[name.text] = _argument(scope, value, types[name.text])
    missing = [name for name in types if name not in given]
    if missing:
        scope.report(word, f"`{word.text}` needs {listed(missing)}", f"write: {word.text}({missing[0]}: ...)")
        return None
    return r.Sentence(noun, where, check=word.text, parameters=tuple(given.items()))


def _known_checks() -> str:
    return f"checks: {listed(CHECKS)}"


def _argument(scope: Scope, word: Word, wanted: str) -> r.Scalar:
    value = scope.lets.get(word.text) if word.type == "NAME" else literal(word)
    if word.type == "NAME" and not scope.lookup("let", word):
        return None
    if type_of(value) != wanted:
        scope.report(word, f"`{word.text}` is not a {wanted}")
    return value
