"""Totals in one view, level by level: what has been added up steps back, so that the next level lies side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.tables.lexicon import totals as words
from wpmi_lint.tables.totals import search
from wpmi_lint.tables.totals.obvious import complete
from wpmi_lint.tables.totals.relations import Known, Relation
from wpmi_lint.tables.totals.signs import Signs, View, natural_runs, read, sensible

if TYPE_CHECKING:
    from wpmi_lint.model import Matrix
    from wpmi_lint.tables.totals.lines import Lines
    from wpmi_lint.tables.totals.search import Grid, Ints, Run, Runs

# logarithms of odds that the form of a run adds to the evidence of the figures (evidence.py) and the words (words.py)
CHILDREN = 6.0  # the run is exactly what is indented below the line
PERIODS = 16.0  # the run is all finer periods beside a period: as strong as the word total
CLEAR = 5  # positions in which the sum of all other lines must hold to need no further search
NATURAL = 1.0  # the run ends where something else ends
TOTAL_INSIDE = -5.0  # a line that says total among the parts, when it was not itself found to be one
APART = 3.0  # more is wanted of a run that does not lie beside its total
SURE = 6.0  # wanted beyond the number of hypotheses that were tried

MOST_LEVELS = 8  # deeper nesting than this is not met; a bound for hostile tables
SUBTOTAL = 1.0  # a part that is itself a total, where any line will do
MOST_FOR_PAIRS = 80  # lines of which all pairs are tried
MOST_PARTS = 300_000  # parts that are looked at one by one in one pass
MOST_TRIED = 4000  # candidates that are looked at one by one in one pass


def settle(lines: Lines, view: View, known: Known) -> None:
    """Find the totals of a view and put them into `known`."""
    if _closing(lines, view, known):
        return
    active = view.lines
    searched = False
    for _ in range(MOST_LEVELS):
        if active.size < 3:
            return
        figures, signs = _grid(lines, active), read(lines, view, active, known)
        runs = _join(search.beside(figures), search.screen(figures, natural_runs(active.size, signs)))
        taken = _weigh_and_accept(lines, view, active, signs, figures, runs, known)
        if not taken and not view.family:
            taken = complete(lines, active, known, exact=True)
        if not taken and not searched and not view.strict:
            searched = True
            taken = _anywhere(lines, view, active, signs, figures, known)
        if not taken:
            if known.relations or (signs.prior > 0).any():
                _pairs(lines, view, known)
            return
        active = active[[line not in taken for line in active.tolist()]]


def _closing(lines: Lines, view: View, known: Known) -> bool:
    """Whether the view is closed by one total of all its other lines: the commonest table, settled at once.

    Where that sum holds there can be no other total, since it would have been added together with its parts.
    """
    n = view.lines.size
    if not lines.plain or view.family or lines.sampled is not None or n < 3:
        return False
    says = lines.says[view.lines]
    told = np.flatnonzero(says)
    if told.size != 1 or says[told[0]] != words.STRONG or told[0] not in (0, n - 1):
        return False
    total, parts = int(view.lines[told[0]]), np.delete(view.lines, told[0])
    figure, value = lines.value[total], lines.value[parts]
    used = int(np.count_nonzero(figure))
    exact = int(np.count_nonzero(search.equal(figure, value.sum(axis=0)) & (figure != 0)))
    if exact < CLEAR or 5 * exact < 4 * used:
        return False
    return known.add(Relation(total, tuple(parts.tolist()), used, exact, exact))


def _anywhere(lines: Lines, view: View, active: Ints, signs: Signs, figures: Grid, known: Known) -> set[int]:
    """Runs that do not lie beside their total, for lines that words make likely totals."""
    wanted = [i for i in signs.marked.tolist() if signs.prior[i] > 0 and int(active[i]) not in known.of_total]
    if not wanted:
        return set()
    runs = search.anywhere(figures, np.array(wanted[:MOST_LEVELS]))
    return _weigh_and_accept(lines, view._replace(strict=view.strict + APART), active, signs, figures, runs, known)


def _pairs(lines: Lines, view: View, known: Known) -> None:
    """Lines that are the sum of two lines elsewhere, in tables that are known to have totals."""
    n = view.lines.size
    if n > MOST_FOR_PAIRS or view.strict:
        return
    figures = _grid(lines, view.lines)
    if figures.probes.size < 2:
        return
    total, parts = search.pairs(figures)
    weight = search.weigh_parts(figures, total, parts)
    summed = np.array([line in known.of_total for line in view.lines.tolist()])
    score = weight.score + read(lines, view, view.lines, known).prior[total] + SUBTOTAL * summed[parts].sum(axis=1)
    needed = SURE + APART + float(np.log(n * n * n / 2))
    for i in np.argsort(-score, kind="stable")[:MOST_TRIED].tolist():
        if score[i] <= needed or 4 * weight.held[i] < 3 * weight.used[i]:
            continue
        pair = tuple(view.lines[parts[i]].tolist())
        line = int(view.lines[total[i]])
        if line not in known.of_total and sensible(lines, line, pair):
            known.add(Relation(line, pair, *weight.counts(i), view.family))


def _grid(lines: Lines, active: Ints) -> Grid:
    at = active if lines.sampled is None else np.ix_(active, lines.sampled)
    unit = lines.unit if lines.unit.size == 1 else lines.unit[at]
    return search.grid(lines.value[at], lines.number[at], lines.hidden[at], unit)


def _join(first: Runs, second: Runs) -> Runs:
    return tuple(np.concatenate(pair) for pair in zip(first, second, strict=True))  # type: ignore[return-value]


def _weigh_and_accept(
    lines: Lines, view: View, active: Ints, signs: Signs, figures: Grid, candidates: Runs, known: Known
) -> set[int]:
    """Accept the candidates that are surer than chance, the surest first; the lines that were added up."""
    if not candidates[0].size:
        return set()
    runs = search.weigh_runs(figures, candidates)
    weight = runs.weight
    score = weight.score + signs.prior[runs.total]
    needed = SURE + view.strict + float(np.log(2 * active.size))
    most = np.where(signs.prior[runs.total] > 0, 2 * weight.held >= weight.used, 4 * weight.held >= 3 * weight.used)
    promising = (score > SURE - PERIODS - NATURAL) & most & (weight.held > int(view.strict > 0))
    chosen = np.flatnonzero(promising)
    if not chosen.size:
        return set()
    score = score[chosen] + _form(signs, runs, chosen)
    order = np.lexsort((runs.low[chosen] - runs.high[chosen], -score))[:MOST_TRIED]
    taken: set[int] = set()
    room = MOST_PARTS
    for at in order.tolist():
        if score[at] <= needed or room <= 0:
            break
        i = chosen[at]
        parts = tuple(active[runs.low[i] : runs.high[i]].tolist())
        total = int(active[runs.total[i]])
        if total in known.of_total and weight.score[i] + min(signs.prior[runs.total[i]], 0.0) <= needed:
            continue  # the words are spent: another partition of a total must show in the figures
        room -= len(parts)
        if sensible(lines, total, parts) and known.add(Relation(total, parts, *weight.counts(i), view.family)):
            taken.update(parts)
    return taken


def _form(signs: Signs, runs: Run, chosen: Ints) -> Matrix:
    """What the form of each run adds: indented children, natural ends, totals among the parts."""
    total, low, high = runs.total[chosen], runs.low[chosen], runs.high[chosen]
    is_end = np.zeros(signs.prior.size + 1, dtype=bool)
    is_end[signs.ends] = True
    natural = is_end[np.where(low == total + 1, high, low)]
    inside = np.minimum(signs.unsettled[high] - signs.unsettled[low], 3)
    few = np.where(signs.prior[total] > 0, np.log(max(1.0, signs.prior.size / 2)), 0.0)  # natural runs are few to try
    gain: Matrix = (NATURAL + few) * natural + TOTAL_INSIDE * inside
    if signs.child_end is not None:
        gain += CHILDREN * ((low == total + 1) & (high == signs.child_end[total]))
    if signs.periods:
        known = set(signs.periods)
        gain += PERIODS * np.array(
            [run in known for run in zip(*(a.tolist() for a in (total, low, high)), strict=True)]
        )
    return gain
