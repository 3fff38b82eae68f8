"""The noun table."""

import numpy as np

from wpmi_lint.model import Statistic, Table
from wpmi_lint.nouns.context import TableContext
from wpmi_lint.nouns.contract import Each, Noun, Subjects


def _source(table: Table, _: TableContext) -> str | None:
    """The note that says where the figures are published: it begins with "Source"."""
    notes = (note.strip() for note in (table.title, *table.notes))
    return next((note for note in notes if note.casefold().startswith("source")), None)


def _distinct(table: Table, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(word) for measure in table.measures if (word := getattr(measure, name))))


def _nil_marks(table: Table, context: TableContext) -> int:
    # a blank or a marker takes the statistic of its column, so nil marks among counts are counts here
    return int(np.sum(context.nil[table.marker[table.statistic == Statistic.COUNT]]))


each = Each[Table, TableContext]()
FIELDS = {
    "title": each.field("text", "the title", lambda t, _: t.title),
    "form": each.field(("cross", "tidy"), "cross table or one row an observation", lambda t, _: t.form),
    "label": each.field("label", "published, internal, ...: what the table is marked", lambda t, _: t.label),
    "other_label": each.field("label", "a second label that contradicts the first", lambda t, _: t.other_label),
    "source": each.field("text", "where a published figure is published, as the table says", _source),
    "by": each.field("dimension", "the dimensions", lambda _, context: context.by, many=True),
    "kind": each.field("kind", "kinds of its measures", lambda t, _: _distinct(t, "kind"), many=True),
    "measure": each.field("measure", "its measures", lambda t, _: _distinct(t, "name"), many=True),
    "rows": each.field("number", "body rows", lambda t, _: len(t.rows)),
    "columns": each.field("number", "body columns", lambda t, _: len(t.cols)),
    "cells": each.field("number", "body cells", lambda t, _: t.value.size),
    "counts": each.field("number", "body cells that are counts", lambda t, _: (t.statistic == Statistic.COUNT).sum()),
    "zeros": each.field(
        "number", "counts shown as 0", lambda t, _: (t.value[t.statistic == Statistic.COUNT] == 0).sum()
    ),
    "nil_marks": each.field("number", "blanks and markers that mean nil among the counts", _nil_marks),
}


def find(context: TableContext) -> Subjects:
    """One fact."""
    return each.facts([context.table], context, lambda _: context.place)


NOUNS = (Noun("table", each="table", scope="table", find=find, fields=FIELDS),)
