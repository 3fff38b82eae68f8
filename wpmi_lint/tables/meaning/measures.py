"""What every cell counts: the measures of the policy in its headers, in the words around it, in a tidy column."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Measure, Statistic
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.find.surroundings import Nearby
from wpmi_lint.tables.lexicon import tokens, word_set
from wpmi_lint.tables.lexicon.headers import only_statistic, statistic_of
from wpmi_lint.tables.lexicon.periods import is_period
from wpmi_lint.tables.lexicon.totals import is_total, is_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wpmi_lint.model import Codes, Index
    from wpmi_lint.tables.body import Frame, Key
    from wpmi_lint.tables.find.headers import Levels
    from wpmi_lint.terms import Matcher


class Named(NamedTuple):
    """The measure that words name; `several`: they name more than one and do not say which is meant."""

    measure: str | None
    base: str | None = None
    several: bool = False


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    percent = r"(?:%|per ?cent(?:age)?|percentage|proportion|share|rate)"
    of = re.compile(rf"(?:^|\b|\s){percent} of (?:all |total |the )?", re.IGNORECASE)
    over = re.compile(r"\s/\s|\s÷\s|\bdivided by\b|\bper\b|\bfrom\b|\bout of\b", re.IGNORECASE)
    return of, over


def named(words: str, matcher: Matcher) -> Named:
    """The measure that a header or title is about, and the base that a percentage in it is of."""
    measure = matcher.find(words).measure
    if measure is None:
        return Named(None)
    of, over = _patterns()
    match = of.search(words)
    if match:
        before, after = words[: match.start()], words[match.end() :]
        first, rest = matcher.find(before).measure if before.strip() else None, matcher.find(after).measures
        if first and rest:
            return Named(first, rest[0])
        if rest:  # "% of referrals with a job outcome": of referrals; "% of job outcomes": of themselves
            return Named(rest[-1] if len(rest) > 1 else rest[0], rest[0])
    match = over.search(words)
    if match:
        first, second = matcher.find(words[: match.start()]).measure, matcher.find(words[match.end() :]).measure
        if first and second and first != second:
            return Named(first, second)
    several = matcher.find(words).measures
    return Named(measure, None, len(several) > 1)


_ROWS = 5000  # rows of a cross table whose labels are looked at for measures
_HEADER = "column header"


class Origin(NamedTuple):
    """Where the measure of some cells was read."""

    name: str | None  # of the measure, None where the policy has none
    words: str
    why: str
    cell: tuple[int, int] | None = None
    base: str | None = None


class Assigned(NamedTuple):
    """An origin for every cell: `by_cell[R, C]` or one row of it ([1, C]) where all rows are alike."""

    origins: tuple[Origin, ...]
    by_cell: Codes
    unclear: str = ""  # words that name several measures without saying which is meant


def by_row(frame: Frame, labels: Sequence[tuple[str, ...]], matcher: Matcher) -> dict[int, Origin]:
    """The rows of a cross table whose own label names a measure, innermost words first."""
    if len(labels) > _ROWS:
        return {}
    col = frame.stub[0] if frame.stub else 0
    origins = {}
    for at, label in enumerate(labels):
        words = next((w for w in reversed(label) if (terms := matcher.find(w)).measure and not terms.member), None)
        if words is not None:
            origins[at] = _origin(words, "row header", matcher, cell=(int(frame.rows[at]), col))
    return origins


def assign(
    headers: Sequence[Levels], rows: Mapping[int, Origin], around: Sequence[Nearby], *, height: int, matcher: Matcher
) -> Assigned:
    """The measure of every cell of a cross table, or of a tidy table whose headers are measures.

    rows: the rows that name a measure, of `height` rows; around: words around the table, nearest first.
    """
    columns = _of_columns(headers, matcher)
    by_header = np.array([origin is not None and origin.why == _HEADER for origin in columns], np.bool_)
    among_measures = bool(by_header.any())
    fallback, unclear = _around(around, matcher)
    origins: dict[Origin, int] = {}
    by_cell = np.zeros((height if rows else 1, len(headers)), np.int16)
    for at, (levels, own) in enumerate(zip(headers, columns, strict=True)):
        origin = own or (fallback if fallback and not (among_measures and _names(levels, matcher)) else None)
        by_cell[:, at] = origins.setdefault(origin or _unnamed(levels), len(origins))
    for row, origin in rows.items():
        by_cell[row, ~by_header] = origins.setdefault(origin, len(origins))
    used = unclear if unclear and any(origin.why == "title" for origin in origins) else ""
    return Assigned(tuple(origins), by_cell, used)


def _of_columns(headers: Sequence[Levels], matcher: Matcher) -> list[Origin | None]:
    """The origin of each column that its own headers name; a bare "%" belongs to the column before it."""
    origins: list[Origin | None] = []
    for levels in headers:
        before = origins[-1] if origins else None
        own = _of_levels(levels, matcher)
        follows = own is None and before is not None and before.why == _HEADER
        if follows and levels and only_statistic(levels[-1][0]) and not is_whole(levels[-1][0]):
            own = before._replace(why="header of the column before") if before else None
        origins.append(own)
    return origins


def _of_levels(levels: Levels, matcher: Matcher) -> Origin | None:
    for depth, (words, row, col) in enumerate(reversed(levels)):
        if (depth or not matcher.find(words).member) and matcher.find(words).measure:
            return _origin(words, "spanning header" if depth else _HEADER, matcher, cell=(row, col))
    return None


def _origin(words: str, why: str, matcher: Matcher, *, cell: tuple[int, int] | None) -> Origin:
    what = named(words, matcher)
    return Origin(name=what.measure, words=words, why=why, cell=cell, base=what.base)


def corner(frame: Frame, names: Sequence[str], matcher: Matcher) -> list[Nearby]:
    """The words over the stub that name what is counted, not what the rows are; names: of the stub columns."""
    return [
        Nearby(words, "corner of the headers", (frame.header[-1], col))
        for words, col in (zip(names, frame.stub, strict=True) if frame.header else ())
        if (terms := matcher.find(words)).measure and not terms.dimension and not terms.member
    ]


def _around(around: Sequence[Nearby], matcher: Matcher) -> tuple[Origin | None, str]:
    """The measure that title, sheet name or file name gives, and the words that name several."""
    for words, why, cell in around:
        what = named(words, matcher)
        if what.measure:
            origin = Origin(name=what.measure, words=words, why=why, cell=cell, base=what.base)
            return origin, words if what.several else ""
    return None, ""


def _names(levels: Levels, matcher: Matcher) -> bool:
    """Whether the header of a column that stands among measures is the name of one that the policy does not have.

    Other headers are of a member of a dimension (a month, a group, a total): such a column has the title's measure.
    """
    leaf = levels[-1][0] if levels else ""
    member = matcher.find(leaf).member or is_period(leaf) or is_total(leaf) or leaf.strip().isdigit()
    return bool(levels) and not only_statistic(leaf) and not member


def _unnamed(levels: Levels) -> Origin:
    if not levels:
        return Origin(None, "", "no header")
    words, row, col = levels[-1]
    return Origin(name=None, words=words, why=_HEADER, cell=(row, col))


def of_members(members: Sequence[str], header: str, matcher: Matcher) -> tuple[Origin, ...]:
    """Origins for the members of a measure column of a tidy table."""
    return tuple(_origin(words, f'value of column "{header}"', matcher, cell=None) for words in members)


def combine(assigned: Assigned, statistic: Codes, matcher: Matcher) -> tuple[tuple[Measure, ...], Codes]:
    """Measures (an origin with a statistic each) and the measure of every cell [R, C]."""
    width = max(Statistic) + 1
    mixed = assigned.by_cell.astype(np.int32) * width + statistic
    present = np.flatnonzero(np.bincount(mixed.ravel()))
    lookup = np.zeros(int(present[-1]) + 1 if present.size else 1, np.int16)
    lookup[present] = np.arange(len(present))
    measures = []
    for code in present.tolist():
        name, words, why, cell, base = assigned.origins[code // width]
        kind, of = matcher.kind(name), Statistic(code % width)
        measures.append(Measure(name=name, kind=kind, statistic=of, header=words, why=why, cell=cell, base=base))
    codes = lookup[mixed]
    return tuple(measures), codes if codes.shape == statistic.shape else np.repeat(codes, len(statistic), axis=0)


_MEASURE = word_set(
    "measure measures indicator indicators variable statistic metric observation type referral category series"
)
_UNIT = word_set("unit units statistic measure type uom basis format aggregation")
_MEMBERS = 200  # a column with more members names no measures


class OfColumns(NamedTuple):
    """What dimension columns of a tidy table say of its values."""

    assigned: Assigned | None = None
    statistic: Codes | None = None  # [R], 0 where it is not said


def of_tidy(
    names: Sequence[str], keys: Sequence[Key], leaves: Sequence[Sequence[str]], *, matcher: Matcher
) -> OfColumns:
    """Measure and statistic columns of a tidy table.

    names, keys: headers and members of the stub columns; leaves: headers of the body columns.
    """
    assigned: Assigned | None = None
    statistic: Codes | None = None
    headed = any(matcher.find(leaf[-1]).measure for leaf in leaves if leaf)
    for name, (codes, members) in zip(names, keys, strict=True):
        if len(members) > _MEMBERS:
            continue
        if not headed and assigned is None and _names_measures(name, members, matcher):
            by_cell = np.repeat(codes.astype(np.int16)[:, None], len(leaves), axis=1)
            assigned = Assigned(of_members(members, name, matcher), by_cell)
            statistic = _statistics(codes, members) if statistic is None else statistic
        elif not _UNIT.isdisjoint(tokens(name)):
            named = _statistics(codes, members)
            statistic = statistic if named is None else named
    return OfColumns(assigned, statistic)


def _names_measures(name: str, members: Sequence[str], matcher: Matcher) -> bool:
    """True where the members of a column are measures: the policy has most, or some and the header says so."""
    count = sum(1 for member in members if (terms := matcher.find(member)).measure and not terms.member)
    return count > 0 and (count * 2 >= len(members) or not _MEASURE.isdisjoint(tokens(name)))


def _statistics(codes: Index, members: Sequence[str]) -> Codes | None:
    named = np.array([statistic_of(member) for member in members], np.int8)
    return named[codes] if named.any() else None
