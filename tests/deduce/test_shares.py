"""The smallest base that a set of shares fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmi_lint.deduce.shares import smallest_base


@pytest.mark.parametrize(
    ("shares", "decimals", "base"),
    [
        ([33.3, 66.7], 1, 3),
        ([14.3, 28.6, 57.1], 1, 7),
        ([41.7, 33.3, 13.9, 5.6, 5.6], 1, 36),
        ([42, 33, 14, 6, 5], 0, 64),
        ([38.2, 41.5, 12.9, 0.4, 1.1, 3.6, 1.0, 0.1, 1.2], 1, 723),
    ],
)
def test_known_sets(shares: list[float], decimals: int, base: int) -> None:
    assert smallest_base(shares, decimals, 1000) == base
    assert smallest_base(shares, decimals, base) is None


@given(st.lists(st.integers(0, 30), min_size=2, max_size=6).filter(sum))
def test_the_true_base_is_never_excluded(counts: list[int]) -> None:
    base = sum(counts)
    shares = [float(f"{100 * count / base:.1f}") for count in counts]
    found = smallest_base(shares, 1, base + 1)
    assert found is not None
    assert found <= base
