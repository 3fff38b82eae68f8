"""Rules as a person wants to read them: the list, and one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.nouns import OF_RELEASE
from wpmi_lint.policy.resolved import place
from wpmi_lint.records import NamedTuple
from wpmi_lint.report.style import Span
from wpmi_lint.report.text import clean, counted, left, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.policy.resolved import Citation, Example, Policy, Rule, Template
    from wpmi_lint.report.style import Line


class Own(NamedTuple):
    """One of the linter's own rules, which no policy can switch off."""

    code: str
    name: str
    title: str
    why: str
    fix: str


def listing(policy: Policy, columns: int, own: tuple[Own, ...] = ()) -> Iterator[Line]:
    """One line a rule."""
    yield (Span(f"{policy.title}", "headline"), f"  ({policy.name} {policy.version}, {policy.status})")
    yield ""
    rows = [(rule.code, rule.name, rule.severity, rule.title) for rule in policy.rules]
    rows += [(one.code, one.name, "", one.title) for one in own]
    sizes = [max(width(row[place]) for row in rows) for place in range(3)]
    indent = sum(sizes) + 6
    for code, name, severity, title in rows:
        start = f"{left(code, sizes[0])}  {left(name, sizes[1])}  "
        first, *rest = wrap(clean(title), max(columns - indent, 30)) or [""]
        yield (start, Span(left(severity, sizes[2]), severity), f"  {first}")
        for line in rest:
            yield " " * indent + line
    yield ""
    yield f"{counted(len(policy.rules), 'rule')}; wpmi-lint explain RULE says more"


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
                "fix": _said(rule.fix),
                "line": rule.line,
            }
            for rule in policy.rules
        ],
    }


def own(rule: Own, columns: int) -> Iterator[Line]:
    """One of the linter's own rules."""
    yield (Span(f"{rule.code} {rule.name}", "headline"),)
    yield ""
    yield from wrap(rule.title, columns)
    yield ""
    yield from _part("Why", rule.why, columns)
    yield from _part("What to do", rule.fix, columns)
    yield from _part("Where it stands", "the linter's own rule: no policy can switch it off", columns)


def rule(policy: Policy, rule: Rule, columns: int) -> Iterator[Line]:
    """One rule in full."""
    yield (Span(f"{rule.code} {rule.name}", "headline"), "  ", Span(rule.severity, rule.severity))
    yield ""
    yield from wrap(clean(rule.title), columns)
    yield ""
    yield from _part("Says", _said(rule.say), columns)
    for citation in rule.cites:
        yield from _part("Clause", _cited(policy, citation), columns)
    yield from _part("Why", rule.because, columns)
    yield from _part("What to do", _said(rule.fix), columns)
    yield from _part("Where it stands", place(policy, rule), columns)
    for heading, example in _examples(policy, rule):
        yield (Span(heading, "headline"), f"  {clean(example.name)}")
        yield ""
        yield from _table(example, columns)
        yield ""


def _part(heading: str, words: str, columns: int) -> Iterator[Line]:
    if not words:
        return
    yield (Span(heading, "headline"),)
    for line in wrap(clean(words), columns - 2):
        yield f"  {line}"
    yield ""


def _said(template: Template) -> str:
    return "".join(part if isinstance(part, str) else "{" + part.name + "}" for part in template)


def _cited(policy: Policy, citation: Citation) -> str:
    source = next((one for one in policy.sources if one.name == citation.source), None)
    words = [source.title if source else citation.source]
    if source:
        words += [source.edition, source.dated]
    where = ", ".join(filter(None, (*words, citation.section)))
    return f'{where}: "{citation.quote}"' if citation.quote else where


def _examples(policy: Policy, rule: Rule) -> Iterator[tuple[str, Example]]:
    """The shortest example that breaks the rule, and the shortest that does not."""

    def breaks(example: Example) -> bool:
        return any(one.rule in (rule.code, rule.name) and not one.negated for one in example.expect)

    def about(example: Example) -> bool:
        return any(one.rule in (rule.code, rule.name) for one in example.expect)

    by_size = sorted(
        policy.examples, key=lambda example: (not example.rows, sum(map(len, example.rows)), len(example.given))
    )
    bad = next(filter(breaks, by_size), None)
    good = next((one for one in by_size if about(one) and not breaks(one)), None)
    if good is None:
        passing = [one for one in by_size if not one.expect and one.nothing_else]
        good = next((one for one in passing if _same_matter(one, rule)), None)
    if bad:
        yield "Breaks it", bad
    if good:
        yield "Passes", good


def _same_matter(example: Example, rule: Rule) -> bool:
    """Whether an example is of the things that a rule speaks of: facts given one by one, or else a table."""
    given = {key.partition(".")[0] for key, _ in example.given if "." in key}
    nouns = {sentence.noun for sentence in rule.sentences}
    return bool(given & nouns) if given else not nouns <= set(OF_RELEASE)


def _table(example: Example, columns: int) -> Iterator[Line]:
    for key, value in example.given:
        yield f"  {key}: {clean(value)}"
    count = max(map(len, example.rows), default=0)
    rows = [[*map(clean, row), *[""] * (count - len(row))] for row in example.rows]
    sizes = [max(width(row[place]) for row in rows) for place in range(count)]
    for row in rows:
        line = "  | " + " | ".join(left(text, size) for text, size in zip(row, sizes, strict=True)) + " |"
        yield line if width(line) <= columns else line[: columns - 2] + ".."
    for one in example.expect:
        cells = f" at {', '.join(one.cells)}" if one.cells else ""
        yield f"  {'not ' if one.negated else ''}{one.rule}{cells}"
