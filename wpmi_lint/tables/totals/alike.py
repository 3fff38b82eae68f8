"""Parts of a total have its measure: what words alone took for parts and counts something else is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Codes, Matrix, Measure


def same_measure(totals: Totals, value: Matrix, *, codes: Codes, measures: Sequence[Measure]) -> Totals:
    """The totals without parts of another measure than their own, unless the sum holds with them.

    value, codes: the body's figures and measures, [R, C]. A total of nothing but other measures stays as it is.
    """
    accepted: dict[str | None, int] = {None: -1}
    names = np.array([accepted.setdefault(m.name, len(accepted)) for m in measures], np.int32)
    if len(accepted) < 3 or not totals.part.size:
        return totals
    of_cell = names[codes].ravel()
    sizes = np.diff(totals.start)
    relation = np.repeat(np.arange(len(sizes)), sizes)
    own, other = of_cell[totals.cell][relation], of_cell[totals.part]
    differs = (own >= 0) & (other >= 0) & (own != other)
    if not differs.any():
        return totals
    flat = value.ravel()
    sums = np.bincount(relation, flat[totals.part], len(sizes))
    kept = np.bincount(relation, ~differs, len(sizes))
    stays = (np.abs(sums - flat[totals.cell]) < 1e-6) | (kept == 0)
    keep = ~differs | stays[relation]
    start = np.concatenate(([0], np.cumsum(np.bincount(relation, keep, len(sizes))))).astype(np.int32)
    return totals._replace(start=start, part=totals.part[keep])
