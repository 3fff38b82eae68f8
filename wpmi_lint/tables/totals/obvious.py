"""Lines that say total and whose sum holds nowhere, or cannot be tried: their parts by place and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.tables.totals import words
from wpmi_lint.tables.totals.evidence import slack
from wpmi_lint.tables.totals.relations import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.model import Matrix
    from wpmi_lint.tables.totals.lines import Lines
    from wpmi_lint.tables.totals.relations import Known
    from wpmi_lint.tables.totals.search import Ints

# how far a stale total may be from its parts, as a share, by the number of positions that can be compared: one figure
# may be wrong by much, all figures of a long line are not
FAR = {words.STRONG: (0.35, 0.15, 0.03), words.WEAK: (0.12, 0.05, 0.02)}
MOST_TOTALS = 60  # lines that say total but are none, in one direction: a bound for hostile tables


def complete(lines: Lines, members: Ints, known: Known) -> None:
    """Add relations for lines whose words say total and that have no parts yet."""
    told = [i for i in members.tolist() if lines.says[i] >= words.WEAK and i not in known.of_total]
    for total in told[:MOST_TOTALS]:
        best: tuple[float, Relation] | None = None
        for parts in _options(lines, members, known, total):
            found = _judge(lines, total, parts)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
        if best is not None:
            known.add(best[1])


def _options(lines: Lines, members: Ints, known: Known, total: int) -> Iterator[tuple[int, ...]]:
    """The runs of lines that could be meant, the likeliest first."""
    parts_already = {part for relation in known.relations for part in relation.parts}
    open_lines = [i for i in members.tolist() if i == total or i not in parts_already]
    at = open_lines.index(total) if total in open_lines else -1
    if at < 0:
        return
    before: list[int] = []
    for line in reversed(open_lines[:at]):
        if lines.says[line] >= words.WEAK and line not in known.of_total:
            break
        before.append(line)
    after: list[int] = []
    for line in open_lines[at + 1 :]:
        if lines.says[line] >= words.WEAK and line not in known.of_total:
            break
        after.append(line)
    deeper = []
    for line in open_lines[at + 1 :]:
        if lines.indent[line] <= lines.indent[total]:
            break
        deeper.append(line)
    for run in (deeper, before[::-1], after):
        if len(run) >= 2:
            yield tuple(run)


def _judge(lines: Lines, total: int, parts: tuple[int, ...]) -> tuple[float, Relation] | None:
    """How far the total is from these parts, with the relation; None where it is too far to be meant."""
    at = slice(None) if lines.sampled is None else lines.sampled
    rows = np.array(parts, dtype=np.intp)
    value = lines.value[rows][:, at]
    figure = lines.value[total][at]
    shown = lines.shown[rows][:, at].any(axis=0)
    usable = lines.number[total][at] & shown & ~lines.hidden[rows][:, at].any(axis=0) & (lines.kind[total][at] > 0)
    added = value.sum(axis=0)
    usable &= (figure != 0) | (added != 0)
    used = int(usable.sum())
    if not used:
        return 0.5, Relation(total, parts, 0.0, 0, 0, by_words=True)
    far, held = _distance(figure[usable], added[usable], len(parts), lines.base)
    limit = FAR[lines.says[total]][0 if used <= 2 else 1 if used <= 6 else 2]
    if far > limit and not _within(figure[usable], added[usable], len(parts), lines.base):
        return None
    return far, Relation(total, parts, 0.0, used, held, by_words=True)


def _within(figure: Matrix, added: Matrix, parts: int, base: float) -> bool:
    """Whether every sum is out by at most twice what rounding explains."""
    bound = slack(base, np.full(figure.shape, float(parts)))
    return bool((np.abs(figure - added) <= 2 * bound).all())


def _distance(figure: Matrix, added: Matrix, parts: int, base: float) -> tuple[float, int]:
    off = np.abs(figure - added)
    bound = slack(base, np.full(figure.shape, float(parts)))
    share = off / np.maximum(np.maximum(np.abs(figure), np.abs(added)), base)
    return float(np.median(share)), int((off <= bound).sum())
