"""Totals by words and arithmetic, on tables small enough to follow by hand."""

from collections.abc import Sequence

import numpy as np
import pytest

from wpmi_lint.model import Statistic
from wpmi_lint.tables.body import BLANK, HIDDEN, NIL, NUMBER, Body, Key
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


def test_of_which_rows_are_not_added_again() -> None:
    values = [[800, 760], [500, 480], [5, 10], [100, 60], [1405, 1310]]
    rows = ["Dropped", "of which - no evidence", "Dismissed", "Acquitted", "Total"]
    values[4] = [v - w for v, w in zip(values[4], values[1], strict=True)]
    values[4] = [905, 830]
    found = relations(body(values, rows, ["2012", "2013"]))
    assert found[4, 0] == [frozenset({(0, 0), (2, 0), (3, 0)})]


def test_two_partitions_of_one_total_in_a_line() -> None:
    random = np.random.default_rng(5)
    age, total = random.integers(1, 90, (12, 4)) * 20.0, None
    total = age.sum(axis=1)
    male = np.round(total * random.random(12) / 20) * 20
    full = np.column_stack((total, age, male, total - male))
    columns = ["All", "18-24", "25-34", "35-49", "50+", "Male", "Female"]
    found = relations(body(full, [f"Area {i}" for i in range(12)], columns))
    assert set(found[0, 0]) == {frozenset((0, c) for c in (1, 2, 3, 4)), frozenset({(0, 5), (0, 6)})}


def test_overlapping_totals_of_places() -> None:
    random = np.random.default_rng(2)
    england, wales, scotland, ireland = random.integers(500, 90000, (4, 6)).astype(float)
    rows = ["United Kingdom", "Great Britain", "England and Wales", "England", "Wales", "Scotland", "Northern Ireland"]
    both = england + wales
    full = [both + scotland + ireland, both + scotland, both, england, wales, scotland, ireland]
    found = relations(body(full, rows, [f"M{i}" for i in range(6)]))
    assert found[2, 0] == [frozenset({(3, 0), (4, 0)})]
    assert found[1, 0] == [frozenset({(2, 0), (5, 0)})]
    assert found[0, 0] == [frozenset({(1, 0), (6, 0)})]


def test_totals_of_alternating_columns() -> None:
    random = np.random.default_rng(3)
    heads, full_time = random.integers(0, 50, (2, 9, 3)) * 20.0
    figures = np.stack((heads, full_time), axis=2).reshape(9, 6)
    full = np.column_stack((figures, heads.sum(axis=1), full_time.sum(axis=1)))
    columns = [(grade, unit) for grade in ("A", "B", "C", "Total") for unit in ("Headcount", "FTE")]
    found = relations(body(full, [f"Area {i}" for i in range(9)], columns))
    assert found[0, 6] == [frozenset({(0, 0), (0, 2), (0, 4)})]
    assert found[0, 7] == [frozenset({(0, 1), (0, 3), (0, 5)})]


def test_suppressed_parts_keep_the_relation_and_blanks_are_no_parts() -> None:
    values = np.array([[120, 80, 60], [40, np.nan, 20], [np.nan, 20, 0], [180, 140, 80.0]])
    state = np.where(np.isnan(values), BLANK, NUMBER).astype(np.int8)
    state[1, 1] = HIDDEN
    found = relations(body(values, ["A", "B", "C", "Total"], ["x", "y", "z"], state=state))
    assert found[3, 0] == [frozenset({(0, 0), (1, 0)})]
    assert found[3, 1] == [frozenset({(0, 1), (1, 1), (2, 1)})]


def test_a_nil_marker_counts_as_zero() -> None:
    values = np.array([[120.0], [np.nan], [120.0]])
    state = np.array([[NUMBER], [NIL], [NUMBER]], np.int8)
    found = relations(body(values, ["A", "B", "Total"], ["x"], state=state))
    assert found == {(2, 0): [frozenset({(0, 0), (1, 0)})]}


def test_a_total_without_parts() -> None:
    found = relations(body([[20], [60]], ["North", "South"], ["All areas"]))
    assert found == {(0, 0): [frozenset()], (1, 0): [frozenset()]}


@pytest.mark.parametrize("header", ["Total referrals", "Persons", "Referrals"])
def test_the_name_of_a_measure_is_no_total_without_parts(header: str) -> None:
    assert relations(body([[20], [60]], ["North", "South"], [header])) == {}


def test_overlapping_categories_are_not_summed() -> None:
    values = [[500, 300, 260, 90], [300, 200, 180, 60], [400, 250, 210, 80], [320, 190, 150, 90]]
    columns = ["Total", "Disabled", "Lone parent", "Carer"]
    assert relations(body(values, ["A", "B", "C", "D"], columns)) == {}


def test_independently_rounded_totals() -> None:
    """A total that was rounded on its own differs from the sum of its rounded parts, and is their total still."""
    random = np.random.default_rng(4)
    true = random.integers(0, 400, (40, 6))
    exact = np.vstack((true, true.sum(axis=0, keepdims=True)))
    found = relations(body(np.round(exact / 5) * 5, [f"LA {i}" for i in range(40)] + ["Wales"], [*"abcdef"]))
    assert found[40, 2] == [frozenset((r, 2) for r in range(40))]


def test_years_are_no_totals_of_years() -> None:
    values = [[20, 40], [40, 60], [60, 100], [100, 160]]
    assert relations(body(values, ["2010", "2011", "2012", "2013"], ["x", "y"])) == {}


def test_reasons_say_the_label_and_where_the_sum_holds() -> None:
    full = payment_groups()
    full[9, 4] += 20
    why = find(body(full, PG_ROWS, PG_COLUMNS)).why
    assert why[0] == 'row label says "Total"; the sum holds in 12 of 13 columns'


def test_no_totals_in_an_empty_table() -> None:
    for shape in ((0, 0), (0, 3), (3, 0)):
        assert relations(body(np.zeros(shape), ["a"] * shape[0], ["b"] * shape[1])) == {}


def test_hostile_figures_and_labels_end_soon() -> None:
    for figures in (np.full((400, 3), 20.0), np.full((400, 3), 1e308), -np.ones((400, 3))):
        find(body(figures, ["Total"] * 400, ["Total"] * 3))


def tidy(rows: Sequence[tuple[str, ...]], values: Sequence[float]) -> Body:
    keys = []
    for column in zip(*rows, strict=True):
        members = tuple(sorted(set(column)))
        keys.append(Key(np.array([members.index(x) for x in column], np.int32), members))
    figures = np.array(values, dtype=float).reshape(len(rows), 1)
    return body(figures, [()] * len(rows), ["Value"], tidy=True, keys=tuple(keys), row_indent=(), row_bold=())


def test_tidy_hierarchy_between_columns() -> None:
    """Region is determined by area but for the totals of areas, which belong to every region."""
    random = np.random.default_rng(8)
    areas = [("North", "Leeds"), ("North", "York"), ("South", "Kent"), ("South", "Devon")]
    rows, values = [], []
    for year in ("2011", "2012", "2013", "2014"):
        figures = random.integers(0, 300, 4) * 20.0
        rows += [(region, area, year) for region, area in areas]
        rows += [("North", "All", year), ("South", "All", year), ("All", "All", year)]
        values += [*figures, figures[:2].sum(), figures[2:].sum(), figures.sum()]
    found = relations(tidy(rows, values))
    assert found[4, 0] == [frozenset({(0, 0), (1, 0)})]
    assert found[6, 0] == [frozenset({(4, 0), (5, 0)})]


def test_tidy_code_and_name_are_one_dimension() -> None:
    rows = [("T", "Total"), ("M", "Male"), ("F", "Female")]
    assert relations(tidy(rows, [60, 20, 40])) == {(0, 0): [frozenset({(1, 0), (2, 0)})]}


def test_tidy_stale_total_of_one_group() -> None:
    rows = [(sex, year) for year in ("2011", "2012", "2013") for sex in ("Male", "Persons", "Female")]
    values = [200, 500, 300, 140, 420, 260, 180, 400, 220.0]
    found = relations(tidy(rows, values))
    assert found[4, 0] == [frozenset({(3, 0), (5, 0)})]
    assert len(found) == 3


def test_tidy_keys_that_do_not_tell_rows_apart() -> None:
    assert relations(tidy([("Total",), ("Male",), ("Male",), ("Female",)], [60, 20, 20, 20])) == {}


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("rows", [1, 9])
def test_months_quarters_and_a_year(rows: int, first: bool) -> None:
    figures = np.random.default_rng(rows).integers(1, 40, (rows, 6)) * 20.0
    spring, summer = figures[:, :3], figures[:, 3:]
    blocks = [(["Apr", "May", "Jun"], spring, "Q1"), (["Jul", "Aug", "Sep"], summer, "Q2")]
    labels, columns = [], []
    for names, months, quarter in blocks:
        closing = [(quarter, months.sum(axis=1))]
        opening = list(zip(names, months.T, strict=True))
        for name, column in closing + opening if first else opening + closing:
            labels.append(name)
            columns.append(column)
    year = ("2011/12", figures.sum(axis=1))
    labels, columns = ([year[0], *labels], [year[1], *columns]) if first else ([*labels, year[0]], [*columns, year[1]])
    found = relations(body(np.column_stack(columns), [f"PG{i}" for i in range(rows)], labels))
    q1, q2, whole = labels.index("Q1"), labels.index("Q2"), labels.index("2011/12")
    assert found[0, q1] == [frozenset((0, labels.index(m)) for m in ("Apr", "May", "Jun"))]
    assert found[0, whole] == [frozenset({(0, q1), (0, q2)})]


def test_a_year_is_not_another_year_and_the_change() -> None:
    random = np.random.default_rng(6)
    before, change = random.integers(0, 50, (2, 12)) * 20.0
    full = np.column_stack((before + change, before, change))
    assert relations(body(full, [f"LA {i}" for i in range(12)], ["2012", "2011", "Change"])) == {}


@pytest.mark.parametrize("fault", [None, 1, 4])
def test_indented_labels_in_a_single_column(fault: int | None) -> None:
    values = [600, 260, 140, 120, 340, 220, 80, 40.0]
    if fault is not None:
        values[fault] += 20
    rows = ["Region", "East", "Leeds", "York", "West", "Kent", "Devon", "Hull"]
    made = body([[v] for v in values], rows, ["Referrals"], row_indent=[0, 1, 2, 2, 1, 2, 2, 2])
    found = relations(made)
    assert found[0, 0] == [frozenset({(1, 0), (4, 0)})]
    assert found[1, 0] == [frozenset({(2, 0), (3, 0)})]
    assert found[4, 0] == [frozenset({(5, 0), (6, 0), (7, 0)})]
    assert len(found) == 3


def test_decimals_of_cells_without_a_number_do_not_hide_the_rounding_base() -> None:
    random = np.random.default_rng(9)
    true = random.integers(0, 300, (20, 5))
    true[0, 0] = 0
    values = np.round(np.vstack((true, true.sum(axis=0))) / 5) * 5
    values[0, 0] = np.nan
    decimals = np.where(np.isnan(values), -1, 0).astype(np.int8)
    found = relations(body(values, [f"LA {i}" for i in range(20)] + ["Wales (5)"], [*"abcde"], decimals=decimals))
    assert found[20, 1] == [frozenset((r, 1) for r in range(20))]


def test_a_nation_is_not_the_sum_of_other_nations() -> None:
    values = [[100, 80], [60, 60], [40, 20]]
    assert relations(body(values, ["England", "Scotland", "Wales"], ["a", "b"])) == {}


def test_lines_without_labels_are_no_totals_by_that() -> None:
    values = [[20, 40], [40, 20], [60, 60], [20, 20]]
    assert relations(body(values, [()] * 4, ["a", "b"])) == {}
