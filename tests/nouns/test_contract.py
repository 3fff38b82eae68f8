"""A noun that is not whole is refused at import, and everything that lists nouns is read off the one table."""

import importlib
import os
import pkgutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wpmi_lint import nouns
from wpmi_lint.cli import main
from wpmi_lint.errors import PolicyError
from wpmi_lint.nouns import CHECKS, NOUNS
from wpmi_lint.nouns.contract import Check, Field, Noun, NounError, Numbers, Subjects, register, register_checks
from wpmi_lint.policy import load

FIELD = Field("number", "a number", lambda of: Numbers(np.array(of)))
NOUN = Noun("thing", "thing", scope="file", find=lambda _: Subjects(0, [], lambda _: None), fields={"size": FIELD})
CHECK = Check("odd", "fails where it is even", noun="thing", parameters={"from": "number"}, run=lambda _, __: None)


def field(**changes: object) -> dict[str, Mapping[str, Field]]:
    return {"fields": {"size": FIELD._replace(**changes)}}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"find": None}, "thing: nothing finds its facts"),
        ({"scope": "page"}, "thing: there is no scope 'page'"),
        ({"each": ""}, "thing: say what one fact is, and give it fields"),
        ({"fields": {}}, "thing: say what one fact is, and give it fields"),
        (field(fill=None), "thing.size: nothing fills it"),
        (field(type="numbr"), "thing.size: there is no type 'numbr'"),
        (field(doc=""), "thing.size: say in a few words what it holds"),
        (field(type="truth", figure=True), "thing.size: a truth is not a figure"),
        (field(deduced=True), "thing.size: only a figure can be deduced"),
    ],
)
def test_a_noun_that_is_not_whole_is_refused(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(NounError) as error:
        register([NOUN._replace(**changes)])
    assert str(error.value) == fault


def test_a_name_used_twice_is_refused() -> None:
    with pytest.raises(NounError, match="thing: this name is used twice"):
        register([NOUN, NOUN])
    with pytest.raises(NounError, match="odd: this name is used twice"):
        register_checks([CHECK, CHECK], {"thing": NOUN})


def test_a_field_cannot_be_written_without_what_fills_it() -> None:
    with pytest.raises(TypeError):
        Field("number", "a number")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"noun": "thong"}, "odd: there is no noun 'thong'"),
        ({"run": None}, "odd: nothing runs it"),
        ({"doc": ""}, "odd: say in a few words what it checks"),
        ({"parameters": {"from": "numbr"}}, "odd: a parameter has no such type"),
    ],
)
def test_a_check_that_is_not_whole_is_refused(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(NounError) as error:
        register_checks([CHECK._replace(**changes)], {"thing": NOUN})
    assert str(error.value) == fault


def test_every_file_that_has_nouns_is_listed() -> None:
    for file in pkgutil.iter_modules(nouns.__path__):
        module = importlib.import_module(f"wpmi_lint.nouns.{file.name}")
        listed = file.name in nouns.FILES
        assert listed == hasattr(module, "NOUNS"), f"nouns/{file.name}.py has nouns: list it in nouns/__init__.py"
        assert listed or not hasattr(module, "CHECKS"), f"nouns/{file.name}.py has checks and no nouns"


def policy(sentence: str, more: str = "") -> str:
    return f"""policy p "P" version 1.0.0
source S is "S"
rule XX101 name "N"
  cites S "1": "one"
  {sentence}
  say "no"
{more}"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (policy('for every hiden ask "?"'), "did you mean `hidden`?"),
        (policy('for every hidden where wat is "x" ask "?"'), "did you mean `what`?"),
        (policy("for every breakdown check smalest_base(at_least: 20)"), "did you mean `smallest_base`?"),
        (
            policy('for every cell ask "?"', 'example "e"\n  given hidden.wat comments\n  expect nothing\n'),
            "did you mean `hidden.what`?",
        ),
        (
            policy('for every cell ask "?"', 'example "e"\n  given cell.value 3\n  expect nothing\n'),
            "`cell.value` cannot be given",
        ),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "p.wpmi").write_text(text)
    with pytest.raises(PolicyError) as error:
        load(str(tmp_path / "p.wpmi"))
    assert any(says in problem for problem in error.value.problems), error.value.problems


def test_the_checks_of_all_nouns_are_known() -> None:
    assert list(CHECKS) == ["smallest_base"]
    assert CHECKS["smallest_base"].noun in NOUNS


def test_policy_show_says_of_which_nouns_the_rules_speak(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.wpmi").write_text(policy('for every sheet where visibility is hidden ask "?"'))
    assert main(["policy", "show", str(tmp_path / "p.wpmi")]) == 0
    shown = capsys.readouterr().out
    assert "sheet, one for each sheet of a file: 1 rule" in shown
    assert "no rule speaks of cell, count, percentage" in shown


def test_what_reads_a_resolved_policy_needs_neither_nouns_nor_numpy(tmp_path: Path) -> None:
    code = (
        "import sys; from wpmi_lint.cli import main; main(sys.argv[1:])\n"
        "print([name for name in sys.modules if name in ('numpy', 'lark') or name.startswith('wpmi_lint.nouns')])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "XDG_CACHE_HOME": str(tmp_path)}
    imported = []
    for command in (["rules"], ["explain", "WP101"], ["rules"], ["--version"]):
        run = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, env=environment, check=True)
        imported.append(run.stdout.splitlines()[-1])
    assert imported[1:] == [b"[]"] * 3  # the first resolves the policy, and keeps it in the cache
