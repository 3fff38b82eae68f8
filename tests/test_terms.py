"""Headers as they stand in real tables, and the terms that they must be taken for."""

import csv
from pathlib import Path

import pytest

from wpmi_lint import policy
from wpmi_lint.terms import DimensionTerm, Matcher, Term, Vocabulary
from wpmi_lint.words import tokens

GROUPS = [f"{name}{n}" for name in ("PG", "PG ", "PG0", "payment group ") for n in range(1, 10)]
VOCABULARY = Vocabulary(
    measures=(
        Term("referrals", ("referral*", "refs", "individual* referred"), ("referral date", "contract ref")),
        Term("attachments", ("attachment*", "att", "atts", "starts", "programme start*", "joiner*")),
        Term("job_starts", ("job start*", "job entr*", "JS", "JE", "into work", "first earnings")),
        Term("job_outcomes", ("job outcome*", "outcome*", "JO", "JOs", "JOP", "sustained job", "sustained jobs")),
        Term("sustainments", ("sustain*", "sust", "sustained job outcome*", "SP", "SOs")),
        Term("leavers", ("leaver*",)),
        Term("base", ("base", "n", "denominator")),
    ),
    kinds={"outcome": ("job_outcomes", "sustainments")},
    dimensions=(
        DimensionTerm(
            "payment_group",
            ("payment group*", "PG", "PGs"),
            (
                *GROUPS,
                *"123456789",
                "JSA 18 to 24",
                "jobseekers allowance 18-24",
                "JSA 25+",
                "IB and IS",
                "prison leavers",
            ),
        ),
        DimensionTerm("period", ("month", "month of *", "job outcome month", "referral month"), ()),
        DimensionTerm("referral_group", ("referral group", "referral type"), ()),
    ),
    labels=(
        Term("published", ("published", "official statistics"), ("not published", "to be official statistics")),
        Term("internal", ("internal MI", "for * only", "not published")),
    ),
    markers={"*": "suppressed", "[c]": "suppressed", "-": "nil"},
)
MATCHER = Matcher(VOCABULARY)


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        ("Referrals", "referrals"),
        ("Individuals Referred4", "referrals"),
        ("Individual Referrals 1", "referrals"),
        ("No. of referrals", "referrals"),
        ("# Referrals", "referrals"),
        ("Referrals¹", "referrals"),
        ("Referrals [note 1]", "referrals"),
        ("Referrals\u00a0(thousands)", "referrals"),
        ("Starts", "attachments"),
        ("Starts2", "attachments"),
        ("Starts from referrals (by referral date - see note 1 below)", "attachments"),
        ("starts_from_referrals", "attachments"),
        ("Att.", "attachments"),
        ("Number of Starts, by age by gender", "attachments"),
        ("Job starts", "job_starts"),
        ("job_starts", "job_starts"),
        ("Job start rate", "job_starts"),
        ("JS", "job_starts"),
        ("Job outcomes", "job_outcomes"),
        ("JobOutcomes", "job_outcomes"),
        ("JOB OUTCOMES", "job_outcomes"),
        ("Job Outcome 2", "job_outcomes"),
        ("JO", "job_outcomes"),
        ("JOs1", "job_outcomes"),
        ("wp_jo", "job_outcomes"),
        ("Job Outcome payments", "job_outcomes"),
        ("% of job outcomes", "job_outcomes"),
        ("Referral to JO %", "job_outcomes"),
        ("Job start to outcome %", "job_outcomes"),
        ("JO as % of referrals", "job_outcomes"),
        ("Job Outcomes by Job Outcome month", "job_outcomes"),
        ("Sustained Job Outcomes", "sustainments"),
        ("x3_months_sustained_employment_13_weeks", "sustainments"),
        ("SOs", "sustainments"),
        ("n", "base"),
        ("N=", "base"),
        ("Base (n)", "base"),
        ("", None),
        ("Jo", None),
        ("so far", None),
        ("JSA 18-24", None),
        ("JSA", None),
        ("Month of referral", None),
        ("Job outcome month", None),
        ("Referral Group", None),
        ("Prison leavers", None),
        ("Total", None),
        ("Contract Ref (aim 1)", None),
        ("Caseload", None),
    ],
)
def test_measure(header: str, measure: str | None) -> None:
    assert MATCHER.find(header).measure == measure


def test_all_measures_of_a_text_in_its_order() -> None:
    text = "Number of Starts and Job Outcomes by Start month; sustained job outcomes follow"
    assert MATCHER.find(text).measures == ("attachments", "job_outcomes", "sustainments")
    assert MATCHER.kind("sustainments") == "outcome"
    assert MATCHER.kind("referrals") is None
    assert MATCHER.kind(None) is None


@pytest.mark.parametrize(
    "member",
    [
        "PG1",
        "PG 1",
        "PG01",
        "Payment Group 1 - JSA 18 to 24",
        "1) Jobseeker’s Allowance 18 to 24",
        "JSA 18–24",
        "7",
        "JSA 25 and over",
        "JSA 25+",
        "IB & IS",
        "Prison leavers",
        "PG1 JSA 18-24 referrals",
    ],
)
def test_members_of_payment_groups(member: str) -> None:
    assert MATCHER.find(member).member == "payment_group"


@pytest.mark.parametrize("other", ["Leeds", "2012", "17 referrals", "", "Not JSA 25+"])
def test_no_members(other: str) -> None:
    assert MATCHER.find(other).member is None


def test_a_member_is_not_a_dimension() -> None:
    assert MATCHER.find("PG").dimension == "payment_group"
    assert MATCHER.find("Payment Group").dimension == "payment_group"
    assert MATCHER.find("PG1").dimension is None
    assert MATCHER.find("Payment group 1").dimension is None
    assert MATCHER.find("Referral Group").dimension == "referral_group"


def test_labels() -> None:
    assert MATCHER.find("Published: official statistics").label == "published"
    assert MATCHER.find("Not published").labels == ("internal",)
    assert MATCHER.find("Internal MI, for Leeds City Council only").labels == ("internal",)
    assert MATCHER.find("Published in May. Internal MI").labels == ("published", "internal")
    assert MATCHER.find("not processed to the standards required to be official statistics").label is None


def test_markers() -> None:
    assert MATCHER.marker(" [C] ") == "suppressed"
    assert MATCHER.marker("–") == "nil"
    assert MATCHER.marker("12") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Job\u00a0outcomes  (%)", "job outcomes percent"),
        ("starts_percent", "starts percent"),
        ("per cent of outcomes", "percent of outcomes"),
        ("No. of JOs", "number of jos"),
        ("IB & IS", "ib and is"),
        ("18 – 24", "18-24"),
        ("18 to 24", "18-24"),
        ("60 Plus", "60+"),
        ("Jobseeker’s", "jobseekers"),
        ("Referrals (000s)", "referrals thousands"),
        ("\ufeffSex ", "sex"),
        ("Start date (aim 1)", "start date aim 1"),
        ("Employment status #1", "employment status 1"),
        ("PG6a", "pg6a"),
        ("2012/13", "2012 13"),
        ("...", ""),
    ],
)
def test_words_in_one_spelling(text: str, words: str) -> None:
    assert " ".join(tokens(text)).casefold() == words


def test_long_hostile_text_is_quick_and_safe() -> None:
    assert MATCHER.find("for " * 20_000).measures == ()
    assert MATCHER.find("referrals and job outcomes " * 2_000).measures == ("referrals", "job_outcomes")
    assert MATCHER.find("(((((" * 5_000).measure is None


HEADERS = Path(__file__).parent.parent / "../shared/domain/headers.csv"
SAME = {"referrals_individuals": "referrals", "job_outcome_payments": "job_outcomes", "attachment_rate": "attachments"}
SAME |= {"job_start_rate": "job_starts"}


def agrees(matcher: Matcher, row: dict[str, str]) -> bool | None:
    """Whether the bundled policy takes a header for what the list says; None where the list does not say."""
    header, canonical = row["header"], SAME.get(row["canonical"], row["canonical"])
    found = matcher.find(header).measure
    if canonical in ("outcome_share", "conversion_rate"):
        return matcher.kind(found) == "outcome" or found == "performance"
    if canonical == "payment_group":
        return found is None and canonical in (matcher.find(header).member, matcher.find(header).dimension)
    if row["kind"] in ("measure", "money", "percent"):
        known = ("referrals", "attachments", "job_starts", "job_outcomes", "sustainments", "base", "leavers")
        return found == canonical if canonical in known else None
    return found is None if row["kind"] in ("dimension", "total", "identifier") else None


@pytest.mark.skipif(not HEADERS.exists(), reason="no headers.csv beside the repository")
def test_the_bundled_policy_agrees_with_the_list_of_headers() -> None:
    matcher = Matcher(policy.load("work-programme").vocabulary)
    rows = list(csv.DictReader(HEADERS.read_text(encoding="utf-8").splitlines()))
    wrong = [row["header"] for row in rows if agrees(matcher, row) is False]
    assert sum(agrees(matcher, row) is not None for row in rows) > 350
    assert len(wrong) <= 10, wrong
    traps = [row for row in rows if row["trap"] and agrees(matcher, row) is not None]
    assert [row["header"] for row in traps if not agrees(matcher, row)] == []
