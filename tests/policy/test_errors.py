"""What is said of a policy that is wrong: every fault, in one run, in its place, in people's words."""

import random
import re
from pathlib import Path

import pytest

from wpmi_lint.policy.pages import File, rendered, written
from wpmi_lint.policy.resolve import Resolved, resolve

POLICIES = Path(__file__).parent.parent.parent / "policies"

GOOD = """policy mine "Mine" version 1.0
source S is "A book"
let base is 20
measure referrals named "referral*"
measure outcomes named "outcome*"
kind outcome is outcomes
label internal named "internal"

rule AA1 one "One"
  cites S "Part"
  for every count where label is internal and kind is outcome
  require value is a multiple of base
  say "{value} is wrong"

example "it breaks"
  given label internal
  | a | Outcomes |
  | b | 3        |
  expect AA1 at "B2"
"""


def read(text: str) -> tuple[Resolved, list[str]]:
    """What came of a text, and each problem as it is printed."""
    pages = written(File("mine.wpmi", text, {}))
    found = resolve(pages)
    return found, [rendered(pages.pages, problem) for problem in found.problems]


def problems(text: str) -> list[str]:
    """Each problem as line:column: message | help."""
    found, _ = read(text)
    assert (found.policy is None) == bool(found.problems)
    return [f"{p.line}:{p.column}: {p.message} | {p.help}" for p in found.problems]


def test_nothing_is_said_of_a_good_policy() -> None:
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("for every count", "for evry count", "11:7: `evry` is out of place | did you mean `every`?"),
        ("is a multiple", "isa multiple", "12:17: `isa` is out of place | did you mean `is`?"),
        ("rule AA1", "rulee AA1", "9:1: `rulee` is out of place | did you mean `rule`?"),
        ("measure outcomes", "measur outcomes", "5:1: `measur` is out of place | did you mean `measure`?"),
        (
            "version 1.0",
            "version one",
            "1:28: `one` is out of place | a version is numbers and dots: 1.0.0",
        ),
        (
            'say "{value} is wrong"',
            'say "{value} is wrong',
            "13:7: this text has no closing quote | write the closing quote where the text ends",
        ),
        ('"A book"', "'A book'", '2:13: a single quote | texts are written in double quotes: "..."'),
        ("  say", "\u00a0 say", "13:1: a non-breaking space | replace it by an ordinary space"),
        (
            "  require",
            "  – require",
            "12:3: a long dash | write two hyphens before a comment, one for a minus",
        ),
        ('"One"', '"One" {', "9:20: a brace | there are no braces here: every line starts with a reserved word"),
        ("every count", "every counts", "11:13: `counts` is nothing that a rule can look at | did you mean `count`?"),
        ("require value", "require vlaue", "12:11: count has no field `vlaue` | did you mean `value`?"),
        ("{value}", "is {valu}", "13:11: count has no field `valu` to put into this text | did you mean `value`?"),
        ("{value}", "{value", "13:8: a `{` in this text has no `}` | write {field}, or leave out the brace"),
        ("multiple of base", "multiple of bse", "12:34: there is no field or constant `bse` | did you mean `base`?"),
        ("kind is outcome", "kind is outcom", "11:55: there is no kind `outcom` | did you mean `outcome`?"),
        ("label is internal", "label is intern", "11:34: there is no label `intern` | did you mean `internal`?"),
        ("cites S", "cites T", "10:9: there is no source `T` | known: `S`"),
        (
            "is a multiple of base",
            'matches "2*"',
            "12:11: `value` is a number, not text | use `is`, `is not` or `is one of`",
        ),
        (
            "value is a multiple of base",
            "label is at least 3",
            "12:11: `label` is a label: it has no order | use `is`, `is not` or `is one of`",
        ),
        (
            "multiple of base",
            "multiple of 2012-01-01",
            "12:34: `2012-01-01` cannot be compared with `value`, which is a number | ",
        ),
        ("let base is 20", 'let base is "20"', "12:34: `base` cannot be compared with `value`, which is a number | "),
        ('source S is "A book"', 'let spare is 1\nsource S is "A book"', "2:5: the constant `spare` is never used | "),
        (
            'label internal named "internal"',
            'label internal named "internal"\nlabel internal named "x"',
            "8:7: the label `internal` is defined twice | it is first defined in line 7",
        ),
        ('named "outcome*"', 'named "Referral*"', '5:24: "Referral*" already names the measure `referrals` | '),
        ("is outcomes", "is outcomes, referals", "6:27: there is no measure `referals` | did you mean `referrals`?"),
        ("  say", "  severity fatal\n  say", "13:12: `fatal` is not a severity | severities: "),
        ("  say", "  severity error\n  severity note\n  say", "14:12: this rule says `severity` twice | "),
        (
            "where label is internal and",
            "where statistic is money and",
            "11:13: this can never apply: no count has such a `statistic` | correct the `where`",
        ),
        (
            "where label is internal and",
            "where value is at least 5 and value is at most 3 and label is internal and",
            "11:13: this can never apply: no count has such a `value` | correct the `where`",
        ),
        (
            "require value is a multiple of base",
            "check smallest_base(at_least: base)",
            "12:9: `smallest_base` checks a breakdown, not a count | write: for every breakdown",
        ),
        (
            "require value is a multiple of base",
            "check smallest_bse()",
            "12:9: there is no check `smallest_bse` | did you mean `smallest_base`?",
        ),
        ("given label internal", "given lable internal", "16:9: `lable` cannot be given | did you mean `label`?"),
        ('at "B2"', 'at "C2"', '19:17: "C2" lies outside the table of this example | the header row is row 1'),
        ('at "B2"', 'at "two"', '19:17: "two" is not a cell | cells are written as in a workbook: "B2"'),
        ("expect AA1", "expect AA2", "19:10: there is no rule AA2 | did you mean `AA1`?"),
        ("| 3        |", "| 3", "18:3: this table row does not end with | | write the row as | a | b |"),
        ("  require value is a multiple of base\n", "", "12:3: `say` is out of place | "),
        ('  cites S "Part"\n', "", "9:6: rule AA1 cites no source | "),
        ('  say "{value} is wrong"\n', "", "9:6: rule AA1 has no message | "),
        (
            "let base",
            "in force from 2012-01-01\nin force from 2013-01-01\nlet base",
            "4:15: the policy says `in force` twice | ",
        ),
        ("multiple of base", "multiple of 0", "12:34: nothing but 0 is a multiple of 0 | write a number above 0"),
        ("base is 20", "base is 0", "12:34: nothing but 0 is a multiple of 0 | write a number above 0"),
        (
            "a multiple of base",
            "between 9 and 5 or value is base",
            "12:28: nothing is between these two | write the smaller number first",
        ),
        (
            "let base",
            "in force from 2012-02-30\nlet base",
            "3:15: `2012-02-30` is not a date | write a day that exists",
        ),
        (
            "let base",
            "in force from 2012-02-03 until 2012-02-01\nlet base",
            "3:32: the policy ends before it begins | write the later date after `until`",
        ),
        ("let base", "language 2\nlet base", "3:10: this is language 2 | this tool reads language 1"),
    ],
)
def test_one_fault(old: str, new: str, said: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    found = problems(text)
    assert any(problem.startswith(said) for problem in found), found
    assert len(found) <= 3, found


def test_curly_quotes_are_read_as_quotes() -> None:
    assert problems(GOOD.replace('"One"', "“One”").replace('"A book"', "”A book”")) == []


def test_all_faults_of_a_file_in_one_run() -> None:
    text = """policy bad "Everything that can be wrong" version 1.0.0
in force from 1 July 2012
source S is "A book"
let base is 20
measure referrals named "referral*"
measur outcomes named "outcome*"
kind outcome is outcomes
labl published named “published”

rule WP101 unrounded-count "Counts are rounded to the nearest 20"
  cites S 4.2.1
  for evry count where kind is outcome
  require value isa multiple of base
  severity fatal
  say "{cel} is not a multiple of 20"

rule "Totals are recomputed"
  for every totals
  require value equal sum of parts

rulee WP103 x "Label"
  for every file
  require label is one of "published", 'internal'

rule WP104 y "Label" {
  for every cell where statistic is countt
  require decimals is at least
  say "x

rule WP105 y "Name twice"
  for every cell – where value is present
  require statistic is at least 5

rule WP105 z "Code twice"
  cites S "Part"
  for every table
  check smallest_bse(at_least: 20)
  say "x"

example "x"
  given lable published
  | a | b
  | 1 | 2 |
  expect WP1O1 at "B2"
  expect WP101 at "Z9"
"""
    lines = {int(problem.split(":")[0]) for problem in problems(text)}
    assert lines >= {2, 6, 8, 11, 12, 13, 14, 15, 17, 18, 19, 21, 23, 25, 26, 28, 30, 31, 32, 34, 37, 41, 42, 44, 45}


def test_how_a_problem_is_shown() -> None:
    text = GOOD.replace("for every count", "for every\tcuont", 1)
    _, shown = read(text)
    assert shown[0] == (
        "error: `cuont` is nothing that a rule can look at\n"
        "  --> mine.wpmi:11:13\n"
        "   |\n"
        "11 |   for every cuont where label is internal and kind is outcome\n"
        "   |             ^^^^^\n"
        "   = help: did you mean `count`?"
    )


def test_a_terminal_is_safe_from_a_policy() -> None:
    text = GOOD.replace("rule AA1", "rule \x1b[31mAA1", 1)
    _, shown = read(text)
    assert shown
    assert all("\x1b" not in problem for problem in shown)


@pytest.mark.parametrize("text", ["", "\n\n", "-- only a comment", "policy", "rule", "{}", "\0", "policy x version 1"])
def test_what_is_no_policy(text: str) -> None:
    found, _ = read(text)
    assert (found.policy is None) == bool(found.problems)
    assert found.problems or text == "policy x version 1"


@pytest.mark.parametrize(
    "text",
    [
        "{{{\n" * 20_000,
        "policy x version 1\n" + 'rule "a"\n' * 5_000,
        'policy x version 1\nrule A1 x "a" for every cell where ' + "(" * 5_000,
        'policy x version 1\nrule A1 x "a" for every cell where ' + "not " * 3_000 + 'value is 1 ask "?"',
        "policy x version 1\n" + "| " * 20_000,
        f'policy x version 1\ndimension d named "d" with values "a1" to "a{"9" * 5_000}"',
        GOOD + '\nrule XX1 "x"\n for evry cel where where valu is\n' * 40,
    ],
    ids=["braces", "no codes", "brackets", "nots", "rows", "digits", "faults"],
)
def test_a_hostile_policy_is_told_of_and_takes_no_time(text: str) -> None:
    found, _ = read(text)
    assert found.policy is None
    assert 0 < len(found.problems) < 200


def mutated(text: str, random: random.Random) -> tuple[str, int]:
    """The text with one fault in one token, and the fault's line."""
    tokens = list(re.finditer(r'"[^"\n]*"|--[^\n]*|\|[^\n]*\||[\w.%]+|[^\s\w]', text))
    tokens = [m for m in tokens if not m.group().startswith(("--", "|"))]
    token, kind = random.choice(tokens), random.choice(("drop", "twice", "typo", "swap", "garbage", "curly"))
    word = token.group()
    new = {
        "drop": "",
        "twice": f"{word} {word}",
        "typo": word[:1] + word[2:3] + word[1:2] + word[3:],
        "swap": random.choice(tokens).group(),
        "garbage": random.choice(["@@", "{", "–", "\u00a0" + word, "'", "1..2", "12/7/2012", "((", "$"]),
        "curly": "“" + word.strip('"'),
    }[kind]
    start, end = token.span()
    return text[:start] + new + text[end:], text.count("\n", 0, start) + 1


@pytest.mark.parametrize("count", [150, pytest.param(3000, marks=pytest.mark.slow)])
def test_random_faults_never_crash_and_are_found_where_they_are(count: int) -> None:
    text = (POLICIES / "nhs-hes.wpmi").read_text(encoding="utf-8")
    chance = random.Random(7)
    reported = near = 0
    for _ in range(count):
        bad, line = mutated(text, chance)
        found = read(bad)[0].problems
        if found:
            reported += 1
            near += any(line <= problem.line <= line + 1 for problem in found)
    assert reported > count * 0.6
    assert near / reported > 0.95


def test_help_is_wrapped_and_a_keyword_is_not_taken_for_another() -> None:
    _, shown = read(GOOD.replace("value is a multiple", "value not is a multiple", 1))
    assert max(map(len, shown[0].split("\n"))) <= 80
    assert "  = expected the next statement (rule, measure, label, example ...), the next\n   " in shown[0]
    assert "did you mean" not in shown[0]
