"""What every cell counts: the policy's measures in column header, row header, spanning header, title, sheet, file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Measure, Statistic
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.find.surroundings import Nearby
from wpmi_lint.tables.lexicon.headers import only_statistic
from wpmi_lint.tables.lexicon.periods import is_period
from wpmi_lint.tables.lexicon.totals import is_total, is_whole
from wpmi_lint.tables.meaning.named import named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wpmi_lint.model import Codes
    from wpmi_lint.tables.find.headers import Levels
    from wpmi_lint.tables.frame import Frame
    from wpmi_lint.terms import Matcher

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
    found = {}
    for at, label in enumerate(labels):
        words = next((w for w in reversed(label) if matcher.measure(w) and not matcher.member(w)), None)
        if words is not None:
            found[at] = _origin(words, "row header", matcher, cell=(int(frame.rows[at]), col))
    return found


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
    found = np.zeros((height if rows else 1, len(headers)), np.int16)
    for at, (levels, own) in enumerate(zip(headers, columns, strict=True)):
        origin = own or (fallback if fallback and not (among_measures and _names(levels, matcher)) else None)
        found[:, at] = origins.setdefault(origin or _unnamed(levels), len(origins))
    for row, origin in rows.items():
        found[row, ~by_header] = origins.setdefault(origin, len(origins))
    used = unclear if unclear and any(origin.why == "title" for origin in origins) else ""
    return Assigned(tuple(origins), found, used)


def _of_columns(headers: Sequence[Levels], matcher: Matcher) -> list[Origin | None]:
    """The origin of each column that its own headers name; a bare "%" belongs to the column before it."""
    found: list[Origin | None] = []
    for levels in headers:
        before = found[-1] if found else None
        own = _of_levels(levels, matcher)
        follows = own is None and before is not None and before.why == _HEADER
        if follows and levels and only_statistic(levels[-1][0]) and not is_whole(levels[-1][0]):
            own = before._replace(why="header of the column before") if before else None
        found.append(own)
    return found


def _of_levels(levels: Levels, matcher: Matcher) -> Origin | None:
    for depth, (words, row, col) in enumerate(reversed(levels)):
        if (depth or not matcher.member(words)) and matcher.measure(words):
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
        if words and matcher.measure(words) and not matcher.dimension(words) and not matcher.member(words)
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
    member = matcher.member(leaf) or is_period(leaf) or is_total(leaf) or leaf.strip().isdigit()
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
