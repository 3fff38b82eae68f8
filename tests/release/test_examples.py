"""The release repository that ships: one release in order, and one that breaks every rule of the policy."""

import json
from pathlib import Path

import pytest

from wpmi_lint.cli import main
from wpmi_lint.policy import load

# a workbook like this is not read at all (WL001), so that no rule on what it carries can apply
REFUSED = {"xml-doctype", "zip-duplicate-entry", "zip-prefix-data", "encrypted-package"}
RELEASES = Path(__file__).parents[2] / "examples" / "release-repository" / "releases"


def findings(name: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict]]:
    status = main(["release", str(RELEASES / name), "--output", "json"])
    return status, json.loads(capsys.readouterr().out)["findings"]


def test_the_release_in_order_breaks_no_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert findings("2012-09-leeds", capsys) == (0, [])


def test_the_other_breaks_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    status, found = findings("2012-10-bradford", capsys)
    broken = {one["rule"] for one in found if one["verdict"] in ("fail", "review")}
    left = {rule.name for rule in load("work-programme").rules if rule.code not in broken}
    assert left <= REFUSED
    assert status == 1


def test_nothing_in_either_is_left_unread(capsys: pytest.CaptureFixture[str]) -> None:
    for release in RELEASES.iterdir():
        _, found = findings(release.name, capsys)
        assert [one["path"] for one in found if one["rule"] == "WL001"] == []


def test_every_file_names_its_schema_where_an_editor_finds_it() -> None:
    start = "# yaml-language-server: $schema="
    for path in [*RELEASES.rglob("release.yaml"), *RELEASES.parent.glob("*.yaml")]:
        first = path.read_text().splitlines()[0]
        assert first.startswith(start), path
        assert (path.parent / first.removeprefix(start)).is_file(), path
