"""Totals in one view, level by level: what has been added up steps back, so that the next level lies side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.lexicon import totals as words
from wpmi_lint.tables.totals import search
from wpmi_lint.tables.totals.obvious import complete
from wpmi_lint.tables.totals.sums import Accepted, Sum, Trial, equal
from wpmi_lint.tables.totals.views import Signs, View, natural_runs, read, sensible

if TYPE_CHECKING:
    from wpmi_lint.model import Ints, Matrix
    from wpmi_lint.tables.totals.lines import Lines
    from wpmi_lint.tables.totals.search import Candidates, OpenLines, Runs

# Logarithms of odds that the form of a run adds to the evidence of the figures (sums.py) and the words
# (lexicon/totals.py). Set by hand on annotated tables of official files. benchmarks/constants.py halves and doubles
# each: SURE moves the F1 of total cells by 0.006 (half of it finds more), the others by 0.001 at most.
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


class _Level(NamedTuple):
    """The lines of a view that have not been added up yet."""

    lines: Lines
    view: View
    active: Ints
    signs: Signs
    figures: OpenLines


def settle(lines: Lines, view: View, accepted: Accepted) -> None:
    """Find the totals of a view and put them into `accepted`."""
    if _closing(lines, view, accepted):
        return
    active = view.lines
    searched = False
    for _ in range(MOST_LEVELS):
        if active.size < 3:
            return
        figures, signs = search.open_lines(lines, active), read(lines, view, active, accepted=accepted)
        level = _Level(lines=lines, view=view, active=active, signs=signs, figures=figures)
        runs = search.join(search.beside(figures), search.screen(figures, natural_runs(active.size, signs)))
        taken = _accept(level, runs, accepted)
        if not taken and not view.family:
            taken = complete(lines, active, accepted, exact=True)
        if not taken and not searched and not view.strict:
            searched = True
            taken = _anywhere(level, accepted)
        if not taken:
            if accepted.sums or (signs.prior > 0).any():
                _pairs(lines, view, accepted)
            return
        active = active[[line not in taken for line in active.tolist()]]


def _closing(lines: Lines, view: View, accepted: Accepted) -> bool:
    """Whether the view is closed by one total of all its other lines: the commonest table, settled at once.

    Where that sum holds there can be no other total, since it would have been added together with its parts.
    """
    n = view.lines.size
    if not lines.plain or view.family or lines.sampled is not None or n < 3:
        return False
    says = lines.says[view.lines]
    labelled = np.flatnonzero(says)
    if labelled.size != 1 or says[labelled[0]] != words.STRONG or labelled[0] not in (0, n - 1):
        return False
    total, parts = int(view.lines[labelled[0]]), np.delete(view.lines, labelled[0])
    figure, value = lines.value[total], lines.value[parts]
    used = int(np.count_nonzero(figure))
    exact = int(np.count_nonzero(equal(figure, value.sum(axis=0)) & (figure != 0)))
    if exact < CLEAR or 5 * exact < 4 * used:
        return False
    trial = Trial(used=used, held=exact, exact=exact)
    return accepted.add(Sum(total=total, parts=tuple(parts.tolist()), trial=trial))


def _anywhere(level: _Level, accepted: Accepted) -> set[int]:
    """Runs that do not lie beside their total, for lines that words make likely totals."""
    signs, view = level.signs, level.view
    wanted = [i for i in signs.marked.tolist() if signs.prior[i] > 0 and int(level.active[i]) not in accepted.of_total]
    if not wanted:
        return set()
    runs = search.anywhere(level.figures, np.array(wanted[:MOST_LEVELS]))
    return _accept(level._replace(view=view._replace(strict=view.strict + APART)), runs, accepted)


def _pairs(lines: Lines, view: View, accepted: Accepted) -> None:
    """Lines that are the sum of two lines elsewhere, in tables that are known to have totals."""
    n = view.lines.size
    if n > MOST_FOR_PAIRS or view.strict:
        return
    figures = search.open_lines(lines, view.lines)
    if figures.probes.size < 2:
        return
    total, parts = search.pairs(figures)
    weight = search.weigh_parts(figures, total, parts)
    summed = np.array([line in accepted.of_total for line in view.lines.tolist()])
    prior = read(lines, view, view.lines, accepted=accepted).prior[total]
    score = weight.score + prior + SUBTOTAL * summed[parts].sum(axis=1)
    needed = SURE + APART + float(np.log(n * n * n / 2))
    for i in np.argsort(-score, kind="stable")[:MOST_TRIED].tolist():
        if score[i] <= needed or 4 * weight.held[i] < 3 * weight.used[i]:
            continue
        pair = tuple(view.lines[parts[i]].tolist())
        line = int(view.lines[total[i]])
        if line not in accepted.of_total and sensible(lines, line, pair):
            accepted.add(Sum(total=line, parts=pair, trial=weight.trial(i), family=view.family))


def _accept(level: _Level, candidates: Runs, accepted: Accepted) -> set[int]:
    """Accept the candidates that are surer than chance, the surest first; the lines that were added up."""
    if not candidates[0].size:
        return set()
    lines, view, active, signs, figures = level
    runs = search.weigh_runs(figures, candidates)
    weight = runs.weight
    prior = signs.prior[runs.total]
    score = weight.score + prior
    needed = SURE + view.strict + float(np.log(2 * active.size))
    most = np.where(prior > 0, 2 * weight.held >= weight.used, 4 * weight.held >= 3 * weight.used)
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
        if total in accepted.of_total and weight.score[i] + min(prior[i], 0.0) <= needed:
            continue  # the words are spent: another partition of a total must show in the figures
        room -= len(parts)
        proposed = Sum(total=total, parts=parts, trial=weight.trial(i), family=view.family)
        if sensible(lines, total, parts) and accepted.add(proposed):
            taken.update(parts)
    return taken


def _form(signs: Signs, runs: Candidates, chosen: Ints) -> Matrix:
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
        periods = set(signs.periods)
        gain += PERIODS * np.array(
            [run in periods for run in zip(*(a.tolist() for a in (total, low, high)), strict=True)]
        )
    return gain
