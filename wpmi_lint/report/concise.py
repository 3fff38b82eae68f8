"""The concise format: one line a finding, never wrapped, for grep and editors."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from wpmi_lint.report import place, summary
from wpmi_lint.report.style import Span
from wpmi_lint.report.text import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.model import Finding, Report
    from wpmi_lint.report.style import Line, Look


def lines(report: Report, look: Look) -> Iterator[Line]:
    """One line for each finding, then what was checked."""
    for file in report.files:
        for finding in file.findings:
            yield _line(finding)
    yield from summary.lines(report, look._replace(width=sys.maxsize))


def _line(finding: Finding) -> Line:
    where = finding.place
    inside = place.inside(where)
    if where.line is None and inside:
        start, rest = f"{place.file(where)}:{inside}: ", ""
    else:
        start, rest = f"{place.file(where)}: ", f"{inside}: " if inside else ""
    heading = place.heading(finding)
    words = joined(finding.message) + (f" (and {finding.more} more)" if finding.more else "")
    waiver = f" (waived: {finding.waiver})" if finding.waiver else ""
    return (start, Span(f"{heading}[{finding.rule}]", heading), f" {rest}{words}{waiver}")
