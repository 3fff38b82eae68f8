"""Figures in words: volumes of outcomes are found, shares, dates and numbering are not."""

import pytest

from wpmi_lint.deduce.volumes import volume_of_kind, volumes
from wpmi_lint.terms import Matcher, Term, Vocabulary

MATCHER = Matcher(
    Vocabulary(
        measures=(
            Term("job_outcomes", ("job outcome*", "outcome*", "JO", "JOs")),
            Term("referrals", ("referral*", "referred")),
            Term("base", ("base", "n")),
        ),
        kinds={"outcome": ("job_outcomes",)},
    )
)
GIVEN = [
    ("340 outcomes", "340"),
    ("1,340 validated job outcomes", "1,340"),
    ("Job outcomes: 340", "340"),
    ("Job outcomes = 340", "340"),
    ("The number of job outcomes was 340.", "340"),
    ("job outcomes (n = 340)", "340"),
    ("Base: 340 job outcomes", "340"),
    ("% of job outcomes by payment group, base: 340", "340"),
    ("Of 1,200 referrals, 47 led to a job outcome", "47"),
    ("Referrals in the quarter that led to 340 job outcomes", "340"),
    ("Leeds: 17 JOs", "17"),
    ("rounded from 137 job outcomes", "137"),
]
NOT_GIVEN = [
    "13 week job outcomes",
    "26-week job outcomes by payment group",
    "Table 3 job outcomes by area",
    "PG1 job outcomes",
    "Job outcomes, June 2011 to March 2013",
    "Job outcomes: 2012",
    "Job outcomes (1)",
    "38% of job outcomes",
    "12.5 per cent of job outcomes",
    "Share of job outcomes: 34",
    "340 referrals",
    "1,200 referrals led to job outcomes",
    "Job outcomes by age: 18 to 24, 25 and over",
    "Figures of fewer than 5 job outcomes are not shown",
    "rounded to the nearest 20",
    "Job outcomes in 18 contract package areas",
    "Chapter 21: job outcomes may not be shared",
    "28 June 2012: job outcomes",
    "Job outcomes as at 30/09/2012",
    "1 in 3 job outcomes",
    "Job outcomes by payment group",
    "job_outcomes_2012_q3.xlsx",
    "",
]


@pytest.mark.parametrize(("words", "figure"), GIVEN)
def test_given(words: str, figure: str) -> None:
    assert volume_of_kind(words, MATCHER) == figure


@pytest.mark.parametrize("words", NOT_GIVEN)
def test_not_given(words: str) -> None:
    assert volume_of_kind(words, MATCHER) is None


def test_a_bare_base_counts_beside_such_a_table_alone() -> None:
    assert volume_of_kind("Base: 340", MATCHER) is None
    assert volume_of_kind("Base: 340", MATCHER, around=True) == "340"


def test_place_in_the_text() -> None:
    found = volumes("In Leeds, 340 job outcomes", MATCHER)[0]
    assert (found.measure, found.start, found.end) == ("job_outcomes", 10, 13)
