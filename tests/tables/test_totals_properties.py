"""What must hold of totals in any table."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.tables.test_totals import body, relations

SLOW = settings(max_examples=40, deadline=None)


@st.composite
def leaves(draw: st.DrawFn) -> np.ndarray:
    rows, columns = draw(st.integers(3, 12)), draw(st.integers(3, 10))
    seed, top = draw(st.integers(0, 10**6)), draw(st.sampled_from([8, 15, 40, 500]))
    return np.random.default_rng(seed).integers(0, top, (rows, columns)) * 20.0


def with_totals(figures: np.ndarray, first: bool) -> tuple[np.ndarray, list[str], list[str]]:
    rows, columns = [f"PG{i}" for i in range(len(figures))], [f"Month {i}" for i in range(figures.shape[1])]
    total = figures.sum(axis=0, keepdims=True)
    figures = np.vstack((total, figures) if first else (figures, total))
    rows = ["Total", *rows] if first else [*rows, "Total"]
    total = figures.sum(axis=1, keepdims=True)
    return np.hstack((figures, total)), rows, [*columns, "All"]


@SLOW
@given(leaves(), st.booleans())
def test_adding_totals_makes_them_found(figures: np.ndarray, first: bool) -> None:
    full, rows, columns = with_totals(figures, first)
    n, m = figures.shape
    found = relations(body(full, rows, columns))
    at = 0 if first else n
    parts = [r for r in range(n + 1) if r != at]
    for c in range(m + 1):
        assert frozenset((r, c) for r in parts) in found[at, c]
    for r in range(n + 1):
        assert frozenset((r, c) for c in range(m)) in found[r, m]


@SLOW
@given(leaves(), st.data())
def test_a_fault_anywhere_changes_no_relation(figures: np.ndarray, data: st.DataObject) -> None:
    full, rows, columns = with_totals(figures, data.draw(st.booleans()))
    clean = relations(body(full, rows, columns))
    r, c = data.draw(st.integers(0, len(full) - 1)), data.draw(st.integers(0, full.shape[1] - 1))
    by = data.draw(st.sampled_from([1, -1, 20, -20]))
    assume(full[r, c] + by >= 0)
    full[r, c] += by
    assert relations(body(full, rows, columns)) == clean


@SLOW
@given(leaves(), st.randoms(use_true_random=False))
def test_permuting_columns_changes_nothing(figures: np.ndarray, random: object) -> None:
    total = figures.sum(axis=0, keepdims=True)
    full = np.vstack((figures, total))
    rows, columns = [*(f"PG{i}" for i in range(len(figures))), "Total"], [f"M{i}" for i in range(full.shape[1])]
    order = list(range(full.shape[1]))
    random.shuffle(order)  # type: ignore[attr-defined]
    plain = relations(body(full, rows, columns))
    shuffled = relations(body(full[:, order], rows, [columns[c] for c in order]))
    assert {(r, order[c]) for r, c in shuffled} == set(plain)
    for (r, c), parts in shuffled.items():
        assert {frozenset((a, order[b]) for a, b in p) for p in parts} == set(plain[r, order[c]])


@pytest.mark.parametrize("seed", range(6))
def test_rounded_tables_without_totals_have_none(seed: int) -> None:
    """Multiples of 20 with small figures hold many coincidences; nearly none of them may be called a total."""
    random = np.random.default_rng(seed)
    wrong = 0
    for _ in range(60):
        rows, columns = random.integers(2, 30), random.integers(1, 14)
        figures = random.integers(0, random.choice([5, 10, 30]), (rows, columns)) * 20.0
        if random.random() < 0.3:  # lines that run alike
            figures = np.round(np.outer(random.lognormal(0, 1, rows) * 8, random.lognormal(0, 0.3, columns))) * 20.0
        wrong += bool(relations(body(figures, [f"Area {i}" for i in range(rows)], [f"M{i}" for i in range(columns)])))
    assert wrong <= 1


@SLOW
@given(st.integers(0, 10**6), st.integers(0, 40), st.integers(0, 8))
def test_nothing_is_found_twice_and_no_total_is_its_own_part(seed: int, rows: int, columns: int) -> None:
    random = np.random.default_rng(seed)
    figures = random.integers(0, 3, (rows, columns)) * 20.0
    figures[random.random(figures.shape) < 0.2] = np.nan
    labels = [str(random.choice(["Total", "All", "PG1", "of which", "", "Great Britain"])) for _ in range(rows)]
    for (r, c), found in relations(body(figures, labels, ["Total"] * columns)).items():
        assert len(set(found)) == len(found)
        assert all((r, c) not in parts for parts in found)
