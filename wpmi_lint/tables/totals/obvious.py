"""Lines that say total and whose sum holds nowhere, or cannot be tried: their parts by place and words."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.tables.lexicon import totals as words
from wpmi_lint.tables.totals.emit import rounding
from wpmi_lint.tables.totals.relations import Relation
from wpmi_lint.tables.totals.search import equal
from wpmi_lint.tables.totals.signs import sensible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.tables.totals.lines import Lines
    from wpmi_lint.tables.totals.relations import Known
    from wpmi_lint.tables.totals.search import Ints

# how far a stale total may be from its parts, as a share, by the number of positions that can be compared: one figure
# may be wrong by much, all figures of a long line are not
FAR = {words.PLACE: (0.0, 0.0, 0.0), words.STRONG: (0.35, 0.15, 0.03), words.WEAK: (0.12, 0.05, 0.02)}
OPENING = 0.5  # the share of that distance that is allowed where the total comes before its parts
SEVERAL = 4  # positions in which the sum of a place must hold within rounding, where it is not exact
UNTRIED = 0.5  # how far a sum is taken to be that cannot be tried
# bounds for hostile tables: lines that say total but are none, and lines that are looked at for them
MOST_TOTALS, MOST_WORK = 60, 100_000


def complete(lines: Lines, members: Ints, known: Known, exact: bool = False) -> set[int]:
    """Add relations for lines whose words say total and that have no parts yet; the lines that were added up.

    `exact`: only where the sum holds wherever it can be tried.
    """
    taken: set[int] = set()
    told = [i for i in members[lines.says[members] >= words.PLACE].tolist() if i not in known.of_total]
    if not told:
        return taken
    parts_already = {part for relation in known.relations for part in relation.parts}
    open_lines = [i for i in members.tolist() if i not in parts_already]
    for total in told[: min(MOST_TOTALS, max(4, MOST_WORK // (len(open_lines) + 1)))]:
        best: tuple[float, Relation] | None = None
        for parts, must_hold in _options(lines, open_lines, known, total, exact):
            found = _judge(lines, total, parts)
            if found is None or (exact and found[1].held < max(found[1].used, 1)):
                continue
            if not sensible(lines, total, parts):
                continue
            if must_hold and 4 * found[1].exact < 3 * max(found[1].used, 1):
                continue
            if best is None or found[0] < best[0]:
                best = found
        if best is not None and known.add(best[1]):
            taken.update(best[1].parts)
            open_lines = [i for i in open_lines if i not in taken]
    return taken


def _options(
    lines: Lines, open_lines: list[int], known: Known, total: int, exact: bool
) -> Iterator[tuple[tuple[int, ...], bool]]:
    """The runs of lines that could be meant, the likeliest first, and whether their sum must hold.

    `open_lines` have not been added up yet.
    """
    at = bisect_left(open_lines, total)
    if at == len(open_lines) or open_lines[at] != total:  # it was added up itself
        open_lines = [*open_lines[:at], total, *open_lines[at:]]
    before, after = open_lines[:at][::-1], open_lines[at + 1 :]
    runs = [before, after]
    for stop in (words.WEAK, words.STRONG):
        runs += [_until(lines, known, run, stop) for run in (before, after)]
    runs += [_until(lines, None, run, words.WEAK) for run in (before, after)]
    deeper = []
    for line in open_lines[at + 1 :]:
        if lines.indent[line] <= lines.indent[total]:
            break
        deeper.append(line)
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


def _until(lines: Lines, known: Known | None, run: list[int], stop: int) -> list[int]:
    """The lines of a run up to the next that says total; totals whose parts are known may be passed over."""
    for i, line in enumerate(run):
        if lines.says[line] >= stop and (known is None or line not in known.of_total):
            return run[:i]
    return run


def _judge(lines: Lines, total: int, parts: tuple[int, ...]) -> tuple[float, Relation] | None:
    """How far the total is from these parts, with the relation; None where it is too far to be meant."""
    at = slice(None) if lines.sampled is None else lines.sampled
    rows = np.array(parts, dtype=np.intp)
    value = lines.value[rows][:, at]
    figure = lines.value[total][at]
    shown = lines.shown[rows][:, at].any(axis=0)
    numbers = lines.number[total][at] & shown & (lines.kind[total][at] > 0)
    added = value.sum(axis=0)
    hidden = lines.hidden[rows][:, at].any(axis=0)
    usable = numbers & (~hidden | equal(figure, added)) & ((figure != 0) | (added != 0))
    used = int(usable.sum())
    if not used:
        if 2 * np.count_nonzero(numbers & (figure < added)) > np.count_nonzero(numbers):
            return None  # the parts that are shown are more than the total
        return UNTRIED, Relation(total, parts, 0, 0, 0)
    off = np.abs(figure - added)[usable]
    bound = np.broadcast_to(rounding(lines, total, rows), lines.value[total].shape)[at][usable]
    share = off / np.maximum(np.maximum(np.abs(figure), np.abs(added))[usable], 2 * bound)
    far, held = float(np.median(share)), int((off <= bound).sum())
    limit = FAR[int(lines.says[total])][0 if used <= 2 else 1 if used <= 6 else 2]
    if total < parts[0]:
        limit *= OPENING  # the word may stand over categories that overlap
    if used > 2 and 3 * held < used:
        limit = 0.0  # it holds nowhere: another quantity than the sum of these lines
    exact = int((off <= 1e-9 * np.abs(figure[usable]) + 1e-9).sum())
    if lines.says[total] == words.PLACE and (held < used or (2 * exact < used and used < SEVERAL)):
        return None
    if far > limit and not (off <= 2 * bound).all():
        return None
    return far, Relation(total, parts, used, held, exact)
