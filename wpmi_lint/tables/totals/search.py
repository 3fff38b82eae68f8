"""Candidates: lines that may be the sum of a run of lines, found by cumulative sums and bisection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.totals.sums import Weight, equal, weigh

if TYPE_CHECKING:
    from collections.abc import Callable

    from wpmi_lint.model import Ints, Mask, Matrix
    from wpmi_lint.tables.totals.lines import Lines

    Runs = tuple[Ints, Ints, Ints]

# positions that vote on where a run ends; more add nothing, since every candidate is then weighed on all positions
PROBES = 12
# lines that are tried against every run beside them where figures are negative, so that bisection is of no use
SHORT = 12
# more candidates than this are not weighed in one pass: only hostile tables have so many
MOST_CANDIDATES = 200_000


class OpenLines(NamedTuple):
    """The figures of the lines of a view that have not been added up yet, in order. All [n, m]."""

    value: Matrix
    number: Mask
    hidden: Mask
    unit: Matrix  # what the figure is rounded to; [1, 1] where all are alike
    sums: Matrix  # [n + 1, m] running sums of the values
    probes: Ints  # positions without negative figures, spread evenly


class Candidates(NamedTuple):
    """Line total[i] may be the sum of the lines low[i] to high[i] - 1 of the grid."""

    total: Ints
    low: Ints
    high: Ints
    weight: Weight


def open_lines(lines: Lines, active: Ints) -> OpenLines:
    """The figures of some lines, at the positions that are looked at."""
    at = active if lines.sampled is None else np.ix_(active, lines.sampled)
    value = lines.value[at]
    sums = _running(value)
    rising = np.flatnonzero((value.min(axis=0) >= 0) & (sums[-1] > 0))
    return OpenLines(
        value=value,
        number=lines.number[at],
        hidden=lines.hidden[at],
        unit=lines.unit if lines.unit.size == 1 else lines.unit[at],
        sums=sums,
        probes=rising[:: -(-rising.size // PROBES)] if rising.size > PROBES else rising,
    )


def screen(figures: OpenLines, runs: Runs) -> Runs:
    """Without the runs that cannot hold in half of the positions, as a few of them show."""
    total, low, high = runs
    if not figures.probes.size:
        return runs
    value, sums = figures.value[:, figures.probes], figures.sums[:, figures.probes]
    wide = high - low
    off = np.abs(value[total] + sums[low] - sums[high])
    unit = figures.unit.max() if figures.unit.size > 1 else figures.unit[0, 0]
    hits = (off <= (unit / 2 * (1 + 1e-9) * (wide + 1))[:, None]).sum(axis=1)
    keep = np.flatnonzero((3 * hits >= off.shape[1]) & (wide >= 2))
    return total[keep], low[keep], high[keep]


def _noise(value: Matrix, columns: Matrix) -> Matrix:
    """How far each line is from being proportional to all others, [n, 1].

    Where lines run alike (years that hardly differ), a chance hit in one position brings hits in the others, so that
    only what is peculiar to a line is evidence.
    """
    whole = float(columns.sum())
    if whole == 0:
        return np.zeros((value.shape[0], 1))
    own = value - value.sum(axis=1, keepdims=True) * (columns / whole)
    noise: Matrix = np.einsum("ij,ij->i", own, own) / value.shape[1]
    return noise[:, None]


def weigh_runs(figures: OpenLines, runs: Runs) -> Candidates:
    """Evidence for lines being the sums of runs."""
    total, low, high = runs
    wide = high - low >= 2
    if not wide.all():
        total, low, high = total[wide], low[wide], high[wide]
    total, low, high = total[:MOST_CANDIDATES], low[:MOST_CANDIDATES], high[:MOST_CANDIDATES]

    def add(what: Matrix | Mask) -> Matrix:
        sums = figures.sums if what is figures.value else _running(what)
        added: Matrix = sums[high] - sums[low]
        return added

    usable = figures.number[total]
    if not figures.number.all():  # where all parts are blank there is nothing to compare
        usable = usable & (add(figures.number | figures.hidden) > 0)
    weight = _weigh(figures, total, usable=usable, size=high - low, add=add)
    return Candidates(total=total, low=low, high=high, weight=weight)


def weigh_parts(figures: OpenLines, total: Ints, parts: Ints) -> Weight:
    """Evidence for lines being the sums of lines that do not lie side by side; parts: [c, k]."""
    size = np.full(total.size, parts.shape[1])
    return _weigh(figures, total, usable=figures.number[total], size=size, add=lambda what: what[parts].sum(axis=1))


def _weigh(
    figures: OpenLines, total: Ints, *, usable: Mask, size: Ints, add: Callable[[Matrix | Mask], Matrix]
) -> Weight:
    """Evidence for candidates: where they can be compared, how many parts they have, what sums an array over those."""
    figure, added = figures.value[total], add(figures.value)
    if figures.hidden.any():  # where a part is not shown, the sum of the others speaks only if it is the total
        usable = usable & ((add(figures.hidden) == 0) | equal(figure, added))
    alike = figures.unit.size == 1
    unit = figures.unit if alike else figures.unit[total]
    noise = _noise(figures.value, figures.sums[-1])
    return weigh(
        figure,
        added,
        live=add(figures.value != 0),
        size=size,
        usable=usable,
        unit=unit,
        bound=unit / 2 * (size + 1)[:, None] if alike else (add(figures.unit) + unit) / 2,
        own=np.sqrt(np.maximum(add(noise) + noise[total], 0.0)),
    )


def _running(what: Matrix | Mask) -> Matrix:
    """Running sums down the lines, from 0 on: [n + 1, m]."""
    running = np.zeros((what.shape[0] + 1, what.shape[1]))
    np.add.accumulate(what, axis=0, out=running[1:], dtype=np.float64)
    return running


def beside(figures: OpenLines) -> Runs:
    """Runs right after or right before a line that fit in two positions alike (in one, where there is only one)."""
    probes = figures.probes
    if not probes.size:
        return _short(figures.value.shape[0])
    value, sums = figures.value[:, probes], figures.sums[:, probes]
    n = value.shape[0]
    aim = np.concatenate((sums[1:] + value, sums[:-1] - value))
    line, end = _fits(sums, aim, np.concatenate((value, value)) > 0)
    after = line < n
    total = np.where(after, line, line - n)
    return total, np.where(after, total + 1, end), np.where(after, end, total)


def anywhere(figures: OpenLines, totals: Ints) -> Runs:
    """Runs anywhere in the view that fit some of the given lines."""
    nothing = np.zeros(0, np.intp)
    runs = (nothing, nothing, nothing)
    probes = figures.probes
    value, sums = figures.value[:, probes], figures.sums[:, probes]
    for total in totals.tolist() if probes.size else ():
        low, high = _fits(sums, sums[:-1] + value[total], value[total] > 0)
        outside = (high <= total) | (low > total)
        runs = join(runs, (np.full(np.count_nonzero(outside), total), low[outside], high[outside]))
    return runs


def join(first: Runs, second: Runs) -> Runs:
    """Runs, and other runs after them."""
    return tuple(np.concatenate(pair) for pair in zip(first, second, strict=True))  # type: ignore[return-value]


def pairs(figures: OpenLines) -> tuple[Ints, Ints]:
    """Lines that are the sum of two others in two positions: (total [c], parts [c, 2]).

    Only for exact sums of few lines; the two positions are those with the largest figures.
    """
    n, probes = figures.value.shape[0], figures.probes
    first, second = np.triu_indices(n, 1)
    by_size = probes[np.argsort(-figures.sums[-1][probes])][:2]
    largest, second_largest = figures.value[:, by_size[0]], figures.value[:, by_size[-1]]
    added = largest[first] + largest[second]
    order = np.argsort(added, kind="stable")
    tiny = 1e-9 * float(largest.max())
    low = added[order].searchsorted(largest - tiny)
    high = added[order].searchsorted(largest + tiny, side="right")
    total = np.repeat(np.arange(n), high - low)[:MOST_CANDIDATES]
    at = order[(np.arange(total.size) - np.repeat(np.cumsum(high - low) - high, high - low)[: total.size])]
    fits = np.abs(second_largest[total] - second_largest[first[at]] - second_largest[second[at]]) <= 1e-9 * float(
        second_largest.max()
    )
    fits &= (largest[first[at]] > 0) & (largest[second[at]] > 0)
    return total[fits], np.stack((first[at][fits], second[at][fits]), axis=1)


def _fits(sums: Matrix, aim: Matrix, wanted: Mask) -> tuple[Ints, Ints]:
    """The rows k of `aim` [k, p] with the line at which the running sums reach it, where two positions agree.

    Lines of zeros leave the running sum as it is: both the first and the last line that reaches the aim are taken.
    """
    n, p = sums.shape
    scale, shift = 1.0 / sums[-1], 2.0 * np.arange(p)
    flat = (sums * scale + shift).T.ravel()  # one sorted axis for all positions, 2 apart
    aim = aim * scale
    aim += shift
    tiny = 1e-11 * (p + 1)
    at = flat.searchsorted(aim + tiny, side="right") - 1
    np.maximum(at, 0, out=at)
    row, position = ((np.abs(flat[at] - aim) <= tiny) & wanted).nonzero()
    last = at[row, position]
    first = flat.searchsorted(flat[last] - tiny)
    shorter = first < last
    keys = row * n + last - n * position
    if shorter.any():  # one vote a position for either end
        keys = np.concatenate((keys, (row * n + first - n * position)[shorter]))
    keys.sort()
    if p > 2:
        keys = keys[1:][keys[1:] == keys[:-1]]
    if keys.size > 1:
        keys = keys[np.concatenate(((True,), keys[1:] != keys[:-1]))]
    return keys // n, keys % n


def _short(n: int) -> Runs:
    """Runs of up to a dozen lines beside each line."""
    line, length = (grid.ravel() for grid in np.meshgrid(np.arange(n), np.arange(2, SHORT + 1), indexing="ij"))
    after, before = line + 1 + length <= n, line - length >= 0
    total = np.concatenate((line[after], line[before]))
    low = np.concatenate((line[after] + 1, line[before] - length[before]))
    high = np.concatenate((line[after] + 1 + length[after], line[before]))
    return total, low, high
