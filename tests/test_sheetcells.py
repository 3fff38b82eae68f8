"""Cells as columns read as the rows that they were made of."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmi_lint.sheetcells import cells_of

VALUES = st.one_of(
    st.none(), st.text(max_size=3), st.booleans(), st.integers(), st.floats(allow_nan=False), st.dates(), st.just(1)
)


@given(st.lists(st.lists(VALUES, max_size=4), max_size=5))
def test_values_come_back_as_they_were(rows: list[list[object]]) -> None:
    width = max(map(len, rows), default=0)
    cells = cells_of(rows, width)  # type: ignore[arg-type]
    assert cells.shape == (len(rows), width)
    for at, row in enumerate(rows):
        padded = [*row, *[None] * (width - len(row))]
        assert list(cells[at]) == padded
        assert [type(value) is bool for value in cells[at]] == [type(value) is bool for value in padded]
    for column in range(width):
        assert cells.column(column) == [row[column] if column < len(row) else None for row in rows]


def test_a_text_is_kept_once_and_true_is_not_one() -> None:
    day = datetime.date(2012, 6, 28)
    cells = cells_of([["Leeds", 1, True], ["Leeds", 1.5, day], ["York", 10**20, None]], 3)
    assert cells.words == [None, "Leeds", True, day, "York", 10**20]
    assert cells.numbers.tolist() == [1, 1.5]
    assert cells.at(2, 1) == 10**20
    assert cells.at(3, 0) is None
    assert cells.at(0, 3) is None


def test_rows_by_slice_and_by_choice() -> None:
    cells = cells_of([[str(i), i] for i in range(10)], 2)
    assert cells[2:4] == [["2", 2], ["3", 3]]
    assert cells[-1] == ["9", 9]
    assert cells.take(np.array([7, 1])).column(1) == [7, 1]
    assert cells.wordy(10) == []
    with pytest.raises(IndexError):
        cells[10]
