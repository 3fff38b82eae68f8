"""Families: one sentence and a table, a rule for each row."""

from pathlib import Path

import pytest

from wpmi_lint import policy
from wpmi_lint.examples import test_policy as run_examples
from wpmi_lint.policy.examples import uncovered
from wpmi_lint.policy.format import formatted
from wpmi_lint.policy.pages import File, written
from wpmi_lint.policy.resolve import resolve
from wpmi_lint.policy.resolved import And, Compare, FieldOf, Literal, Policy, Slot
from wpmi_lint.run import Options, wanted

HEAD = """policy mine "Mine" version 1.0
source S is "A book"
clause anonymity is S "4.1": "Nobody is identifiable."
"""
FAMILY = """rules hidden "Nothing is hidden: {name}"
  cites anonymity
  for every hidden where what is {name} forbid telling
  severity {severity}
  say "{visible_name}: {where} {much}"
  fix "{remove}"
  | code | name           | severity | much    | because                  |
  | AA1  | hidden-rows    | error    | "{see}" | "two | clicks"           |
  | AA2  | hidden-columns | note     | x       | "selecting them is easy" |
"""
EXAMPLES = """
example "{name}: it tells a reader something"
  given hidden.what {name}
  given hidden.telling true
  expect {code}
  expect nothing else

example "{name}: it tells a reader nothing"
  given hidden.what {name}
  given hidden.telling false
  expect nothing
"""


def problems(text: str) -> list[str]:
    found = resolve(written(File("mine.wpmi", text, {})))
    return [f"{p.line}:{p.column}: {p.message} | {p.help}" for p in found.problems]


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Policy:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "mine.wpmi"
    path.write_text(HEAD + FAMILY + EXAMPLES)
    return policy.load(str(path))


def test_a_row_is_a_rule(mine: Policy) -> None:
    first, second = mine.rules
    assert (first.code, first.name, first.title) == ("AA1", "hidden-rows", "Nothing is hidden: hidden-rows")
    assert (first.severity, first.because, first.line, first.family) == ("error", "two | clicks", 11, "hidden")
    assert (second.severity, second.because, second.line) == ("note", "selecting them is easy", 12)
    (sentence,) = second.sentences
    assert sentence.where == Compare("is", FieldOf("what"), Literal("hidden-columns"))
    assert sentence.require == Compare("is", FieldOf("telling"), Literal(False))
    assert first.say == (Slot("visible_name"), ": ", Slot("where"), " ", Slot("see"))
    assert second.say[-1] == " x"
    assert [citation.clause for citation in first.cites] == ["anonymity"]


def test_the_examples_of_a_family_are_run_for_each_row(mine: Policy) -> None:
    assert [one.of for one in mine.examples] == [("AA1",), ("AA2",), ("AA1",), ("AA2",)]
    assert [one.example.name for one in run_examples(mine)] == [
        "hidden-rows: it tells a reader something",
        "hidden-columns: it tells a reader something",
        "hidden-rows: it tells a reader nothing",
        "hidden-columns: it tells a reader nothing",
    ]
    assert all(tested.wrong == () for tested in run_examples(mine))
    assert uncovered(mine) == ()


def test_an_example_without_holes_is_run_once() -> None:
    plain = 'example "rows"\n  given hidden.what hidden-rows\n  given hidden.telling true\n  expect AA1\n'
    found = resolve(written(File("mine.wpmi", HEAD + FAMILY + plain, {})))
    assert found.policy
    assert [one.of for one in found.policy.examples] == [("AA1", "AA2")]


def test_holes_of_any_type() -> None:
    text = (
        HEAD
        + """let base is 20
rules sizes "Sizes"
  cites anonymity
  for every count where value is at least {from} and statistic is one of {what}, money require value is not {to}
  say "x"
  | code | name | from | to   | what  |
  | AA1  | one  | 5    | base | count |
"""
    )
    found = resolve(written(File("mine.wpmi", text, {})))
    assert found.policy, found.problems
    (sentence,) = found.policy.rules[0].sentences
    assert isinstance(sentence.where, And)
    assert sentence.where.terms[0] == Compare("at least", FieldOf("value"), Literal(5.0))
    assert sentence.require == Compare("is not", FieldOf("value"), Literal(20.0, "base"))


def test_a_table_is_aligned_but_for_its_last_column() -> None:
    squeezed = HEAD + 'rules x "X"\n|code|name|because|\n|AA1|hidden-rows|"two | clicks"|\n|AA22|x|""|\n'
    assert formatted(squeezed).endswith(
        """
rules x "X"
  | code | name        | because |
  | AA1  | hidden-rows | "two | clicks" |
  | AA22 | x           | "" |
"""
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("| code |", "| coed |", "10:3: this table has no column `code` | every rule needs one"),
        ("| name           |", "| nam            |", "10:3: this table has no column `name` | every rule needs one"),
        ("| much    |", "| where   |", "10:40: hidden has a field `where`: {where} would mean two things | rename"),
        ("| because ", "| becuase ", "10:50: nothing uses the column `becuase` | did you mean `because`?"),
        (" {much}", "", "10:40: nothing uses the column `much` | write {much} in the sentence"),
        ("| because                  |", "| because | because |", "10:60: two columns are named `because` | "),
        ("| note     |", "|", "12:3: this row has 4 cells, the table has 5 columns | "),
        ("| note     |", "| nte      |", "12:29: `nte` is not a severity | did you mean `note`?"),
        ("| x       |", "|         |", "12:48: this cell of the column `much` is empty | an empty text is written"),
        ("| AA2  |", "| aa2  |", "12:5: `aa2` is not a code | a code is letters and a number: WP101"),
        ("| AA2  |", "| AA1  |", "12:5: the rule `AA1` is defined twice | it is first defined in line 11"),
        (
            "| hidden-columns |",
            "| hidden-rows    |",
            "12:12: two rules are named `hidden-rows` | it is first defined in line 11",
        ),
        ("| hidden-columns |", "| hidden-colums  |", "12:12: `hidden-colums` is not one of "),
        ("| hidden-columns |", '| "hidden rows"  |', "12:12: `hidden rows` is not a name | "),
        ('"{see}"', '"{see} ', "11:40: this text has no closing quote | close it in its cell"),
        ("what is {name}", "what is {nme}", "6:34: the table has no column `nme` | did you mean `name`?"),
        ("forbid telling", "forbid teling", "6:48: hidden has no field `teling` | did you mean `telling`?"),
        ("{visible_name}", "{visible_nam}", "8:8: hidden has no field `visible_nam` to put into this text | did "),
        ("  cites anonymity\n", "", "4:7: family hidden cites no source | "),
        ('  say "{visible_name}: {where} {much}"\n', "", "4:7: family hidden has no message | "),
        ("expect {code}", "expect {cod}", "17:10: the table has no column `cod` | did you mean `code`?"),
        ("rules hidden", "ruls hidden", "4:1: `ruls` is out of place | did you mean `rules`?"),
    ],
)
def test_one_fault(old: str, new: str, expected: str) -> None:
    text = HEAD + FAMILY + EXAMPLES
    assert old in text
    told = problems(text.replace(old, new, 1))
    assert any(problem.startswith(expected) for problem in told), told
    assert len(told) <= 4, told


def test_a_family_without_rows() -> None:
    text = HEAD + FAMILY.partition("  | AA1")[0]
    assert "10:3: this table has no rows | write a row for each rule" in problems(text)
    assert any("out of place" in p or "too early" in p for p in problems(HEAD + FAMILY.partition("  | code")[0]))


def test_rules_of_a_family_can_be_changed(mine: Policy, tmp_path: Path) -> None:
    child = tmp_path / "child.wpmi"
    child.write_text(
        'policy child version 1.0\nextends "mine.wpmi" version 1.0\ntighten AA2\n  severity error\n'
        "  may not be waived\n"
        'withdraw AA1 because "nobody hides rows"\n'
    )
    changed = policy.load(str(child))
    (rule,) = changed.rules
    assert (rule.code, rule.severity, rule.waivable, rule.family) == ("AA2", "error", False, "hidden")
    assert changed.clauses == mine.clauses


def test_a_family_is_selected_by_its_name(mine: Policy) -> None:
    chosen = {
        (select, ignore): [rule.code for rule in mine.rules if wanted(rule, Options("2024-01-01", select, ignore))]
        for select in ((), ("hidden",), ("AA1",), ("hidden-rows",))
        for ignore in ((), ("hidden",))
    }
    assert chosen[(), ()] == chosen[("hidden",), ()] == ["AA1", "AA2"]
    assert chosen[("AA1",), ()] == chosen[("hidden-rows",), ()] == ["AA1"]
    assert all(codes == [] for (_, ignore), codes in chosen.items() if ignore)
