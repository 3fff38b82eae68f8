"""The release repository that ships: one release in order, and one that breaks every rule of the policy."""

import csv
import json
from pathlib import Path

import pytest

from wpmi_lint.cli import main
from wpmi_lint.policy import load
from wpmi_lint.policy.resolved import Example

POLICY = load("work-programme")
RELEASES = Path(__file__).parents[2] / "examples" / "release-repository" / "releases"


def findings(name: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict]]:
    status = main(["release", str(RELEASES / name), "--output", "json"])
    return status, json.loads(capsys.readouterr().out)["findings"]


def test_the_release_in_order_breaks_no_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert findings("2012-09-leeds", capsys) == (0, [])


def test_the_other_breaks_every_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = findings("2012-10-bradford", capsys)
    assert status == 1
    broken = {one["rule"] for one in found if one["verdict"] in ("fail", "review")}
    left = [rule for rule in POLICY.rules if rule.code not in broken]
    assert [rule.name for rule in left if not broken_by_its_example(rule.code, tmp_path, capsys)] == []


@pytest.mark.parametrize("code", ["WP101", "WP203", "WP301", "WP402"])
def test_an_example_breaks_its_rule_as_a_file_too(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert broken_by_its_example(code, tmp_path, capsys)


def broken_by_its_example(code: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> bool:
    """Whether a table of the policy's own examples breaks the rule where it is a file: a new rule needs no other."""
    tables = (x for x in POLICY.examples if x.rows and any(e.rule == code and not e.negated for e in x.expect))
    return any(code in broken_in(example, folder, capsys) for example in tables)


def broken_in(example: Example, folder: Path, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The codes of the rules that an example breaks when it is written to a file and checked."""
    words = {term.name: term.named[0] for term in POLICY.vocabulary.labels}
    lines = [words.get(value, value) for key, value in example.given if key in ("label", "title", "note")]
    path = folder / "example.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([*([line] for line in lines), *example.rows])
    main([str(path), "--isolated", "--output", "json"])
    return {one["rule"] for one in json.loads(capsys.readouterr().out)["findings"]}


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
