"""Figures as text."""

import pytest

from wpmi_lint.figure_text import figure_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (20, "20"),
        (20.0, "20"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (0.07 * 100, "7"),
        (-1.5, "-1.5"),
        (1_000_000.0, "1000000"),
        (123456789.123, "123456789.123"),
        (999999999999999.0, "999999999999999"),
        (1e15, "1000000000000000.0"),
        (0.00001, "0.00001"),
        (1e-12, "1e-12"),
        (float("inf"), "inf"),
    ],
)
def test_figures(value: float, text: str) -> None:
    assert figure_text(value) == text
