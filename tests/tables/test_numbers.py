import math

import pytest

from wpmi_lint.tables.numbers import (
    APPROXIMATE,
    COMPOUND,
    DATE,
    EMPTY,
    MARKER,
    MONEY,
    NUMBER,
    ODD,
    PERCENT,
    SOFT,
    TEXT,
    parse,
)


@pytest.mark.parametrize(
    ("text", "value", "decimals", "flags"),
    [
        ("1,234", 1234, 0, 0),
        (" 20 ", 20, 0, 0),
        ("1 234", 1234, 0, 0),
        ("1\u00a0234\u00a0567", 1234567, 0, 0),
        ("£80,280,000", 80280000, 0, MONEY),
        ("-£45,550.00", -45550, 2, MONEY),
        ("12%", 12, 0, PERCENT),
        ("12.5 per cent", 12.5, 1, PERCENT),
        ("(3)", -3, 0, 0),
        ("-3", -3, 0, 0),
        ("\u22123", -3, 0, 0),
        ("~20", 20, 0, APPROXIMATE),
        ("c. 40", 40, 0, APPROXIMATE),
        ("40 (12%)", 40, 0, COMPOUND),
        ("3^", 3, 0, 0),
        ("2**", 2, 0, 0),
        ("20 [note 1]", 20, 0, 0),
        ("2011(1)", 2011, 0, 0),
        ("2.00E+05", 200000, 0, 0),
        ("£3.4m", 3400000, 0, MONEY),
        (".5", 0.5, 1, 0),
    ],
)
def test_numbers(text: str, value: float, decimals: int, flags: int) -> None:
    found = parse(text)
    assert (found.kind, found.decimals, found.flags) == (NUMBER, decimals, flags)
    assert math.isclose(found.value, value)


@pytest.mark.parametrize("text", ["*", "..", "-", "–", ":", "[c]", "[x]", "(x)", "n/a", "[low]"])
def test_markers(text: str) -> None:
    assert parse(text).kind == MARKER


@pytest.mark.parametrize(
    "text", ["PG1", "18 and over", "2012-13", "2012/13", "E08000001", "0113 234 567", "12O", "01234"]
)
def test_words(text: str) -> None:
    assert parse(text).kind == TEXT


@pytest.mark.parametrize("text", ["c", "<5", "1-4", "under 5", "suppressed"])
def test_words_that_are_markers_only_where_a_figure_should_be(text: str) -> None:
    assert (parse(text).kind, parse(text).flags) == (TEXT, SOFT)


def test_a_spoilt_number() -> None:
    assert parse("12O").flags == parse("1,23,4").flags == ODD


def test_dates_and_nothing() -> None:
    assert parse("2012-06-28").kind == DATE
    assert parse("28/06/2012").kind == DATE
    assert parse(" \u00a0").kind == EMPTY


def test_decimal_comma() -> None:
    assert parse("1.234,5", comma=True).value == 1234.5
