"""Which cells are totals of which: by words and by arithmetic, in both directions, at every level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.tables.totals import lines as _lines
from wpmi_lint.tables.totals import tidy, views, words
from wpmi_lint.tables.totals.emit import Emitter
from wpmi_lint.tables.totals.levels import View, settle
from wpmi_lint.tables.totals.obvious import complete
from wpmi_lint.tables.totals.relations import Known

if TYPE_CHECKING:
    from wpmi_lint.model import Totals
    from wpmi_lint.tables.body import Body
    from wpmi_lint.tables.totals.lines import Lines

# more lines than this are not searched by arithmetic: no cross table has so many, and labels still count
MOST_LINES = 30_000


def find(body: Body) -> Totals:
    """The totals of a body as index arrays, with their reasons. A total of both directions has two entries."""
    emitter = Emitter()
    table = _lines.cells(body)
    base = _lines.rounding_base(body, table)
    for lines in tidy.dimensions(body, table, base) if body.tidy else ():
        emitter.add(lines, _search(lines, table.mixed))
    for axis in ("column",) if body.tidy else ("row", "column"):
        lines = _lines.across(body, table, axis, base)
        emitter.add(lines, _search(lines, table.mixed))
    return emitter.totals()


def _search(whole: Lines, mixed: bool) -> Known:
    known, lines = Known(), whole
    for kind, members in views.classes(whole, mixed):
        if kind == _lines.SHARES or members.size > MOST_LINES:
            continue
        if mixed:
            lines = whole._replace(number=whole.number & (whole.kind == kind))
        settle(lines, View(members), known)
        for view in views.by_label(lines, members):
            settle(lines, view, known)
        if unexplained(lines, members.tolist(), known):
            for view in views.by_period(members):
                settle(lines, view, known)
        complete(lines, members, known)
    return known


def unexplained(lines: Lines, members: list[int], known: Known) -> bool:
    """Whether a line says total and no parts were found for it."""
    return any(lines.says[line] >= words.WEAK and line not in known.of_total for line in members)
