"""Facts about the cells of a table: the nouns cell, count, percentage, rate, mean, money and total."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.a1 import address
from wpmi_lint.arrays import distinct
from wpmi_lint.facts import Coded, Facts, Numbers, Truths
from wpmi_lint.model import Place, Statistic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from wpmi_lint.facts import Column
    from wpmi_lint.model import Document, Index, Raw, Table
    from wpmi_lint.terms import Matcher

NOUN_OF = {
    "count": Statistic.COUNT,
    "percentage": Statistic.PERCENTAGE,
    "rate": Statistic.RATE,
    "mean": Statistic.MEAN,
    "money": Statistic.MONEY,
}
ZERO_MEANINGS = ("nil", "zero")


class TableFacts:
    """One table as facts: what its nouns share is built once."""

    def __init__(self, document: Document, table: Table, matcher: Matcher) -> None:
        self.document = document
        self.table = table
        self.matcher = matcher
        self.sheet = document.sheets[table.sheet]
        self._present: Index | None = None
        self._sums: NDArray[np.float64] | None = None

    def cells(self, noun: str) -> Facts:
        """Body cells that are not blank: all, or those of one statistic."""
        chosen = self._not_blank()
        if noun in NOUN_OF:
            chosen = chosen[self.table.statistic.reshape(-1)[chosen] == NOUN_OF[noun]]
        return Facts(noun, len(chosen), self._columns(chosen), self._place(chosen))

    def totals(self) -> Facts:
        """Cells that are totals, once for each direction."""
        totals = self.table.totals
        cells = totals.cell
        columns = self._columns(cells)
        counts = np.diff(totals.start).astype(np.float64)
        columns["parts"] = lambda: Numbers(np.where(counts > 0, counts, np.nan))
        columns["sum_of_parts"] = lambda: Numbers(self.sums())
        columns["direction"] = self._direction
        return Facts("total", len(cells), columns, self._place(cells))

    def sums(self) -> NDArray[np.float64]:
        """The parts of each total added up: nil marks and blanks are zero, NaN where a part is hidden or not known."""
        if self._sums is None:
            self._sums = self._add_up()
        return self._sums

    def _add_up(self) -> NDArray[np.float64]:
        totals = self.table.totals
        if not len(totals.part):
            return np.full(len(totals.cell), np.nan)
        value = self.table.value.reshape(-1)
        part = value[totals.part]
        marker = self.table.marker.reshape(-1)[totals.part]
        part = np.where(np.isnan(part) & self._zero_markers()[marker], 0.0, part)
        # reduceat needs a valid start even for a total without parts, whose sum is then blotted out
        starts = np.minimum(totals.start[:-1], len(part) - 1)
        summed = np.add.reduceat(part, starts)
        return np.where(np.diff(totals.start) > 0, summed, np.nan)

    def _zero_markers(self) -> NDArray[np.bool_]:
        zero = [text == "" or self.matcher.marker(text) in ZERO_MEANINGS for text in self.table.markers]
        return np.array([*zero, False], np.bool_)  # the last answers for -1

    def _not_blank(self) -> Index:
        if self._present is None:
            marker = self.table.marker.reshape(-1)
            blank = [i for i, text in enumerate(self.table.markers) if text == ""]
            keep = marker != blank[0] if blank else np.ones(marker.size, np.bool_)
            self._present = np.flatnonzero(keep).astype(np.int32)
        return self._present

    def _columns(self, chosen: Index) -> dict[str, Callable[[], Column]]:
        table, width = self.table, max(len(self.table.cols), 1)

        taken: dict[str, Index] = {}

        def take(field: str) -> Index:
            if field not in taken:
                taken[field] = np.asarray(getattr(table, field).reshape(-1)[chosen], np.int32)
            return taken[field]

        def coded(field: str, words: Sequence[str | None]) -> Coded:
            codes = take(field)
            # None answers for -1; left out where no cell has it, so that a column of one word is seen to be one
            return Coded(codes, (*words, None) if codes.size and codes.min() < 0 else tuple(words) or (None,))

        def constant(word: str | tuple[str, ...] | None) -> Callable[[], Coded]:
            return lambda: Coded(np.zeros(len(chosen), np.int32), (word,))

        def share() -> Truths:
            return Truths(np.full(len(chosen), -1, np.int8) if table.share is None else take("share").astype(np.int8))

        def decimals() -> Numbers:
            shown = take("decimals").astype(np.float64)
            return Numbers(np.where(shown < 0, np.nan, shown))

        def shown() -> Coded:
            return Coded(np.arange(len(chosen), dtype=np.int32), tuple(self._raw(int(i)) for i in chosen))

        def displays() -> Numbers:
            if self.sheet.styles is None:
                return Numbers(np.full(len(chosen), np.nan))
            from wpmi_lint.evaluate.displayed import displayed

            return Numbers(displayed(self.sheet, table, chosen))

        return {
            "value": lambda: Numbers(table.value.reshape(-1)[chosen]),
            "shown": shown,
            "displayed": displays,
            "cell": lambda: Coded(
                np.arange(len(chosen), dtype=np.int32), tuple(self.address(int(i)) for i in chosen.tolist())
            ),
            "marker": lambda: coded("marker", table.markers),
            "meaning": lambda: coded("marker", [self.matcher.marker(text) for text in table.markers]),
            "measure": lambda: coded("measure", [measure.name for measure in table.measures]),
            "kind": lambda: coded("measure", [measure.kind for measure in table.measures]),
            "base": lambda: coded("measure", [measure.base for measure in table.measures]),
            "statistic": lambda: _statistics(take("statistic")),
            "share": share,
            "by": constant(by(table)),
            "beside": constant(self.beside()),
            "label": constant(table.label),
            "decimals": decimals,
            "row_header": lambda: Coded(chosen // width, tuple(map(" / ".join, table.row_headers))),
            "column_header": lambda: Coded(chosen % width, tuple(" / ".join(c.header) for c in table.columns)),
            "table": constant(table.title or table.id),
        }

    def beside(self) -> tuple[str, ...]:
        """Kinds of the percentages in the table that are, or may be, shares of a whole."""
        table = self.table
        shares = table.statistic == Statistic.PERCENTAGE
        if table.share is not None:
            shares = shares & (table.share != 0)
        found = {table.measures[i].kind for i in distinct(table.measure[shares]).tolist() if i >= 0}
        return tuple(sorted(kind for kind in found if kind))

    def _direction(self) -> Coded:
        totals, width = self.table.totals, max(len(self.table.cols), 1)
        first = totals.part[np.minimum(totals.start[:-1], max(len(totals.part) - 1, 0))] if len(totals.part) else None
        across = np.zeros(len(totals.cell), np.int32) if first is None else (first // width == totals.cell // width)
        return Coded(np.asarray(across, np.int32), ("column", "row"))

    def _raw(self, flat: int) -> str:
        row, col = divmod(flat, len(self.table.cols))
        return text_of(cell_of(self.sheet.rows, int(self.table.rows[row]), int(self.table.cols[col])))

    def address(self, flat: int) -> str:
        """The A1 address of a body cell."""
        row, col = divmod(flat, len(self.table.cols))
        return address(int(self.table.rows[row]), int(self.table.cols[col]))

    def _place(self, chosen: Index) -> Callable[[int], Place]:
        return lambda i: self.place_of(int(chosen[i]))

    def place_of(self, flat: int) -> Place:
        """Where a body cell is, with the words of its row and column."""
        row, col = divmod(flat, len(self.table.cols))
        return Place(
            self.document.path,
            self.sheet.name or None,
            self.address(flat),
            row_header=tuple(self.table.row_headers[row]),
            column_header=self.table.columns[col].header,
            table=self.table.id,
        )


def _statistics(codes: Index) -> Coded:
    if codes.size and codes[0] == codes.max() == codes.min():
        return Coded(np.zeros(codes.shape, np.int32), (_STATISTICS[codes[0]],))
    return Coded(codes, _STATISTICS)


_STATISTICS = (None, *(statistic.name.lower() for statistic in list(Statistic)[1:]))


def by(table: Table) -> tuple[str, ...]:
    """The policy's dimensions that the table is broken down by."""
    return tuple(dict.fromkeys(dimension.term for dimension in table.dimensions if dimension.term))


def cell_of(rows: Sequence[Sequence[Raw]], row: int, col: int) -> Raw:
    """A raw cell of a ragged grid; None beyond its end."""
    line: Sequence[Raw] = rows[row] if row < len(rows) else ()
    return line[col] if col < len(line) else None


def text_of(raw: Raw) -> str:
    """A raw cell as plain text."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw)
