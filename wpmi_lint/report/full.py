"""The full format: a diagnostic with the part of the table it is about, the arithmetic, the clause and what to do."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from wpmi_lint.report import grid, place, summary
from wpmi_lint.report.groups import addresses, groups
from wpmi_lint.report.style import Span, hanging
from wpmi_lint.report.text import counted, joined, quoted, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.model import FileResult, Finding, Report
    from wpmi_lint.report.groups import Diagnostic
    from wpmi_lint.report.style import Line, Look

MOST = 100  # diagnostics of a file
MOST_SUMS = 6  # further sums of one diagnostic
NARROWEST = 40  # text is not wrapped to less


def lines(report: Report, look: Look) -> Iterator[Line]:
    """Every diagnostic, then what was checked."""
    explained: set[str] = set()
    for file in report.files:
        yield from _file(file, look, explained)
    yield from summary.lines(report, look)


def _file(file: FileResult, look: Look, explained: set[str]) -> Iterator[Line]:
    diagnostics = groups(file)
    for group in diagnostics[:MOST]:
        yield from _diagnostic(group, look, group.first.rule not in explained)
        yield ""
        explained.add(group.first.rule)
    left_out = sum(len(group.findings) for group in diagnostics[MOST:])
    if left_out:
        yield f"and {counted(left_out, 'more finding')} in this file (--output json has all)"
        yield ""


def _diagnostic(group: Diagnostic, look: Look, whole: bool) -> Iterator[Line]:
    """One diagnostic; the clause and the reason of a rule are given with its first one (`whole`)."""
    finding = group.first
    limit = max(look.width, NARROWEST)
    gutter = grid.gutter_width(group.excerpt)
    yield from _headline(finding, limit)
    yield from _where(finding, gutter)
    if group.excerpt is not None:
        cells = {member.place.cell for member in group.findings if member.place.cell}
        yield from grid.lines(group.excerpt, look.width, gutter, fails=cells)
    for label, text in _facts(group, whole):
        yield from _fact(label, text, limit, gutter=gutter)
    yield from _help(finding, limit)


def _headline(finding: Finding, limit: int) -> Iterator[Line]:
    heading = place.heading(finding)
    start = f"{heading.replace('-', ' ')}[{finding.rule}]: "
    yield from hanging((Span(start, heading),), joined(finding.message) or finding.name, limit, style="headline")


def _where(finding: Finding, gutter: int) -> Iterator[Line]:
    file, inside = place.file(finding.place), place.inside(finding.place)
    arrow = Span(" " * (gutter - 1) + "-->", "gutter")
    yield (arrow, f" {file}" + (f"  {inside}" if inside else ""))


def _facts(group: Diagnostic, whole: bool) -> Iterator[tuple[str, str]]:
    """What is written below the grid, each with its label."""
    finding = group.first
    yield "cell", _headers(finding)
    if finding.arithmetic:
        yield finding.arithmetic.what, joined(finding.arithmetic.words)
    yield from _others(group)
    yield "waiver", finding.waiver
    if whole:
        yield "clause", finding.clause
        yield "why", finding.why
    yield "policy", finding.policy


def _headers(finding: Finding) -> str:
    row, column = finding.place.row_header, finding.place.column_header
    words = [f"row {quoted(row)}"] if any(row) else []
    return ", ".join([*words, f"column {quoted(column)}"] if any(column) else words)


def _others(group: Diagnostic) -> Iterator[tuple[str, str]]:
    """The findings of the group that are not shown in full: those with words of their own, then mere cells."""
    own: list[Finding] = []
    same: list[Finding] = []
    for other in group.findings[1:]:
        (own if other.arithmetic or other.message != group.first.message else same).append(other)
    sums = (
        f"{other.place.cell}: {joined(other.arithmetic.words if other.arithmetic else other.message)}" for other in own
    )
    yield from (("also", words) for words in dict.fromkeys(islice(sums, MOST_SUMS)))
    rest = own[MOST_SUMS:] + same
    cells = list(addresses(rest))
    if cells:
        columns = {(finding.place.cell or "").rstrip("0123456789") for finding in group.findings}
        where = "table" if len(columns) > 1 else "column"
        shown = ", ".join(cells[:12]) + (", ..." if len(cells) > 12 else "")
        yield "also", f"{len(rest)} more in this {where}: {shown}"
    more = sum(finding.more for finding in group.findings)
    if more:
        yield "also", f"{more} more that are not listed"


def _fact(label: str, text: str, limit: int, gutter: int) -> Iterator[Line]:
    start = " " * (gutter + 1)
    for number, line in enumerate(wrap(text, limit - gutter - 11)):
        words = f"{label}:" if number == 0 else ""
        yield (start, Span("=", "gutter"), f" {words:<7} ", line)


def _help(finding: Finding, limit: int) -> Iterator[Line]:
    words = [*wrap(joined(finding.fix), limit - 8), f"wpmi-lint explain {finding.rule}"]
    for number, line in enumerate(words):
        yield ("  ", Span("help: ", "help") if number == 0 else " " * 6, line)
