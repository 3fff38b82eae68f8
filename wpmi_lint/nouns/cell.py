"""The noun cell, and count, percentage, rate, mean and money: the cells of one statistic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import distinct
from wpmi_lint.model import Statistic
from wpmi_lint.nouns.context import TableContext
from wpmi_lint.nouns.contract import DOMAINS, Coded, Column, Field, Noun, Numbers, Subjects, Truths
from wpmi_lint.tables.cells import words_of

if TYPE_CHECKING:
    from wpmi_lint.model import Index

_STATISTICS = (None, *DOMAINS["statistic"])


class Cells:
    """Some body cells of a table: what the fields of a cell are filled from."""

    def __init__(self, context: TableContext, chosen: Index) -> None:
        self.context = context
        self.table = context.table
        self.chosen = chosen  # places in the flattened body
        self.width = max(len(context.table.cols), 1)
        self._taken: dict[str, Index] = {}

    def take(self, name: str) -> Index:
        """The entries of an array of the body; -1 where the table has no such array."""
        if name not in self._taken:
            body = getattr(self.table, name)
            whole = np.full(len(self.chosen), -1) if body is None else body.reshape(-1)[self.chosen]
            self._taken[name] = np.asarray(whole, np.int32)
        return self._taken[name]

    def coded(self, name: str, words: Sequence[str | None]) -> Coded:
        """An array of the body that holds indices into words, -1 for none."""
        codes = self.take(name)
        # None answers for -1; left out where no cell has it, so that a column of one word is seen to be one
        return Coded(codes, (*words, None) if codes.size and codes.min() < 0 else tuple(words) or (None,))

    def of_measure(self, name: str) -> Coded:
        """What the measures of the cells say."""
        return self.coded("measure", [getattr(measure, name) for measure in self.table.measures])

    def same(self, word: str | tuple[str, ...] | None) -> Coded:
        """One word for all cells."""
        return Coded(np.zeros(len(self.chosen), np.int32), (word,))

    def each(self, word: Callable[[int], str]) -> Coded:
        """A word of its own for every cell."""
        return Coded(np.arange(len(self.chosen), dtype=np.int32), tuple(map(word, self.chosen.tolist())))

    def raw(self, flat: int) -> str:
        """A cell as the file has it, in words."""
        (row, col), rows = self.context.cell(flat), self.context.sheet.rows
        return words_of(rows[row][col]) if row < len(rows) and col < len(rows[row]) else ""


def subjects(context: TableContext, chosen: Index) -> Subjects:
    """Body cells as facts, each speaking of its own figure."""
    return Subjects(len(chosen), Cells(context, chosen), lambda i: context.place_of(int(chosen[i])), figure=chosen)


def find(context: TableContext, statistic: str = "") -> Subjects:
    """Body cells that are not blank: all, or those of one statistic."""
    chosen = context.not_blank
    if statistic:
        chosen = chosen[context.table.statistic.reshape(-1)[chosen] == Statistic[statistic.upper()]]
    return subjects(context, chosen)


def _statistic(cells: Cells) -> Coded:
    codes = cells.take("statistic")
    if codes.size and codes[0] == codes.max() == codes.min():
        return cells.same(_STATISTICS[codes[0]])
    return Coded(codes, _STATISTICS)


def _beside(cells: Cells) -> Coded:
    """Kinds of the percentages in the table that are, or may be, shares of a whole."""
    table = cells.table
    shares = table.statistic == Statistic.PERCENTAGE
    if table.share is not None:
        shares = shares & (table.share != 0)
    kinds = {table.measures[i].kind for i in distinct(table.measure[shares]).tolist() if i >= 0}
    return cells.same(tuple(sorted(kind for kind in kinds if kind)))


def _displayed(cells: Cells) -> Numbers:
    """In percent where the format is; absent where no format changes a figure."""
    table, styles = cells.table, cells.context.sheet.styles
    figures = np.full(len(cells.chosen), np.nan)
    if styles is None or not len(cells.chosen):
        return Numbers(figures)
    from wpmi_lint.package.numberformat import displayed  # only workbooks have styles

    values = table.value.reshape(-1)[cells.chosen]
    formats = styles.format[np.ix_(table.rows, table.cols)].reshape(-1)[cells.chosen]
    for index in distinct(formats).tolist():
        here = (formats == index) & ~np.isnan(values)
        shown = displayed(values[here], styles.formats[index].code)
        if shown is not None:
            figures[here] = shown
    return Numbers(figures)


def _decimals(cells: Cells) -> Numbers:
    shown = cells.take("decimals")
    return Numbers(np.where(shown < 0, np.nan, shown))


def _meaning(cells: Cells) -> Coded:
    return cells.coded("marker", [cells.context.matcher.marker(text) for text in cells.table.markers])


def _row_header(cells: Cells) -> Coded:
    return Coded(cells.chosen // cells.width, tuple(map(" / ".join, cells.table.row_headers)))


def _column_header(cells: Cells) -> Coded:
    return Coded(cells.chosen % cells.width, tuple(" / ".join(column.header) for column in cells.table.columns))


def _field(type: str, doc: str, fill: Callable[[Cells], Column], **traits: bool) -> Field:
    return Field(type, doc, fill, **traits)


_DISPLAYED = "the figure that a workbook's number format makes of the stored one"
_MARKER = "the text in place of a figure"
_SHARE = "of a percentage: true for a share of a whole, false for a rate of something else"
_VALUE = "the figure; absent where the cell holds a marker or text"
_WHICH = "published, internal, ...: what the table is marked"
FIELDS = {
    "value": _field("number", _VALUE, lambda c: Numbers(c.table.value.reshape(-1)[c.chosen]), figure=True),
    "shown": _field("text", "the cell as the file shows it", lambda c: c.each(c.raw), figure=True),
    "cell": _field("text", "its address", lambda c: c.each(c.context.address)),
    "displayed": _field("number", _DISPLAYED, _displayed, figure=True),
    "marker": _field("text", _MARKER, lambda c: c.coded("marker", c.table.markers), definite=True),
    "meaning": _field("marker meaning", "what the policy says that the marker means", _meaning, definite=True),
    "measure": _field("measure", "what is counted", lambda c: c.of_measure("name")),
    "kind": _field("kind", "the policy's class of the measure", lambda c: c.of_measure("kind"), definite=True),
    "statistic": _field("statistic", "what the figure is", _statistic),
    "base": _field("measure", "of a percentage or rate: the measure that it is of", lambda c: c.of_measure("base")),
    "share": _field("truth", _SHARE, lambda c: Truths(c.take("share").astype(np.int8))),
    "by": _field("dimension", "the dimensions of the table", lambda c: c.same(c.context.by), many=True),
    "beside": _field("kind", "kinds of the shares in the same table", _beside, many=True),
    "label": _field("label", _WHICH, lambda c: c.same(c.table.label)),
    "decimals": _field("number", "decimals shown", _decimals),
    "row_header": _field("text", "the words of its row", _row_header),
    "column_header": _field("text", "the words of its column", _column_header),
    "table": _field("text", "the table's title or range", lambda c: c.same(c.table.title or c.table.id)),
}


NOUNS = (
    Noun("cell", "body cell that is not blank", scope="table", find=find, fields=FIELDS),
    *(
        Noun(
            name,
            f"body cell that is a {name}",
            scope="table",
            find=partial(find, statistic=name),
            fields=FIELDS,
            given=name == "count",  # with what it displays: the table of an example has no number formats
        )
        for name in ("count", "percentage", "rate", "mean", "money")
    ),
)
