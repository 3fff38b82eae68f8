"""The examples inside a policy, run as tests: each is a small table and the findings it must give."""

from __future__ import annotations

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
    return Document(given.get("file", "example.csv"), "csv", "", b"", (sheet,))


def _label_words(policy: Policy, label: str) -> str:
    """Words that a file would carry for this label: the first pattern of its term."""
    named = [term.named[0] for term in policy.vocabulary.labels if term.name == label]
    return named[0].replace("*", "us").replace("?", "x") if named else label


def _wrong(example: Example, findings: Iterable[Finding]) -> Iterable[str]:
    found = [f for f in findings if not f.rule.startswith("WL") or any(e.rule == f.rule for e in example.expect)]
    expected: set[int] = set()
    for expectation in example.expect:
        fitting = [i for i, f in enumerate(found) if _fits(expectation, f)]
        if expectation.negated:
            if fitting:
                yield f"line {expectation.line}: {expectation.rule} was found at {_cells(found[i] for i in fitting)}"
            continue
        expected.update(fitting)
        missing = [c for c in expectation.cells if not any(found[i].place.cell == c for i in fitting)]
        if missing or not fitting:
            yield f"line {expectation.line}: {expectation.rule} was not found" + (
                f" at {', '.join(missing)}" if missing else ""
            )
    if not example.nothing_else:
        yield from _elsewhere(example, found)
    else:
        for i, finding in enumerate(found):
            if i not in expected and finding.verdict != "not-checked":
                where = f"{finding.rule} ({finding.verdict}) was found at {finding.place.cell}"
                yield f"line {example.line}: {where}, not expected"


def _elsewhere(example: Example, findings: Iterable[Finding]) -> Iterable[str]:
    """What a rule gave beyond the cells at which an example expects it: `expect CODE at` names all of them."""
    expected: dict[str, set[str]] = {}
    for one in example.expect:
        if not one.negated:
            expected.setdefault(one.rule, set()).update(one.cells or ("",))
    for finding in findings:
        cells = expected.get(finding.rule, {""})
        if "" not in cells and finding.verdict in ("fail", "review") and finding.place.cell not in cells:
            yield f"line {example.line}: {finding.rule} was found at {_cells([finding])} as well"


def _fits(expectation: Expectation, finding: Finding) -> bool:
    if expectation.rule != finding.rule:
        return False
    verdicts = (expectation.verdict,) if expectation.verdict else ("fail", "review")
    return finding.verdict in verdicts and (not expectation.cells or finding.place.cell in expectation.cells)


def _cells(findings: Iterable[Finding]) -> str:
    return ", ".join(finding.place.cell or finding.place.path for finding in findings)
