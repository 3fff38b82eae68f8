"""Totals in one view, level by level: what has been added up steps back, so that the next level lies side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wpmi_lint.tables.totals import search, words
from wpmi_lint.tables.totals.relations import Known, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wpmi_lint.tables.totals.lines import Lines
    from wpmi_lint.tables.totals.search import Ints, Run

# logarithms of odds that words and form add to the evidence of the figures (evidence.py)
WORDS = {words.STRONG: 9.0, words.WEAK: 6.0, words.PLACE: 3.5, words.NONE: 0.0, words.PART: -3.0, words.NEVER: -50.0}
BLANK = 3.0  # no label at all
BOLD = 2.0
PERIOD = -6.0  # a year or quarter is rarely the sum of its neighbours
CHILDREN = 6.0  # the run is exactly what is indented below the line
NATURAL = 1.0  # the run ends where something else ends
TOTAL_INSIDE = -5.0  # a line that says total among the parts, when it was not itself found to be one
SURE = 6.0  # wanted beyond the number of hypotheses that were tried

MOST_LEVELS = 8  # deeper nesting than this is not met; a bound for hostile tables
MOST_TRIED = 4000  # candidates that are looked at one by one in one pass


class View(NamedTuple):
    """An ordered choice of lines that may be added up among themselves."""

    lines: Ints
    family: str = ""  # in words, "" for all lines
    outer: bool = False  # the lines share their innermost label: the labels outside say which is a total
    strict: float = 0.0  # more evidence wanted, since this view was itself a guess


def settle(lines: Lines, view: View, known: Known) -> None:
    """Find the totals of a view and put them into `known`."""
    active = view.lines
    for _ in range(MOST_LEVELS):
        if active.size < 3:
            return
        taken = _one_level(lines, view, active, known)
        if not taken:
            return
        active = active[~np.isin(active, np.fromiter(taken, np.intp))]


def _one_level(lines: Lines, view: View, active: Ints, known: Known) -> set[int]:
    at = active if lines.sampled is None else np.ix_(active, lines.sampled)
    prior, ends, child_end = _prior(lines, view, active)
    runs = search.candidates(lines.value[at], lines.number[at], lines.hidden[at], lines.base, ends, child_end)
    weight = runs.weight
    score = weight.score + prior[runs.total]
    needed = SURE + view.strict + float(np.log(2 * active.size))
    promising = (score > needed - CHILDREN - NATURAL) & (2 * weight.held >= weight.used) & (weight.held > 0)
    chosen = np.flatnonzero(promising)
    if not chosen.size:
        return set()
    score = score + _form(lines, view, active, runs, ends, child_end)
    chosen = chosen[score[chosen] > needed]
    order = chosen[np.lexsort((runs.low[chosen] - runs.high[chosen], -score[chosen]))][:MOST_TRIED]
    taken: set[int] = set()
    for i in order.tolist():
        parts = tuple(active[runs.low[i] : runs.high[i]].tolist())
        relation = Relation(
            int(active[runs.total[i]]), parts, float(score[i]), int(weight.used[i]), int(weight.held[i]), view.family
        )
        if known.add(relation):
            taken.update(parts)
    return taken


def _prior(lines: Lines, view: View, active: Ints) -> tuple[np.ndarray, Ints, Ints]:
    """For each active line: what its words add; where runs may end; where its indented lines end."""
    n = active.size
    prior = np.zeros(n)
    marks = {0, n}
    picked = active.tolist()
    for i, line in enumerate(picked):
        said = outer_says(lines.labels[line]) if view.outer else lines.says[line]
        gain = WORDS[said]
        if said == words.NONE:
            label = words.inner(lines.labels[line])
            if not label:
                gain = BLANK
            elif words.period(label):
                gain = PERIOD
        if lines.bold[line]:
            gain += BOLD
        prior[i] = gain
        if said >= words.PLACE or (lines.bold[line] and gain > 0):
            marks.update((i, i + 1))
    if not view.outer:
        marks.update(_changes([lines.labels[line][:-1] for line in picked]))
    return prior, np.array(sorted(marks), dtype=np.intp), _child_ends([lines.indent[line] for line in picked])


def outer_says(labels: tuple[str, ...]) -> int:
    """What the labels outside the innermost one say."""
    return max((words.says(label) for label in labels[:-1] if label), default=words.NONE)


def _changes(outer: list[tuple[str, ...]]) -> Iterable[int]:
    """Where the labels outside change, when they stay the same for runs of lines."""
    changes = [i for i in range(1, len(outer)) if outer[i] != outer[i - 1]]
    return changes if 2 * len(changes) < len(outer) else ()


def _child_ends(indent: list[int]) -> Ints:
    """For each line the end of the deeper lines that follow it; line + 1 where there are none."""
    n = len(indent)
    ends = np.arange(1, n + 1)
    if n and min(indent) == max(indent):
        return ends
    open_lines: list[int] = []
    for i, depth in enumerate([*indent, -1]):
        while open_lines and indent[open_lines[-1]] >= depth:
            ends[open_lines.pop()] = i
        open_lines.append(i)
    return ends


def _form(lines: Lines, view: View, active: Ints, runs: Run, ends: Ints, child_end: Ints) -> np.ndarray:
    """What the form of each run adds: indented children, natural ends, totals among the parts."""
    n = active.size
    total, low, high = runs.total, runs.low, runs.high
    children = (low == total + 1) & (high == child_end[total])
    natural = np.isin(np.where(low == total + 1, high, low), ends)
    said = np.array([outer_says(lines.labels[i]) if view.outer else lines.says[i] for i in active.tolist()])
    strong = np.zeros(n + 1)
    np.cumsum(said == words.STRONG, out=strong[1:])
    inside = np.minimum(strong[high] - strong[low], 3)
    gain: np.ndarray = CHILDREN * children + NATURAL * natural + TOTAL_INSIDE * inside
    return gain
