"""Which lines are added up among themselves, and what words and form say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import distinct
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.lexicon import periods
from wpmi_lint.tables.lexicon import totals as words
from wpmi_lint.tables.totals.lines import NOT_ADDED, SHARES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.model import Ints, Matrix
    from wpmi_lint.tables.totals.lines import Lines
    from wpmi_lint.tables.totals.search import Runs
    from wpmi_lint.tables.totals.sums import Accepted


# views beyond this many are not looked at: labels that hardly repeat are no structure
MOST_VIEWS = 40
LONGEST_PERIOD = 5
MOST_PERIODIC = 400  # lines; longer tables with a hidden period are not met
MOST_TOLD = 3


def classes(lines: Lines) -> list[tuple[int, Ints]]:
    """The lines that hold figures to be added, by the class that most of their figures have."""
    addable = (lines.says != words.NEVER) & (lines.says != words.PART)
    addable &= lines.shown.any(axis=1)
    if not lines.mixed:
        kind = int(lines.kind.flat[0]) if lines.kind.size else NOT_ADDED
        return [] if kind == NOT_ADDED else [(kind, np.flatnonzero(addable))]
    counts = np.stack([((lines.kind == k) & lines.number).sum(axis=1) for k in range(1, SHARES + 1)])
    most = np.where(counts.any(axis=0), counts.argmax(axis=0) + 1, NOT_ADDED)
    return [(k, np.flatnonzero(addable & (most == k))) for k in range(1, SHARES + 1) if (most == k).any()]


def by_label(lines: Lines, members: Ints) -> Iterator[View]:
    """Lines that share their innermost label (the headcounts of several groups), three or more of them."""
    if len({lines.labels[line][-1:] for line in members.tolist()}) == members.size:
        return
    groups: dict[str, list[int]] = {}
    for line in members.tolist():
        groups.setdefault(words.inner(lines.labels[line]).strip(), []).append(line)
    repeated = [(label, group) for label, group in groups.items() if label and 3 <= len(group) < members.size]
    if len(repeated) < 2:
        return
    for label, group in repeated[:MOST_VIEWS]:
        yield View(np.array(group, dtype=np.intp), label, outer=True)


def of_which(lines: Lines) -> Iterator[View]:
    """A line and the lines "of which ..." right below it: parts of that line and of no other."""
    if not (lines.says == words.PART).any():
        return
    says = lines.says.tolist()
    line = 1
    while line < len(says):
        last = line
        while last < len(says) and says[last] == words.PART:
            last += 1
        if last - line >= 2:
            yield View(np.arange(line - 1, last), "of which", lead=words.GAIN[words.STRONG])
        line = max(last, line + 1)


def by_period(members: Ints, labelled: list[int]) -> Iterator[View]:
    """Every second, third, ... line, for lines that say total and are not explained: a pattern that no label tells."""
    if members.size > MOST_PERIODIC:
        return
    seen = set()
    for line in labelled[:MOST_TOLD]:
        place = int(np.searchsorted(members, line))
        for step in range(2, LONGEST_PERIOD + 1):
            chosen = members[place % step :: step]
            if chosen.size >= 3 and (step, place % step) not in seen:
                seen.add((step, place % step))
                yield View(chosen, f"every {step} lines", strict=3.0)


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
    marked: Ints  # lines that words, form or place make likely totals
    child_end: Ints | None = None  # [n] where the deeper lines below a line end
    periods: Sequence[tuple[int, int, int]] = ()  # (line, low, high): the finer periods beside a period


def read(lines: Lines, view: View, active: Ints, *, accepted: Accepted) -> Signs:
    """What words and form say of the lines of a view that have not been added up yet."""
    n = active.size
    prior, says = lines.prior[active], lines.says[active]
    if view.outer:
        says = np.array([words.outer_says(lines.labels[line]) for line in active.tolist()])
        prior = words.GAIN[says]
    if view.lead:
        prior[0] += view.lead
    mark = (says >= words.PLACE) | (prior >= words.BOLD)
    outer = lines.outer
    of_periods: list[tuple[int, int, int]] = []
    if (prior == words.PERIOD).any():
        of_periods = periods.finer_runs([periods.length(words.inner(lines.labels[i])) for i in active.tolist()])
    if outer is None and not lines.indented and not of_periods and not mark.any():
        return Signs(
            prior=prior, unsettled=np.zeros(n + 1, np.intp), ends=np.array((0, n)), marked=np.array((0, n - 1))
        )
    ends = np.flatnonzero(mark)
    changes = np.zeros(0, np.intp)
    if outer is not None and not view.outer:
        changes = np.flatnonzero(outer[active][1:] != outer[active][:-1]) + 1
        if 2 * len(changes) >= n:
            changes = changes[:0]
    ends = distinct(np.concatenate((ends, ends + 1, changes, (0, n)))).astype(np.intp)
    mark[0] = mark[-1] = True
    child_end = None
    if lines.indented:
        child_end = child_ends(lines.indent[active].tolist())
        mark |= child_end > np.arange(2, n + 2)
    open_totals = says >= words.WEAK
    if accepted.of_total:
        open_totals &= np.array([line not in accepted.of_total for line in active.tolist()])
    unsettled = np.zeros(n + 1, dtype=np.intp)
    np.add.accumulate(open_totals, out=unsettled[1:], dtype=np.intp)
    return Signs(
        prior=prior,
        unsettled=unsettled,
        ends=ends,
        marked=np.flatnonzero(mark),
        child_end=child_end,
        periods=of_periods,
    )


def child_ends(indent: list[int]) -> Ints:
    """For each line the end of the deeper lines that follow it; line + 1 where there are none."""
    ends = np.arange(1, len(indent) + 1)
    open_lines: list[int] = []
    for i, depth in enumerate([*indent, -1]):
        while open_lines and indent[open_lines[-1]] >= depth:
            ends[open_lines.pop()] = i
        open_lines.append(i)
    return ends


def natural_runs(n: int, signs: Signs) -> Runs:
    """For each marked line: the runs before and after it, to the next natural end and to the end of the view."""
    line, ends = signs.marked, signs.ends
    before = ends[np.maximum(ends.searchsorted(line) - 1, 0)]
    after = ends[np.minimum(ends.searchsorted(line + 1, side="right"), ends.size - 1)]
    low = [before, line + 1, np.zeros_like(line), line + 1]
    high = [line, after, line, np.full_like(line, n)]
    if signs.child_end is not None:
        low.append(line + 1)
        high.append(signs.child_end[line])
    if signs.periods:
        of, first, last = (np.array(column, dtype=np.intp) for column in zip(*signs.periods, strict=True))
        low, high = [*low, first], [*high, last]
        return np.concatenate([line] * (len(low) - 1) + [of]), np.concatenate(low), np.concatenate(high)
    return np.concatenate([line] * len(low)), np.concatenate(low), np.concatenate(high)


def sensible(lines: Lines, total: int, parts: tuple[int, ...]) -> bool:
    """Whether words allow the sum.

    A year is not the sum of another year and a change; a nation is not the sum of other nations.
    """
    own = words.inner(lines.labels[total])
    if lines.prior[total] == words.PERIOD and periods.length(own) == periods.YEAR:
        return all(periods.length(words.inner(lines.labels[part])) != periods.YEAR for part in parts)
    if lines.says[total] == words.PLACE and words.is_nation(own):
        return all(lines.says[part] != words.PLACE for part in parts)
    return True
