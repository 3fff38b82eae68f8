"""Words that name a period."""

import pytest

from wpmi_lint.tables.lexicon.periods import is_period


@pytest.mark.parametrize(
    "words",
    [
        "Apr",
        "Apr-12",
        "April 2012",
        "2012/13",
        "Q1",
        "Q1 2012",
        "Month 3",
        "Jan to Mar 2012",
        "Week 12",
        "2012",
        "Year to date 2012",
    ],
)
def test_periods(words: str) -> None:
    assert is_period(words)


@pytest.mark.parametrize("words", ["", "Leavers", "3", "PG1", "Job outcomes", "March Town Council", "18-24", "Total"])
def test_other_words(words: str) -> None:
    assert not is_period(words)
