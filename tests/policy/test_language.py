"""The sentences of the language: what each resolves to, and what is said of one that is wrong."""

from pathlib import Path

import pytest

from wpmi_lint import policy
from wpmi_lint.cli import main
from wpmi_lint.policy.pages import File, rendered, written
from wpmi_lint.policy.resolve import resolve
from wpmi_lint.policy.resolved import And, Between, Compare, FieldOf, Leave, Literal, Not, OneOf, Policy, Present

HEAD = """policy mine "Mine" version 1.0
source S is "A book"
clause rounding is S "4.1": "Round
  any data."
let base is 20
"""
RULE = (
    'rule AA1 one "One"\n  cites rounding\n  for every count\n    require value is a multiple of base\n  say "wrong"\n'
)


def read(text: str, **parts: str) -> tuple[Policy | None, list[str]]:
    pages = written(File("mine.wpmi", text, {name: File(f"{name}.wpmi", part, {}) for name, part in parts.items()}))
    found = resolve(pages)
    for problem in found.problems:
        rendered(pages.pages, problem)
    return found.policy, [f"{p.line}:{p.column}: {p.message} | {p.help}" for p in found.problems]


def good(text: str, **parts: str) -> Policy:
    whole, problems = read(text, **parts)
    assert whole is not None, problems
    assert problems == []
    return whole


def demanded(words: str, noun: str = "count", head: str = HEAD) -> tuple[object, object]:
    """What a sentence resolves to: its `where` and its `require`."""
    rule = f'rule AA1 one "One"\n cites rounding\n for every {noun} {words}\n say "x"\n'
    (sentence,) = good(head.replace("let base is 20\n", "") + rule).rules[0].sentences
    return sentence.where, sentence.require


VALUE, MARKER, TELLING = FieldOf("value"), FieldOf("marker"), FieldOf("telling")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("require value is 3", Compare("is", VALUE, Literal(3.0))),
        ("require value is not 3", Compare("is not", VALUE, Literal(3.0))),
        ("require value is not at least 3", Compare("less than", VALUE, Literal(3.0))),
        ("require value is not at most 3", Compare("more than", VALUE, Literal(3.0))),
        ("require value is not less than 3", Compare("at least", VALUE, Literal(3.0))),
        ("require value is not more than 3", Compare("at most", VALUE, Literal(3.0))),
        ("require value is not a multiple of 3", Compare("not multiple of", VALUE, Literal(3.0))),
        ("require value does not equal 3", Compare("not equals", VALUE, Literal(3.0))),
        ("require value is not between 1 and 3", Between(VALUE, Literal(1.0), Literal(3.0), negated=True)),
        ("require value is not one of 1, 3", OneOf(VALUE, (1.0, 3.0), negated=True)),
        ("require value is not present", Present(VALUE, negated=True)),
        ("require value is not absent", Present(VALUE)),
        ('require marker does not match "x*"', Compare("not matches", MARKER, Literal("x*"))),
        ("require not (value is 3)", Not(Compare("is", VALUE, Literal(3.0)))),
        ("forbid value is at least 3", Compare("less than", VALUE, Literal(3.0))),
        ("forbid value is not between 1 and 3", Between(VALUE, Literal(1.0), Literal(3.0))),
        ("forbid not (value is 3)", Compare("is", VALUE, Literal(3.0))),
        (
            "forbid value is 3 and marker is absent",
            Not(And((Compare("is", VALUE, Literal(3.0)), Present(MARKER, negated=True)))),
        ),
        ("require value is at most 5%", Compare("at most", VALUE, Literal(5.0))),
    ],
)
def test_not_and_forbid(words: str, expected: object) -> None:
    assert demanded(words) == (None, expected)


@pytest.mark.parametrize(
    ("words", "where", "require"),
    [
        ("forbid telling", None, False),
        ("require telling", None, True),
        ("require not telling", None, False),
        ("where telling forbid telling", True, False),
        ("where not telling forbid not telling", False, True),
        ("where telling is true require telling is false", True, False),
    ],
)
def test_truths_alone(words: str, where: bool | None, require: bool) -> None:
    expected = None if where is None else Compare("is", TELLING, Literal(where))
    assert demanded(words, "hidden") == (expected, Compare("is", TELLING, Literal(require)))


def test_the_field_where_can_be_used() -> None:
    where, _ = demanded('where where is "title" and where does not match "a*" forbid volume is present', "text")
    field = FieldOf("where")
    assert where == And((Compare("is", field, Literal("title")), Compare("not matches", field, Literal("a*"))))


def test_a_clause_is_cited_by_its_name() -> None:
    whole = good(
        HEAD + RULE + '  may not be waived\nclause choose is S "1": "may"\n  nothing to check because "a permission"\n'
    )
    (citation,) = whole.rules[0].cites
    assert citation == ("S", "4.1", "Round any data.", "rounding")
    assert not whole.rules[0].waivable
    assert [(one.name, one.person, one.unchecked, one.line) for one in whole.clauses] == [
        ("rounding", "", "", 3),
        ("choose", "", "a permission", 12),
    ]


def test_what_is_left_is_kept() -> None:
    text = HEAD + RULE + 'leave every cell where statistic is one of date, code\n  because "it counts nobody"\n'
    expected = OneOf(FieldOf("statistic"), ("date", "code"))
    assert good(text).leaves == (Leave("cell", expected, "it counts nobody", 11),)


def test_what_is_left_changes_no_verdict_yet(tmp_path: Path) -> None:
    from wpmi_lint.examples import test_policy as run_examples

    table = 'example "x"\n  | Area | People |\n  | a | 17 |\n  expect AA1 at "B2"\n'
    path = tmp_path / "mine.wpmi"
    path.write_text(HEAD + RULE + table + 'leave every count because "why"\n')
    assert [tested.wrong for tested in run_examples(policy.load(str(path)))] == [()]


def test_the_old_citation_still_loads() -> None:
    text = HEAD.replace("clause rounding is S", "-- clause").replace('  any data."\n', "")
    rule = RULE.replace("cites rounding", 'cites S "4.1": "Round any data."')
    other = 'rule AA2 two "Two"\n cites S "2"\n for every hidden\n require telling is false\n say "x"\n'
    whole = good(text + rule + other)
    assert whole.rules[0].cites == (("S", "4.1", "Round any data.", ""),)
    assert whole.rules[1].sentences[0].require == Compare("is", TELLING, Literal(False))


def test_an_example_belongs_to_the_rule_above_it() -> None:
    example = 'example "x"\n  | Area | People |\n  | a | 20 |\n  expect nothing\n'
    assert [one.of for one in good(HEAD + example + RULE + example).examples] == [(), ("AA1",)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("cites rounding", "cites roundng", "7:9: there is no clause `roundng` | did you mean `rounding`?"),
        ("cites rounding", "cites S", "7:9: `S` is a source, not a clause | write: cites S \"section\": "),
        ("cites rounding", 'cites rounding "x"', "7:9: `rounding` is a clause, which has its section | "),
        ("is S", "is T", "3:20: there is no source `T` | known: `S`"),
        ("  cites rounding", '  cites S "4.1"', "3:8: no rule cites the clause `rounding` | cite"),
        ("clause rou", 'clause rounding is S "a": "b"\nclause rou', "4:8: the clause `rounding` is defined twice | "),
        (
            'any data."',
            'any data."\n  nothing to check because "x"',
            "8:9: the clause `rounding` says that nothing is to check | delete one of the two",
        ),
        ("clause rounding", "clase rounding", "3:1: `clase` is out of place | did you mean `clause`?"),
        ('"4.1": "Round', '"4.1" "Round', "3:28: "),
        ("require value is a multiple of base", "require value", "9:13: `value` is a number: compare it | for "),
        ("require value is a", "forbd value is a", "9:5: `forbd` is out of place | did you mean `forbid`?"),
        ("for every count", "for every hidden where teling", "8:26: hidden has no field `teling` | did you"),
        ("  say", "  may not be wavied\n  say", "10:14: `wavied` is out of place | did you mean `waived`?"),
        ("rule AA1", 'leave every cel because "x"\nrule AA1', "6:13: `cel` is nothing that a rule can look at | did "),
        ("rule AA1", 'leave every cell where knd because "x"\nrule AA1', "6:24: cell has no field `knd` | did you "),
        ("rule AA1", 'include "terms"\nrule AA1', "6:9: `terms` cannot be included | "),
        ("is a multiple of base", "is a multiple of {base}", "9:36: there is no table to fill {base} | "),
        ("is a multiple of base", "is not less then base", "9:31: `then` is out of place | did you mean `than`?"),
        ('"wrong"', '"wrong', "10:7: this text has no closing quote | "),
    ],
)  # fmt: skip
def test_one_fault(old: str, new: str, expected: str) -> None:
    text = HEAD + RULE
    assert old in text
    whole, problems = read(text.replace(old, new, 1))
    assert whole is None
    assert any(problem.startswith(expected) for problem in problems), problems
    assert len(problems) <= 3, problems


def test_all_mistakes_of_a_sentence_are_told_at_once() -> None:
    sentence = "where kin is outcome and vlue is at least bse and marker is at least foo forbid shown or not labl is x"
    rule = f'rule AA1 one "One"\n cites rounding\n for every cel {sentence}\n say "{{vaule}}"\n'
    _, problems = read(HEAD.replace("let base is 20\n", "") + rule)
    words = [problem.partition(" | ")[0].partition(": ")[2] for problem in problems]
    assert words == [
        "`cel` is nothing that a rule can look at",
        "cell has no field `kin`",
        "there is no field or constant `outcome`",
        "cell has no field `vlue`",
        "there is no field or constant `bse`",
        "`marker` is text: it has no order",
        "there is no field or constant `foo`",
        "`shown` is text: compare it",
        "cell has no field `labl`",
        "there is no field or constant `x`",
        "cell has no field `vaule` to put into this text",
    ]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ('measure referrals named "referral*"\n', ["the measure `referrals` is never used"]),
        ('marker "x" means nil\n', []),
        ('label internal named "internal"\n', ["the label `internal` is never used"]),
        ('dimension sex named "sex"\n', ["the dimension `sex` is never used"]),
    ],
)
def test_words_that_no_rule_uses_are_a_warning(term: str, expected: list[str]) -> None:
    pages = written(File("mine.wpmi", HEAD + term + RULE, {}))
    found = resolve(pages)
    assert found.policy is not None
    assert [(p.severity, p.message) for p in found.problems] == [("warning", message) for message in expected]
    assert all(rendered(pages.pages, p).startswith("warning: ") for p in found.problems)


def test_an_open_text_swallows_no_clause() -> None:
    text = HEAD + RULE.replace('"wrong"', '"wrong\n  because "it is so"')
    _, problems = read(text)
    assert [problem.split(" | ")[0] for problem in problems] == ["10:7: this text has no closing quote"]


def test_hostile_text_is_read_in_time() -> None:
    rows = 'rules x "y"\n' + "| a | b |\n" * 20_000
    for text in ('say "' + "a " * 100_000, '"\n  ' * 30_000, rows, 'include "a"\n' * 20_000):
        whole, problems = read(HEAD + text)
        assert whole is None
        assert problems


@pytest.mark.parametrize("firm", [False, True])
def test_what_may_not_be_waived_is_not(
    firm: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.wpmi").write_text(HEAD + RULE + ("  may not be waived\n" if firm else ""))
    Path("table.csv").write_text("Area,People\nNorth,17\nSouth,20\n")
    Path("register.yaml").write_text('approvers: [{name: Jo Reed, from: "2012-01-01"}]\n')
    Path("waivers.yaml").write_text(
        "waivers:\n  - {rule: AA1, file: table.csv, row: North, reason: printed so already, approver: Jo Reed,"
        " approved: 2012-09-01, expires: 2012-12-01}\n"
    )
    status = main(["table.csv", "--policy", "mine.wpmi", "--waivers", "waivers.yaml", "--as-at", "2012-10-01"])
    out = capsys.readouterr().out
    assert status == (1 if firm else 0), out
    assert ("AA1 cannot be waived" in out) == firm
    assert ("WL004" in out) == firm


@pytest.mark.parametrize(
    "written", ["Area,% outcomes\nNorth,0.25\nSouth,0.75\n", "Area,Outcomes\nNorth,25%\nSouth,75%\n"]
)
def test_a_percentage_has_one_unit_however_it_is_written(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rule = RULE.replace("every count", "every percentage").replace("is a multiple of base", "is at most 25%")
    Path("mine.wpmi").write_text(HEAD.replace("let base is 20\n", 'measure outcomes named "outcome*"\n') + rule)
    Path("table.csv").write_text(written)
    assert main(["table.csv", "--policy", "mine.wpmi", "--output", "concise", "--isolated"]) == 1
    assert [line.split(" ")[1] for line in capsys.readouterr().out.splitlines() if "AA1" in line] == ["error[AA1]"]


def test_warnings_do_not_fail_a_policy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.wpmi"
    path.write_text(HEAD + 'measure referrals named "referral*"\n' + RULE)
    assert main(["policy", "check", str(path)]) == 0
    out, err = capsys.readouterr()
    assert out.endswith("1 rule, no examples; 1 warning\n")
    assert err.startswith("warning: the measure `referrals` is never used\n")


def test_a_hole_that_nothing_fills_is_a_warning() -> None:
    whole, problems = read(HEAD + RULE.replace('"One"', '"One {x}"') + '  because "{y}"\n')
    assert whole is not None
    assert [problem.partition(" | ")[0] for problem in problems] == [
        "6:14: nothing fills {x} in this text",
        "11:11: nothing fills {y} in this text",
    ]
