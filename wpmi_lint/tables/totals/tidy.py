"""Tidy tables: a dimension with a member that says total becomes lines, one a member, like those of a cross table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.tables.totals import words
from wpmi_lint.tables.totals.lines import Lines, sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from wpmi_lint.tables.body import Body, Key
    from wpmi_lint.tables.totals.lines import Cells

# a dimension with more members is a list of things, not a breakdown
MOST_MEMBERS = 5_000
# the grid of members by groups may be so much larger than the table before it is too thin to be a breakdown
THINNEST = 12


def dimensions(body: Body, table: Cells) -> Iterator[Lines]:
    """For each dimension that has a total member: its members as lines, the groups of the others as positions."""
    for d, key in enumerate(body.keys):
        said = _said(key)
        if said is None:
            continue
        others = [k for i, k in enumerate(body.keys) if i != d and not _follows(key, k, said)]
        made = _pivot(table, key, others, said)
        if made is not None:
            yield made


def _said(key: Key) -> list[int] | None:
    """What the members say, or None where none of them says total."""
    if not 3 <= len(key.members) <= MOST_MEMBERS:
        return None
    said = [words.says(member) if member else words.NONE for member in key.members]
    return said if max(said) >= words.PLACE else None


def _follows(key: Key, other: Key, said: list[int]) -> bool:
    """Whether `other` is determined by `key` (code and name, area and region), totals of `key` left aside."""
    if len(other.members) < 2:
        return True
    pairs = _distinct(
        key.codes.astype(np.int64) * len(other.members) + other.codes, len(key.members) * len(other.members)
    )
    of = pairs // len(other.members)
    plain = np.array(said)[of] < words.PLACE
    members = np.bincount(of[plain], minlength=1)
    return bool(members.max(initial=0) <= 1)


def _distinct(codes: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    if size <= 4_000_000:
        seen = np.zeros(size, dtype=bool)
        seen[codes] = True
        return np.flatnonzero(seen)
    return np.unique(codes)


def _groups(keys: list[Key], rows: int) -> tuple[NDArray[np.int64], int]:
    """One code for each combination of members that occurs, and how many there are."""
    codes = np.zeros(rows, dtype=np.int64)
    size = 1
    for key in keys:
        codes = codes * len(key.members) + key.codes
        size *= len(key.members)
        if size > 4 * rows + 1000:
            seen, codes = np.unique(codes, return_inverse=True)
            size = seen.size
    return codes, size


def _pivot(table: Cells, key: Key, others: list[Key], said: list[int]) -> Lines | None:
    rows, width = table.value.shape
    n = len(key.members)
    group, groups = _groups(others, rows)
    if n * groups > THINNEST * rows + 10_000:
        seen, group = np.unique(group, return_inverse=True)
        groups = seen.size
        if n * groups > THINNEST * rows + 10_000:
            return None
    row_at = np.full(n * groups, -1, dtype=np.int64)
    slot = key.codes.astype(np.int64) * groups + group
    row_at[slot] = np.arange(rows)
    if np.count_nonzero(row_at >= 0) < 0.99 * rows:
        return None  # rows are not told apart by the dimensions: what is added up is not known
    at = np.where(row_at >= 0, row_at * width, -1).reshape(n, groups, 1) + np.arange(width)
    return lines_at(table, key, said, at.reshape(n, groups * width), np.repeat(row_at >= 0, width).reshape(n, -1))


def lines_at(table: Cells, key: Key, said: list[int], at: NDArray[np.int64], there: NDArray[np.bool_]) -> Lines:
    """Lines whose cell (i, j) is body cell at[i, j], where `there`."""
    from_body = np.where(there, at, 0)
    unit = table.unit
    value = np.where(there, table.value.reshape(-1)[from_body], 0.0)
    number = table.number.reshape(-1)[from_body] & there
    hidden = table.hidden.reshape(-1)[from_body] & there
    shown = table.shown.reshape(-1)[from_body] & there
    kind = np.where(there, table.kind.reshape(-1)[from_body], np.int8(0))
    labels, n = [(member,) for member in key.members], len(key.members)
    says = np.array(said, dtype=np.intp)
    form = words.GAIN[says], np.zeros(n, np.intp), False, None
    if unit.size > 1:
        unit = unit.reshape(-1)[from_body]
    return Lines(
        "member", value, number, hidden, shown, kind, labels, says, *form, unit, False, sample(value.shape[1]), at
    )
