"""Expressions on whole columns, in three-valued logic: what is absent is not known, never true or false."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.nouns.contract import Coded, Numbers, Truths
from wpmi_lint.patterns import glob
from wpmi_lint.policy.resolved import And, Between, Compare, FieldOf, Not, OneOf, Or, Present

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from wpmi_lint.nouns.contract import Column, Field, Noun, Subjects
    from wpmi_lint.policy.resolved import Expression, Operand

    Logic = NDArray[np.uint8] | int  # an int stands for the same verdict on every fact
    Word = str | tuple[str, ...] | None

# Kleene's logic: `and` is the minimum, `or` the maximum, `not` is 2 - x.
FALSE, UNKNOWN, TRUE = 0, 1, 2

# Figures are read from decimal text or come out of a workbook's floating point: equal within this.
_RELATIVE = 1e-11
_ABSOLUTE = 1e-6


def prepared(
    expression: Expression, fields: Mapping[str, Field], known: dict[tuple[type, Expression], Expression]
) -> Expression:
    """The same expression, ready to be evaluated for many facts.

    Equal tests are one object (`known` holds those met before), and tests of words stand before those of figures in
    every `and` and `or`: words are often the same for a whole table and settle it, and most rules do not concern it.
    """
    if isinstance(expression, Not):
        return Not(prepared(expression.term, fields, known))
    if isinstance(expression, And | Or):
        terms = [prepared(term, fields, known) for term in expression.terms]
        return expression._replace(terms=tuple(sorted(terms, key=lambda term: _asks_figures(term, fields))))
    # The type is part of the key: as tuples, tests of different types could be equal.
    return known.setdefault((type(expression), expression), expression)


def _asks_figures(expression: Expression, fields: Mapping[str, Field]) -> bool:
    return any(fields[name].type in ("number", "truth") for name in fields_of(expression))


def fields_of(expression: object) -> Iterator[str]:
    """The fields that an expression looks at, in its order: expressions are tuples of their parts."""
    if isinstance(expression, FieldOf):
        yield expression.name
    elif isinstance(expression, tuple):
        for part in expression:
            yield from fields_of(part)


def verdicts_of(truths: Truths) -> Logic:
    """A column of truths as verdicts."""
    return _compare_truths(truths, 1)


class Facts:
    """The facts an expression is evaluated on; a column is filled once, when it is first asked for."""

    def __init__(self, noun: Noun, subjects: Subjects) -> None:
        self.noun = noun
        self.subjects = subjects
        self.size = subjects.size
        self._columns: dict[str, Column] = {}
        self._done: dict[int, Logic] = {}

    def column(self, name: str) -> Column:
        """The column of a field."""
        if name not in self._columns:
            self._columns[name] = self.noun.fields[name].fill(self.subjects.of)
        return self._columns[name]

    def evaluate(self, expression: Expression) -> Logic:
        """FALSE, UNKNOWN or TRUE for each fact. The same test (see `shared`) is made once, however many rules make it.

        The expression must outlive the facts: tests are remembered by identity.
        """
        kind = expression.__class__
        if kind is And:
            return self._combine(np.minimum, FALSE, expression.terms)  # type: ignore[union-attr]
        if kind is Or:
            return self._combine(np.maximum, TRUE, expression.terms)  # type: ignore[union-attr]
        if kind is Not:
            return _negate(self.evaluate(expression.term), True)  # type: ignore[union-attr]
        key = id(expression)
        if key not in self._done:
            self._done[key] = self._test(expression)  # type: ignore[arg-type]
        return self._done[key]

    def at(self, expression: Expression, i: int) -> int:
        """The verdict on fact i."""
        logic = self.evaluate(expression)
        return logic if isinstance(logic, int) else int(logic[i])

    def present(self, name: str, i: int) -> bool:
        """Whether fact i has a value for the field."""
        logic = _present(self.column(name))
        return (logic if isinstance(logic, int) else int(logic[i])) == TRUE

    def _combine(self, how: np.ufunc, settled: int, terms: tuple[Expression, ...]) -> Logic:
        result: Logic = TRUE - settled
        for term in terms:
            logic = self.evaluate(term)
            if isinstance(logic, int) and logic == settled:
                return settled
            result = _merged(how, result, logic)
        return result

    def _test(self, test: Compare | OneOf | Between | Present) -> Logic:
        match test:
            case Compare(op=op) if op in _POSITIVE:
                return _negate(self._compare(test._replace(op=_POSITIVE[op])), True)
            case Compare():
                return self._compare(test)
            case OneOf():
                return _negate(self._one_of(test), test.negated)
            case Between():
                low = self._compare(Compare("at least", test.left, test.low))
                high = self._compare(Compare("at most", test.left, test.high))
                return _negate(_merged(np.minimum, low, high), test.negated)
            case Present():
                return _negate(_present(self.column(test.left.name)), test.negated)

    def _compare(self, test: Compare) -> Logic:
        left = self.column(test.left.name)
        if isinstance(left, Numbers):
            return _compare_numbers(test.op, left.values, self._numbers(test.right))
        if isinstance(left, Truths):
            return _compare_truths(left, self._truth(test.right))
        if isinstance(test.right, FieldOf):
            return self._compare_words(test.op, left, test.right)
        right = str(test.right.value)
        return _by_word(left, lambda word: _word_test(test.op, word, right), self._absent(test.left.name))

    def _compare_words(self, op: str, left: Coded, right: FieldOf) -> Logic:
        other = self.column(right.name)
        if not isinstance(other, Coded):
            return UNKNOWN
        pairs = zip(left.codes.tolist(), other.codes.tolist(), strict=True)
        tested = [
            UNKNOWN if (word := other.words[b]) is None else _word_test(op, left.words[a], word) for a, b in pairs
        ]
        return np.array(tested, np.uint8)

    def _one_of(self, test: OneOf) -> Logic:
        left = self.column(test.left.name)
        if isinstance(left, Numbers):
            numbers = [float(value) for value in test.values if isinstance(value, int | float)]
            hit = np.isin(left.values, numbers)
            return _known(hit, ~np.isnan(left.values))
        if isinstance(left, Truths):
            return UNKNOWN
        allowed = set(map(str, test.values))
        absent = self._absent(test.left.name)
        return _by_word(left, lambda word: TRUE if _within(word, allowed) else FALSE, absent)

    def _absent(self, name: str) -> int:
        field = self.noun.fields[name]
        return FALSE if field.definite or field.many else UNKNOWN

    def _numbers(self, operand: Operand) -> NDArray[np.float64] | float:
        if isinstance(operand, FieldOf):
            column = self.column(operand.name)
            return column.values if isinstance(column, Numbers) else np.full(self.size, np.nan)
        return float(operand.value) if isinstance(operand.value, int | float) else float("nan")

    def _truth(self, operand: Operand) -> NDArray[np.int8] | int:
        if isinstance(operand, FieldOf):
            column = self.column(operand.name)
            return np.asarray(column.values, np.int8) if isinstance(column, Truths) else -1
        return int(bool(operand.value))


def _known(result: NDArray[np.bool_], known: NDArray[np.bool_]) -> Logic:
    if not known.all():
        return np.where(known, np.where(result, TRUE, FALSE), UNKNOWN).astype(np.uint8)
    if result.all():  # the usual case: one word for the whole table
        return TRUE
    return np.where(result, TRUE, FALSE).astype(np.uint8) if result.any() else FALSE


def _merged(how: np.ufunc, one: Logic, other: Logic) -> Logic:
    if isinstance(one, int) and isinstance(other, int):
        return int(how(one, other))
    return np.asarray(how(one, other), np.uint8)


def _negate(logic: Logic, negated: bool) -> Logic:
    return TRUE - logic if negated else logic


def _present(column: Column) -> Logic:
    if isinstance(column, Numbers):
        absent = np.isnan(column.values)
        return np.where(absent, FALSE, TRUE).astype(np.uint8) if absent.any() else TRUE
    if isinstance(column, Truths):
        return np.where(np.asarray(column.values, np.int8) < 0, FALSE, TRUE).astype(np.uint8)
    return _looked_up(column, [TRUE if word else FALSE for word in column.words])


def _compare_numbers(op: str, left: NDArray[np.float64], right: NDArray[np.float64] | float) -> Logic:
    known = ~np.isnan(left)
    if not isinstance(right, float):
        known &= ~np.isnan(right)
    elif right != right:
        return UNKNOWN
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        return _known(_NUMBER_TESTS[op](left, right), known)


def equal(left: NDArray[np.float64], right: NDArray[np.float64] | float) -> NDArray[np.bool_]:
    """Equal figures: the same within the noise of floating point."""
    same = np.asarray(left == right)
    if same.all():
        return same
    slack = _RELATIVE * np.maximum(np.abs(left), np.abs(right)) + _ABSOLUTE
    return np.asarray(same | (np.abs(left - right) <= slack))


def multiple(left: NDArray[np.float64], base: NDArray[np.float64] | float) -> NDArray[np.bool_]:
    """Multiples of the base: exact for whole numbers up to 2 to the power of 53."""
    whole = np.asarray(np.fmod(left, base) == 0)
    return whole if whole.all() else np.asarray(np.abs(left - base * np.rint(left / base)) <= _ABSOLUTE)


_NUMBER_TESTS: dict[str, Callable[[NDArray[np.float64], NDArray[np.float64] | float], NDArray[np.bool_]]] = {
    "is": equal,
    "equals": equal,
    "at least": lambda a, b: (a >= b) | equal(a, b),
    "at most": lambda a, b: (a <= b) | equal(a, b),
    "more than": lambda a, b: (a > b) & ~equal(a, b),
    "less than": lambda a, b: (a < b) & ~equal(a, b),
    "multiple of": multiple,
}


def _compare_truths(left: Truths, right: NDArray[np.int8] | int) -> Logic:
    values = np.asarray(left.values, np.int8)
    return _known(np.asarray(values == right), np.asarray(np.minimum(values, right) > -1, np.bool_))


def _by_word(column: Coded, test: Callable[[str | tuple[str, ...]], int], absent: int) -> Logic:
    return _looked_up(column, [test(word) if word else absent for word in column.words])


def _looked_up(column: Coded, verdicts: list[int]) -> Logic:
    # One test for each distinct word, then one gather: a column of a million rows has few distinct words.
    if len(set(verdicts)) == 1:
        return verdicts[0]
    return np.array(verdicts, np.uint8)[column.codes]


def _within(word: str | tuple[str, ...], allowed: set[str]) -> bool:
    return any(part in allowed for part in word) if isinstance(word, tuple) else word in allowed


def _word_test(op: str, word: Word, other: Word) -> int:
    if not word or not other:
        return UNKNOWN
    words = word if isinstance(word, tuple) else (word,)
    others = other if isinstance(other, tuple) else (other,)
    return TRUE if any(_WORD_TESTS[op](a, b) for a in words for b in others) else FALSE


# what holds where the comparison named does not; what is not known stays not known
_POSITIVE = {"is not": "is", "not equals": "equals", "not multiple of": "multiple of", "not matches": "matches"}
_WORD_TESTS: dict[str, Callable[[str, str], bool]] = {
    "is": lambda a, b: a == b or a.casefold() == b.casefold(),
    "equals": lambda a, b: a.casefold() == b.casefold(),
    "at least": lambda a, b: a >= b,
    "at most": lambda a, b: a <= b,
    "more than": lambda a, b: a > b,
    "less than": lambda a, b: a < b,
    "matches": lambda a, b: glob(b.casefold(), a.casefold()),
}
