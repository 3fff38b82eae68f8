"""The github format: workflow commands that annotate files, errors first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.report import summary
from wpmi_lint.report.place import message
from wpmi_lint.report.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.model import Finding, Report
    from wpmi_lint.report.style import Look

COMMANDS = {"error": "error", "warning": "warning", "review": "notice", "note": "notice"}
RANK = list(COMMANDS)


def lines(report: Report, _: Look) -> Iterator[str]:
    """One command a finding, the gravest first, since only the first ten of a step are shown; then the summary."""
    findings = [finding for file in report.files for finding in file.findings if finding.verdict in ("fail", "review")]
    for finding in sorted(findings, key=lambda finding: RANK.index(finding.severity)):
        yield _command(finding)
    yield summary.sentence(report)


def _command(finding: Finding) -> str:
    place = finding.place
    properties = {"file": clean(place.path), "title": f"{finding.rule} {finding.name}"}
    if place.line is not None:
        properties["line"] = str(place.line)
        if place.column is not None:
            properties["col"] = str(place.column)
    settings = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {settings}::{_escaped(message(finding))}"


def _escaped(text: str, more: str = "") -> str:
    """Text that cannot end the command or begin another: it comes out of the file that is checked."""
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
