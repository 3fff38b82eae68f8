"""A policy that extends another: what it inherits, changes, and may not loosen."""

from pathlib import Path

import pytest

from wpmi_lint import policy
from wpmi_lint.errors import PolicyError, UsageError
from wpmi_lint.policy.examples import uncovered
from wpmi_lint.policy.resolved import Policy

PARENT = """policy parent "Parent" version 1.2.0
source S is "A book"
let base is 20
label internal named "internal"
figures are rounded to nearest base halves up
totals are recalculated

rule AA1 one "One"
  cites S "Part"
  for every count where label is internal
  require value is a multiple of base
  severity warning
  say "wrong"

rule AA2 two "Two"
  cites S "Part"
  for every table
  ask "Is it?"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "parent.wpmi").write_text(PARENT)
    return tmp_path


def load(folder: Path, body: str, extends: str = 'extends "parent.wpmi" version 1.2') -> Policy:
    path = folder / "child.wpmi"
    path.write_text(f"policy child version 1.0\n{extends}\n{body}")
    return policy.load(str(path))


def wrong(folder: Path, body: str, extends: str = 'extends "parent.wpmi" version 1.2') -> str:
    with pytest.raises(PolicyError) as caught:
        load(folder, body, extends)
    return str(caught.value)


def test_terms_and_rules_are_inherited(folder: Path) -> None:
    child = load(
        folder, 'rule AA3 three "Three"\n cites S "P"\n for every count require value is at most base\n say "x"\n'
    )
    assert [rule.code for rule in child.rules] == ["AA1", "AA2", "AA3"]
    assert [label.name for label in child.vocabulary.labels] == ["internal"]
    assert child.totals == "recalculated"
    assert dict(child.rounding)["base"] == 20
    assert child.rules[0].path.endswith("parent.wpmi")
    assert child.rules[2].path == ""
    assert {u.code for u in uncovered(child)} == {"AA3"}


def test_tighten_adds_a_requirement_and_raises_the_severity(folder: Path) -> None:
    before = policy.load(str(folder / "parent.wpmi")).rules[0]
    after = load(folder, "tighten AA1\n for every count require value is at least 40\n severity error\n").rules[0]
    assert after.severity == "error"
    assert after.sentences[:-1] == before.sentences
    assert after.sentences[-1].require is not None
    assert after.name == before.name


def test_replace_and_withdraw(folder: Path) -> None:
    body = 'replace AA1\n cites S "P"\n for every count require value is at least 40\n say "x"\n'
    child = load(folder, body + 'withdraw AA2 because "nobody asks"\n')
    assert [rule.code for rule in child.rules] == ["AA1"]
    assert len(child.rules[0].sentences) == 1
    assert child.rules[0].title == "One"
    assert child.notes == ("AA2 is withdrawn: nobody asks",)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("tighten AA1\n severity note\n", "AA1 is of severity warning: note would loosen it"),
        ('withdraw AA9 because "x"\n', "there is no inherited rule AA9 to withdraw"),
        ("let base is 10\n", "the constant `base` is defined twice"),
        ('rule AA1 x "X"\n cites S "P"\n for every table ask "?"\n', "the rule `AA1` is defined twice"),
        ('rule AA8 two "X"\n cites S "P"\n for every table ask "?"\n', "two rules are named `two`"),
    ],
)
def test_changes_that_are_wrong(folder: Path, body: str, said: str) -> None:
    assert said in wrong(folder, body)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('withdraw AA2 because "x"\n', "`withdraw AA2` loosens the policy"),
        ('replace AA2\n cites S "P"\n for every table ask "?"\n', "`replace AA2` may loosen the rule"),
        ('label mine named "mine"\n', "a label of its own"),
        ('marker "x" means nil\n', "a marker of its own"),
        ("totals are independent\n", "`totals are` is inherited"),
    ],
)
def test_only_tighten(folder: Path, body: str, said: str) -> None:
    extends = 'extends "parent.wpmi" version 1.2 may only tighten'
    assert said in wrong(folder, body, extends)
    assert load(folder, "tighten AA1\n severity error\n", extends).rules[0].severity == "error"


def test_another_version_of_the_parent(folder: Path) -> None:
    assert '"parent.wpmi" is version 1.2.0' in wrong(folder, "", 'extends "parent.wpmi" version 2.0')


def test_a_change_of_the_parent_is_seen(folder: Path) -> None:
    assert load(folder, "").lets["base"] == 20
    (folder / "parent.wpmi").write_text(PARENT.replace("let base is 20", "let base is 10"))
    assert load(folder, "").lets["base"] == 10


def test_a_circle_and_a_missing_parent(folder: Path) -> None:
    with pytest.raises(UsageError, match="extends itself"):
        load(folder, "", 'extends "child.wpmi" version 1.0')
    with pytest.raises(UsageError, match="neither a bundled policy nor a file"):
        load(folder, "", 'extends "nowhere.wpmi" version 1.0')


def test_changes_need_a_parent(folder: Path) -> None:
    assert "there is no inherited rule AA1 to tighten" in wrong(folder, "tighten AA1\n severity error\n", "")


def test_a_line_of_a_text_that_begins_with_extends_extends_nothing(folder: Path) -> None:
    child = load(folder, "", 'note “see\n  extends "parent.wpmi" of it”')
    assert child.rules == ()
    with pytest.raises(PolicyError, match="a brace"):
        load(folder, "", 'extends "parent.wpmi" } 1.2')
    (folder / "child.wpmi").write_text('extends "parent.wpmi" version 1.2\npolicy child version 1.0\n')
    with pytest.raises(PolicyError):
        policy.load(str(folder / "child.wpmi"))


def test_a_rule_that_cites_a_source_is_replaced_by_one_that_cites_a_clause(folder: Path) -> None:
    body = (
        'clause exact is S "1": "Exact."\n'
        'replace AA1\n cites exact\n for every count require value is at least base\n say "x"\n'
        'withdraw AA2 because "x"\n'
    )
    assert load(folder, body).rules[0].cites[0].clause == "exact"
    (folder / "grandchild.wpmi").write_text(
        'policy grandchild version 1.0\nextends "child.wpmi" version 1.0\n'
        'replace AA1\n cites S "2"\n for every count require value is at least base\n say "x"\n'
    )
    with pytest.raises(PolicyError, match="no rule cites the clause `exact` when AA1 is replaced"):
        policy.load(str(folder / "grandchild.wpmi"))
