"""Which lines are added up among themselves: all of them, those of one class, those that share a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.tables.lexicon import totals as words
from wpmi_lint.tables.totals.lines import NOT_ADDED, SHARES
from wpmi_lint.tables.totals.signs import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.model import Ints
    from wpmi_lint.tables.totals.lines import Lines

# views beyond this many are not looked at: labels that hardly repeat are no structure
MOST_VIEWS = 40
LONGEST_PERIOD = 5
MOST_PERIODIC = 400  # lines; longer tables with a hidden period are not met
MOST_TOLD = 3


def classes(lines: Lines, mixed: bool) -> list[tuple[int, Ints]]:
    """The lines that hold figures to be added, by the class that most of their figures have."""
    addable = (lines.says != words.NEVER) & (lines.says != words.PART)
    addable &= lines.shown.any(axis=1)
    if not mixed:
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
    repeated = [(label, found) for label, found in groups.items() if label and 3 <= len(found) < members.size]
    if len(repeated) < 2:
        return
    for label, found in repeated[:MOST_VIEWS]:
        yield View(np.array(found, dtype=np.intp), label, outer=True)


def of_which(lines: Lines) -> Iterator[View]:
    """A line and the lines "of which ..." right below it: parts of that line and of no other."""
    if not (lines.says == words.PART).any():
        return
    said = lines.says.tolist()
    line = 1
    while line < len(said):
        last = line
        while last < len(said) and said[last] == words.PART:
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
