"""Waivers: what they cover is shown as waived; what is wrong with them is a finding."""

from pathlib import Path

import pytest

from wpmi_lint.errors import UsageError
from wpmi_lint.model import Finding, Place
from wpmi_lint.release.register import Approver, Register
from wpmi_lint.release.waive import Run, Waived, apply, has_headers
from wpmi_lint.release.waivers import load_waivers, prune

RULES = {"WP101": "unrounded-count", "WP105": "nil-marks", "WL001": "unreadable", "WL004": "waiver"}
WAIVER = """\
waivers:
  - rule: WP101
    file: 2012-09/referrals.csv
    table: Referrals*
    row: Leeds
    column: [2012, Referrals]
    reason: printed so in the published table
    approver: Head of Information
    approved: 2012-09-01
    expires: 2012-09-28
"""


def finding(path: str, **change: object) -> Finding:
    place = Place(path, cell="B7", row_header=("Leeds",), column_header=("2012", "Q3", "Referrals"), table="A5:F12")
    place = place._replace(**change)  # type: ignore[arg-type]
    return Finding("WP101", "unrounded-count", "fail", "error", place, ("17",))


def hold(folder: Path, text: str = WAIVER, as_at: str = "2012-09-28", **change: object) -> Waived:
    path = folder / "waivers.yaml"
    path.write_text(text)
    candidate = folder / "2012-09" / "referrals.csv"
    candidate.parent.mkdir(exist_ok=True)
    candidate.write_text("")
    approver = Approver("Head of Information", starts="2012-01-01", ends="2012-12-31")
    run = Run(
        waivers=load_waivers(str(path)),
        register=Register("register.yaml", approvers=(approver,)),
        as_at=as_at,
        rules=RULES,
        paths=[str(candidate)],
        titles={(str(candidate), "A5:F12"): "Referrals by month"},
    )
    return apply([finding(str(candidate), **change)], run)


def said(waived: Waived) -> str:
    return "".join(str(part) for finding in waived.extra for part in finding.message)


def test_a_finding_that_somebody_answers_for(tmp_path: Path) -> None:
    waived = hold(tmp_path)
    assert [one.verdict for one in waived.findings] == ["waived"]
    assert "Head of Information" in waived.findings[0].waiver
    assert (waived.extra, waived.used, waived.unused) == ((), (1,), ())


@pytest.mark.parametrize(
    "change",
    [
        {"row_header": ("Hull",)},
        {"column_header": ("Referrals", "2012")},
        {"column_header": ("2012", "Starts")},
        {"table": "H5:J12"},
    ],
)
def test_a_finding_elsewhere_is_not_waived_and_the_waiver_is_unused(tmp_path: Path, change: dict[str, object]) -> None:
    waived = hold(tmp_path, **change)
    assert [one.verdict for one in waived.findings] == ["fail"]
    assert waived.unused == (0,)
    assert "covers no finding" in said(waived)


def test_an_inserted_row_does_not_move_it(tmp_path: Path) -> None:
    assert hold(tmp_path, cell="B8").findings[0].verdict == "waived"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("rule: WP101", "rule: WP999"), 'no rule is called "WP999"'),
        (("rule: WP101", "rule: unrounded-cuont"), 'did you mean "unrounded-count"?'),
        (("rule: WP101", "rule: WL004"), "WL004 cannot be waived"),
        (("expires: 2012-09-28", "expires: 2012-09-27"), "expired on 2012-09-27"),
        (("approved: 2012-09-01", "approved: 2011-09-01"), "runs longer than 366 days"),
        (("approver: Head of", "approver: Boss of"), "is not among the approvers of register.yaml"),
        (
            ("approved: 2012-09-01\n    expires: 2012-09-28", "approved: 2011-12-31\n    expires: 2012-09-28"),
            "could not",
        ),
        (
            ("    table: Referrals*\n    row: Leeds\n    column: [2012, Referrals]\n", ""),
            "for a whole file is too wide",
        ),
    ],
)
def test_waivers_that_do_not_hold(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    assert change[0] in WAIVER
    waived = hold(tmp_path, WAIVER.replace(*change))
    assert waived.findings[0].verdict == "fail"
    assert [(one.rule, one.severity, one.place.line) for one in waived.extra] == [("WL004", "error", 2)]
    assert words in said(waived)


@pytest.mark.parametrize(
    ("as_at", "verdict"),
    [("2012-08-31", "fail"), ("2012-09-01", "waived"), ("2012-09-28", "waived"), ("2012-09-29", "fail")],
)
def test_each_side_of_its_dates(tmp_path: Path, as_at: str, verdict: str) -> None:
    assert hold(tmp_path, as_at=as_at).findings[0].verdict == verdict


def test_by_name_and_through_case(tmp_path: Path) -> None:
    text = WAIVER.replace("WP101", "unrounded-count").replace("Leeds", "LEEDS ")
    assert hold(tmp_path, text).findings[0].verdict == "waived"


def test_a_file_without_tables_may_be_waived_whole(tmp_path: Path) -> None:
    text = WAIVER.replace("    table: Referrals*\n    row: Leeds\n    column: [2012, Referrals]\n", "")
    assert hold(tmp_path, text, table=None).findings[0].verdict == "waived"


def test_an_approver_for_some_rules_only(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(WAIVER)
    for rules, words in ((("nil-marks",), "may not waive WP101"), (("unrounded-count",), "")):
        file = str(tmp_path / "2012-09/referrals.csv")
        run = Run(
            waivers=load_waivers(str(path)),
            register=Register("r.yaml", approvers=(Approver("Head of Information", rules=rules),)),
            as_at="2012-09-28",
            rules=RULES,
            paths=[file],
            titles={(file, "A5:F12"): "Referrals"},
        )
        waived = apply([finding(file)], run)
        assert (words in said(waived)) if words else not waived.extra


def test_a_waiver_for_a_file_that_was_not_in_the_run_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(WAIVER)
    (tmp_path / "2012-09").mkdir()
    (tmp_path / "2012-09" / "referrals.csv").write_text("")
    run = Run(
        waivers=load_waivers(str(path)),
        register=Register("r", approvers=(Approver("Head of Information"),)),
        as_at="2012-09-28",
        rules=RULES,
        paths=[str(tmp_path / "other.csv")],
        titles={},
    )
    assert apply([], run).extra == ()
    (tmp_path / "2012-09" / "referrals.csv").unlink()
    assert "covers no finding" in said(apply([], run))


def test_a_file_with_brackets_in_its_name_can_be_waived(tmp_path: Path) -> None:
    """A browser names a second download "data [1].csv"."""
    text = WAIVER.replace("file: 2012-09/referrals.csv", "file: '*/data [1].csv'")
    waivers = tmp_path / "waivers.yaml"
    waivers.write_text(text)
    for name, verdict in (("data [1].csv", "waived"), ("data 1.csv", "fail")):
        path = str(tmp_path / "2012-09" / name)
        run = Run(
            waivers=load_waivers(str(waivers)),
            register=Register("r", approvers=(Approver("Head of Information"),)),
            as_at="2012-09-28",
            rules=RULES,
            paths=[path],
            titles={(path, "A5:F12"): "Referrals"},
        )
        assert [one.verdict for one in apply([finding(path)], run).findings] == [verdict]


@pytest.mark.parametrize(
    ("file", "words"), [("'./'", '"./" names no file'), ("'*a*b*c*d'", "more than 3"), ("/etc/x", "expected a path")]
)
def test_a_file_that_a_waiver_cannot_mean(tmp_path: Path, file: str, words: str) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(WAIVER.replace("2012-09/referrals.csv", file))
    with pytest.raises(UsageError, match=r"waivers\.yaml:3:5: ") as caught:
        load_waivers(str(path))
    assert words in str(caught.value)


def test_headers_in_order() -> None:
    assert has_headers(("All", "Leeds"), ("Leeds",))
    assert has_headers(("2012", "Q3", "Referrals"), ("2012", "referr*"))
    assert not has_headers(("Leeds",), ("Leeds", "Leeds"))
    assert has_headers((), ())


TWO = """\
# who answers for what
waivers:
  # the first
  - rule: A
    file: a.csv   # as sent

  # the second
  # of two
  - rule: B
    file: b.csv
# the end
"""


@pytest.mark.parametrize(
    ("drop", "left"),
    [
        (
            (0,),
            "# who answers for what\nwaivers:\n  # the second\n  # of two\n  - rule: B\n    file: b.csv\n# the end\n",
        ),
        (
            (1,),
            "# who answers for what\nwaivers:\n  # the first\n  - rule: A\n    file: a.csv   # as sent\n\n# the end\n",
        ),
        ((0, 1), "# who answers for what\nwaivers: []\n# the end\n"),
        ((), TWO),
    ],
)
def test_prune_keeps_everything_else(drop: tuple[int, ...], left: str) -> None:
    assert prune("waivers.yaml", TWO, drop) == left
