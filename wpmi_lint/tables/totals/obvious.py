"""Sums that words and form propose, whether they hold or not: lines that say total, and indented labels."""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.tables.lexicon import totals as words
from wpmi_lint.tables.totals.sums import Sum, Trial, beside, equal
from wpmi_lint.tables.totals.views import child_ends, sensible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.model import Ints
    from wpmi_lint.tables.totals.lines import Lines
    from wpmi_lint.tables.totals.sums import Accepted


# how far a stale total may be from its parts, as a share, by the number of positions that can be compared: one figure
# may be wrong by much, all figures of a long line are not
FAR = {words.PLACE: (0.0, 0.0, 0.0), words.STRONG: (0.35, 0.15, 0.03), words.WEAK: (0.12, 0.05, 0.02)}
OPENING = 0.5  # the share of that distance that is allowed where the total comes before its parts
SEVERAL = 4  # positions in which the sum of a place must hold within rounding, where it is not exact
UNTRIED = 0.5  # how far a sum is taken to be that cannot be tried
# bounds for hostile tables: lines that say total but are none, and lines that are looked at for them
MOST_TOTALS, MOST_WORK = 60, 100_000


def complete(lines: Lines, members: Ints, accepted: Accepted, exact: bool = False) -> set[int]:
    """Add relations for lines whose words say total and that have no parts yet; the lines that were added up.

    `exact`: only where the sum holds wherever it can be tried.
    """
    taken: set[int] = set()
    labelled = [i for i in members[lines.says[members] >= words.PLACE].tolist() if i not in accepted.of_total]
    if not labelled:
        return taken
    parts_already = accepted.parts
    open_lines = [i for i in members.tolist() if i not in parts_already]
    for total in labelled[: min(MOST_TOTALS, max(4, MOST_WORK // (len(open_lines) + 1)))]:
        best: tuple[float, Sum] | None = None
        for parts, must_hold in _options(lines, accepted, total, open_lines=open_lines, exact=exact):
            judged = _judged(lines, total, parts)
            if judged is None or not sensible(lines, total, parts):
                continue
            used = max(judged[1].trial.used, 1)
            if (exact and judged[1].trial.held < used) or (must_hold and 4 * judged[1].trial.exact < 3 * used):
                continue
            if best is None or judged[0] < best[0]:
                best = judged
        if best is not None and accepted.add(best[1]):
            taken.update(best[1].parts)
            open_lines = [i for i in open_lines if i not in taken]
    return taken


def _options(
    lines: Lines, accepted: Accepted, total: int, *, open_lines: list[int], exact: bool
) -> Iterator[tuple[tuple[int, ...], bool]]:
    """The runs of lines that could be meant, the likeliest first, and whether their sum must hold.

    open_lines: those that have not been added up yet; the total itself may have been.
    """
    at = bisect_left(open_lines, total)
    before, after = open_lines[:at][::-1], open_lines[at + (total in open_lines[at : at + 1]) :]
    runs = [before, after]
    for stop in (words.WEAK, words.STRONG):
        runs += [_until(lines, run, stop, passing=accepted) for run in (before, after)]
    runs += [_until(lines, run, words.WEAK) for run in (before, after)]
    deeper = list(takewhile(lambda line: lines.indent[line] > lines.indent[total], after))
    veiled = set(np.flatnonzero(lines.hidden.all(axis=1)).tolist())
    seen = set()
    for run in (deeper, *runs):
        parts = tuple(sorted(run))
        if len(parts) < 2 or parts in seen:
            continue
        seen.add(parts)
        if not veiled.isdisjoint(parts):  # a line that is hidden everywhere may be no part: only if the sum holds
            yield tuple(line for line in parts if line not in veiled), True
            if exact:
                continue
        yield parts, False


def _until(lines: Lines, run: list[int], stop: int, *, passing: Accepted | None = None) -> list[int]:
    """The lines of a run up to the next that says total; totals whose parts are known may be passed over."""
    for i, line in enumerate(run):
        if lines.says[line] >= stop and (passing is None or line not in passing.of_total):
            return run[:i]
    return run


def _judged(lines: Lines, total: int, parts: tuple[int, ...]) -> tuple[float, Sum] | None:
    """How far the total is from these parts, with the sum; None where it is too far to be meant."""
    pair = beside(lines, total, parts)
    at = slice(None) if lines.sampled is None else lines.sampled
    shown = lines.shown[np.array(parts, dtype=np.intp)][:, at].any(axis=0)
    numbers = pair.number & shown & (lines.kind[total][at] > 0)
    usable = numbers & (~pair.hidden | equal(pair.figure, pair.added)) & ((pair.figure != 0) | (pair.added != 0))
    if not usable.any():
        if 2 * np.count_nonzero(numbers & (pair.figure < pair.added)) > np.count_nonzero(numbers):
            return None  # the parts that are shown are more than the total
        return UNTRIED, Sum(total=total, parts=parts, trial=Trial())
    used, held, exact = trial = pair.trial(usable)
    far = pair.far(usable)
    limit = FAR[int(lines.says[total])][0 if used <= 2 else 1 if used <= 6 else 2]
    if total < parts[0]:
        limit *= OPENING  # the word may stand over categories that overlap
    if used > 2 and 3 * held < used:
        limit = 0.0  # it holds nowhere: another quantity than the sum of these lines
    if lines.says[total] == words.PLACE and (held < used or (2 * exact < used and used < SEVERAL)):
        return None
    if far > limit and not (np.abs(pair.figure - pair.added) <= 2 * pair.bound)[usable].all():
        return None
    return far, Sum(total=total, parts=parts, trial=trial)


FEWEST = 2  # sums that must hold in all
MOST_FALSE = 0.5  # share of sums that may not hold
FAR_CHILDREN = 0.35  # how far a single sum may be out, as a share
MOST_PARENTS, MOST_INDENTED = 400, 300_000  # bounds for hostile tables: lines with children, lines looked at for them


def by_indent(lines: Lines, members: Ints, accepted: Accepted) -> None:
    """Add the sums of a hierarchy of indented labels as a whole; one stale total does not spoil it."""
    if not lines.indented:
        return
    families = _families(lines.indent[members].tolist(), members.tolist())
    pairs = [beside(lines, parent, children) for parent, children in families]
    usable = [pair.number & ~pair.hidden & ((pair.value != 0).sum(axis=0) >= 2) for pair in pairs]
    trials = [pair.trial(where) for pair, where in zip(pairs, usable, strict=True)]
    used, held, exact = map(sum, zip(*trials, strict=True)) if trials else (0, 0, 0)
    mostly = exact >= FEWEST and exact >= (1 - MOST_FALSE) * used
    within_rounding = exact > 0 and held == used > FEWEST
    if not (mostly or within_rounding):
        return
    for (parent, children), pair, where, trial in zip(families, pairs, usable, trials, strict=True):
        if trial.used and parent not in accepted.of_total and pair.far(where) <= FAR_CHILDREN:
            accepted.add(Sum(total=parent, parts=children, trial=trial))


def _families(indent: list[int], members: list[int]) -> list[tuple[int, tuple[int, ...]]]:
    """Each line with the lines one step deeper that follow it, where there are two or more."""
    families: list[tuple[int, tuple[int, ...]]] = []
    work = 0
    for i, end in enumerate(child_ends(indent).tolist()):
        work += end - i
        if work > MOST_INDENTED or len(families) >= MOST_PARENTS:
            break
        step = min(indent[i + 1 : end], default=0)
        children = tuple(members[j] for j in range(i + 1, end) if indent[j] == step)
        if len(children) >= 2:
            families.append((members[i], children))
    return families
