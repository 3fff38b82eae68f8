"""What figures a report may show: decided here, once, before any reporter sees a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.model import Excerpt, Figure, FileResult, Finding, GridCell, GridRow, Place, Remark, Report
from wpmi_lint.report.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from wpmi_lint.model import Words

MASK = "##"  # the same for every figure: its length says nothing
_MOST_PHRASES = 200  # phrases that are searched for in every text of a report; with more, every figure is masked
VALUES = ("all", "published", "none")


def redact(report: Report, values: str) -> Report:
    """The report with every figure shown as text or masked, and no character that can drive a terminal.

    `values` is "all"; "published": the figures of failing cells and everything that the tool worked out are masked;
    or "none": so are all numbers of body cells. Addresses, headers and the rule's own constants stay, except for
    words of a header or title that are themselves what a finding is about.
    """
    files = tuple(_file(file, values) for file in report.files)
    masked = values != "all" and any(_hides(file, values) for file in report.files)
    return report._replace(files=files, values=values, masked=masked)


def _file(file: FileResult, values: str) -> FileResult:
    scrub = _scrubber(file) if values != "all" else clean
    tables = file.tables
    if scrub is not clean:
        tables = tuple(_scrubbed(table, scrub) for table in tables)  # type: ignore[misc]
    return file._replace(
        tables=tables,
        findings=tuple(_finding(finding, values, scrub) for finding in file.findings),
        excerpts={index: _excerpt(excerpt, values, scrub) for index, excerpt in file.excerpts.items()},
        remarks=tuple(Remark(scrub(remark.words), remark.line) for remark in file.remarks),
    )


def _finding(finding: Finding, values: str, scrub: Callable[[str], str]) -> Finding:
    hide = values != "all"
    arithmetic = finding.arithmetic
    if arithmetic is not None:
        empty = hide and arithmetic.what == "rest"  # nothing is left of it
        arithmetic = None if empty else arithmetic._replace(words=_shown_words(arithmetic.words, hide, scrub))
    return finding._replace(
        place=_place(finding.place, scrub),
        message=_shown_words(finding.message, hide, scrub),
        fix=_shown_words(finding.fix, hide, scrub),
        arithmetic=arithmetic,
        clause=clean(finding.clause),
        why=clean(finding.why),
        waiver=scrub(finding.waiver),
    )


def _shown_words(words: Words, hide: bool, scrub: Callable[[str], str]) -> Words:
    """Words with no Figure left among them."""
    parts = ((MASK if hide else clean(part.text)) if isinstance(part, Figure) else scrub(part) for part in words)
    text = "".join(parts)
    return (text,) if text else ()


def _place(place: Place, scrub: Callable[[str], str]) -> Place:
    return place._replace(
        row_header=tuple(map(scrub, place.row_header)),
        column_header=tuple(map(scrub, place.column_header)),
        sheet=_kept(place.sheet, scrub),
        table=_kept(place.table, scrub),
        pointer=_kept(place.pointer, scrub),
    )


def _kept(text: str | None, scrub: Callable[[str], str]) -> str | None:
    """A name by which other tools find the place again: changed only where it is itself what must not be shown."""
    return text if text is None or scrub is clean else scrub(text)


def _excerpt(excerpt: Excerpt, values: str, scrub: Callable[[str], str]) -> Excerpt:
    def row(row: GridRow) -> GridRow:
        return row._replace(cells=tuple(cell(part) for part in row.cells))

    def cell(part: GridCell) -> GridCell:
        return part._replace(text=MASK if _masked(part, values) else scrub(part.text))

    return excerpt._replace(header=tuple(map(row, excerpt.header)), rows=tuple(map(row, excerpt.rows)))


def _masked(cell: GridCell, values: str) -> bool:
    if values == "all" or not cell.text:
        return False
    if cell.failing:
        return True
    inside = cell.role not in ("header", "stub")
    return values == "none" and inside and any(map(str.isnumeric, cell.text))


def figure(text: str, values: str) -> str:
    """The text of a body cell where no rule was run: any number may be one that must not be shown."""
    return MASK if values != "all" and any(map(str.isnumeric, text)) else text


def _hides(file: FileResult, values: str) -> bool:
    """Some figure of the file is masked."""
    for finding in file.findings:
        arithmetic = finding.arithmetic.words if finding.arithmetic else ()
        if any(isinstance(part, Figure) for part in (*finding.message, *finding.fix, *arithmetic)):
            return True
    return any(
        _masked(cell, values)
        for excerpt in file.excerpts.values()
        for row in (*excerpt.header, *excerpt.rows)
        for cell in row.cells
    )


# ---------------------------------------------------------------- titles and headers that say a figure


_NUMBER = r"(?<![\w.])\d(?:[\d,.]*\d)?[kKmM%]?(?!\w)"


def _scrubber(file: FileResult) -> Callable[[str], str]:
    """`clean`, and masking the words of titles and headers that a finding of the file is about."""
    leaks = _leaks(file)
    if not leaks:
        return clean
    import re

    # Figures are looked up and phrases searched for: a pattern of thousands of figures would take minutes.
    number = re.compile(_NUMBER)
    phrases = sorted((leak for leak in leaks if not number.fullmatch(leak)), key=len, reverse=True)
    if len(phrases) > _MOST_PHRASES:
        return lambda text: clean(number.sub(MASK, text))
    phrase = re.compile("|".join(rf"(?<![\w.]){re.escape(leak)}(?!\w)" for leak in phrases)) if phrases else None

    def scrub(text: str) -> str:
        if phrase is not None:
            text = phrase.sub(MASK, text)
        return clean(number.sub(lambda match: MASK if match[0] in leaks else match[0], text))

    return scrub


def _leaks(file: FileResult) -> set[str]:
    """Figures of findings that are about words, and not about a table: those of titles, headers and what is hidden."""
    outside = (finding for finding in file.findings if finding.place.table is None)
    return {
        part.text.strip()
        for finding in outside
        for part in (*finding.message, *finding.fix, *(finding.arithmetic.words if finding.arithmetic else ()))
        if isinstance(part, Figure) and not part.deduced and part.text.strip()
    }


def _scrubbed(value: object, scrub: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {key: _scrubbed(item, scrub) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_scrubbed(item, scrub) for item in value]
    return value
