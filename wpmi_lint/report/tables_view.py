"""How a file was understood, for a person: tables in miniature, what their columns are, totals, what is unclear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.a1 import letters, range_text
from wpmi_lint.model import Statistic
from wpmi_lint.report import miniature
from wpmi_lint.report.style import Span, hanging
from wpmi_lint.report.text import clean, counted, cut, width, wrap
from wpmi_lint.report.totals_view import totals
from wpmi_lint.tables.describe import areas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wpmi_lint.model import Column, Document, Sheet, Table, Text
    from wpmi_lint.report.style import Line

MOST_TEXTS, MOST_COLUMNS, MOST_DOUBTS = 8, 16, 8
LABELS = 13  # width of the words in front


def lines(
    document: Document, tables: Sequence[Table], texts: Sequence[Text], limit: int, values: str
) -> Iterator[Line]:
    """A file: its tables, then the words around them. `values` other than "all" masks the numbers of bodies."""
    kind = f"{document.format}{f', {document.encoding}' if document.encoding else ''}"
    number = counted(len(tables), "table")
    sheets = f" in {counted(len(document.sheets), 'sheet')}" if len(document.sheets) > 1 else ""
    yield (Span(clean(document.path), "headline"), f"  {kind}: {number}{sheets}")
    for remark in document.remarks:
        yield from _fact("note", clean(remark.words), limit, style="note")
    for table in tables:
        yield ""
        yield from _table(document.sheets[table.sheet], table, limit, values=values)
    yield from _texts(texts, limit)
    if tables:
        yield ""
        for line in wrap(miniature.LEGEND, limit):
            yield (Span(line, "faint"),)


def _table(sheet: Sheet, table: Table, limit: int, values: str) -> Iterator[Line]:
    hidden = f" ({sheet.visibility} sheet)" if sheet.visibility != "visible" else ""
    shape = "cross table" if table.form == "cross" else "tidy table, one row an observation"
    size = f"{counted(len(table.rows), 'row')} x {counted(len(table.cols), 'column')}"
    head, about = clean(table.id) + hidden, f"{shape}, {size}"
    if width(head) + 2 + width(about) <= limit:
        yield (Span(head, "title"), f"  {about}")
    else:
        yield (Span(cut(head, limit), "title"),)
        yield f"  {about}"
    yield ""
    yield from miniature.lines(sheet, table, limit, values=values)
    yield ""
    if table.title:
        yield from _fact("title", f'"{clean(table.title)}"', limit)
    yield from _fact("label", _label(table), limit)
    yield from _fact("ranges", _ranges(table), limit)
    yield from _fact("by", _dimensions(table), limit)
    for number, words in enumerate(_columns(table)):
        yield from _fact("" if number else "columns", words, limit)
    for number, words in enumerate(totals(table)):
        yield from _fact("" if number else "totals", words, limit)
    for doubt in table.doubts[:MOST_DOUBTS]:
        yield from _fact("unclear", f"{range_text(doubt.range)}: {clean(doubt.reason)}", limit, style="doubt")
    if len(table.doubts) > MOST_DOUBTS:
        yield from _fact("", f"and {len(table.doubts) - MOST_DOUBTS} more", limit)


def _fact(label: str, words: str, limit: int, style: str = "header") -> Iterator[Line]:
    yield from hanging((Span(f"  {label}".ljust(LABELS), style),), words, limit)


def _label(table: Table) -> str:
    if table.label is None:
        return "none: neither published nor internal"
    also = f"; but also {table.other_label}" if table.other_label else ""
    return clean(f"{table.label}{also}" + (f" ({table.label_why})" if table.label_why else ""))


def _ranges(table: Table) -> str:
    area = areas(table)
    parts = (("header", area.header), ("stub", area.stub), ("body", area.body))
    return ", ".join(f"{role} {range_text(part)}" for role, part in parts if part)


def _dimensions(table: Table) -> str:
    names = []
    for dimension in table.dimensions:
        name = clean(dimension.header) or dimension.term or "a dimension without a name"
        term = f" = {dimension.term}" if dimension.term and dimension.term != dimension.header else ""
        names.append(f"{name}{term} ({dimension.axis})")
    return ", ".join(names) or "nothing that could be named"


# ---------------------------------------------------------------- columns


def _columns(table: Table) -> Iterator[str]:
    """One entry for each run of columns that are the same thing."""
    runs: list[list[Column]] = []
    for column in table.columns:
        last = runs[-1][-1] if runs else None
        if last and last.col == column.col - 1 and _same(table, last) == _same(table, column):
            runs[-1].append(column)
        else:
            runs.append([column])
    for run in runs[:MOST_COLUMNS]:
        start, end = letters(run[0].col), letters(run[-1].col)
        yield f"{start if start == end else f'{start} to {end}'}: {_what(table, run)}"
    if len(runs) > MOST_COLUMNS:
        yield f"and {len(runs) - MOST_COLUMNS} more (--output json has all)"


def _same(table: Table, column: Column) -> tuple[object, ...]:
    """What columns have in common that are listed as one; those that the policy does not name are."""
    measure = table.measures[column.measure] if column.measure >= 0 else None
    return (column.statistic, measure and measure.name and column.measure, measure and bool(measure.name))


def _what(table: Table, run: Sequence[Column]) -> str:
    statistic = Statistic(run[0].statistic).name.lower()
    words = "statistic not known" if statistic == "unknown" else statistic
    if run[0].measure < 0:
        return f"{words}; what is counted differs from row to row"
    measure = table.measures[run[0].measure]
    if measure.name is None:
        headers = dict.fromkeys(_quoted(table.measures[column.measure].header) for column in run)
        shown = ", ".join(list(headers)[:4]) + (", ..." if len(headers) > 4 else "")
        return f"{words} of {shown}: not a measure of the policy"
    kind = f" ({measure.kind})" if measure.kind else ""
    base = f" of {measure.base}" if measure.base else ""
    return f"{words} of {measure.name}{kind}{base}; {measure.why or 'the file'} says {_quoted(measure.header)}"


def _quoted(words: str) -> str:
    return f'"{clean(" ".join(words.split()))}"'


# ---------------------------------------------------------------- words around the tables


def _texts(texts: Iterable[Text], limit: int) -> Iterator[Line]:
    around = [text for text in texts if text.where not in ("header", "title") and text.words.strip()]
    if not around:
        return
    yield ""
    yield (Span("words around the tables", "title"),)
    for text in around[:MOST_TEXTS]:
        yield from _fact(text.where[: LABELS - 3], clean(" ".join(text.words.split()))[:300], limit)
    if len(around) > MOST_TEXTS:
        yield from _fact("", f"and {len(around) - MOST_TEXTS} more", limit)
