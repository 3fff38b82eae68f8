import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from wpmi_lint import __version__, formats, resources
from wpmi_lint.cli import main
from wpmi_lint.cli.options import COMMANDS
from wpmi_lint.model import Document
from wpmi_lint.report import REPORTERS
from wpmi_lint.status import MEANING

ROOT = Path(__file__).parent.parent.parent
CLEAN = """\
"Internal MI for Leeds only: referrals by payment group"
Payment group,Jul,Aug,Total
PG1 JSA 18 to 24,120,80,200
PG2 JSA 25 and over,200,140,340
Total,320,220,540
"""
BROKEN = CLEAN.replace("200,140,340", "200,143,340")
ENVIRONMENT = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "PRE_COMMIT", "NO_COLOR", "FORCE_COLOR")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    Path("clean.csv").write_text(CLEAN)
    Path("broken.csv").write_text(BROKEN)
    return tmp_path


def process(*words: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if name not in ENVIRONMENT}
    return subprocess.run(
        [sys.executable, "-m", "wpmi_lint", *words],
        input=stdin,
        capture_output=True,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        timeout=60,
    )


# ---------------------------------------------------------------- exit statuses, the same for every format


@pytest.mark.parametrize("name", REPORTERS)
@pytest.mark.parametrize(
    ("paths", "status"),
    [(["clean.csv"], 0), (["broken.csv"], 1), (["clean.csv", "broken.csv"], 1), (["clean.csv", "gone.csv"], 2)],
)
def test_status(name: str, paths: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*paths, "--output", name]) == status
    assert capsys.readouterr().out


def test_a_missing_path_is_one_finding_and_the_rest_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gone.csv", "broken.csv", "--output", "concise"]) == 2
    out, err = capsys.readouterr()
    assert out.count("gone.csv") == 1
    assert "WP101" in out
    assert "gone" not in err


def test_nothing_to_check_is_status_3(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    Path("empty/notes.txt").write_text("words")
    Path("empty/settings.json").write_text('{"a": 1}')
    assert main(["empty"]) == 3
    assert "nothing was checked" in capsys.readouterr().err


def test_what_is_excluded_on_purpose_is_status_0_with_a_note(capsys: pytest.CaptureFixture[str]) -> None:
    Path("wpmi-lint.yaml").write_text("exclude: '*.csv'\n")
    assert main(["broken.csv"]) == 0
    assert capsys.readouterr().err == "note: not checked, because wpmi-lint.yaml excludes it: broken.csv\n"


def test_fail_level(capsys: pytest.CaptureFixture[str]) -> None:
    Path("nil.csv").write_text(CLEAN.replace("120,80,200", "200,0,200").replace("200,140,340", "220,-,220"))
    statuses = [main(["nil.csv", "--select", "WP105", "--fail-level", level]) for level in ("error", "warning")]
    assert statuses == [0, 1], capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["chek", "clean.csv"], 'no such command or path: "chek"; did you mean check?'),
        (["clean.csv", "--outptu", "json"], "unknown option --outptu; did you mean --output?"),
        (["clean.csv", "--output", "jsn"], 'unknown format "jsn"'),
        (["clean.csv", "--output"], "--output needs a value: FORMAT[:FILE]"),
        (["clean.csv", "--output", "full", "--output", "json"], "only one --output can go to standard output"),
        (["clean.csv", "--values", "al"], '"al" is not one of all, published, none; did you mean all?'),
        (["clean.csv", "--quiet=1"], "--quiet takes no value"),
        (["clean.csv", "-x"], "unknown option -x"),
        (["clean.csv", "--as-at", "June"], '"June" is not a date'),
        (["clean.csv", "--jobs", "many"], '"many" is not a number of processes'),
        (["clean.csv", "--select", "WP999"], 'work-programme has no rule "WP999"'),
        (["clean.csv", "--ignore", "stale-totl"], 'no rule "stale-totl"; did you mean stale-total?'),
        (["clean.csv", "--policy", "nowhere"], "is neither a bundled policy nor a file"),
        (["clean.csv", "--config", "nowhere.yaml"], "nowhere.yaml: no such configuration file"),
        (["clean.csv", "--output", "json:no/such/folder.json"], "no/such/folder.json: cannot be written"),
        (["check"], "no path given"),
        (["explain"], "which rule?"),
        (["explain", "WP9999"], 'has no rule "WP9999"'),
        (["policy"], "policy what?"),
        (["policy", "chekc", "x"], "did you mean policy check?"),
    ],
)
def test_usage_errors_are_status_2_on_stderr(
    words: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert expected in err
    assert not out
    assert "Traceback" not in err


def test_an_internal_failure_is_one_line_and_status_4(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("17 people")

    monkeypatch.setattr("wpmi_lint.run.check", fail)
    assert main(["clean.csv"]) == 4
    err = capsys.readouterr().err
    assert err == "error: wpmi-lint itself failed (ZeroDivisionError); -v shows the trace\n"
    assert main(["clean.csv", "-v"]) == 4
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["formats._undisturbed", "formats.hidden", "run.understand"])
def test_a_failure_on_one_file_is_its_finding_and_the_others_are_checked(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise ZeroDivisionError("17 people")

    assert main(["broken.csv", "--output", "json"]) == 1
    expected = json.loads(capsys.readouterr().out)["findings"]

    def fail_on_one(path: str, _: object) -> Document:
        return formats.open_file(path if path == "broken.csv" else fail())

    with monkeypatch.context() as patched:
        patched.setattr("wpmi_lint.run.open_file", fail_on_one)
        assert main(["broken.csv", "clean.csv", "--output", "json"]) == 1
    report = capsys.readouterr()
    assert [finding for finding in json.loads(report.out)["findings"] if finding["path"] == "broken.csv"] == expected
    monkeypatch.setattr(f"wpmi_lint.{place}", fail)
    assert main(["clean.csv"]) == 1
    out, err = capsys.readouterr()
    assert "wpmi-lint itself failed on it (ZeroDivisionError)" in " ".join(out.split())
    assert "17 people" not in out + err
    main(["clean.csv", "-v"])
    assert "Traceback" in capsys.readouterr().err


# ---------------------------------------------------------------- outputs


def test_json_keeps_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["broken.csv", "clean.csv", "gone.csv", "--output", "json"]) == 2
    report = json.loads(capsys.readouterr().out)
    jsonschema.validate(report, json.loads(Path(resources.schema("report.schema.json")).read_text()))
    assert [file["path"] for file in report["files"]] == ["broken.csv", "clean.csv", "gone.csv"]
    unrounded = next(finding for finding in report["findings"] if finding["rule"] == "WP101")
    assert (unrounded["cell"], unrounded["line"], unrounded["column_header"]) == ("C4", 4, ["Aug"])


def test_several_outputs_in_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["broken.csv", "-o", "concise", "-o", "json:a.json", "-o", "full:b.txt"]
    assert main(words) == 1
    assert capsys.readouterr().out.startswith("broken.csv:4:")
    assert json.loads(Path("a.json").read_text())["summary"]["errors"]
    assert "    | " in Path("b.txt").read_text()
    assert sorted(path.name for path in Path().glob("*.part")) == []


def test_outside_a_terminal_figures_of_failing_cells_are_masked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["broken.csv"])
    out = capsys.readouterr().out
    assert "143" not in out
    assert "(some figures are masked; --values all)" in out
    main(["broken.csv", "--values", "all"])
    assert "143" in capsys.readouterr().out


def test_standard_input_goes_by_a_name() -> None:
    done = process("-", "--stdin-filename", "from/export.csv", "-o", "concise", stdin=BROKEN.encode())
    assert done.returncode == 1
    assert done.stdout.startswith(b"from/export.csv:4:")


@pytest.mark.parametrize(
    ("words", "environment", "coloured"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "always", "-o", "json"], {}, False),
    ],
)
def test_colour(words: list[str], environment: dict[str, str], coloured: bool) -> None:
    done = process("broken.csv", *words, TERM="xterm-256color", **environment)
    assert (b"\x1b[" in done.stdout) is coloured


def test_colour_only_repeats_what_the_signs_say() -> None:
    import re

    plain, coloured = (process("broken.csv", "--color", when).stdout.decode() for when in ("never", "always"))
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_an_encoding_that_lacks_a_sign_ends_nothing() -> None:
    done = process("broken.csv", "--values", "all", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert b"\\x" in done.stdout or b"143" in done.stdout
    assert not done.stderr


def test_a_closed_pipe_leaves_no_trace() -> None:
    command = f"{sys.executable} -m wpmi_lint rules | head -n 1 >/dev/null"
    done = subprocess.run(["sh", "-c", command], capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.stderr == b""


# ---------------------------------------------------------------- configuration, help, start-up


def test_files_under_different_settings_are_reported_together(capsys: pytest.CaptureFixture[str]) -> None:
    Path("lenient").mkdir()
    Path("lenient/wpmi-lint.yaml").write_text("ignore: [WP101, WP102]\n")
    Path("lenient/a.csv").write_text(BROKEN)
    assert main(["lenient", "broken.csv", "clean.csv", "-o", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [file["path"] for file in report["files"]] == [str(Path("lenient/a.csv")), "broken.csv", "clean.csv"]
    assert {finding["path"] for finding in report["findings"]} == {"broken.csv"}
    assert report["summary"]["files"] == 3


def test_json_files_of_a_folder_that_are_no_tables_are_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mixed").mkdir()
    Path("mixed/settings.json").write_text('{"a": {"b": 1}}')
    Path("mixed/clean.csv").write_text(CLEAN)
    assert main(["mixed"]) == 0, capsys.readouterr().out
    assert main(["mixed/settings.json"]) == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_fits(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([name, "--help"], ["help", name]):
        assert main(words) == 0
        out = capsys.readouterr().out
        assert out.startswith(f"usage: wpmi-lint {name}")
        assert max(map(len, out.splitlines())) <= 80


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"\n  {name}" in out for name in COMMANDS)
    assert main([]) == 2
    assert capsys.readouterr().err == out


def test_help_and_readme_have_the_same_statuses(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (ROOT / "README.md").read_text().replace("`", "")
    for name in ("check", "release"):
        main([name, "--help"])
        shown = " ".join(capsys.readouterr().out.split())
        for number, words in MEANING.items():
            assert f"{number} {words}" in shown
            assert f"| {number} | {words} |" in readme


def test_the_version_imports_next_to_nothing() -> None:
    code = (
        "import sys; sys.argv[1:] = ['--version']; from wpmi_lint.cli import main; main();"
        "bad = {'argparse', 'numpy', 'dataclasses', 're', 'json', 'rich', 'yaml', 'lark'} & set(sys.modules);"
        "sys.exit(', '.join(bad) or 0)"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, env={"PYTHONPATH": str(ROOT)})
    assert done.stdout.decode().split() == ["wpmi-lint", __version__]
    assert done.returncode == 0, done.stderr


def test_json_imports_nothing_for_people(tmp_path: Path) -> None:
    code = (
        "import sys; from wpmi_lint.cli import main; main(['clean.csv', '-o', 'json']);"
        "bad = {'rich', 'jsonschema', 'lark', 'yaml', 'shtab', 'shutil', 'openpyxl'} & set(sys.modules);"
        "sys.exit(', '.join(bad) or 0)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path)}
    for _ in range(2):  # the first run may fill the cache of the policy
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment)
    assert done.returncode == 0, done.stderr


# ---------------------------------------------------------------- the other commands


def test_rules_and_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert "WP102  stale-total" in capsys.readouterr().out
    assert main(["rules", "--output", "json"]) == 0
    rules = json.loads(capsys.readouterr().out)["rules"]
    assert {"code", "name", "severity", "clauses", "because", "fix"} <= rules[0].keys()
    assert main(["explain", "wp102", "stale-total", "WL001"]) == 0
    out = capsys.readouterr().out
    assert out.count("WP102 stale-total") == 2
    assert "round any data" not in out
    assert "recalculated" in out
    assert "WL001 unreadable" in out


CLAUSES = """\
policy x "X" version 1.0.0
language 1
in force from 2024-04-01
source HR is "House rules" edition "3" dated 2024-03-01
clause rounding is HR "section 2": "Round to the nearest 20."
clause care is HR "section 3": "Take care."
  for a person "Was care taken?"
rules parts "Nothing is kept unseen"
  cites rounding
  for every hidden where what is {name}
  forbid telling
  severity error
  say "{visible_name}: {where}"
  because "it is seen"
  fix "{remove}"
  | code | name           | title         |
  | H1   | hidden-rows    | "No rows"     |
  | H2   | hidden-columns | "No columns"  |
"""


def test_explain_takes_beginnings_families_and_clauses(capsys: pytest.CaptureFixture[str]) -> None:
    Path("x.wpmi").write_text(CLAUSES)
    pages = []
    for word in ("h", "parts", "rounding", "CARE", "wl00"):
        assert main(["explain", word, "--policy", "x.wpmi"]) == 0
        pages.append(capsys.readouterr().out)
    start, family, rounding, care, own = pages
    assert start == family
    assert start.startswith(
        "H1  hidden-rows     error  No rows\nH2  hidden-columns  error  No columns\n\nH1 hidden-rows"
    )
    assert "hidden columns: <where>" in start
    assert 'Clause rounding\n  House rules, 3, 2024-03-01, section 2: "Round to the nearest 20."' in start
    assert "Checked by\nH1  hidden-rows" in rounding
    assert "Left to a person\n  Was care taken?" in care
    assert "WL001 unreadable" in own
    assert "WL005 not-understood" in own
    assert main(["explain", "roundng", "H1", "--policy", "x.wpmi"]) == 2
    out, err = capsys.readouterr()
    assert (out, "did you mean rounding?" in err) == ("", True)


def test_policy_actions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "check", "work-programme"]) == 0
    assert "no problem found" in capsys.readouterr().out
    Path("bad.wpmi").write_text("policy x\nrul WP1\n")
    assert main(["policy", "check", "bad.wpmi", "work-programme"]) == 2
    out, err = capsys.readouterr()
    assert "bad.wpmi" in err
    assert "no problem found" in out
    assert main(["policy", "show", "work-programme"]) == 0
    assert "rounding_base is 20" in capsys.readouterr().out


def test_policy_fmt_lays_out_in_place_or_only_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    tidy = Path(resources.folder("policies"), "nhs-hes.wpmi").read_text()
    Path("own.wpmi").write_text(tidy.replace("  cites", "cites"))
    assert main(["policy", "fmt", "--check", "own.wpmi"]) == 1
    assert Path("own.wpmi").read_text() != tidy
    assert main(["policy", "fmt", "own.wpmi"]) == 0
    assert Path("own.wpmi").read_text() == tidy
    assert main(["policy", "fmt", "--check", "own.wpmi"]) == 0
    assert capsys.readouterr().out.splitlines() == ["own.wpmi: would be reformatted", "own.wpmi: reformatted"]


def test_init_writes_a_configuration_that_is_valid_and_never_overwrites(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    text = Path("wpmi-lint.yaml").read_text()
    assert main(["clean.csv"]) == 0
    lines = [line.removeprefix("# ") if ":" in line else line for line in text.splitlines()[4:]]
    bare = "\n".join(lines)
    Path("wpmi-lint.yaml").write_text(bare)
    Path("waivers.yaml").write_text("waivers: []\n")
    assert main(["clean.csv"]) in (0, 1), capsys.readouterr().err
    assert main(["init"]) == 0
    assert Path("wpmi-lint.yaml").read_text() == bare
    assert "left as it is" in capsys.readouterr().out


def test_demo_ends_well_and_says_how_a_check_would_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    out = capsys.readouterr().out
    assert "error[WP101]" in out
    assert "error[WP102]" in out
    assert "would have ended with status 1" in out


# ---------------------------------------------------------------- what a log must not keep


@pytest.mark.parametrize("values", ["published", "none"])
@pytest.mark.parametrize("name", REPORTERS)
def test_no_format_tells_an_unrounded_figure(name: str, values: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ["Internal MI for Leeds only: referrals and 98761 job outcomes", "Payment group,Referrals,Job outcomes"]
    rows += [
        "PG1 JSA 18 to 24,98762,98763",
        "PG2 JSA 25 and over,120,140",
        "Total,98764,98765",
        "Of 98766 outcomes in all",
    ]
    Path("secret.csv").write_text("\n".join(rows) + "\n")
    assert main(["secret.csv", "--output", name, "--values", values, "--statistics"]) == 1
    assert "9876" not in capsys.readouterr().out


# ---------------------------------------------------------------- on a terminal


def terminal(*words: str, **environment: str) -> str:
    """What a terminal of 100 columns is shown."""
    pty = pytest.importorskip("pty")
    import fcntl
    import struct
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ENVIRONMENT}
    environment = {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **environment}
    run = subprocess.Popen(
        [sys.executable, "-m", "wpmi_lint", *words], stdin=follower, stdout=follower, stderr=follower, env=environment
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(leader)
    run.wait(60)
    return shown.decode()


def test_a_terminal_gets_colour_all_figures_and_its_width() -> None:
    shown = terminal("broken.csv")
    assert "\x1b[" in shown
    assert "143" in shown
    assert "masked" not in shown


def test_a_file_gets_all_figures_only_where_that_was_said() -> None:
    terminal("broken.csv", "-o", "full", "-o", "full:a.txt")
    assert "143" not in Path("a.txt").read_text()
    terminal("broken.csv", "-o", "full", "-o", "full:a.txt", "--values", "all")
    assert "143" in Path("a.txt").read_text()


def test_ci_on_a_terminal_gets_masked_figures() -> None:
    assert "143" not in terminal("broken.csv", CI="true")


def test_many_files_show_a_progress_bar_on_a_terminal_only() -> None:
    Path("many").mkdir()
    for number in range(60):
        Path(f"many/{number}.csv").write_text(CLEAN)
    assert "checking" in terminal("many", "-o", "concise")
    assert "checking" not in terminal("many", "-o", "concise", PRE_COMMIT="1")
    assert b"checking" not in process("many", "-o", "concise").stderr
