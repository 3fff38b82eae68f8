"""The junit format: one suite a file, one case a finding, and one for each rule that passed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from wpmi_lint.report.place import message
from wpmi_lint.report.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.model import FileResult, Finding, Report
    from wpmi_lint.report.style import Look


def lines(report: Report, _: Look) -> Iterator[str]:
    """The document, line by line; nothing of a file's text can end an element."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<testsuites name="wpmi-lint">'
    for file in report.files:
        yield from _suite(file)
    yield "</testsuites>"


def _suite(file: FileResult) -> Iterator[str]:
    broken = {finding.rule for finding in file.findings}
    passed = sorted(file.rules_run - broken)
    failures = sum(map(_fails, file.findings))
    skipped = len(file.findings) - failures
    counts = f'tests="{len(passed) + len(file.findings)}" failures="{failures}" errors="0" skipped="{skipped}"'
    name = _attribute(file.path)
    yield f"  <testsuite name={name} {counts}>"
    for rule in passed:
        yield f"    <testcase classname={name} name={_attribute(rule)}/>"
    for finding in file.findings:
        yield from _case(finding, name)
    yield "  </testsuite>"


def _fails(finding: Finding) -> bool:
    return finding.verdict == "fail" and finding.severity == "error"


def _case(finding: Finding, name: str) -> Iterator[str]:
    where = finding.place.cell or finding.place.pointer
    title = f"{finding.rule} {finding.name}" + (f" @ {where}" if where else "")
    yield f"    <testcase classname={name} name={_attribute(title)}>"
    if _fails(finding):
        opening = f"<failure type={_attribute(finding.rule)} message={_attribute(message(finding))}>"
        yield f"      {opening}{escape(clean(finding.clause))}</failure>"
    else:
        yield f"      <skipped message={_attribute(f'{finding.verdict}, {finding.severity}: {message(finding)}')}/>"
    yield "    </testcase>"


def _attribute(text: str) -> str:
    return quoteattr(clean(text))
