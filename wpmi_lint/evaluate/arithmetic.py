"""The arithmetic of a finding: what a reader needs to follow the verdict by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.evaluate.columns import TRUE
from wpmi_lint.evaluate.messages import ABSENT, value_text
from wpmi_lint.facts import Numbers
from wpmi_lint.figure_text import figure_text
from wpmi_lint.model import Arithmetic, Figure
from wpmi_lint.policy.resolved import And, Compare, FieldOf, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.evaluate.cells import TableFacts
    from wpmi_lint.evaluate.columns import Scope
    from wpmi_lint.model import Finding
    from wpmi_lint.policy.resolved import Expression
    from wpmi_lint.tables.breakdown import Breakdown

_SHOWN_PARTS = 8  # a longer sum is folded in the middle
_QUOTED = 60  # characters of a text on each side of its figure


def explain(expression: Expression | None, scope: Scope, i: int, facts: TableFacts | None) -> Arithmetic | None:
    """How fact i fails the expression, where that is a sum or a remainder."""
    if scope.facts.noun == "text":
        return _quoted(scope, i)
    test = _failing(expression, scope, i)
    if test is None:
        return None
    if scope.facts.noun == "total" and FieldOf("sum_of_parts") in (test.left, test.right) and facts is not None:
        return _sum(facts, i)
    if test.op == "multiple of" and isinstance(test.right, Literal) and isinstance(test.right.value, int | float):
        return _remainder(scope, test.left.name, float(test.right.value), i)
    return None


def _failing(expression: Expression | None, scope: Scope, i: int) -> Compare | None:
    if isinstance(expression, And):
        return next((found for term in expression.terms if (found := _failing(term, scope, i))), None)
    if not isinstance(expression, Compare) or scope.at(expression, i) == TRUE:
        return None
    return expression


def _sum(facts: TableFacts, i: int) -> Arithmetic:
    totals = facts.table.totals
    parts = [facts.address(int(part)) for part in totals.part[totals.start[i] : totals.start[i + 1]]]
    named = parts if len(parts) <= _SHOWN_PARTS else [*parts[:3], "…", *parts[-3:]]
    words = f"{' + '.join(named)} = "
    return Arithmetic((words, Figure(figure_text(float(facts.sums()[i])), deduced=True)), tuple(parts))


def of_shares(finding: Finding, facts: TableFacts, breakdowns: Sequence[Breakdown]) -> Finding:
    """The finding on a breakdown with its shares added up: all of them, since any one follows from the others."""
    own = [one for one in breakdowns if facts.address(int(one.cells[0])) == finding.place.cell]
    if not own or finding.arithmetic:
        return finding
    parts = [facts.address(int(cell)) for cell in own[0].cells]
    named = parts if len(parts) <= _SHOWN_PARTS else [*parts[:3], "…", *parts[-3:]]
    known = own[0].sum == own[0].sum  # not NaN: every share is shown
    words = (
        (f"{' + '.join(named)} = ", Figure(figure_text(own[0].sum), deduced=True), "%")
        if known
        else (", ".join(named),)
    )
    cells = dict.fromkeys(facts.address(int(cell)) for one in own for cell in one.cells)
    return finding._replace(arithmetic=Arithmetic(words, tuple(cells)))


def _remainder(scope: Scope, name: str, base: float, i: int) -> Arithmetic | None:
    column = scope.column(name)
    if not isinstance(column, Numbers):
        return None
    value = float(column.values[i])
    times, rest = divmod(value, base)
    return Arithmetic(
        (
            Figure(figure_text(value)),
            " = ",
            Figure(figure_text(times), deduced=True),
            f" × {figure_text(base)} + ",
            Figure(figure_text(rest), deduced=True),
        ),
        what="rest",
    )


def _quoted(scope: Scope, i: int) -> Arithmetic | None:
    """The words of a title or note, its figure apart so that it can be masked."""
    words, volume = value_text(scope, "words", i), value_text(scope, "volume", i)
    if volume == ABSENT or volume not in words:
        return None
    before, _, after = words.partition(volume)
    return Arithmetic((f'"{before[-_QUOTED:]}', Figure(volume), f'{after[:_QUOTED]}"'), what="text")
