"""Indented labels: where most lines are the sum of what is indented below them, all of them are meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.tables.totals.compare import beside
from wpmi_lint.tables.totals.relations import Sum, Trial
from wpmi_lint.tables.totals.signs import child_ends

if TYPE_CHECKING:
    from wpmi_lint.model import Ints
    from wpmi_lint.tables.totals.lines import Lines
    from wpmi_lint.tables.totals.relations import Accepted

FEWEST = 2  # sums that must hold in all
MOST_FALSE = 0.5  # share of sums that may not hold
FAR = 0.35  # how far a single sum may be out, as a share
MOST_PARENTS, MOST_WORK = 400, 300_000  # bounds for hostile tables: lines with children, lines looked at for them


def by_indent(lines: Lines, members: Ints, accepted: Accepted) -> None:
    """Add the sums of a hierarchy of indented labels as a whole; one stale total does not spoil it."""
    if not lines.indented:
        return
    families = _families(lines.indent[members].tolist(), members.tolist())
    tried = [_tried(lines, parent, children) for parent, children in families]
    used, held, exact = (sum(trial[i] for trial, _ in tried) for i in range(3))
    mostly = exact >= FEWEST and exact >= (1 - MOST_FALSE) * used
    within_rounding = exact > 0 and held == used > FEWEST
    if not (mostly or within_rounding):
        return
    for (trial, far), (parent, children) in zip(tried, families, strict=True):
        if trial.used and far <= FAR and parent not in accepted.of_total:
            accepted.add(Sum(total=parent, parts=children, trial=trial))


def _families(indent: list[int], members: list[int]) -> list[tuple[int, tuple[int, ...]]]:
    """Each line with the lines one step deeper that follow it, where there are two or more."""
    found: list[tuple[int, tuple[int, ...]]] = []
    work = 0
    for i, end in enumerate(child_ends(indent).tolist()):
        work += end - i
        if work > MOST_WORK or len(found) >= MOST_PARENTS:
            break
        step = min(indent[i + 1 : end], default=0)
        children = tuple(members[j] for j in range(i + 1, end) if indent[j] == step)
        if len(children) >= 2:
            found.append((members[i], children))
    return found


def _tried(lines: Lines, parent: int, children: tuple[int, ...]) -> tuple[Trial, float]:
    """Where the sum of the children holds, and how far it is out in the middle one."""
    pair = beside(lines, parent, children)
    usable = pair.number & ~pair.hidden & ((pair.value != 0).sum(axis=0) >= 2)
    return pair.trial(usable), pair.far(usable) if usable.any() else 1.0
