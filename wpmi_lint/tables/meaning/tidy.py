"""Tidy tables: the measure and the statistic as values of a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.lexicon import tokens, word_set
from wpmi_lint.tables.lexicon.statistics import statistic_of
from wpmi_lint.tables.meaning.measures import Assigned, of_members

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Codes, Index
    from wpmi_lint.tables.body import Key
    from wpmi_lint.terms import Matcher

_MEASURE = word_set(
    "measure measures indicator indicators variable statistic metric observation type referral category series"
)
_UNIT = word_set("unit units statistic measure type uom basis format aggregation")
_MEMBERS = 200  # a column with more members names no measures


class OfColumns(NamedTuple):
    """What dimension columns of a tidy table say of its values."""

    assigned: Assigned | None = None
    statistic: Codes | None = None  # [R], 0 where it is not said


def read(names: Sequence[str], keys: Sequence[Key], leaves: Sequence[Sequence[str]], *, matcher: Matcher) -> OfColumns:
    """Measure and statistic columns of a tidy table.

    names, keys: headers and members of the stub columns; leaves: headers of the body columns.
    """
    assigned: Assigned | None = None
    statistic: Codes | None = None
    headed = any(matcher.measure(leaf[-1]) for leaf in leaves if leaf)
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
    """True where the members of a column are measures: the policy knows most, or some and the header says so."""
    known = sum(1 for member in members if matcher.measure(member) and not matcher.member(member))
    return known > 0 and (known * 2 >= len(members) or not _MEASURE.isdisjoint(tokens(name)))


def _statistics(codes: Index, members: Sequence[str]) -> Codes | None:
    named = np.array([statistic_of(member) for member in members], np.int8)
    return named[codes] if named.any() else None
