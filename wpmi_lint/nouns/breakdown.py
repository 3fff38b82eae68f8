"""The noun breakdown: a set of shares of one whole; and the named check on how few people it can stand for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from wpmi_lint.model import Arithmetic, Measure
from wpmi_lint.nouns.context import TableContext
from wpmi_lint.nouns.contract import Check, Each, Field, Noun, Subjects, Truths
from wpmi_lint.nouns.total import added
from wpmi_lint.tables.meaning.shares import Breakdown, breakdowns, slack

Rows = tuple[Sequence[Breakdown], TableContext]

each = Each[Breakdown, TableContext]()


def _of_measure(type: str, doc: str, take: Callable[[Measure], str | None], **traits: bool) -> Field:
    def taken(shares: Breakdown, context: TableContext) -> str | None:
        return take(context.table.measures[shares.measure]) if shares.measure >= 0 else None

    return each.field(type, doc, taken, **traits)


_BY = "the dimension that the shares go over; absent where it is not known"
_GAP = "how far the sum is from 100, in percentage points"
_SLACK = "how far rounding alone can take it: half a unit of the last decimal for each share"
FIELDS = {
    "kind": _of_measure("kind", "the class of the measure", lambda measure: measure.kind, definite=True),
    "measure": _of_measure("measure", "the measure", lambda measure: measure.name),
    "by": each.field("dimension", _BY, lambda b, _: b.by),
    "label": each.field("label", "what the table is marked", lambda _, context: context.table.label),
    "sum": each.field("number", "the shares added up, in percent", lambda b, _: b.sum, figure=True, deduced=True),
    "gap": each.field("number", _GAP, lambda b, _: abs(b.sum - 100), figure=True, deduced=True),
    "slack": each.field("number", _SLACK, lambda b, _: slack(len(b.cells), b.decimals)),
    "decimals": each.field("number", "decimals shown", lambda b, _: b.decimals),
    "shares": each.field("number", "how many shares there are", lambda b, _: len(b.cells)),
    "complete": each.field("truth", "the sum is 100 within rounding", lambda b, _: b.complete),
}


def find(context: TableContext) -> Subjects:
    """One fact for each set of shares. It speaks of the figure of each of its shares."""
    found = breakdowns(context.table)
    figure = np.concatenate([np.zeros(0, np.intp), *(b.cells for b in found)]).astype(np.int32)
    first = np.cumsum([0, *(len(b.cells) for b in found)]).astype(np.int32)
    facts = each.facts(found, context, lambda b: context.place_of(int(b.cells[0])))
    return facts._replace(figure=figure, first=first)


def _worked(of: Rows, i: int, compared: Collection[str]) -> Arithmetic:  # noqa: ARG001
    """All shares added up, whatever was compared: any of them follows from the others."""
    shares, context = of[0][i], of[1]
    return added([context.address(cell) for cell in shares.cells.tolist()], shares.sum, unit="%")


def _smallest_base(of: Rows, parameters: Mapping[str, float]) -> Truths:
    """Shares so exact that only a base of fewer than `at_least` people, or few bases, can have given them."""
    from wpmi_lint.deduce.shares import smallest_base  # few files have shares

    def is_large(b: Breakdown) -> int:
        shares = of[1].table.value.reshape(-1)[b.cells]
        if not b.complete or np.isnan(shares).any():
            return -1
        return smallest_base(shares.tolist(), b.decimals, int(parameters["at_least"])) is None

    return Truths(np.array([is_large(b) for b in of[0]], np.int8))


EACH = "set of shares of one whole"
NOUNS = (Noun("breakdown", each=EACH, scope="table", find=find, fields=FIELDS, worked=_worked),)
_DOC = "fails where a whole of fewer than `at_least` explains all the shares as they are shown"
CHECKS = (Check("smallest_base", _DOC, noun="breakdown", parameters={"at_least": "number"}, run=_smallest_base),)
