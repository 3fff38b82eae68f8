"""Indented labels: where most lines are the sum of what is indented below them, all of them are meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.tables.totals.emit import rounding
from wpmi_lint.tables.totals.relations import Relation
from wpmi_lint.tables.totals.search import equal
from wpmi_lint.tables.totals.signs import child_ends

if TYPE_CHECKING:
    from wpmi_lint.tables.totals.lines import Lines
    from wpmi_lint.tables.totals.relations import Known
    from wpmi_lint.tables.totals.search import Ints

FEWEST = 2  # sums that must hold in all
MOST_FALSE = 0.5  # share of sums that may not hold
FAR = 0.35  # how far a single sum may be out, as a share
MOST_PARENTS, MOST_WORK = 400, 300_000  # bounds for hostile tables: lines with children, lines looked at for them


def by_indent(lines: Lines, members: Ints, known: Known) -> None:
    """Add the relations of a hierarchy of indented labels as a whole; one stale total does not spoil it."""
    if not lines.indented:
        return
    families = _families(lines.indent[members].tolist(), members.tolist())
    tried = [(_judge(lines, parent, children), parent, children) for parent, children in families]
    used = sum(judged[0] for judged, _, _ in tried)
    held = sum(judged[1] for judged, _, _ in tried)
    exact = sum(judged[2] for judged, _, _ in tried)
    mostly = exact >= FEWEST and exact >= (1 - MOST_FALSE) * used
    within_rounding = exact > 0 and held == used > FEWEST
    if not (mostly or within_rounding):
        return
    for (positions, held, right, far), parent, children in tried:
        if positions and far <= FAR and parent not in known.of_total:
            known.add(Relation(parent, children, positions, held, right))


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


def _judge(lines: Lines, parent: int, children: tuple[int, ...]) -> tuple[int, int, int, float]:
    """Positions used, held within rounding and exact, and how far the sum is out in the middle one."""
    at = slice(None) if lines.sampled is None else lines.sampled
    rows = np.array(children, dtype=np.intp)
    figure, value = lines.value[parent][at], lines.value[rows][:, at]
    added = value.sum(axis=0)
    usable = lines.number[parent][at] & ~lines.hidden[rows][:, at].any(axis=0) & ((value != 0).sum(axis=0) >= 2)
    used = int(usable.sum())
    if not used:
        return 0, 0, 0, 1.0
    off = np.abs(figure - added)[usable]
    bound = np.broadcast_to(rounding(lines, parent, rows), lines.value[parent].shape)[at][usable]
    far = off / np.maximum(np.maximum(np.abs(figure), np.abs(added))[usable], 2 * bound)
    right = int((equal(figure, added) & usable).sum())
    return used, int((off <= bound).sum()), right, float(np.median(far))
