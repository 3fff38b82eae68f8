"""A1 addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmi_lint.a1 import address, letters, parse_address, parse_range, range_text
from wpmi_lint.model import Range


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_letters(column: int, name: str) -> None:
    assert letters(column) == name


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_addresses_round_trip(row: int, column: int) -> None:
    assert parse_address(address(row, column)) == (row, column)


@pytest.mark.parametrize("text", ["", "7", "B", "B0", "B-1", "ABCD1", "É1", "B７", "A1B"])
def test_what_is_no_address(text: str) -> None:
    assert parse_address(text) is None


def test_ranges() -> None:
    assert parse_range("$B$7:A5") == Range(4, 0, 6, 1)
    assert range_text(Range(4, 0, 6, 1)) == "A5:B7"
    assert range_text(Range(4, 0, 4, 0)) == "A5"
    assert parse_range("A1:oops") is None
