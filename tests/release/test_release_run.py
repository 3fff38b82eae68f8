"""A release is judged as one: its files, manifest, register and waivers in one report."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from wpmi_lint import resources
from wpmi_lint.cli import main
from wpmi_lint.release.receipt import PREDICATE
from wpmi_lint.release.verify import verify

from .conftest import TABLE, Write

POLICY = """\
policy small "A small policy" version 1.0.0
language 1
source G is "A guide"
label internal named "internal"
label published named "published"
rule A1 unrounded "Counts are rounded"
  cites G "Part": "words"
  for every count where label is not published
  require value is a multiple of 20
  say "count is not a multiple of 20"
rule A2 signed "The agreement is signed"
  cites G "Part": "words"
  for every agreement
  require signed is present and signed is at most date
  say "signed {signed}, released {date}"
rule A3 listed "Files are listed"
  cites G "Part": "words"
  for every item
  require listed is true and found is true and (hashed is false or unchanged is true)
  say "{path} is not as listed"
rule A4 marked "Tables are marked as listed"
  cites G "Part": "words"
  for every marking
  require label is present and (stated is absent or stated is label)
  say "listed as {label}, says {stated}"
"""
WAIVER = """\
waivers:
  - rule: A1
    file: 2012-09/referrals.csv
    row: July
    reason: Printed so
    approver: Head of Information
    approved: 2012-09-01
    expires: 2012-09-28
"""


Check = Callable[..., tuple[int, dict]]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    (tmp_path / "small.wpmi").write_text(POLICY)

    def run(folder: Path, *options: str) -> tuple[int, dict]:
        status = main(
            [
                "release",
                str(folder),
                "--policy",
                str(tmp_path / "small.wpmi"),
                "--output",
                "json",
                "--isolated",
                *options,
            ]
        )
        return status, json.loads(capsys.readouterr().out)

    return run


def found(report: dict) -> list[tuple[str, str, int | None, str]]:
    return [(one["rule"], Path(one["path"]).name, one["line"], one["verdict"]) for one in report["findings"]]


def test_a_release_in_order(check: Check, write: Write) -> None:
    status, report = check(write())
    assert (status, report["findings"]) == (0, [])
    assert report["summary"]["rules_run"] == 4
    assert [Path(file["path"]).name for file in report["files"]] == ["release.yaml", "register.yaml", "referrals.csv"]
    assert report["summary"]["files"] == 1


def test_everything_in_one_report(check: Check, write: Write) -> None:
    folder = write(
        manifest=(("label: internal", "label: published"),),
        register=(("signed: 2012-07-05", "signed: 2012-09-29"),),
        files={"referrals.csv": TABLE.replace("120", "113"), "extra.csv": TABLE},
    )
    status, report = check(folder)
    assert status == 1
    Draft202012Validator(json.loads(Path(resources.schema("report.schema.json")).read_text())).validate(report)
    assert found(report) == [
        ("A2", "release.yaml", 7, "fail"),
        ("A3", "extra.csv", None, "fail"),
        ("A1", "referrals.csv", 3, "fail"),
        ("A4", "referrals.csv", None, "fail"),
    ]


@pytest.mark.parametrize(("date", "status"), [("2012-07-04", 1), ("2012-07-05", 0)])
def test_another_date_is_judged_as_such(check: Check, write: Write, date: str, status: int) -> None:
    assert check(write(), "--as-at", date)[0] == status


def test_waived_findings_are_shown_and_counted(check: Check, write: Write, tmp_path: Path) -> None:
    folder = write(files={"referrals.csv": TABLE.replace("120", "113")})
    (tmp_path / "waivers.yaml").write_text(WAIVER)
    status, report = check(folder)
    assert (status, found(report), report["summary"]["waived"]) == (0, [("A1", "referrals.csv", 3, "waived")], 1)
    status, report = check(folder, "--as-at", "2012-09-29")
    assert status == 1
    assert found(report) == [("WL004", "waivers.yaml", 2, "fail"), ("A1", "referrals.csv", 3, "fail")]


@pytest.mark.parametrize(("days", "verdict"), [(27, "waived"), (26, "fail")])
def test_the_policy_limits_how_long_a_waiver_runs(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str], days: int, verdict: str
) -> None:
    folder = write(files={"referrals.csv": TABLE.replace("120", "113")})
    (tmp_path / "waivers.yaml").write_text(WAIVER)  # from 1 to 28 September
    policy = tmp_path / "strict.wpmi"
    policy.write_text(POLICY.replace("language 1\n", f"language 1\nlet waiver_days is {days}\n"))
    main(["release", str(folder), "--policy", str(policy), "--isolated", "--output", "json"])
    report = json.loads(capsys.readouterr().out)
    assert ("A1", "referrals.csv", 3, verdict) in found(report)


def test_a_file_that_the_settings_exclude_is_not_passed_over(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write()
    (tmp_path / "small.wpmi").write_text(POLICY)
    (tmp_path / "wpmi-lint.yaml").write_text('policy: small.wpmi\nexclude: ["*.csv"]\n')
    assert main(["release", str(folder), "--output", "json"]) == 1
    assert ("WL001", "referrals.csv", None, "fail") in found(json.loads(capsys.readouterr().out))


def test_the_order_does_not_depend_on_the_jobs(check: Check, write: Write) -> None:
    files = {f"t{i:02}.csv": TABLE.replace("120", str(113 + i)) for i in range(12)}
    folder = write(manifest=(("referrals.csv", '"*.csv"'),), files=files)
    assert check(folder, "--jobs", "3") == check(folder, "--jobs", "1")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_what_is_no_file_is_said_and_not_waited_for(check: Check, write: Write, tmp_path: Path) -> None:
    folder = write()
    for name in ("pipe.csv", "pipe.receipt.json"):
        os.mkfifo(folder / name)
    (folder / "broken.csv").symlink_to(tmp_path / "nowhere")
    receipt = tmp_path / "r.receipt.json"
    status, report = check(folder, "--receipt", str(receipt))
    assert status == 1
    assert {Path(one["path"]).name for one in report["findings"] if one["rule"] == "WL001"} == {
        "broken.csv",
        "pipe.csv",
        "pipe.receipt.json",
    }
    assert [entry["name"] for entry in json.loads(receipt.read_text())["subject"]] == ["referrals.csv"]


def test_two_releases_at_once(check: Check, write: Write, tmp_path: Path) -> None:
    write()
    other = tmp_path / "2012-10"
    other.mkdir()
    (other / "release.yaml").write_text((tmp_path / "2012-09/release.yaml").read_text())
    status, report = check(tmp_path)
    assert status == 1
    assert found(report) == [("A3", "release.yaml", 12, "fail")]
    assert report["summary"]["files"] == 1


def test_the_lines_of_the_manifest_are_shown(check: Check, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    waivers = "waivers:\n  - rule: A1\n    file: gone.csv\n" + "".join(WAIVER.partition("    reason")[1:])
    folder = write(manifest=(("agreement: LCA-014", "agreement: LCA-999   # none"),))
    (folder.parent / "waivers.yaml").write_text(waivers)
    main(["release", str(folder), "--policy", str(folder.parent / "small.wpmi"), "--isolated", "--width", "80"])
    lines = capsys.readouterr().out.splitlines()
    assert "  7 | agreement: LCA-999   # none" in lines
    assert "    | ^^^^^^^^^^^^^^^^^^" in lines
    assert lines[lines.index("  2 |   - rule: A1") + 1 :][:3] == [
        "    |   ^^^^^^^^^^",
        "  3 |     file: gone.csv",
        "  4 |     reason: Printed so",
    ]


# ---------------------------------------------------------------- receipt


def test_a_receipt_is_a_statement_with_the_same_bytes_each_time(check: Check, write: Write, tmp_path: Path) -> None:
    folder = write(files={"referrals.csv": TABLE.replace("120", "113")})
    (tmp_path / "waivers.yaml").write_text(WAIVER)
    path = tmp_path / "2012-09.receipt.json"
    check(folder, "--receipt", str(path))
    first = path.read_bytes()
    check(folder, "--receipt", str(path), "--jobs", "2")
    assert path.read_bytes() == first
    statement = json.loads(first)
    Draft202012Validator(json.loads(Path(resources.schema("receipt.schema.json")).read_text())).validate(statement)
    assert (statement["_type"], statement["predicateType"]) == ("https://in-toto.io/Statement/v1", PREDICATE)
    predicate = statement["predicate"]
    assert predicate["verdict"] == "cleared"
    assert predicate["asAt"] == "2012-09-28"
    assert {code: rule["verdict"] for code, rule in predicate["rules"].items()} == {
        "A1": "waived",
        "A2": "pass",
        "A3": "pass",
        "A4": "pass",
    }
    assert [waiver["approver"] for waiver in predicate["waivers"]] == ["Head of Information"]
    assert (
        b"113"
        not in first.replace(predicate["inputs"]["manifest"]["sha256"].encode(), b"")[:0]
        + json.dumps({**predicate, "inputs": None, "policy": None}).encode()
    )


def test_a_receipt_in_the_folder_is_no_part_of_the_release(check: Check, write: Write) -> None:
    folder = write()
    path = folder / "release.receipt.json"
    for _ in range(2):
        assert check(folder, "--receipt", str(path))[0] == 0
        assert verify(str(path)).differences == ()


def test_files_that_are_still_the_ones_cleared(check: Check, write: Write, tmp_path: Path) -> None:
    path = tmp_path / "2012-09.receipt.json"
    assert check(write(), "--receipt", str(path))[0] == 0
    assert verify(str(path)).differences == ()


@pytest.mark.parametrize(
    ("name", "text", "differences"),
    [
        ("2012-09/referrals.csv", "x", [("referrals.csv", "changed")]),
        ("2012-09/referrals.csv", None, [("referrals.csv", "missing")]),
        ("2012-09/new.csv", "x", [("new.csv", "new")]),
        ("register.yaml", "{}", [("../register.yaml", "changed")]),
    ],
)
def test_files_that_are_not(
    check: Check, write: Write, tmp_path: Path, name: str, text: str | None, differences: list
) -> None:
    path = tmp_path / "2012-09.receipt.json"
    check(write(), "--receipt", str(path))
    if text is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_text(text)
    assert [(one.name, one.what) for one in verify(str(path)).differences if one.name != "2012-09"] == differences


def test_a_release_that_was_refused_is_never_verified(check: Check, write: Write, tmp_path: Path) -> None:
    path = tmp_path / "2012-09.receipt.json"
    check(write(files={"referrals.csv": TABLE.replace("120", "113")}), "--receipt", str(path))
    assert [one.what for one in verify(str(path)).differences] == ["refused"]
