"""The policies that ship: every sentence of their sources has its place, and what a file hides is for all of them."""

import json
import re
from pathlib import Path

import pytest

from wpmi_lint import policy, resources
from wpmi_lint.carried.ways import WAYS
from wpmi_lint.cli import main
from wpmi_lint.policy.resolved import Policy, place

SENTENCES = {f"N{i}" for i in range(1, 18)} | {f"R{i}" for i in range(1, 6)}
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def guidance() -> Policy:
    return policy.load("work-programme")


def test_every_sentence_of_the_guidance_is_a_clause(guidance: Policy) -> None:
    assert {clause.code for clause in guidance.clauses if clause.code} == SENTENCES


@pytest.mark.parametrize("name", resources.bundled())
def test_each_clause_is_checked_or_left_to_a_person_or_says_why_not(name: str) -> None:
    whole = policy.load(name)
    cited = {citation.clause for rule in whole.rules for citation in rule.cites}
    for clause in whole.clauses:
        assert [clause.name in cited, bool(clause.person), bool(clause.unchecked)].count(True) == 1, clause.name


@pytest.mark.parametrize("name", resources.bundled())
def test_a_rule_and_its_examples_stand_where_they_say(name: str) -> None:
    whole = policy.load(name)
    for rule in whole.rules:
        path, _, line = place(whole, rule).rpartition(":")
        assert rule.code in (ROOT / path).read_text("utf-8").splitlines()[int(line) - 1]
    for example in whole.examples:
        path, _, line = place(whole, example).rpartition(":")
        assert (ROOT / path).read_text("utf-8").splitlines()[int(line) - 1].startswith("example ")


def test_a_rule_that_hides_in_a_family_stands_at_its_row(guidance: Policy) -> None:
    (hidden,) = [rule for rule in guidance.rules if rule.code == "WP603"]
    path, _, line = place(guidance, hidden).rpartition(":")
    assert path == "policies/hidden-content.wpmi"
    assert (ROOT / path).read_text("utf-8").splitlines()[int(line) - 1].startswith("  | WP603 | hidden-rows ")
    assert hidden.family == "hidden-content"


def test_any_policy_may_include_what_files_hide(tmp_path: Path) -> None:
    path = tmp_path / "mine.wpmi"
    path.write_text(
        'policy mine "Mine" version 1.0\nlanguage 1\nstatus draft\nsource S is "Book"\ninclude "hidden-content"\n'
        'clause anonymity is S "1": "Nobody can be identified."\n'
    )
    mine, guidance = policy.load(str(path)), policy.load("work-programme")
    hidden = {rule.code: rule for rule in guidance.rules if rule.path == "policies/hidden-content.wpmi"}
    assert {rule.code for rule in mine.rules} == hidden.keys()
    assert {citation.quote for rule in mine.rules for citation in rule.cites} == {"Nobody can be identified."}
    assert {rule.name for rule in mine.rules} <= WAYS.keys()


@pytest.mark.parametrize("part", ["hidden-content.wpmi", "work-programme/counts.wpmi"])
def test_a_part_is_checked_and_tested_in_the_policy_that_includes_it(
    part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(ROOT / "policies" / part)
    assert main(["policy", "test", path, path]) == main(["policy", "check", path]) == 0
    tested, checked = capsys.readouterr().out.splitlines()
    assert tested.startswith("work-programme: ")
    assert checked.endswith("no problem found")


def test_a_part_that_no_policy_includes_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "terms.wpmi").write_text('part terms\nlabel internal named "internal"\nkind outcome is jobs\n')
    assert main(["policy", "test", str(tmp_path / "terms.wpmi")]) == 2
    error = capsys.readouterr().err
    assert error.count("error: ") == 1
    assert "`terms` is a part, not a policy" in error


def test_what_is_said_of_a_row_leads_to_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "WP603"]) == 0
    (where,) = re.findall(r"^  (policies/hidden-content\.wpmi:\d+)$", capsys.readouterr().out, re.MULTILINE)
    assert main(["rules", "--output", "json"]) == 0
    rules = {rule["code"]: rule for rule in json.loads(capsys.readouterr().out)["rules"]}
    assert f"{rules['WP603']['path']}:{rules['WP603']['line']}" == where
    workbook = str(ROOT / "examples" / "release-repository" / "releases" / "2012-10-bradford" / "workbook.xlsx")
    main(["check", "--isolated", "--output", "sarif", workbook])
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    (rule,) = [rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "WP603"]
    assert rule["properties"]["policy"] == where


@pytest.mark.parametrize("word", ["N10", "n10", "rounding"])
def test_a_sentence_is_explained_by_its_code_or_its_name(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", word]) == 0
    out = capsys.readouterr().out
    assert out.startswith("clause N10 rounding\n")
    assert "WP101" in out
