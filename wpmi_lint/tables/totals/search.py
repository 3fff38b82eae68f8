"""Candidates: lines that may be the sum of a run of lines next to them, found by cumulative sums and bisection."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wpmi_lint.tables.totals.evidence import Weight, weigh

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wpmi_lint.model import Matrix

    Ints = NDArray[np.intp]
    Mask = NDArray[np.bool_]


class Run(NamedTuple):
    """Candidates: line `total[i]` may be the sum of the lines low[i] to high[i] - 1 of the same view."""

    total: Ints
    low: Ints
    high: Ints
    weight: Weight


class Sums(NamedTuple):
    """Cumulative sums over the lines of a view; all [n + 1, m]."""

    value: Matrix
    live: Matrix
    hidden: Matrix


def cumulate(value: Matrix, hidden: Mask) -> Sums:
    """Running sums with a zero line in front."""
    n, m = value.shape
    sums = np.zeros((n + 1, m))
    np.cumsum(value, axis=0, out=sums[1:])
    live = np.zeros((n + 1, m))
    np.cumsum(value != 0, axis=0, out=live[1:])
    veiled = np.zeros((n + 1, m))
    if hidden.any():
        np.cumsum(hidden, axis=0, out=veiled[1:])
    return Sums(sums, live, veiled)


def candidates(value: Matrix, number: Mask, hidden: Mask, base: float, ends: Ints, child_end: Ints) -> Run:
    """All runs worth a look: where bisection puts the end of the run in some positions alike, and the natural ends.

    value, number, hidden: [n, m]; ends: lines at which a run may naturally begin or end (0 and n among them);
    child_end: [n] the end of the lines that are indented below each line.
    """
    n = value.shape[0]
    sums = cumulate(value, hidden)
    total, low, high = _natural(n, ends, child_end)
    voted = _voted(value, sums.value)
    if voted is not None:
        total, low, high = (np.concatenate(pair) for pair in zip((total, low, high), voted, strict=True))
    wide = high - low >= 2
    total, low, high = total[wide], low[wide], high[wide]
    return Run(total, low, high, weigh_runs(value, number, sums, base, total, low, high))


def weigh_runs(value: Matrix, number: Mask, sums: Sums, base: float, total: Ints, low: Ints, high: Ints) -> Weight:
    """Evidence for runs [low, high) of a view being the parts of `total`."""
    added = sums.value[high] - sums.value[low]
    live = sums.live[high] - sums.live[low]
    usable = number[total] & (sums.hidden[high] == sums.hidden[low])
    parts = (high - low).astype(np.float64)[:, None]
    return weigh(value[total], added, live, parts, usable, base)


def _natural(n: int, ends: Ints, child_end: Ints) -> tuple[Ints, Ints, Ints]:
    """For each line the run before it back to the previous natural end, and the run after it up to the next."""
    lines = np.arange(n)
    before = ends[np.searchsorted(ends, lines, side="right") - 1]
    after = ends[np.searchsorted(ends, lines + 1, side="left")]
    total = np.concatenate((lines, lines, lines, lines, lines))
    low = np.concatenate((before, lines + 1, np.zeros(n, np.intp), lines + 1, lines + 1))
    high = np.concatenate((lines, after, lines, np.full(n, n), child_end))
    return total, low, high


def _voted(value: Matrix, sums: Matrix) -> tuple[Ints, Ints, Ints] | None:
    """Runs whose other end bisection of the running sums puts at the same line in two positions, or in the only one."""
    rising = np.flatnonzero((value >= 0).all(axis=0) & (sums[-1] > 0))
    if not rising.size:
        return _short(value)
    n = value.shape[0]
    v, s = value[:, rising], sums[:, rising]
    m = rising.size
    scale = 1.0 / s[-1]
    shift = 2.0 * np.arange(m)
    flat = (s * scale + shift).T.ravel()  # one sorted axis for all positions, 2 apart
    aim = np.concatenate((s[1:] + v, s[:-1] - v)) * scale  # where the run after, the run before must end
    aim = np.clip(aim, -0.5, 1.5) + shift
    tiny = 1e-12 * (m + 1)
    offset = (n + 1) * np.arange(m)
    right = np.searchsorted(flat, aim + tiny, side="right") - 1 - offset
    left = np.searchsorted(flat, aim - tiny, side="left") - offset
    near = np.where(_closer(flat, aim, right + offset), right + 1, right)
    ok = np.concatenate((v, v)) > 0
    where = np.clip(np.concatenate((near, left)), 0, n)
    line = np.arange(2 * n)[:, None]
    keys = (np.concatenate((line, line)) * (n + 1) + where)[np.concatenate((ok, ok))]
    found, votes = np.unique(keys, return_counts=True)
    # `near` and `left` fall together where the hit is exact, so an exact hit counts twice
    found = found[votes >= (2 if m <= 2 else 3)]
    line, end = found // (n + 1), found % (n + 1)
    after = line < n
    total = np.where(after, line, line - n)
    low = np.where(after, total + 1, end)
    high = np.where(after, end, total)
    return total, low, high


def _closer(flat: Matrix, aim: Matrix, at: Ints) -> Mask:
    """Whether the next running sum is closer to the aim than the one at `at`."""
    last = flat.size - 1
    here = np.clip(at, 0, last)
    there = np.clip(at + 1, 0, last)
    closer: Mask = (flat[there] - aim < aim - flat[here]) & (flat[there] - aim < 0.5)
    return closer


# lines that are tried against every run beside them where figures are negative, so that bisection is of no use
_SHORT = 12


def _short(value: Matrix) -> tuple[Ints, Ints, Ints] | None:
    """Runs of up to a dozen lines beside each line."""
    n = value.shape[0]
    line, length = (grid.ravel() for grid in np.meshgrid(np.arange(n), np.arange(2, _SHORT + 1), indexing="ij"))
    after, before = line + 1 + length <= n, line - length >= 0
    total = np.concatenate((line[after], line[before]))
    low = np.concatenate((line[after] + 1, line[before] - length[before]))
    high = np.concatenate((line[after] + 1 + length[after], line[before]))
    return total, low, high
