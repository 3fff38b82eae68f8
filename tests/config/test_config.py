import re
from pathlib import Path

import pytest

from wpmi_lint.config import FileSettings, Job, Overrides, load_for
from wpmi_lint.errors import UsageError
from wpmi_lint.release.templates import configuration


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str = "") -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)
    return path


def settings(job: Job, path: str) -> FileSettings:
    return next(target.settings for target in job.targets if target.path == path)


def paths(job: Job) -> list[str]:
    return [target.path for target in job.targets]


def test_the_nearest_file_is_in_force_and_nothing_is_merged() -> None:
    write("wpmi-lint.yaml", "policy: nhs-hes\nignore: WP101\n")
    write("near/wpmi-lint.yaml", "select: [WP2]\n")
    job = load_for([write("a.csv"), write("near/b.csv"), write("far/deep/c.csv")])
    assert settings(job, "a.csv").policy == settings(job, "far/deep/c.csv").policy == "nhs-hes"
    assert settings(job, "near/b.csv")[:3] == ("work-programme", ("WP2",), ())


def test_the_search_ends_at_the_root_of_the_repository() -> None:
    write("wpmi-lint.yaml", "policy: nhs-hes\n")
    Path("inner/.git").mkdir(parents=True)
    assert settings(load_for([write("inner/a.csv")]), "inner/a.csv").config is None


def test_excludes_hold_for_given_paths_with_one_note() -> None:
    write("wpmi-lint.yaml", "exclude: [archive, '*.tmp.csv']\n")
    job = load_for([write("archive/a.csv"), write("b.tmp.csv"), write("c.csv")])
    assert paths(job) == ["c.csv"]
    assert job.notes == ("not checked, because wpmi-lint.yaml excludes it: archive/a.csv, b.tmp.csv",)


def test_brackets_of_file_names_mean_themselves() -> None:
    write("wpmi-lint.yaml", "exclude: 'data [1].csv'\n")
    assert paths(load_for([write("data [1].csv"), write("data 1.csv")])) == ["data 1.csv"]


def test_globs_never_see_the_folders_above_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("build/checkout/wpmi-lint.yaml", "exclude: build\n")
    write("build/checkout/a.csv")
    monkeypatch.chdir(tmp_path / "build" / "checkout")
    assert paths(load_for(["a.csv"])) == ["a.csv"]


def test_settings_of_some_files_win_in_order() -> None:
    write(
        "wpmi-lint.yaml",
        "ignore: [WP105]\nfiles:\n  'pub/**': {label: published, ignore: WP404}\n  '*.tsv': {select: WP1, label: x}\n",
    )
    job = load_for([write("pub/a.csv"), write("pub/b.tsv"), write("c.csv")])
    assert settings(job, "pub/a.csv")[1:4] == ((), ("WP105", "WP404"), "published")
    assert settings(job, "pub/b.tsv")[1:4] == (("WP1",), ("WP105", "WP404"), "x")
    assert settings(job, "c.csv")[1:4] == ((), ("WP105",), "")


def test_paths_are_relative_to_the_configuration() -> None:
    write("in/wpmi-lint.yaml", "policy: rules/own.wpmi\nwaivers: ../waivers.yaml\n")
    found = settings(load_for([write("in/deep/a.csv")]), "in/deep/a.csv")
    assert found.policy == str(Path("in/rules/own.wpmi"))
    assert found.waivers == "waivers.yaml"


def test_the_command_line_wins() -> None:
    write("wpmi-lint.yaml", "policy: nhs-hes\nselect: [WP1]\nignore: [WP105]\nfail-level: review\nvalues: none\n")
    job = load_for([write("a.csv")], Overrides(policy="own", select=("WP2",), ignore=("WP3",), fail_level="error"))
    assert settings(job, "a.csv")[:3] == ("own", ("WP2",), ("WP105", "WP3"))
    assert (job.fail_level, job.values) == ("error", "none")
    assert load_for(["a.csv"], Overrides(isolated=True)).targets[0].settings == FileSettings()


def test_the_strictest_word_of_several_files_holds_for_the_run() -> None:
    write("a/wpmi-lint.yaml", "fail-level: warning\nvalues: none\n")
    write("b/wpmi-lint.yaml", "fail-level: error\nvalues: all\noutput: json\n")
    job = load_for([write("a/a.csv"), write("b/b.csv")])
    assert (job.fail_level, job.values, job.outputs) == ("warning", "none", ("json",))


def test_a_folder_is_searched_for_candidates() -> None:
    for name in ("b.csv", "A.XLSX", "sub/t.tsv", "sub/j.json", ".hidden/x.csv", "~$A.XLSX", "notes.txt", "skip/y.csv"):
        write(f"d/{name}")
    write("d/datapackage.json")
    write("wpmi-lint.yaml", "exclude: skip\n")
    job = load_for(["d", "d/b.csv"])
    assert [path.replace("\\", "/") for path in paths(job)] == ["d/A.XLSX", "d/sub/j.json", "d/sub/t.tsv", "d/b.csv"]
    assert not settings(job, "d/b.csv").select
    assert not any(target.given for target in job.targets if target.path != "d/b.csv")


def test_include_limits_a_folder() -> None:
    write("wpmi-lint.yaml", "include: '*.csv'\n")
    write("d/a.csv"), write("d/b.xlsx")
    assert paths(load_for(["d"])) == [str(Path("d/a.csv"))]


def test_a_missing_path_stays_a_target() -> None:
    job = load_for(["gone.csv", write("a.csv")])
    assert paths(job) == ["gone.csv", "a.csv"]
    assert job.missing == ("gone.csv",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("polcy: x\n", 'wpmi-lint.yaml:1:1: polcy: unknown key "polcy"; did you mean "policy"?'),
        ("\nfail-level: eror\n", 'wpmi-lint.yaml:2:1: fail-level: expected error or warning or review, found "eror"'),
        ("files:\n  '*.csv': {lable: x}\n", 'wpmi-lint.yaml:2:13: files.*.csv.lable: unknown key "lable"'),
        ("exclude: {a: b}\n", "wpmi-lint.yaml:1:1: exclude: expected a glob or a list of globs"),
        ("exclude: ['*.csv', '!a.csv']\n", 'wpmi-lint.yaml:1:1: exclude: "!a.csv": a glob cannot be turned round'),
        ("include: '*a*b*c*d'\n", 'wpmi-lint.yaml:1:1: include: "*a*b*c*d" has more than 3 * in a name'),
        ("files:\n  '/': {label: x}\n", 'wpmi-lint.yaml:2:3: files./: "/" names no file'),
        ("layouts:\n  - files: ['!x']\n", 'wpmi-lint.yaml:2:5: layouts[1].files: "!x"'),
        ("root: perhaps\n", "wpmi-lint.yaml:1:1: root: expected true or false"),
        ("a: &x [1]\nb: *x\n", "wpmi-lint.yaml:2:4: aliases"),
        ("a: [\n", "wpmi-lint.yaml:2:1: not YAML"),
        ("- a\n", "wpmi-lint.yaml:1:1: expected keys with values"),
    ],
)
def test_errors_name_the_place_and_what_was_expected(text: str, expected: str) -> None:
    write("wpmi-lint.yaml", text)
    with pytest.raises(UsageError) as caught:
        load_for([write("a.csv")])
    assert str(caught.value).startswith(expected)


def test_a_good_configuration_is_read_whole() -> None:
    write("wpmi-lint.yaml", "root: true\noutput: [full, 'json:o.json']\nlayouts:\n  - {files: '*.csv', sheet: Data}\n")
    job = load_for([write("a.csv")])
    assert job.outputs == ("full", "json:o.json")
    assert [dict(layout) for layout in job.targets[0].settings.layouts] == [{"files": "*.csv", "sheet": "Data"}]


def test_what_the_template_has_commented_out_is_right_too() -> None:
    head, _, body = dict(configuration())["wpmi-lint.yaml"].partition("\n\n")
    write("wpmi-lint.yaml", f"{head}\n\n" + re.sub(r"(?m)^# ", "", body))
    job = load_for(
        [write("legacy/a.csv"), write("published/b.csv"), write("archive/c.csv"), write("published/~$d.xlsx")]
    )
    assert paths(job) == ["legacy/a.csv", "published/b.csv"]
    assert settings(job, "legacy/a.csv").ignore == ("WP404", "WP105")
    assert settings(job, "published/b.csv").label == "published"
    assert settings(job, "published/b.csv").select == ("WP1", "stale-total")
    assert (job.outputs, job.values, job.fail_level) == (("full", "json:report.json"), "published", "error")


def test_no_yaml_is_imported_without_a_configuration(tmp_path: Path) -> None:
    import subprocess
    import sys

    write("a.csv")
    code = "import sys; from wpmi_lint.config import load_for; load_for(['a.csv']); sys.exit('yaml' in sys.modules)"
    root = str(Path(__file__).parent.parent.parent)
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": root}).returncode == 0
