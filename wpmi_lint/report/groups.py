"""Findings that one diagnostic can show together: the same rule, table and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.a1 import address, parse_address
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.model import Excerpt, FileResult, Finding


class Diagnostic(NamedTuple):
    """Findings shown together; the first is shown in full."""

    findings: tuple[Finding, ...]
    excerpt: Excerpt | None

    @property
    def first(self) -> Finding:
        """The finding that is shown in full."""
        return self.findings[0]


def groups(file: FileResult) -> list[Diagnostic]:
    """The findings of a file in groups, in the order of their first."""
    members: dict[tuple[object, ...], list[int]] = {}
    for index, finding in enumerate(file.findings):
        members.setdefault(group_key(finding, index), []).append(index)
    return [
        Diagnostic(tuple(file.findings[index] for index in indices), file.excerpts.get(indices[0]))
        for indices in members.values()
    ]


def group_key(finding: Finding, index: int) -> tuple[object, ...]:
    """What findings have in common that are shown together; one without a cell of a table is alone."""
    place = finding.place
    cell = parse_address(place.cell or "")
    if cell is None or place.table is None:
        return (index,)
    column = cell[1] if finding.arithmetic else None  # sums are shown column by column
    return (finding.rule, finding.verdict, finding.severity, finding.waiver, place.table, column)


def addresses(findings: Sequence[Finding]) -> Iterator[str]:
    """Their cells, runs within a column shortened: B3:B11, C4."""
    cells = sorted(
        {cell for finding in findings if (cell := parse_address(finding.place.cell or ""))}, key=lambda c: (c[1], c[0])
    )
    start = previous = None
    for cell in [*cells, None]:
        if cell and previous and cell == (previous[0] + 1, previous[1]):
            previous = cell
            continue
        if start and previous:
            first = address(*start)
            yield first if start == previous else f"{first}:{address(*previous)}"
        start = previous = cell
