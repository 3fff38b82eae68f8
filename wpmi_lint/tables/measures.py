"""What every cell counts: the policy's measures in column header, row header, spanning header, title, sheet, file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Measure, Statistic
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.lexicon import says_total
from wpmi_lint.tables.named import Named, named, only_statistic
from wpmi_lint.tables.periods import is_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Codes
    from wpmi_lint.tables.headers import Levels
    from wpmi_lint.terms import Matcher

Cell = tuple[int, int]
_ROWS = 5000  # rows of a cross table whose labels are looked at for measures


class Source(NamedTuple):
    """Where the measure of some cells was read."""

    name: str | None
    words: str
    why: str
    cell: Cell | None = None
    base: str | None = None


class Words(NamedTuple):
    """Words around a table, nearest first, each with what they are and where they stand."""

    words: str
    why: str
    cell: Cell | None = None


class Assigned(NamedTuple):
    """A source for every cell: `by_cell[R, C]` or one row of it ([1, C]) where all rows are alike."""

    sources: tuple[Source, ...]
    by_cell: Codes
    unclear: str = ""  # words that name several measures without saying which is meant


def assign(
    headers: Sequence[Levels],
    labels: Sequence[tuple[str, ...]],
    around: Sequence[Words],
    matcher: Matcher,
    stub_col: int,
    rows: Sequence[int],
) -> Assigned:
    """The measure of every cell of a cross table, or of a tidy table whose headers are measures."""
    columns = _of_columns(headers, matcher)
    leaf_named = sum(1 for c in columns if c is not None and c.why == "column header")
    row_named = _of_rows(labels, matcher, stub_col, rows)
    fallback, unclear = _around(around, matcher)
    sources: dict[Source, int] = {}
    shape = (len(labels) if row_named else 1, len(headers))
    found = np.zeros(shape, np.int16)
    for at, levels in enumerate(headers):
        source = columns[at] or _unnamed(levels, fallback, leaf_named > 0, matcher)
        found[:, at] = sources.setdefault(source, len(sources))
    if row_named:
        weak = np.array([columns[at] is None or columns[at].why != "column header" for at in range(len(headers))])  # type: ignore[union-attr]
        for row, source in row_named.items():
            found[row, weak] = sources.setdefault(source, len(sources))
    used = unclear if unclear and any(s.why == "title" for s in sources) else ""
    return Assigned(tuple(sources), found, used)


def _of_columns(headers: Sequence[Levels], matcher: Matcher) -> list[Source | None]:
    """The source of each column that its own headers name; a bare "%" belongs to the column before it."""
    found: list[Source | None] = []
    for at, levels in enumerate(headers):
        found.append(_of_levels(levels, matcher))
        if found[at] is None and at and found[at - 1] is not None and levels and only_statistic(levels[-1][0]):
            before = found[at - 1]
            assert before is not None
            if before.why == "column header" and not _is_total(levels[-1][0]):
                found[at] = before._replace(why="header of the column before")
    return found


def _is_total(words: str) -> bool:
    return words.strip().lower() in ("total", "all", "overall", "sum")


def _of_levels(levels: Levels, matcher: Matcher) -> Source | None:
    for depth, (words, row, col) in enumerate(reversed(levels)):
        if depth == 0 and matcher.member(words):
            continue
        what = named(words, matcher)
        if what.measure:
            return Source(what.measure, words, "spanning header" if depth else "column header", (row, col), what.base)
    return None


def _of_rows(
    labels: Sequence[tuple[str, ...]], matcher: Matcher, stub_col: int, rows: Sequence[int]
) -> dict[int, Source]:
    """The rows whose own label names a measure, innermost words first."""
    if len(labels) > _ROWS:
        return {}
    found = {}
    for at, label in enumerate(labels):
        for words in reversed(label):
            if matcher.measure(words) and not matcher.member(words):
                what = named(words, matcher)
                found[at] = Source(what.measure, words, "row header", (int(rows[at]), stub_col), what.base)
                break
    return found


def corner(words: Sequence[tuple[str, Cell]], matcher: Matcher) -> list[Words]:
    """The words over the stub that name what is counted, not what the rows are."""
    return [
        Words(text, "corner of the headers", cell)
        for text, cell in words
        if text and matcher.measure(text) and not matcher.dimension(text) and not matcher.member(text)
    ]


def _around(around: Sequence[Words], matcher: Matcher) -> tuple[Source | None, str]:
    """The measure that title, sheet name or file name gives, and the words that name several."""
    unclear = ""
    for words, why, cell in around:
        what: Named = named(words, matcher)
        if what.measure:
            return Source(what.measure, words, why, cell, what.base), words if what.several else unclear
    return None, unclear


def _unnamed(levels: Levels, fallback: Source | None, others_named: bool, matcher: Matcher) -> Source:
    """The source of a column that names no measure of the policy.

    It takes the measure of the title, unless other columns of the table are measures: then its own header is the name
    of a measure that the policy does not have, or of a member of a dimension (a month, a group, a total).
    """
    leaf = levels[-1] if levels else None
    own = leaf is not None and others_named and not only_statistic(leaf[0]) and not _is_member(leaf[0], matcher)
    if fallback is not None and not own:
        return fallback
    if leaf is None:
        return Source(None, "", "no header")
    return Source(None, leaf[0], "column header", (leaf[1], leaf[2]))


def _is_member(words: str, matcher: Matcher) -> bool:
    return bool(matcher.member(words)) or is_period(words) or says_total(words) or words.strip().isdigit()


def of_members(members: Sequence[str], header: str, matcher: Matcher) -> list[Source]:
    """Sources for the members of a measure column of a tidy table."""
    found = []
    for words in members:
        what = named(words, matcher)
        found.append(Source(what.measure, words, f'value of column "{header}"', None, what.base))
    return found


def combine(assigned: Assigned, statistic: Codes, matcher: Matcher) -> tuple[tuple[Measure, ...], Codes]:
    """Measures (a source with a statistic each) and the measure of every cell [R, C]."""
    width = max(Statistic) + 1
    mixed = assigned.by_cell.astype(np.int32) * width + statistic
    present = np.flatnonzero(np.bincount(mixed.ravel()))
    lookup = np.zeros(int(present[-1]) + 1 if present.size else 1, np.int16)
    lookup[present] = np.arange(len(present))
    measures = []
    for code in present.tolist():
        source = assigned.sources[code // width]
        kind = matcher.kind(source.name) if source.name else None
        measures.append(
            Measure(source.name, kind, Statistic(code % width), source.words, source.why, source.cell, source.base)
        )
    codes = lookup[mixed]
    return tuple(measures), codes if codes.shape == statistic.shape else np.repeat(codes, len(statistic), axis=0)
