"""Findings and their places as people write them: file:line:column, 'Sheet'!F9, JSON pointers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.report.text import clean, joined

if TYPE_CHECKING:
    from wpmi_lint.model import Finding, Place


def file(place: Place) -> str:
    """The file, with line and column where it is a text file: what an editor or terminal makes a link of."""
    text = clean(place.path)
    if place.line is not None:
        text += f":{place.line}"
        if place.column is not None:
            text += f":{place.column}"
    return text


def inside(place: Place) -> str:
    """The place in the file: 'Table 3'!F9, F9, /rows/8/age, or nothing."""
    if place.pointer is not None:
        return clean(place.pointer)
    if place.sheet:
        sheet = "'" + clean(place.sheet).replace("'", "''") + "'"
        return f"{sheet}!{place.cell}" if place.cell else sheet
    return place.cell or ""


def heading(finding: Finding) -> str:
    """What a finding is called: its severity, or its verdict where it is not a plain failure."""
    if finding.verdict == "fail":
        return finding.severity
    return finding.verdict


def message(finding: Finding) -> str:
    """The message with the cell, which a viewer of lines cannot show, and what to do."""
    where = inside(finding.place)
    fix = joined(finding.fix)
    more = f" (and {finding.more} more)" if finding.more else ""
    return (f"{where}: " if where else "") + joined(finding.message) + more + (f". Fix: {fix}" if fix else "")
