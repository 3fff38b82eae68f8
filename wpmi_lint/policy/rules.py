"""Resolution of rules: sentences, clauses, citations, messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.closest import nearest
from wpmi_lint.figure_text import constant_text
from wpmi_lint.nouns import CHECKS, NOUNS
from wpmi_lint.policy import resolved as r
from wpmi_lint.policy.clauses import citation
from wpmi_lint.policy.conditions import condition, contradictions, literal, opposite, type_of
from wpmi_lint.policy.problems import did_you_mean, hint, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wpmi_lint.nouns.contract import Noun
    from wpmi_lint.policy.scope import Scope
    from wpmi_lint.policy.syntax import Demand, Leave, RuleItem, SentenceItem, Setting, Word, Words

    Parameters = tuple[tuple[str, r.Scalar], ...]

_PIECE = re.compile(r"\{([^}]*)(\}?)|[^{]+")  # of a message
SEVERITIES = ("error", "warning", "review", "note")


def rule(scope: Scope, item: RuleItem, last_line: int) -> r.Rule:
    """A rule of the policy; what is wrong with it is noted in the scope. `last_line`: where it ends at the latest."""
    settings = once(scope, item.settings, "this rule")
    sentences = tuple(s for written in item.sentences for s in sentence(scope, written))
    nouns = list(dict.fromkeys(noun for written in item.sentences if (noun := _meant(written.noun.text))))
    if item.verb != "tighten" and not scope.is_damaged((item.family or item.code).line, last_line):
        _complete(scope, item, settings)
    line, part = scope.place(item.code)
    usual = "review" if sentences and all(sentence.ask for sentence in sentences) else "error"
    usual = "" if item.verb == "tighten" else usual
    because = settings.get("because")
    for word in filter(None, (item.title, because)):
        for hole in re.findall(r"\{[\w.-]+\}", word.text):
            help = "the columns of a family fill it; only `say` and `fix` have fields"
            scope.report(word, f"nothing fills {hole} in this text", help, severity="warning")
    return r.Rule(
        code=item.code.text,
        name=item.name.text if item.name else "",
        title=item.title.text if item.title else "",
        severity=_severity(scope, settings.get("severity"), usual),
        sentences=sentences,
        cites=tuple(citation(scope, cites) for cites in item.cites),
        say=_message(scope, settings.get("say"), nouns),
        because=because.text if because else "",
        fix=_message(scope, settings.get("fix"), nouns),
        line=line,
        path=part,
        waivable="unwaivable" not in settings,
        family=item.family.text if item.family else "",
    )


def leave(scope: Scope, item: Leave) -> r.Leave | None:
    """An exemption, None where it cannot be used."""
    noun = _noun(scope, item.noun)
    where = condition(scope, noun, item.where) if noun else None
    if noun is None or (item.where is not None and where is None):
        return None
    line, part = scope.place(item.noun)
    return r.Leave(item.noun.text, where, item.because.text, line=line, path=part)


def once(scope: Scope, settings: Iterable[Setting], owner: str) -> dict[str, Word | None]:
    """The settings of a policy or rule by their keywords; notes those that it says twice."""
    words: dict[str, Word | None] = {}
    for what, value in settings:
        first = words.setdefault(what, value)
        if first and value and first is not value:
            scope.report(value, f"{owner} says `{what}` twice", f"the first is in {scope.line(first, value)}")
    return words


def _complete(scope: Scope, item: RuleItem, settings: Mapping[str, Word | None]) -> None:
    word = item.family or item.code
    what = f"{'family' if item.family else 'rule'} {word.text}"
    demands = [demand for written in item.sentences for demand in written.demands]
    if not item.sentences:
        scope.report(word, f"{what} requires nothing", "write: for every NOUN where ... require ...")
    if not item.cites:
        scope.report(word, f"{what} cites no source", 'write: cites CLAUSE, or cites SOURCE "section": "the sentence"')
    if "say" not in settings and any(demand.what != "ask" for demand in demands):
        scope.report(word, f"{what} has no message", 'write: say "what is wrong"')


def _severity(scope: Scope, word: Word | None, usual: str) -> str:
    if word is None or word.type == "UNKNOWN":
        return usual
    return word.text if scope.is_one_of(word, SEVERITIES, "severity", label="severities:") else usual


def _message(scope: Scope, word: Word | None, nouns: list[str]) -> r.Template:
    """A message of a rule: it may name the fields that all nouns of the rule have."""
    if word is None:
        return ()
    fields = [NOUNS[noun].fields for noun in nouns]
    common = [name for name in (fields[0] if fields else ()) if all(name in others for others in fields)]
    return template(scope, word, common, noun=" or ".join(nouns) or "the rule")


def _noun(scope: Scope, word: Word) -> Noun | None:
    """The noun that a word names; the noun that was meant where it is misspelled, so that the rest is looked at too."""
    if word.text not in NOUNS:
        help = hint(word.text, NOUNS, "nouns:", most=30)
        scope.report(word, f"`{word.text}` is nothing that a rule can look at", help)
    return NOUNS.get(_meant(word.text))


def _meant(noun: str) -> str:
    return noun if noun in NOUNS else nearest(noun, NOUNS)


def sentence(scope: Scope, written: SentenceItem) -> list[r.Sentence]:
    """The sentences of one `for every`: one for each require, forbid, ask and check."""
    noun = _noun(scope, written.noun)
    if noun is None:
        return []
    if noun.name == "measure":
        scope.use_all("measure")
    where = condition(scope, noun, written.where)
    clash = contradictions(noun.name, where)
    if clash and not (clash in noun.fields and noun.fields[clash].many):
        scope.report(written.noun, f"this can never apply: no {noun.name} has such a `{clash}`", "correct the `where`")
    sentences = [_demand(scope, noun, where, demand=demand) for demand in written.demands]
    if written.where is not None and where is None:
        return []
    return [s for s in sentences if s is not None]


def _demand(scope: Scope, noun: Noun, where: r.Expression | None, *, demand: Demand) -> r.Sentence | None:
    if demand.condition is not None:
        require = condition(scope, noun, demand.condition)
        if require is None:
            return None
        return r.Sentence(noun.name, where, require=opposite(require) if demand.what == "forbid" else require)
    if demand.word is None:
        return None
    if demand.what == "ask":
        return r.Sentence(noun.name, where, ask=template(scope, demand.word, noun.fields, noun=noun.name))
    parameters = _check(scope, noun, demand.word, arguments=demand.arguments)
    return None if parameters is None else r.Sentence(noun.name, where, check=demand.word.text, parameters=parameters)


def _check(scope: Scope, noun: Noun, word: Word, *, arguments: tuple[Words, ...]) -> Parameters | None:
    """The parameters of a named check, None where something about them is wrong."""
    check = CHECKS.get(word.text)
    if check is None:
        scope.report(word, f"there is no check `{word.text}`", hint(word.text, CHECKS, "checks:"))
        return None
    if check.noun != noun.name:
        message = f"`{word.text}` checks a {check.noun}, not a {noun.name}"
        scope.report(word, message, f"write: for every {check.noun}")
        return None
    types = check.parameters
    given: dict[str, r.Scalar] = {}
    for name, value in arguments:
        if name.text not in types:
            scope.report(name, f"`{word.text}` has no parameter `{name.text}`", hint(name.text, types, "parameters:"))
        elif name.text in given:
            scope.report(name, f"`{name.text}` is given twice")
        else:
            given[name.text] = _argument(scope, value, types[name.text])
    missing = [name for name in types if name not in given]
    if missing:
        scope.report(word, f"`{word.text}` needs {listed(missing)}", f"write: {word.text}({missing[0]}: ...)")
    return None if missing else tuple(given.items())


def _argument(scope: Scope, word: Word, wanted: str) -> r.Scalar:
    value = scope.lets.get(word.text) if word.type == "NAME" else literal(word)
    if word.type == "UNKNOWN" or (word.type == "NAME" and not scope.lookup("let", word)):
        return None
    if type_of(value) != wanted:
        scope.report(word, f"`{word.text}` is not a {wanted}")
    return value


def template(scope: Scope, word: Word, fields: Iterable[str], *, noun: str) -> r.Template:
    """The parts of a message: text, and slots for fields; constants of the policy are written out."""
    parts: list[str | r.Slot] = []
    names = list(fields)
    for piece in _PIECE.finditer(word.text):
        name, place = piece.group(1), word._replace(column=word.column + 1 + piece.start(), width=len(piece.group()))
        if name is None:
            parts.append(piece.group())
        elif not piece.group(2):
            scope.report(place, "a `{` in this text has no `}`", "write {field}, or leave out the brace")
        elif name in names:
            parts.append(r.Slot(name))
        elif name in scope.lets:
            scope.knows("let", name)
            parts.append(constant_text(scope.lets[name]))
        else:
            help = did_you_mean(name, [*names, *scope.lets]) or f"fields: {listed(names, 20)}"
            scope.report(place, f"{noun} has no field `{name}` to put into this text", help)
    return tuple(parts)
