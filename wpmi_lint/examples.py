"""The examples inside a policy, run as tests: each is a small table and the findings it must give."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from wpmi_lint.evaluate.columns import Facts
from wpmi_lint.evaluate.file import evaluate_facts
from wpmi_lint.model import Document, Place, Sheet
from wpmi_lint.nouns import NOUNS
from wpmi_lint.nouns.contract import stated
from wpmi_lint.records import NamedTuple
from wpmi_lint.run import Options, checker, judge_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wpmi_lint.model import Finding
    from wpmi_lint.policy.resolved import Example, Expectation, Policy
    from wpmi_lint.run import Checker

_BROKEN = ("fail", "review")  # the verdicts that an example expects where it names none


class Tested(NamedTuple):
    """An example and what was wrong with it: nothing, where it passed."""

    example: Example
    wrong: tuple[str, ...]


def test_policy(policy: Policy) -> tuple[Tested, ...]:
    """Run every example of a policy."""
    ready = checker(policy, Options(as_at=policy.from_date or "1970-01-01"))
    return tuple(Tested(example, tuple(_wrong(example, _findings(example, ready)))) for example in policy.examples)


def _findings(example: Example, ready: Checker) -> tuple[Finding, ...]:
    """What the policy says of an example's table and of the facts that it gives."""
    on_facts = evaluate_facts(ready.plan, given_facts(example)).findings
    if not example.rows:
        return on_facts
    return (*judge_document(_document(example, ready.plan.policy), ready)[1], *on_facts)


def given_facts(example: Example) -> Iterator[Facts]:
    """One fact of each noun that has a `given NOUN.FIELD`; `given date` is the day of the release."""
    rows: dict[str, dict[str, object]] = {}
    for key, words in example.given:
        noun, dot, field = key.partition(".")
        if dot:
            rows.setdefault(noun, {"date": dict(example.given).get("date")})[field] = _value(noun, field, words)
    for noun, row in rows.items():
        yield Facts(*stated(NOUNS[noun], [row], lambda _: Place("release.yaml")))


def _value(noun: str, field: str, words: str) -> object:
    return words == "true" if NOUNS[noun].fields[field].type == "truth" else words


def _document(example: Example, policy: Policy) -> Document:
    given = dict(example.given)
    width = max((len(row) for row in example.rows), default=0)
    sheet = Sheet(
        given.get("sheet", ""),
        [list(row) for row in example.rows],
        width,
        title=given.get("title", ""),
        notes=tuple(words for key, words in example.given if key == "note"),
        label=_label_words(policy, given.get("label", "")),
    )
    return Document(given.get("file", "example.csv"), format="csv", sha256="", data=b"", sheets=(sheet,))


def _label_words(policy: Policy, label: str) -> str:
    """Words that a file would carry for this label: the first pattern of its term."""
    named = [term.named[0] for term in policy.vocabulary.labels if term.name == label]
    return named[0].replace("*", "us").replace("?", "x") if named else label


def _wrong(example: Example, findings: Iterable[Finding]) -> Iterator[str]:
    """What an example's findings lack, and what they have beyond what it expects: `expect CODE at` names all cells."""
    rules = {expectation.rule for expectation in example.expect}
    findings = [finding for finding in findings if not finding.rule.startswith("WL") or finding.rule in rules]
    for expectation in example.expect:
        fitting = [finding for finding in findings if _fits(expectation, finding)]
        missing = [cell for cell in expectation.cells if all(finding.place.cell != cell for finding in fitting)]
        start = f"line {expectation.line}: {expectation.rule} was"
        if expectation.negated and fitting:
            yield f"{start} found at {_cells(fitting)}"
        elif not expectation.negated and (missing or not fitting):
            yield f"{start} not found" + (f" at {', '.join(missing)}" if missing else "")
    expected = [expectation for expectation in example.expect if not expectation.negated]
    for finding in findings:
        start = f"line {example.line}: {finding.rule}"
        own = [expectation.cells for expectation in expected if expectation.rule == finding.rule]
        if example.nothing_else:
            if finding.verdict != "not-checked" and not any(_fits(expectation, finding) for expectation in expected):
                yield f"{start} ({finding.verdict}) was found at {finding.place.cell}, not expected"
        elif finding.verdict in _BROKEN and own and all(own) and finding.place.cell not in [*chain(*own)]:
            yield f"{start} was found at {_cells([finding])} as well"


def _fits(expectation: Expectation, finding: Finding) -> bool:
    if expectation.rule != finding.rule:
        return False
    verdicts = (expectation.verdict,) if expectation.verdict else _BROKEN
    return finding.verdict in verdicts and (not expectation.cells or finding.place.cell in expectation.cells)


def _cells(findings: Iterable[Finding]) -> str:
    return ", ".join(finding.place.cell or finding.place.path for finding in findings)
