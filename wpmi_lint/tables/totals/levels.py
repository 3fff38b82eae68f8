"""Totals in one view, level by level: what has been added up steps back, so that the next level lies side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wpmi_lint.tables.totals import search, words
from wpmi_lint.tables.totals.obvious import complete
from wpmi_lint.tables.totals.relations import Known, Relation

if TYPE_CHECKING:
    from wpmi_lint.model import Matrix
    from wpmi_lint.tables.totals.lines import Lines
    from wpmi_lint.tables.totals.search import Grid, Ints, Run, Runs

# logarithms of odds that the form of a run adds to the evidence of the figures (evidence.py) and the words (words.py)
CHILDREN = 6.0  # the run is exactly what is indented below the line
NATURAL = 1.0  # the run ends where something else ends
TOTAL_INSIDE = -5.0  # a line that says total among the parts, when it was not itself found to be one
APART = 3.0  # more is wanted of a run that does not lie beside its total
SURE = 6.0  # wanted beyond the number of hypotheses that were tried

MOST_LEVELS = 8  # deeper nesting than this is not met; a bound for hostile tables
SUBTOTAL = 1.0  # a part that is itself a total, where any line will do
MOST_FOR_PAIRS = 80  # lines of which all pairs are tried
MOST_PARTS = 300_000  # parts that are looked at one by one in one pass
MOST_TRIED = 4000  # candidates that are looked at one by one in one pass


class View(NamedTuple):
    """An ordered choice of lines that may be added up among themselves."""

    lines: Ints
    family: str = ""  # in words, "" for all lines
    outer: bool = False  # the lines share their innermost label: the labels outside say which is a total
    strict: float = 0.0  # more evidence wanted, since this view was itself a guess
    lead: float = 0.0  # what the view itself says for its first line being a total


class Signs(NamedTuple):
    """What words and form say of the active lines of a view."""

    prior: Matrix  # [n]
    unsettled: Ints  # [n + 1] running number of lines that say total and have no parts yet
    ends: Ints  # where runs naturally begin or end
    child_end: Ints | None  # [n] where the deeper lines below a line end
    marked: Ints  # lines that words, form or place make likely totals


def settle(lines: Lines, view: View, known: Known) -> None:
    """Find the totals of a view and put them into `known`."""
    active = view.lines
    searched = False
    for _ in range(MOST_LEVELS):
        if active.size < 3:
            return
        figures, signs = _grid(lines, active), _signs(lines, view, active, known)
        runs = _join(search.beside(figures), search.screen(figures, _natural(active.size, signs)))
        taken = _weigh_and_accept(lines, view, active, signs, figures, runs, known)
        if not taken and not view.family:
            taken = complete(lines, active, known, exact=True)
        if not taken and not searched:
            searched = True
            taken = _anywhere(lines, view, active, signs, figures, known)
        if not taken:
            if known.relations or (signs.prior > 0).any():
                _pairs(lines, view, known)
            return
        active = active[[line not in taken for line in active.tolist()]]


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
    score = weight.score + _signs(lines, view, view.lines, known).prior[total] + SUBTOTAL * summed[parts].sum(axis=1)
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


def _signs(lines: Lines, view: View, active: Ints, known: Known) -> Signs:
    n = active.size
    prior, said = lines.prior[active], lines.says[active]
    if view.outer:
        said = np.array([outer_says(lines.labels[line]) for line in active.tolist()])
        prior = words.GAIN[said]
    if view.lead:
        prior[0] += view.lead
    mark = (said >= words.PLACE) | (prior >= words.BOLD)
    outer = lines.outer
    if outer is None and not lines.indented and not mark.any():
        return Signs(prior, np.zeros(n + 1, np.intp), np.array((0, n)), None, np.array((0, n - 1)))
    ends = np.flatnonzero(mark)
    changes = np.zeros(0, np.intp)
    if outer is not None and not view.outer:
        changes = np.flatnonzero(outer[active][1:] != outer[active][:-1]) + 1
        if 2 * len(changes) >= n:
            changes = changes[:0]
    ends = np.unique(np.concatenate((ends, ends + 1, changes, (0, n)))).astype(np.intp)
    mark[0] = mark[-1] = True
    child_end = None
    if lines.indented:
        child_end = _child_ends(lines.indent[active].tolist())
        mark |= child_end > np.arange(2, n + 2)
    open_totals = said >= words.WEAK
    if known.of_total:
        open_totals &= np.array([line not in known.of_total for line in active.tolist()])
    unsettled = np.zeros(n + 1, dtype=np.intp)
    np.add.accumulate(open_totals, out=unsettled[1:], dtype=np.intp)
    return Signs(prior, unsettled, ends, child_end, np.flatnonzero(mark))


def outer_says(labels: tuple[str, ...]) -> int:
    """What the labels outside the innermost one say."""
    return max((words.says(label) for label in labels[:-1] if label), default=words.NONE)


def _child_ends(indent: list[int]) -> Ints:
    """For each line the end of the deeper lines that follow it; line + 1 where there are none."""
    ends = np.arange(1, len(indent) + 1)
    open_lines: list[int] = []
    for i, depth in enumerate([*indent, -1]):
        while open_lines and indent[open_lines[-1]] >= depth:
            ends[open_lines.pop()] = i
        open_lines.append(i)
    return ends


def _natural(n: int, signs: Signs) -> Runs:
    """For each marked line: the runs before and after it, to the next natural end and to the end of the view."""
    line, ends = signs.marked, signs.ends
    before = ends[np.maximum(ends.searchsorted(line) - 1, 0)]
    after = ends[np.minimum(ends.searchsorted(line + 1, side="right"), ends.size - 1)]
    low = [before, line + 1, np.zeros_like(line), line + 1]
    high = [line, after, line, np.full_like(line, n)]
    if signs.child_end is not None:
        low.append(line + 1)
        high.append(signs.child_end[line])
    return np.concatenate([line] * len(low)), np.concatenate(low), np.concatenate(high)


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
    promising = (score > SURE - CHILDREN - NATURAL) & most & (weight.held > int(view.strict > 0))
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
        if total in known.of_total and score[at] - max(signs.prior[runs.total[i]], 0.0) <= needed:
            continue  # the words are spent: another partition of a total must show in the figures
        room -= len(parts)
        if sensible(lines, total, parts) and known.add(Relation(total, parts, *weight.counts(i), view.family)):
            taken.update(parts)
    return taken


def sensible(lines: Lines, total: int, parts: tuple[int, ...]) -> bool:
    """Whether words allow the relation: a year is not the sum of another year and a change."""
    if lines.prior[total] != words.PERIOD or not words.year(words.inner(lines.labels[total])):
        return True
    return not any(words.year(words.inner(lines.labels[part])) for part in parts)


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
    return gain
