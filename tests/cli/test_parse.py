"""The command line becomes one typed record, and what is wrong with it is one error."""

import ast
from pathlib import Path
from types import UnionType

import pytest

from wpmi_lint.cli import main, options
from wpmi_lint.cli.options import COMMANDS, Option, Output, Settings, command
from wpmi_lint.cli.parse import parse
from wpmi_lint.errors import UsageError

ANNOTATIONS = {
    node.target.id: eval(ast.unparse(node.annotation), vars(options))
    for record in ast.parse(Path(options.__file__).read_text()).body
    if isinstance(record, ast.ClassDef) and record.name == "Settings"
    for node in record.body
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
}
OPTIONS = [(name, option) for name in COMMANDS for option in command(name).options]


def parsed(*words: str, name: str = "check") -> Settings:
    return parse(name, words, command(name).options)


def sample(option: Option) -> list[str]:
    """A use of an option."""
    if not option.value:
        return [f"--{option.name}"]
    likely = {"DATE": "2012-10-01", "N": "3"}.get(option.value, "x.yaml")
    return [f"--{option.name}", option.choices[0] if option.choices else likely]


@pytest.mark.parametrize(("name", "option"), OPTIONS, ids=lambda value: getattr(value, "name", value))
def test_every_option_is_a_field_of_its_type(name: str, option: Option) -> None:
    field = option.field or option.name.replace("-", "_")
    value = getattr(parsed(*sample(option), name=name), field)
    assert value != Settings(name)[Settings._fields.index(field)] or option.name in ("color", "output")
    kind = ANNOTATIONS[field]
    assert isinstance(value, kind if isinstance(kind, type | UnionType) else tuple)


def test_every_field_is_an_option() -> None:
    fields = {option.field or option.name.replace("-", "_") for _, option in OPTIONS}
    assert set(Settings._fields) == fields | {"command", "operands"}


@pytest.mark.parametrize(("name", "option"), OPTIONS, ids=lambda value: getattr(value, "name", value))
def test_help_names_the_values_of_every_option(name: str, option: Option, capsys: pytest.CaptureFixture[str]) -> None:
    assert all(word in option.help for word in option.choices)
    assert main([name, "--help"]) == 0
    assert f"--{option.name}" in capsys.readouterr().out


def test_options_may_stand_anywhere_and_in_every_spelling() -> None:
    long = parsed("a.csv", "--output", "json", "--policy=my.wpmi", "b.csv", "--quiet", "--verbose", "--jobs", "4")
    short = parsed("-qvj4", "a.csv", "-ojson", "-p", "my.wpmi", "b.csv")
    assert long == short
    assert long.operands == ("a.csv", "b.csv")
    assert (long.output, long.policy, long.quiet, long.jobs) == ((Output("json"),), "my.wpmi", True, 4)


def test_values_of_repeated_options_are_put_together() -> None:
    several = parsed("--select", "WP1, stale-total", "--select=WP2", "-o", "concise", "-o", "json:a:b.json")
    assert several.select == ("WP1", "stale-total", "WP2")
    assert several.output == (Output("concise"), Output("json", "a:b.json"))


def test_a_dash_and_what_follows_two_dashes_are_paths() -> None:
    assert parsed("-", "--", "--quiet", "-x.csv").operands == ("-", "--quiet", "-x.csv")
    assert parsed("a b.csv", "").operands == ("a b.csv", "")
    assert not parsed("--", "--quiet").quiet


def test_of_an_option_given_twice_the_last_counts() -> None:
    assert parsed("--values", "all", "--values", "none").values == "none"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--outptu", "json"], "unknown option --outptu; did you mean --output?"),
        (["--outptu=json"], "unknown option --outptu; did you mean --output?"),
        (["--outp", "json"], "unknown option --outp; did you mean --output?"),
        (["-qx"], "unknown option -x"),
        (["-ofull", "-qx"], "unknown option -x"),
        (["-1"], "unknown option -1"),
        (["---"], "unknown option ---"),
        (["--quiet="], "--quiet takes no value"),
        (["--output"], "--output needs a value: FORMAT[:FILE]"),
        (["--output", "--quiet"], "--output needs a value: FORMAT[:FILE]"),
        (["-qo"], "--output needs a value: FORMAT[:FILE]"),
        (["--output", "jsno"], 'unknown format "jsno": known are full, '),
        (["--output", "json:"], "a file name is missing after the colon"),
        (["--values", "publishd"], '--values: "publishd" is not one of all, published, none; did you mean published?'),
        (["--fail-level", "eror"], "did you mean error?"),
        (["--color", "colour"], '--color: "colour" is not one of auto, always, never'),
        (["--as-at", "2012-13-01"], '--as-at: "2012-13-01" is not a date'),
        (["--as-at", "20121001x"], "is not a date"),
        (["--jobs", "0"], '--jobs: "0" is not a number of processes'),
        (["--jobs", "-3"], '--jobs: "-3" is not a number of processes'),
        (["--jobs", "²"], "is not a number of processes"),
        (["--width", "9" * 5000], "is not a number of columns"),
        (["--width", "wide"], '--width: "wide" is not a number of columns'),
    ],
)
def test_what_is_wrong_is_one_error(words: list[str], expected: str) -> None:
    with pytest.raises(UsageError) as caught:
        parsed("a.csv", *words)
    assert expected in str(caught.value)


def test_a_missing_path_is_asked_after_where_one_is_near(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "referrals.csv").touch()
    monkeypatch.chdir(tmp_path)
    assert main(["d/referals.csv"]) == 2
    assert f"check the path; did you mean {Path('d', 'referrals.csv')}?" in capsys.readouterr().out
    assert main(["tables", "d/x.csv", "no/x.csv"]) == 2
    assert capsys.readouterr().err.count("  help: check the path\n") == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["help", "chek"], 'no such command: "chek"; did you mean check?'),
        (["rule"], 'no such command or path: "rule"; did you mean rules?'),
        (["rules", "WP102"], 'rules takes no operand: "WP102"'),
        (["init", "a", "b"], "init writes into one folder"),
        (["init", "nowhere"], "nowhere: no such folder"),
        (["verify"], "verify takes a receipt"),
        (["verify", "a", "b", "c"], "verify takes a receipt"),
        (["demo", "a.csv"], 'demo takes no operand: "a.csv"'),
        (["policy", "fmt"], "policy fmt: no policy given"),
        (["policy", "check", "work-program"], "did you mean work-programme?"),
        (["check", "nowhere.csv", "--policy", "nhs-hse"], "did you mean nhs-hes?"),
    ],
)
def test_commands_refuse_what_they_cannot_use(
    words: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert expected in err
    assert not out
