"""Totals whose parts are not shown: a line that says nothing but total, alone among the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Statistic
from wpmi_lint.tables.lexicon import totals as words

if TYPE_CHECKING:
    from wpmi_lint.model import Ints
    from wpmi_lint.tables.body import Body
    from wpmi_lint.tables.totals.lines import Lines
    from wpmi_lint.tables.totals.relations import Accepted

# a direction in which more lines say total is something else
MOST_ORPHANS = 2


def orphans(body: Body, lines: Lines, accepted: Accepted) -> list[tuple[int, Ints]]:
    """Lines without parts, each with the positions where it shows a count.

    Only where the words are about a dimension and not about what is counted ("Total", "All areas"; not "Total
    referrals", not "Persons"), and where the direction has no other line of counts that could be its parts.
    """
    labelled = [i for i in np.flatnonzero(lines.says == words.STRONG).tolist() if i not in accepted.of_total]
    labelled = [i for i in labelled if words.is_whole(words.telling(lines.labels[i]))]
    if not 1 <= len(labelled) <= MOST_ORPHANS or accepted.sums:
        return []
    counts = (body.statistic.reshape(-1)[lines.at] == Statistic.COUNT) & lines.number
    others = np.delete(counts, labelled, axis=0)
    if others.any():
        return []
    return [(line, np.flatnonzero(counts[line])) for line in labelled]
