"""Tidy tables: the measure and the statistic as values of a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables import statistic
from wpmi_lint.tables.lexicon import tokens, word_set
from wpmi_lint.tables.measures import Assigned, Source, of_members

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Codes
    from wpmi_lint.terms import Matcher

_MEASURE = word_set(
    "measure measures indicator indicators variable statistic metric observation type referral category series"
)
_UNIT = word_set("unit units statistic measure type uom basis format aggregation")
_MEMBERS = 200  # a column with more members names no measures


class Said(NamedTuple):
    """What columns of a tidy table say of its values."""

    tidy: bool = False
    assigned: Assigned | None = None
    statistic: Codes | None = None  # [R], 0 where not said


NOTHING = Said()


def read(
    names: Sequence[str],
    words: Sequence[Sequence[str]],
    leaves: Sequence[Sequence[str]],
    matcher: Matcher,
) -> Said:
    """Measure and statistic columns of a tidy table."""
    assigned: Assigned | None = None
    stats: Codes | None = None
    own = any(matcher.measure(leaf[-1]) for leaf in leaves if leaf)
    for name, column in zip(names, words, strict=True):
        members = list(dict.fromkeys(column))
        if len(members) > _MEMBERS:
            continue
        if not own and assigned is None and _names_measures(name, members, matcher):
            assigned = _assigned(column, members, name, len(leaves), matcher)
            stats = _stats(column, members) if stats is None else stats
        elif set(tokens(name)) & _UNIT:
            found = _stats(column, members)
            stats = found if found is not None else stats
    return Said(True, assigned, stats)


def _names_measures(name: str, members: Sequence[str], matcher: Matcher) -> bool:
    """True where the members of a column are measures: the policy knows most, or some and the header says so."""
    known = sum(1 for m in members if matcher.measure(m) and not matcher.member(m))
    if not known:
        return False
    return known * 2 >= len(members) or bool(set(tokens(name)) & _MEASURE)


def _assigned(column: Sequence[str], members: list[str], name: str, width: int, matcher: Matcher) -> Assigned:
    codes = {member: at for at, member in enumerate(members)}
    rows = np.fromiter(map(codes.__getitem__, column), np.int16, len(column))
    sources: list[Source] = of_members(members, name, matcher)
    return Assigned(tuple(sources), np.repeat(rows[:, None], width, axis=1))


def _stats(column: Sequence[str], members: Sequence[str]) -> Codes | None:
    named = {member: int(statistic.hint(member).statistic) for member in members}
    if not any(named.values()):
        return None
    return np.fromiter(map(named.__getitem__, column), np.int8, len(column))
