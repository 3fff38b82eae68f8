"""A policy as `policy show` prints it."""

import json
from pathlib import Path

import pytest

from wpmi_lint import policy
from wpmi_lint.cli import main
from wpmi_lint.policy.resolved import And, Between, Compare, FieldOf, Literal, Not, OneOf, Or, Present
from wpmi_lint.report.policy_view import condition, document, lines

TEXT = """policy mine "Mine" version 1.0
source S is "A book"
clause B1 exact is S "1": "Figures are exact."
clause asked is S "2": "Ask."
  for a person "Was it asked?"
clause free is S "3": "You may."
  nothing to check because "a permission"
rule AA1 one "One"
  cites exact
  for every count where value is at least 5
  ask "Is it?"
rules pair "Two"
  cites exact
  for every hidden where what is {name}
  forbid telling
  say "it is there"
  | code | name           |
  | AA2  | hidden-rows    |
  | AA3  | hidden-columns |
leave every cell where statistic is one of date, code or decimals is not 1 because "it counts nobody"
"""


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "mine.wpmi").write_text(TEXT)
    return str(tmp_path / "mine.wpmi")


def test_clauses_say_what_becomes_of_them_and_exemptions_why(mine: str) -> None:
    shown = "\n".join(
        "".join(str(getattr(span, "text", span)) for span in line) for line in lines(policy.load(mine), 160)
    )
    assert "B1 exact: checked by AA1, pair (2 rules)" in shown
    assert "asked: for a person: Was it asked?" in shown
    assert "free: nothing to check because a permission" in shown
    leave = "every cell where statistic is one of date, code or decimals is not 1, because it counts nobody"
    assert f"{leave} ({mine}:20)" in " ".join(shown.split())


def test_as_json_a_policy_has_the_names_of_its_parts(mine: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "show", "--output", "json", mine]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [clause["name"] for clause in shown["clauses"]] == ["exact", "asked", "free"]
    assert shown["rules"][0]["sentences"][0]["where"] == {
        "node": "compare",
        "op": "at least",
        "left": {"name": "value"},
        "right": {"value": 5.0, "name": ""},
    }
    assert shown == json.loads(json.dumps(document(policy.load(mine))))


FIELD = FieldOf("value")


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (Compare("is", FIELD, Literal(True)), "value is true"),
        (Compare("is not", FIELD, Literal(5.0)), "value is not 5"),
        (Compare("at least", FIELD, Literal(5.0, "least")), "value is at least least"),
        (Compare("not multiple of", FIELD, Literal(20.0)), "value is not a multiple of 20"),
        (Compare("not equals", FIELD, FieldOf("shown")), "value does not equal shown"),
        (Compare("not matches", FIELD, Literal("a*")), "value does not match a*"),
        (Between(FIELD, Literal(1.0), Literal(2.0), negated=True), "value is not between 1 and 2"),
        (OneOf(FIELD, ("a", "b")), "value is one of a, b"),
        (Present(FIELD, negated=True), "value is absent"),
        (Not(Present(FIELD)), "not (value is present)"),
        (And((Present(FIELD), Or((Present(FIELD), Present(FIELD))))), "value is present and (value is present or "
         "value is present)"),
    ],
)  # fmt: skip
def test_a_condition_in_words(expression: object, words: str) -> None:
    assert condition(expression) == words  # type: ignore[arg-type]
