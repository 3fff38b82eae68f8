"""A slow, direct reading of the language: one fact at a time, exact fractions. The columnar evaluator must agree."""

from fnmatch import fnmatchcase
from fractions import Fraction

from wpmi_lint.policy.resolved import And, Between, Compare, Expression, FieldOf, Not, OneOf, Operand, Or, Present

Fact = dict[str, Fraction | str | tuple[str, ...] | bool | None]


def holds(expression: Expression, fact: Fact) -> bool | None:
    """True, False, or None where it is not known."""
    if isinstance(expression, And):
        terms = [holds(term, fact) for term in expression.terms]
        return False if False in terms else None if None in terms else True
    if isinstance(expression, Or):
        terms = [holds(term, fact) for term in expression.terms]
        return True if True in terms else None if None in terms else False
    if isinstance(expression, Not):
        return _not(holds(expression.term, fact))
    left = fact[expression.left.name]
    if isinstance(expression, Present):
        return (left is None or left == ()) == expression.negated
    if left is None:
        return None
    if isinstance(expression, OneOf):
        mine = left if isinstance(left, tuple) else (left,)
        found = any(m == (Fraction(str(v)) if isinstance(m, Fraction) else v) for m in mine for v in expression.values)
        return found != expression.negated
    if isinstance(expression, Between):
        low, high = _value(expression.low, fact), _value(expression.high, fact)
        if low is None or high is None:
            below = None if low is None else left >= low
            above = None if high is None else left <= high
            inside = False if False in (below, above) else None
        else:
            inside = low <= left <= high
        return _not(inside) if expression.negated else inside
    return _compare(expression, left, _value(expression.right, fact))


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _value(operand: Operand, fact: Fact) -> object:
    if isinstance(operand, FieldOf):
        return fact[operand.name]
    if isinstance(operand.value, bool) or not isinstance(operand.value, int | float):
        return operand.value
    return Fraction(str(operand.value))


def _compare(test: Compare, left: object, right: object) -> bool | None:
    if right is None or right == ():
        return None
    op, negated = test.op, test.op.startswith(("is not", "not "))
    if op.endswith("multiple of"):
        return (left % right == 0) != negated
    if op.endswith("matches"):
        mine = left if isinstance(left, tuple) else (left,)
        return any(fnmatchcase(m.casefold(), right.casefold()) for m in mine) != negated
    if op in ("is", "is not", "equals", "not equals"):
        mine = left if isinstance(left, tuple) else (left,)
        return any(m == right for m in mine) != negated
    return {
        "at least": left >= right,
        "at most": left <= right,
        "more than": left > right,
        "less than": left < right,
    }[op]
