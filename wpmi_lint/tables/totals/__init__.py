"""Which cells are totals of which: by words and by arithmetic, in both directions, at every level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.tables.lexicon import totals as words
from wpmi_lint.tables.totals import lines as _lines
from wpmi_lint.tables.totals import tidy, views
from wpmi_lint.tables.totals.emit import Emitter, orphans
from wpmi_lint.tables.totals.levels import settle
from wpmi_lint.tables.totals.obvious import by_indent, complete
from wpmi_lint.tables.totals.sums import Accepted
from wpmi_lint.tables.totals.views import View

if TYPE_CHECKING:
    from wpmi_lint.model import Ints, Totals
    from wpmi_lint.tables.body import Body
    from wpmi_lint.tables.totals.lines import Lines


def find(body: Body) -> Totals:
    """The totals of a body as index arrays, with their reasons. A total of both directions has two entries."""
    emitter = Emitter(body.value.size)
    table = _lines.addends(body)
    for lines in tidy.dimensions(body, table) if body.tidy else ():
        emitter.add(lines, _search(lines))
    lonely = []
    for axis in ("column",) if body.tidy else ("row", "column"):
        axis_lines = _lines.across(body, table, axis)
        if axis_lines is None:
            continue
        accepted = _search(axis_lines)
        emitter.add(axis_lines, accepted)
        lonely += [(axis_lines, *orphan) for orphan in orphans(body, axis_lines, accepted)]
    for axis_lines, line, positions in lonely:
        emitter.alone(axis_lines, line, positions)
    return emitter.totals()


def _search(whole: Lines) -> Accepted:
    accepted, lines = Accepted(), whole
    for kind, members in views.classes(whole):
        if whole.mixed:
            lines = whole._replace(number=whole.number & (whole.kind == kind))
        if kind == _lines.SHARES:
            complete(lines, members, accepted)
            continue
        settle(lines, View(members), accepted)
        by_indent(lines, members, accepted)
        for view in views.by_label(lines, members):
            settle(lines, view, accepted)
        for view in views.by_period(members, unexplained(lines, members, accepted)):
            settle(lines, view, accepted)
        complete(lines, members, accepted)
    for view in views.of_which(whole):
        settle(whole, view, accepted)
    if whole.mixed:
        _search_all(whole, accepted)
    return accepted


def _search_all(lines: Lines, accepted: Accepted) -> None:
    """Figures of different classes together: what a column is said to be may be wrong, and figures tell."""
    added = (lines.kind > _lines.NOT_ADDED) & (lines.kind < _lines.SHARES)
    members = np.flatnonzero((lines.number & added).any(axis=1) & (lines.says >= words.NONE))
    parts = accepted.parts
    members = members[[line not in parts for line in members.tolist()]]
    lines = lines._replace(number=lines.number & added)
    settle(lines, View(members, strict=4.0), accepted)
    for view in views.by_label(lines, members):
        settle(lines, view, accepted)


def unexplained(lines: Lines, members: Ints, accepted: Accepted) -> list[int]:
    """The lines that say total and have no parts yet."""
    labelled = members[lines.says[members] >= words.WEAK].tolist()
    return [line for line in labelled if line not in accepted.of_total]
