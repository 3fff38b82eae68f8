"""Which cells are totals of which: by words and by arithmetic, in both directions, at every level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.tables.lexicon import totals as words
from wpmi_lint.tables.totals import lines as _lines
from wpmi_lint.tables.totals import tidy, views
from wpmi_lint.tables.totals.emit import Emitter
from wpmi_lint.tables.totals.hierarchy import by_indent
from wpmi_lint.tables.totals.levels import settle
from wpmi_lint.tables.totals.obvious import complete
from wpmi_lint.tables.totals.orphans import orphans
from wpmi_lint.tables.totals.relations import Known
from wpmi_lint.tables.totals.signs import View

if TYPE_CHECKING:
    from wpmi_lint.model import Ints, Totals
    from wpmi_lint.tables.body import Body
    from wpmi_lint.tables.totals.lines import Lines


def find(body: Body) -> Totals:
    """The totals of a body as index arrays, with their reasons. A total of both directions has two entries."""
    emitter = Emitter(body.value.size)
    table = _lines.addends(body)
    for lines in tidy.dimensions(body, table) if body.tidy else ():
        emitter.add(lines, _search(lines, table.mixed))
    lonely = []
    for axis in ("column",) if body.tidy else ("row", "column"):
        made = _lines.across(body, table, axis)
        if made is None:
            continue
        known = _search(made, table.mixed)
        emitter.add(made, known)
        lonely += [(made, *found) for found in orphans(body, made, known)]
    for made, line, positions in lonely:
        emitter.alone(made, line, positions)
    return emitter.totals()


def _search(whole: Lines, mixed: bool) -> Known:
    known, lines = Known(), whole
    for kind, members in views.classes(whole, mixed):
        if mixed:
            lines = whole._replace(number=whole.number & (whole.kind == kind))
        if kind == _lines.SHARES:
            complete(lines, members, known)
            continue
        settle(lines, View(members), known)
        by_indent(lines, members, known)
        for view in views.by_label(lines, members):
            settle(lines, view, known)
        for view in views.by_period(members, unexplained(lines, members, known)):
            settle(lines, view, known)
        complete(lines, members, known)
    for view in views.of_which(whole):
        settle(whole, view, known)
    if mixed:
        _search_all(whole, known)
    return known


def _search_all(lines: Lines, known: Known) -> None:
    """Figures of different classes together: what a column is said to be may be wrong, and figures tell."""
    added = (lines.kind > _lines.NOT_ADDED) & (lines.kind < _lines.SHARES)
    members = np.flatnonzero((lines.number & added).any(axis=1) & (lines.says >= words.NONE))
    parts = known.parts
    members = members[[line not in parts for line in members.tolist()]]
    lines = lines._replace(number=lines.number & added)
    settle(lines, View(members, strict=4.0), known)
    for view in views.by_label(lines, members):
        settle(lines, view, known)


def unexplained(lines: Lines, members: Ints, known: Known) -> list[int]:
    """The lines that say total and have no parts yet."""
    told = members[lines.says[members] >= words.WEAK].tolist()
    return [line for line in told if line not in known.of_total]
