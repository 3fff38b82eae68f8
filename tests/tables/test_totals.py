"""Totals by words and arithmetic, on tables small enough to follow by hand."""

from collections.abc import Sequence

import numpy as np
import pytest

from wpmi_lint.model import Statistic
from wpmi_lint.tables.body import BLANK, NUMBER, Body, Key
from wpmi_lint.tables.totals import find

Relations = dict[tuple[int, int], list[frozenset[tuple[int, int]]]]


def body(values: object, rows: Sequence[object], columns: Sequence[object], **more: object) -> Body:
    value = np.array(values, dtype=float)
    state = np.where(np.isnan(value), BLANK, NUMBER).astype(np.int8)
    given = {
        "value": value,
        "state": state,
        "statistic": np.full(value.shape, Statistic.COUNT, np.int8),
        "decimals": np.zeros(value.shape, np.int8),
        "row_labels": [r if isinstance(r, tuple) else (r,) for r in rows],
        "col_labels": [c if isinstance(c, tuple) else (c,) for c in columns],
        "row_indent": [0] * len(value),
        "row_bold": [False] * len(value),
    }
    return Body(**{**given, **more})  # type: ignore[arg-type]


def relations(made: Body) -> Relations:
    totals, width = find(made), made.value.shape[1]
    found: Relations = {}
    for i, cell in enumerate(totals.cell.tolist()):
        parts = totals.part[totals.start[i] : totals.start[i + 1]].tolist()
        found.setdefault(divmod(cell, width), []).append(frozenset(divmod(p, width) for p in parts))
    return found


def payment_groups(seed: int = 1) -> np.ndarray:
    figures = np.random.default_rng(seed).integers(0, 30, (9, 12)) * 20.0
    full = np.zeros((10, 13))
    full[:9, :12] = figures
    full[9] = full.sum(axis=0)
    full[:, 12] = full.sum(axis=1)
    return full


PG_ROWS = [*(f"PG{i}" for i in range(1, 10)), "Total"]
PG_COLUMNS = [*["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], "Total"]


def test_row_and_column_totals_and_the_grand_total_both_ways() -> None:
    found = relations(body(payment_groups(), PG_ROWS, PG_COLUMNS))
    assert len(found) == 10 + 13 - 1
    assert found[9, 3] == [frozenset((r, 3) for r in range(9))]
    assert set(found[9, 12]) == {frozenset((r, 12) for r in range(9)), frozenset((9, c) for c in range(12))}


@pytest.mark.parametrize(("cell", "by"), [((3, 4), 1), ((9, 4), 20), ((3, 12), -20), ((9, 12), 20), ((0, 0), -1)])
def test_a_planted_fault_leaves_the_relations_as_they_were(cell: tuple[int, int], by: int) -> None:
    full = payment_groups()
    clean = relations(body(full, PG_ROWS, PG_COLUMNS))
    full[cell] += by
    assert relations(body(full, PG_ROWS, PG_COLUMNS)) == clean


@pytest.mark.parametrize("total", [200, 180, 220, 143])
def test_the_word_total_is_enough_in_a_small_table(total: int) -> None:
    found = relations(body([[140], [60], [total]], ["North", "South", "Total"], ["Referrals"]))
    assert found == {(2, 0): [frozenset({(0, 0), (1, 0)})]}


def test_a_coincidence_is_no_total() -> None:
    assert relations(body([[20], [40], [60]], ["A", "B", "C"], ["Referrals"])) == {}


def test_totals_before_their_parts_and_nested() -> None:
    full = [[900, 310], [500, 210], [300, 140], [200, 70], [400, 100], [150, 60], [250, 40]]
    rows = ["All", "North", "Leeds", "York", "South", "Kent", "Devon"]
    found = relations(body(full, rows, ["2011", "2012"], row_indent=[0, 1, 2, 2, 1, 2, 2]))
    assert found[0, 0] == [frozenset({(1, 0), (4, 0)})]
    assert found[1, 1] == [frozenset({(2, 1), (3, 1)})]


def test_means_are_not_totals() -> None:
    values = [[120, 12.5], [80, 11.5], [200, 12.1]]
    statistic = np.array([[Statistic.COUNT, Statistic.MEAN]] * 3, np.int8)
    found = relations(body(values, ["A", "B", "Total"], ["Starts", "Mean age"], statistic=statistic))
    assert list(found) == [(2, 0)]


def test_tidy_totals_by_group() -> None:
    areas, sexes = ("Leeds", "York", "All areas"), ("Male", "Female", "Total")
    codes = np.indices((3, 3)).reshape(2, 9).astype(np.int32)
    values = np.array([[20, 40, 60], [80, 20, 100], [100, 60, 160]]).reshape(9, 1)
    keys = (Key(codes[0], areas), Key(codes[0], ("E1", "E2", "E3")), Key(codes[1], sexes))
    made = body(values, [()] * 9, ["Referrals"], tidy=True, keys=keys)
    found = relations(made)
    assert found[6, 0] == [frozenset({(0, 0), (3, 0)})]
    assert set(found[8, 0]) == {frozenset({(2, 0), (5, 0)}), frozenset({(6, 0), (7, 0)})}
