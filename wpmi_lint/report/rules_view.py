"""Rules as a person wants to read them: the list, and one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.policy.resolved import And, Compare, Literal, place
from wpmi_lint.report.style import Span, hanging
from wpmi_lint.report.text import clean, counted, left, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wpmi_lint.linter_rules import LinterRule
    from wpmi_lint.policy.resolved import Citation, Clause, Example, Expression, Policy, Rule, Template
    from wpmi_lint.report.style import Line


def listing(policy: Policy, columns: int, own: tuple[LinterRule, ...] = ()) -> Iterator[Line]:
    """One line a rule, below the policy's name."""
    yield (Span(f"{policy.title}", "headline"), f"  ({policy.name} {policy.version}, {policy.status})")
    yield ""
    yield from table((*sorted(policy.rules, key=_numbered), *own), columns)
    yield ""
    yield f"{counted(len(policy.rules), 'rule')}; wpmi-lint explain RULE says more"


def _numbered(rule: Rule) -> tuple[str, int]:
    """The order of codes: a policy may have its rules in another one, such as by family."""
    letters = rule.code.rstrip("0123456789")
    return letters, int(rule.code[len(letters) :])


def table(rules: Iterable[Rule | LinterRule], columns: int) -> Iterator[Line]:
    """One line a rule: code, name, severity, title."""
    rows = [(rule.code, rule.name, getattr(rule, "severity", ""), rule.title) for rule in rules]
    sizes = [max(width(row[place]) for row in rows) for place in range(3)]
    for code, name, severity, title in rows:
        start = f"{left(code, sizes[0])}  {left(name, sizes[1])}  "
        yield from hanging((start, Span(left(severity, sizes[2]), severity), "  "), clean(title), columns)


def document(policy: Policy) -> dict[str, object]:
    """The same for machines."""
    return {
        "policy": {"name": policy.name, "version": policy.version, "status": policy.status, "sha256": policy.sha256},
        "rules": [
            {
                "code": rule.code,
                "name": rule.name,
                "title": rule.title,
                "severity": rule.severity,
                "clauses": [_cited(policy, citation) for citation in rule.cites],
                "because": rule.because,
                "fix": _words(rule, rule.fix),
                "path": rule.path or policy.path,
                "line": rule.line,
            }
            for rule in policy.rules
        ],
    }


def own(rule: LinterRule, columns: int) -> Iterator[Line]:
    """One of the linter's own rules."""
    yield (Span(f"{rule.code} {rule.name}", "headline"),)
    yield ""
    yield from wrap(rule.title, columns)
    yield ""
    yield from _part("Why", rule.why, columns)
    yield from _part("What to do", rule.fix, columns)
    yield from _part("Defined in", "the linter's own rule: no policy can switch it off", columns)


def rule(policy: Policy, rule: Rule, columns: int) -> Iterator[Line]:
    """One rule in full."""
    yield (Span(f"{rule.code} {rule.name}", "headline"), "  ", Span(rule.severity, rule.severity))
    yield ""
    yield from wrap(clean(rule.title), columns)
    yield ""
    yield from _part("Says", _words(rule, rule.say), columns)
    for sentence in rule.sentences:
        yield from _part("Asks", _words(rule, sentence.ask), columns)
    for citation in rule.cites:
        yield from _part(f"Clause {citation.clause}".rstrip(), _cited(policy, citation), columns)
    yield from _part("Why", rule.because, columns)
    yield from _part("What to do", _words(rule, rule.fix), columns)
    yield from _part("Defined in", place(policy, rule), columns)
    for heading, example in examples(policy, rule):
        yield from hanging((Span(heading, "headline"), "  "), clean(example.name), columns)
        yield ""
        yield from _shown(example, columns)
        yield ""


def clause(policy: Policy, clause: Clause, columns: int) -> Iterator[Line]:
    """A sentence of the guidance, and what becomes of it."""
    yield (Span(" ".join(filter(None, ("clause", clause.code, clause.name))), "headline"),)
    yield ""
    yield from wrap(clean(_cited(policy, clause)), columns)
    yield ""
    yield from _part("Left to a person", clause.person, columns)
    yield from _part("Nothing to check", clause.unchecked, columns)
    rules = [rule for rule in policy.rules if any(citation.clause == clause.name for citation in rule.cites)]
    if rules:
        yield (Span("Checked by", "headline"),)
        yield from table(rules, columns)
        yield ""
    yield from _part("Defined in", place(policy, clause), columns)


def _part(heading: str, words: str, columns: int) -> Iterator[Line]:
    if not words:
        return
    yield (Span(heading, "headline"),)
    yield from hanging(("  ",), clean(words), columns)
    yield ""


def _words(rule: Rule, template: Template) -> str:
    """A message as it reads without a finding: what is put in for each is named, as in <row header>."""
    facts = _of_way(rule)
    return "".join(
        part if isinstance(part, str) else facts.get(part.name) or f"<{part.name.replace('_', ' ').replace('.', ' ')}>"
        for part in template
    )


def _of_way(rule: Rule) -> dict[str, str]:
    """What is known of the way in which a file hides something, where a rule is about one way alone."""
    from wpmi_lint.carried.ways import WAYS

    names = {
        str(term.right.value)
        for sentence in rule.sentences
        for term in _terms(sentence.where)
        if isinstance(term, Compare) and (term.op, term.left.name) == ("is", "what") and isinstance(term.right, Literal)
    }
    [name] = names if len(names) == 1 else [""]
    return WAYS[name]._asdict() if name in WAYS else {}


def _terms(expression: Expression | None) -> tuple[Expression, ...]:
    return expression.terms if isinstance(expression, And) else (expression,) if expression else ()


def _cited(policy: Policy, citation: Citation | Clause) -> str:
    sources = {source.name: (source.title, source.edition, source.dated) for source in policy.sources}
    words = sources.get(citation.source, (citation.source,))
    where = ", ".join(filter(None, (*words, citation.section)))
    return f'{where}: "{citation.quote}"' if citation.quote else where


def examples(policy: Policy, rule: Rule) -> Iterator[tuple[str, Example]]:
    """The shortest example of the rule that breaks it, and the shortest that does not."""
    own = [example for example in policy.examples if _is_of(example, rule)]
    by_size = sorted(own, key=lambda example: (rule.code not in example.of, len(example.expect), _size(example)))
    for heading, wanted in (("Breaks it", True), ("Passes", False)):
        example = next((example for example in by_size if _breaks(example, rule) is wanted), None)
        if example:
            yield heading, example


def _size(example: Example) -> int:
    return sum(map(len, example.rows)) + len(example.given)


def _is_of(example: Example, rule: Rule) -> bool:
    """Whether an example is below the rule, or names it among what it expects."""
    return rule.code in example.of or any(expected.rule == rule.code for expected in example.expect)


def _breaks(example: Example, rule: Rule) -> bool:
    return any(expected.rule == rule.code and not expected.negated for expected in example.expect)


def _shown(example: Example, columns: int) -> Iterator[Line]:
    for key, value in example.given:
        yield from hanging((f"  {key}: ",), clean(value), columns)
    count = max(map(len, example.rows), default=0)
    rows = [[*map(clean, row), *[""] * (count - len(row))] for row in example.rows]
    sizes = [max(width(row[place]) for row in rows) for place in range(count)]
    for row in rows:
        line = "  | " + " | ".join(left(text, size) for text, size in zip(row, sizes, strict=True)) + " |"
        yield line if width(line) <= columns else line[: columns - 2] + ".."
    for expected in example.expect:
        cells = f" at {', '.join(expected.cells)}" if expected.cells else ""
        yield f"  {'not ' if expected.negated else ''}{expected.rule}{cells}"
    if not example.expect:
        yield "  no finding"
