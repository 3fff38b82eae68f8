"""Expressions on columns agree with a slow, direct reading of the language."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluate.reference import Fact, holds
from wpmi_lint.evaluate.columns import FALSE, TRUE, Facts
from wpmi_lint.model import Place
from wpmi_lint.nouns import NOUNS
from wpmi_lint.nouns.contract import stated
from wpmi_lint.policy.resolved import And, Between, Compare, FieldOf, Literal, Not, OneOf, Or, Present

WORDS = st.sampled_from(["published", "internal", "count", "outcome"])
NUMBERS = st.one_of(st.integers(-200, 200), st.integers(-2000, 2000).map(lambda n: n / 10))
FACTS = st.fixed_dictionaries(
    {
        "value": st.none() | NUMBERS.map(lambda n: Fraction(str(n))),
        "sum_of_parts": st.none() | NUMBERS.map(lambda n: Fraction(str(n))),
        "label": st.none() | WORDS,
        "by": st.lists(WORDS, max_size=2).map(tuple),
        "share": st.none() | st.booleans(),
    }
)
BASES = st.sampled_from([3, 5, 10, 20])


def leaves() -> st.SearchStrategy:
    value, number = FieldOf("value"), NUMBERS.map(Literal)
    sizes = st.sampled_from(["at least", "at most", "more than", "less than", "is", "is not", "equals"])
    numeric = st.one_of(
        st.builds(Compare, sizes, st.just(value), number | st.just(FieldOf("sum_of_parts"))),
        st.builds(
            lambda op, base: Compare(op, value, Literal(base)),
            st.sampled_from(["multiple of", "not multiple of"]),
            BASES,
        ),
        st.builds(Between, st.just(value), number, number | st.just(FieldOf("sum_of_parts")), st.booleans()),
        st.builds(lambda vs, n: OneOf(value, tuple(vs), n), st.lists(NUMBERS, min_size=1, max_size=3), st.booleans()),
    )
    worded = st.one_of(
        st.builds(
            lambda f, op, w: Compare(op, FieldOf(f), Literal(w)),
            st.sampled_from(["label", "by"]),
            st.sampled_from(["is", "is not", "matches"]),
            WORDS,
        ),
        st.builds(
            lambda f, ws, n: OneOf(FieldOf(f), tuple(ws), n),
            st.sampled_from(["label", "by"]),
            st.lists(WORDS, min_size=1, max_size=3),
            st.booleans(),
        ),
    )
    truth = st.builds(lambda b: Compare("is", FieldOf("share"), Literal(b)), st.booleans())
    present = st.builds(Present, st.sampled_from(["value", "label", "by", "share"]).map(FieldOf), st.booleans())
    return st.one_of(numeric, worded, truth, present)


EXPRESSIONS = st.recursive(
    leaves(),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda ts: And(tuple(ts)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda ts: Or(tuple(ts)), st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=6,
)


def columns(rows: list[Fact]) -> Facts:
    numbers = [{name: float(v) if isinstance(v, Fraction) else v for name, v in row.items()} for row in rows]
    return Facts(*stated(NOUNS["total"], numbers, lambda _: Place("")))


@settings(max_examples=400, deadline=None)
@given(st.lists(FACTS, min_size=1, max_size=8), EXPRESSIONS)
def test_columns_agree_with_the_direct_reading(rows: list[Fact], expression: object) -> None:
    facts = columns(rows)
    logic = [facts.at(expression, i) for i in range(len(rows))]
    assert [{0: False, 1: None, 2: True}[code] for code in logic] == [holds(expression, row) for row in rows]


@pytest.mark.parametrize("value", [2**53, 10**15 + 20, 0, -40, 20.0])
def test_multiples_of_any_size(value: float) -> None:
    rows = [{"value": value, "sum_of_parts": None, "label": None, "by": (), "share": None}]
    assert columns(rows).at(Compare("multiple of", FieldOf("value"), Literal(4)), 0) == TRUE


def test_a_large_figure_off_by_one_is_no_multiple() -> None:
    rows = [{"value": 10**14 + 1, "sum_of_parts": None, "label": None, "by": (), "share": None}]
    assert columns(rows).at(Compare("multiple of", FieldOf("value"), Literal(20)), 0) == FALSE
