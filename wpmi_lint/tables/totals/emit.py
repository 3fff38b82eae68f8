"""Sums of lines become totals of cells, as index arrays, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Statistic, Totals
from wpmi_lint.tables.lexicon import totals as words
from wpmi_lint.tables.totals.lines import SHARES
from wpmi_lint.tables.totals.sums import rounding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Codes, Ints, Mask, Matrix, Measure
    from wpmi_lint.tables.body import Body
    from wpmi_lint.tables.totals.lines import Lines
    from wpmi_lint.tables.totals.sums import Accepted, Sum


ACROSS = {"row": "columns", "column": "rows", "member": "groups"}
LONGEST = 60  # characters of a label that are quoted


def reason(lines: Lines, summed: Sum) -> str:
    """Why a sum was accepted: what the label says, and where the sum holds."""
    used, held, exact = summed.trial
    if used == 0:
        holds = "no sum can be tried"
    elif used == 1:
        holds = "the sum holds" if exact else "the sum does not hold"
    elif 2 * exact >= used:
        holds = f"the sum holds in {exact} of {used} {ACROSS[lines.axis]}"
    else:
        holds = f"the sum holds within rounding in {held} of {used} {ACROSS[lines.axis]}"
    if lines.says[summed.total] >= words.PLACE:
        text = f"{quoted(lines, summed.total)}; {holds}"
    else:
        text = f"{holds}, more than chance explains"
    return f'{text} (among "{_short(summed.family)}")' if summed.family else text


def orphan(lines: Lines, line: int) -> str:
    """Why a line is a total though its parts are not shown."""
    return f"{quoted(lines, line)}; its parts are not shown"


def quoted(lines: Lines, line: int) -> str:
    """What the label of a line says."""
    return f'{lines.axis} label says "{_short(words.telling(lines.labels[line]))}"'


def _short(label: str) -> str:
    return " ".join(label.split())[:LONGEST]


# a position where the sum is out by more than this share, and the figure lies among its parts, is a mean or a rate
FAR = 0.3
# bounds for hostile tables: a cell is part of a handful of totals, and reasons are indexed by 16 bits
MOST_PARTS, PARTS_A_CELL = 1_000_000, 12
MOST_REASONS = 30_000


class Emitter:
    """Collects totals of cells."""

    def __init__(self, size: int) -> None:
        self._room = MOST_PARTS + PARTS_A_CELL * size
        self._cells: list[Ints] = []
        self._counts: list[Ints] = []
        self._parts: list[Ints] = []
        self._reasons: list[Ints] = []
        self._why: dict[str, int] = {}

    def add(self, lines: Lines, accepted: Accepted) -> None:
        """All sums of one direction."""
        for summed in accepted.sums:
            if self._room <= 0:
                return
            total, parts = summed.total, np.array(summed.parts, dtype=np.intp)
            at = np.flatnonzero(holds_for(lines, total, parts))
            cells, why = lines.at[total, at], reason(lines, summed)
            if lines.plain:
                self._put(cells, np.full(at.size, parts.size), lines.at[parts][:, at].T.ravel(), why=why)
                continue
            shown = lines.shown[parts][:, at].T  # [positions, parts]
            where, which = np.nonzero(shown)
            self._put(cells, shown.sum(axis=1), lines.at[parts[which], at[where]], why=why)

    def alone(self, lines: Lines, line: int, positions: Ints) -> None:
        """A total whose parts are not shown, where the cell is not a total already."""
        cells = lines.at[line, positions]
        if self._cells:
            cells = cells[~np.isin(cells, np.concatenate(self._cells))]
        nothing = np.zeros(cells.size, np.int32)
        self._put(cells, nothing, nothing[:0], why=orphan(lines, line))

    def _put(self, cells: Ints, counts: Ints, parts: Ints, *, why: str) -> None:
        """Totals `cells`, with `counts` parts each, listed one after the other in `parts`."""
        if cells.size:
            self._room -= parts.size
            self._cells.append(cells)
            self._counts.append(counts)
            self._parts.append(parts)
            if len(self._why) >= MOST_REASONS:
                why = next(iter(self._why))
            reason = self._why.setdefault(why, len(self._why))
            self._reasons.append(np.full(cells.size, reason, dtype=np.int32))

    def totals(self) -> Totals:
        """Everything collected."""
        cell, counts, part, reason = (
            np.concatenate(arrays).astype(np.int32) if arrays else np.zeros(0, np.int32)
            for arrays in (self._cells, self._counts, self._parts, self._reasons)
        )
        start = np.zeros(cell.size + 1, np.int32)
        np.cumsum(counts, out=start[1:])
        return Totals(cell=cell, start=start, part=part, why=tuple(self._why), reason=reason.astype(np.int16))


def holds_for(lines: Lines, total: int, parts: Ints) -> Mask:
    """The positions for which a relation between lines is one between cells. [m] of truth.

    Not where the total or all parts are blank, the classes differ, or the total is plainly a mean of its parts.
    """
    if lines.plain:
        return ~means(lines, total, parts)
    kind = lines.kind[total]
    ok: Mask = lines.number[total] | lines.hidden[total]
    ok = ok & lines.shown[parts].any(axis=0) & (kind > 0)
    # shares are added to shares, counts and money to the like
    each = lines.kind[parts]
    ok &= ((each == kind) | ((each > 0) & (each < SHARES) & (kind < SHARES))).all(axis=0)
    ok &= ~means(lines, total, parts) | lines.hidden[parts].any(axis=0) | ~lines.number[total]
    shares: Mask = kind == SHARES
    if shares.any():
        off = np.abs(lines.value[total] - lines.value[parts].sum(axis=0))
        fits = off <= np.maximum(rounding(lines, total, parts), 0.5)
        fitting, tried = np.count_nonzero(fits & shares & ok), np.count_nonzero(shares & ok)
        ok &= ~shares | (lines.says[total] >= words.WEAK and 2 * fitting > tried)
    return ok


def means(lines: Lines, total: int, parts: Ints) -> Mask:
    """Positions where the figure lies among its parts and far from their sum: a mean or a rate, not a total."""
    value, figure = lines.value[parts], lines.value[total]
    added = value.sum(axis=0)
    off = np.abs(figure - added)
    wild: Mask = off > FAR * np.maximum(np.abs(added), np.abs(figure))
    if wild.any():
        wild &= (
            (off > 2 * rounding(lines, total, parts)) & (figure >= value.min(axis=0)) & (figure <= value.max(axis=0))
        )
    return wild


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
