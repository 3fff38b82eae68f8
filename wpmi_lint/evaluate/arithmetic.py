"""The arithmetic of a finding: what a reader needs to follow the verdict by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.evaluate.columns import TRUE
from wpmi_lint.figure_text import figure_text
from wpmi_lint.model import Arithmetic, Figure
from wpmi_lint.nouns.contract import Numbers
from wpmi_lint.policy.resolved import And, Compare, FieldOf, Literal

if TYPE_CHECKING:
    from wpmi_lint.evaluate.columns import Facts
    from wpmi_lint.policy.resolved import Expression


def explain(expression: Expression | None, facts: Facts, i: int) -> Arithmetic | None:
    """How fact i fails the expression: what the noun works out itself, else the remainder of a division."""
    test = _failing(expression, facts, i)
    operands = (test.left, test.right) if test else ()
    compared = {operand.name for operand in operands if isinstance(operand, FieldOf)}
    if test and not any(facts.noun.fields[name].deduced for name in compared):
        remainder = _remainder(test, facts, i)
        if remainder:
            return remainder
    return facts.noun.worked(facts.subjects.of, i, compared) if facts.noun.worked else None


def _failing(expression: Expression | None, facts: Facts, i: int) -> Compare | None:
    if isinstance(expression, And):
        return next((found for term in expression.terms if (found := _failing(term, facts, i))), None)
    if not isinstance(expression, Compare) or facts.at(expression, i) == TRUE:
        return None
    return expression


def _remainder(test: Compare, facts: Facts, i: int) -> Arithmetic | None:
    column, base = facts.column(test.left.name), test.right.value if isinstance(test.right, Literal) else None
    if test.op != "multiple of" or not isinstance(base, int | float) or not isinstance(column, Numbers):
        return None
    value = float(column.values[i])
    times, rest = (Figure(figure_text(part), deduced=True) for part in divmod(value, float(base)))
    return Arithmetic((Figure(figure_text(value)), " = ", times, f" × {figure_text(base)} + ", rest), what="rest")
