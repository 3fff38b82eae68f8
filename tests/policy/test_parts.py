"""Policies of several files: folders, parts, and what is said of them."""

from pathlib import Path

import pytest

from wpmi_lint import policy, resources
from wpmi_lint.cli import main
from wpmi_lint.errors import PolicyError
from wpmi_lint.examples import test_policy as run_examples
from wpmi_lint.policy import cache, loading
from wpmi_lint.policy.examples import uncovered
from wpmi_lint.policy.resolved import place

MAIN = """policy mine "Mine" version 1.0
source S is "A book"
clause anonymity is S "4.1": "Nobody is identifiable."
include "terms"
include "hidden"
"""
TERMS = """part terms
let least is 5
measure referrals named "referral*"
"""
HIDDEN = """part hidden "What is hidden" version 1.0

rule AA1 hidden-rows "No rows"
  cites anonymity
  for every hidden where what is hidden-rows forbid telling
  say "rows"

example "rows"
  given hidden.what hidden-rows
  given hidden.telling true
  expect AA1

rule AA2 few "No few"
  cites anonymity
  for every count where measure is referrals
  require value is at least least
  say "few"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    for name, text in (("policy", MAIN), ("terms", TERMS), ("hidden", HIDDEN)):
        path = tmp_path / "mine" / f"{name}.wpmi"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path / "mine"


def wrong(folder: Path, name: str = "mine") -> str:
    with pytest.raises(PolicyError) as caught:
        policy.load(name)
    return str(caught.value)


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.wpmi"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def test_a_folder_is_a_policy(folder: Path) -> None:
    whole = policy.load("mine")
    assert [rule.code for rule in whole.rules] == ["AA1", "AA2"]
    assert whole.lets == {"least": 5.0}
    assert [path for path, _ in whole.parts] == ["mine/terms.wpmi", "mine/hidden.wpmi"]
    assert place(whole, whole.rules[0]) == "mine/hidden.wpmi:3"
    assert place(whole, whole.examples[0]) == "mine/hidden.wpmi:8"
    assert place(whole, whole.clauses[0]) == "mine/policy.wpmi:3"
    assert [tested.wrong for tested in run_examples(whole)] == [()]
    assert {(u.code, u.place) for u in uncovered(whole)} == {
        ("AA1", "mine/hidden.wpmi:3"),
        ("AA2", "mine/hidden.wpmi:13"),
    }


def test_it_is_the_same_by_the_path_of_its_file_and_from_the_cache(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = policy.load("mine")
    monkeypatch.setattr(loading, "compile_text", lambda _: pytest.fail("parsed again"))
    assert policy.load("mine/policy.wpmi") == whole
    (entry,) = Path(cache.folder()).iterdir()
    assert "mine/" not in entry.read_text()


@pytest.mark.parametrize("name", ["policy", "terms", "hidden"])
def test_a_change_of_any_file_is_seen(folder: Path, name: str) -> None:
    before = policy.load("mine")
    change(folder, name, "\n", "\n-- a comment\n")
    after = policy.load("mine")
    assert after.sha256 != before.sha256
    changed = {one for one, other in zip(before.parts, after.parts, strict=True) if one != other}
    assert {path for path, _ in changed} == ({f"mine/{name}.wpmi"} if name != "policy" else set())


def test_a_part_that_ships_is_found_where_none_stands_beside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = folder.parent / "shipped"
    shipped.mkdir()
    (folder / "hidden.wpmi").rename(shipped / "hidden.wpmi")
    monkeypatch.setattr(resources, "policies", lambda: str(shipped))
    whole = policy.load("mine")
    assert place(whole, whole.rules[0]) == "policies/hidden.wpmi:3"
    assert resources.bundled() == ()
    (shipped / "house").mkdir()
    (shipped / "house" / "policy.wpmi").write_text("policy house version 1")
    assert resources.bundled() == ("house",)
    assert policy.load("house").path == "policies/house/policy.wpmi"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("hidden", "forbid telling", "forbid teling", "mine/hidden.wpmi:5:53"),
        ("hidden", "rule AA2", "rulee AA2", "mine/hidden.wpmi:13:1"),
        ("terms", "let least", "let east", "mine/hidden.wpmi:16:29"),
        ("terms", "part terms", "part terms\nstatus draft", "a part cannot say `status`\n --> mine/terms.wpmi:2:8"),
        ("terms", "part terms", 'part terms\nsource T is "T"', "a part cannot say `source`\n --> mine/terms.wpmi:2:8"),
        ("terms", "part terms", 'part terms\nextends "a" version 1', "a part cannot say `extends`\n --> mine/terms"),
        ("terms", "part terms", "part terms\nin force from 2012-06-28", "a part cannot say `in force`\n --> mine/te"),
        ("terms", "part terms", "policy terms version 1", "`terms` is a policy, not a part\n --> mine/policy.wpmi:4:9"),
        ("terms", "part terms", 'part terms\ninclude "policy"', "cannot be included\n --> mine/terms.wpmi:2:9"),
        ("terms", "part terms", 'part terms\ninclude "terms"', "= help: it includes itself"),
        ("terms", "part terms", 'part terms\nmeasure referrals named "x"', "it is first defined in line 2"),
        ("policy", "policy mine", "part mine", "`mine` is a part, not a policy\n --> mine/policy.wpmi:1:6"),
        ("policy", 'include "terms"', 'include "terms"\ninclude "terms"', "--> mine/policy.wpmi:5:9"),
        ("policy", 'include "terms"', 'include "tems"', "= help: did you mean `terms`?"),
        ("policy", 'include "terms"', 'include\n-- x\n"terms"', "= help: write `include \"name\"` in one line"),
        ("policy", 'include "terms"', 'include "nowhere"', "there is no nowhere.wpmi beside mine/policy.wpmi"),
        ("policy", 'include "terms"', 'let least is 6\ninclude "terms"', "is first defined in mine/policy.wpmi:4"),
        (
            "policy",
            "clause anonymity",
            "clause anonimity",
            "the part cites a clause `anonymity`, which this policy does not define\n --> mine/policy.wpmi:5:9\n"
            '  |\n5 | include "hidden"\n  |         ^^^^^^^^\n'
            "  = help: mine/hidden.wpmi:4 cites it; did you mean `anonimity`?",
        ),
    ],
)  # fmt: skip
def test_one_fault(folder: Path, name: str, old: str, new: str, expected: str) -> None:
    change(folder, name, old, new)
    assert expected in wrong(folder)


def test_a_rule_of_a_part_can_be_changed(folder: Path) -> None:
    change(
        folder,
        "policy",
        'include "hidden"',
        'include "hidden"\nwithdraw AA1 because "no rows here"\ntighten AA2\n  severity error',
    )
    whole = policy.load("mine")
    assert [(rule.code, rule.path) for rule in whole.rules] == [("AA2", "")]
    assert whole.examples == ()
    change(folder, "policy", "withdraw AA1", "withdraw AA9")
    assert "there is no inherited rule AA9 to withdraw" in wrong(folder)


def test_a_rule_of_the_same_file_is_changed_there(folder: Path) -> None:
    change(folder, "hidden", "rule AA2", 'withdraw AA1 because "x"\nrule AA2')
    assert "it is in this file: change it there" in wrong(folder)


def test_a_clause_that_only_a_withdrawn_rule_cites_says_why_it_is_not_checked(folder: Path) -> None:
    change(folder, "policy", 'include "hidden"', 'include "hidden"\nwithdraw AA1 because "x"\nwithdraw AA2 because "y"')
    assert [clause.unchecked for clause in policy.load("mine").clauses] == ["AA2 is withdrawn: y"]


def test_the_actions_take_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "check", "mine"]) == 0
    assert capsys.readouterr().out == "mine/policy.wpmi: mine 1.0: 2 rules, 1 example; no problem found\n"
    assert main(["policy", "test", "mine"]) == 1
    assert "mine/hidden.wpmi:13: AA2 has no example that breaks it" in capsys.readouterr().out
    assert main(["policy", "show", "mine"]) == 0
    assert main(["explain", "AA1", "--policy", "mine"]) == 0
    assert "mine/hidden.wpmi:3" in capsys.readouterr().out
    change(folder, "terms", "let least", "let  least")
    assert main(["policy", "fmt", "--check", "mine"]) == 1
    assert main(["policy", "fmt", "mine"]) == 0
    assert capsys.readouterr().out == "mine/terms.wpmi: would be reformatted\nmine/terms.wpmi: reformatted\n"
    assert main(["policy", "fmt", "--check", "mine/terms.wpmi"]) == 0
    assert (folder / "terms.wpmi").read_text() == TERMS


def test_too_many_parts(folder: Path) -> None:
    for number in range(120):
        (folder / f"p{number}.wpmi").write_text(f'part p{number}\ninclude "p{number + 1}"\n')
    change(folder, "policy", 'include "terms"', 'include "terms"\ninclude "p0"')
    assert "a policy has at most 100 parts" in wrong(folder)
