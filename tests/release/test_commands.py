"""The commands around a release: init, verify, waivers, and waivers in a check."""

import json
from pathlib import Path

import pytest

from wpmi_lint.cli import main

from .conftest import TABLE, Write
from .test_release_run import POLICY, WAIVER

UNUSED = """\
  # no longer there
  - rule: A1
    file: 2012-09/referrals.csv
    row: October
    reason: Printed so
    approver: Head of Information
    approved: 2012-09-01
    expires: 2012-09-28
"""


@pytest.fixture
def folder(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release with an unrounded figure that is waived."""
    found = write(files={"referrals.csv": TABLE.replace("120", "113")})
    (tmp_path / "small.wpmi").write_text(POLICY)
    (tmp_path / "wpmi-lint.yaml").write_text("policy: small.wpmi\nwaivers: waivers.yaml\n")
    (tmp_path / "waivers.yaml").write_text(WAIVER + UNUSED)
    monkeypatch.chdir(tmp_path)
    return found


def test_waivers_are_listed_with_what_they_cover(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["waivers", "."]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "waivers.yaml:2: A1 in 2012-09/referrals.csv: 1 finding",
        "waivers.yaml:10: A1 in 2012-09/referrals.csv: unused",
    ]


def test_prune_takes_out_what_is_not_needed(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["waivers", ".", "--prune"]) == 0
    assert (tmp_path / "waivers.yaml").read_text() == WAIVER
    assert main(["waivers", "."]) == 0
    assert main(["waivers", "--as-at", "2012-09-29", "--prune"]) == 0
    assert (tmp_path / "waivers.yaml").read_text() == "waivers: []\n"


def test_waivers_hold_in_a_check_as_well(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "waivers.yaml").write_text(WAIVER)
    assert main(["2012-09/referrals.csv", "--as-at", "2012-09-28", "--output", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [(one["rule"], one["verdict"]) for one in report["findings"]] == [("A1", "waived")]
    assert main(["2012-09/referrals.csv", "--as-at", "2012-09-29"]) == 1


@pytest.mark.parametrize("command", [["2012-09/referrals.csv", "--as-at", "2012-09-28"], ["release", "2012-09"]])
def test_a_rule_that_may_not_be_waived(
    command: list[str], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say = '  say "count is not a multiple of 20"\n'
    (tmp_path / "small.wpmi").write_text(POLICY.replace(say, f"{say}  may not be waived\n"))
    (tmp_path / "waivers.yaml").write_text(WAIVER)
    assert main([*command, "--output", "json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {(one["rule"], one["verdict"]) for one in findings} == {("A1", "fail"), ("WL004", "fail")}
    assert [one["message"] for one in findings if one["rule"] == "WL004"] == ["waiver of A1: A1 cannot be waived"]


def test_a_hostile_name_does_not_reach_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "a\x1b[31m.csv"
    (tmp_path / "wpmi-lint.yaml").write_text("exclude: '*.csv'\n")
    (tmp_path / name).write_text(TABLE)
    main([name])
    main([f"{name}/"])
    main(["tables", name])
    (tmp_path / "d\x1b").mkdir()
    main(["init", "d\x1b"])
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert "\\x1b" in said.out
    assert "\\x1b" in said.err


def test_verify_says_what_changed(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "waivers.yaml").write_text(WAIVER)
    assert main(["release", "2012-09", "--receipt", "r.receipt.json"]) == 0
    capsys.readouterr()
    assert main(["verify", "r.receipt.json"]) == 0
    assert capsys.readouterr().out == "leeds-2012-09: 1 file, all as cleared\n"
    (folder / "referrals.csv").write_text("")
    assert main(["verify", "r.receipt.json"]) == 1
    assert "referrals.csv: is not the file that was checked" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"_type": "https://in-toto.io/Statement/v1"}', "[" * 100_000])
def test_what_is_no_receipt(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "r.json"
    path.write_text(text)
    assert main(["verify", str(path)]) == 2
    assert "r.json: not a receipt" in capsys.readouterr().err


def test_init_writes_a_release_to_start_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path), "--release"]) == 0
    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert {"wpmi-lint.yaml", "release.yaml", "register.yaml", "waivers.yaml"} < names
    assert ".wpmi-lint/manifest.schema.json" in names
    (tmp_path / "referrals.csv").write_text(TABLE)
    assert main(["release", str(tmp_path)]) == 0


def test_a_receipt_is_for_one_release(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write()
    (tmp_path / "other").mkdir()
    (tmp_path / "other/release.yaml").write_text("")
    assert main(["release", str(tmp_path), "--receipt", "r.json"]) == 2
    assert "--receipt is for one release, and there are 2" in capsys.readouterr().err
