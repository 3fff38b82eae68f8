"""Tidy tables: a dimension with a member that says total becomes lines, one a member, like those of a cross table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import distinct
from wpmi_lint.tables.lexicon import totals as words
from wpmi_lint.tables.totals.lines import Addends, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from wpmi_lint.model import Mask
    from wpmi_lint.tables.body import Body, Key
    from wpmi_lint.tables.totals.lines import Lines

# a dimension with more members is a list of things, not a breakdown
MOST_MEMBERS = 5_000
# the grid of members by groups may be so much larger than the table before it is too thin to be a breakdown
THINNEST = 12


def dimensions(body: Body, table: Addends) -> Iterator[Lines]:
    """For each dimension that has a total member: its members as lines, the groups of the others as positions."""
    done: list[Key] = []
    for d, key in enumerate(body.keys):
        has_total = 3 <= len(key.members) <= MOST_MEMBERS and max(map(words.says, key.members)) >= words.PLACE
        if not has_total or any(_same(key, other) for other in done):
            continue
        done.append(key)
        lines = _pivot(table, key, [k for i, k in enumerate(body.keys) if i != d and not _follows(key, k)])
        if lines is not None:
            yield lines


def _same(key: Key, other: Key) -> bool:
    """Whether two columns name the same things (a code and its name)."""
    if len(key.members) != len(other.members):
        return False
    size = len(key.members)
    return _distinct(key.codes.astype(np.int64) * size + other.codes, size * size).size <= size


def _follows(key: Key, other: Key) -> bool:
    """Whether `other` is determined by `key`, as the name is by the code and the region by the area."""
    size = len(other.members)
    if size < 2:
        return True
    pairs = _distinct(key.codes.astype(np.int64) * size + other.codes, len(key.members) * size)
    return int(np.bincount(pairs // size, minlength=1).max()) <= 1


def _distinct(codes: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    if size <= 4_000_000:
        seen = np.zeros(size, dtype=bool)
        seen[codes] = True
        return np.flatnonzero(seen)
    return distinct(codes)


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


def _pivot(table: Addends, key: Key, others: list[Key]) -> Lines | None:
    rows, width = table.value.shape
    n = len(key.members)
    group, groups = _groups(others, rows)
    if n * groups > THINNEST * rows + 10_000:
        seen, group = np.unique(group, return_inverse=True)
        groups = seen.size
        if n * groups > THINNEST * rows + 10_000:
            return None
    row_at = np.full(n * groups, -1, dtype=np.int64)
    row_at[key.codes.astype(np.int64) * groups + group] = np.arange(rows)
    if np.count_nonzero(row_at >= 0) < 0.99 * rows:
        return None  # rows are not told apart by the dimensions: what is added up is not known
    order = _order(table, key)
    row_at = row_at.reshape(n, groups)[order]
    at = (row_at[:, :, None] * width + np.arange(width)).reshape(n, groups * width)
    return _lines_at(table, [key.members[i] for i in order], at=at, there=np.repeat(row_at >= 0, width, axis=1))


def _order(table: Addends, key: Key) -> list[int]:
    """The members in the order of a cross table: what says total first, then as the rows have them."""
    first = np.full(len(key.members), key.codes.size)
    np.minimum.at(first, key.codes, np.arange(key.codes.size))
    size = np.bincount(key.codes, weights=table.value.sum(axis=1), minlength=len(key.members))
    says = list(map(words.says, key.members))
    places = [-float(size[i]) if word == words.PLACE else 0.0 for i, word in enumerate(says)]
    return sorted(range(len(says)), key=lambda i: (-max(says[i], 0), places[i], int(first[i])))


def _lines_at(table: Addends, names: list[str], *, at: NDArray[np.int64], there: Mask) -> Lines:
    """Lines whose cell (i, j) is body cell at[i, j], where `there`."""
    from_body = np.where(there, at, 0)
    kind = np.where(there, table.kind.reshape(-1)[from_body], np.int8(0))
    cells = Addends(
        value=np.where(there, table.value.reshape(-1)[from_body], 0.0),
        number=table.number.reshape(-1)[from_body] & there,
        hidden=table.hidden.reshape(-1)[from_body] & there,
        shown=table.shown.reshape(-1)[from_body] & there,
        kind=np.where(there, kind, kind.max(axis=0)),  # a cell that is not there is of the class of its group
        unit=table.unit if table.unit.size == 1 else table.unit.reshape(-1)[from_body],
        mixed=table.mixed,
        plain=False,
    )
    weights = [(word, float(words.GAIN[word])) for word in map(words.says, names)]
    return lines_of(cells, at, [(name,) for name in names], weights=weights, axis="member")
