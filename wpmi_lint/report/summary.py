"""The last lines of a report for people: what was found, what was checked and what was not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wpmi_lint.report.style import Span, hanging
from wpmi_lint.report.text import clean, counted, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.model import FileResult, Report
    from wpmi_lint.report.style import Line, Look


def lines(report: Report, look: Look) -> Iterator[Line]:
    """Notes on the policy, remarks of the readers, statistics where asked for, and the summary line."""
    if look.statistics:
        yield from _statistics(report)
    if look.quiet:
        return
    limit = max(look.width, 40)
    for note in _notes(report):
        yield from hanging((Span("note", "note"), ": "), note, limit)
    yield from wrap(sentence(report), limit)
    if report.masked:
        yield "(some figures are masked; --values all)"


def _notes(report: Report) -> Iterator[str]:
    yield from map(clean, report.policy.notes)
    for file in report.files:
        for remark in file.remarks:
            line = f":{remark.line}" if remark.line else ""
            yield f"{clean(file.path)}{line}: {remark.words}"


def sentence(report: Report) -> str:
    """For instance: 2 errors, 1 warning in 3 of 14 tables (6 files); 1 waived; not checked: 12 cells, 1 file."""
    parts = [f"{_findings(report)} {_scope(report)}"]
    if report.summary.waived:
        parts.append(f"{report.summary.waived} waived")
    missed = _missed(report)
    if missed:
        parts.append("not checked: " + ", ".join(missed))
    return "; ".join(parts)


def _findings(report: Report) -> str:
    counts = report.summary
    parts = [
        counted(number, word)
        for number, word in ((counts.errors, "error"), (counts.warnings, "warning"), (counts.reviews, "review"))
        if number
    ]
    return ", ".join(parts) or "nothing found"


def _scope(report: Report) -> str:
    files, tables = counted(report.summary.files, "file"), report.summary.tables
    if not tables:
        return f"in {files}, no table found"
    hit = len(
        {(file.path, finding.place.table) for file in report.files for finding in file.findings if finding.place.table}
    )
    among = f"{hit} of {counted(tables, 'table')}" if 0 < hit <= tables else counted(tables, "table")
    return f"in {among} ({files})"


def _missed(report: Report) -> list[str]:
    unread = sum(map(_unread, report.files))
    missed = [counted(report.summary.not_checked, "cell")] if report.summary.not_checked else []
    return [*missed, counted(unread, "file")] if unread else missed


def _unread(file: FileResult) -> bool:
    return any(finding.rule in ("WL001", "WL002", "WL007") for finding in file.findings)


def _statistics(report: Report) -> Iterator[Line]:
    seen = Counter((finding.rule, finding.name, finding.verdict) for file in report.files for finding in file.findings)
    for (rule, name, verdict), number in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        yield f"{number:6}  {rule}  {name}" + ("" if verdict == "fail" else f" ({verdict})")
