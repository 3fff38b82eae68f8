"""Every block of the README and of docs/ is run: commands end as they say, policies keep their promises."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import yaml

from wpmi_lint.cli import main
from wpmi_lint.config import load_for
from wpmi_lint.examples import test_policy as run_examples
from wpmi_lint.policy import load
from wpmi_lint.policy.format import formatted

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = [(page.name, kind, body) for page in PAGES for kind, body in FENCE.findall(page.read_text("utf-8"))]
SHELL = [page for page in PAGES if any(name == page.name and kind == "sh" for name, kind, _ in BLOCKS)]
CI = sorted((ROOT / "docs" / "ci").glob("*.yml"))
SETTING_UP = "python3 -m venv"  # the README's two commands: they need an installer's index, and .ci/run runs them


def of_kind(*kinds: str) -> list[object]:
    """The blocks that `kind_of` puts under one of these heads, as parameters of a test."""
    return [
        pytest.param(body, id=f"{page}-{i}")
        for i, (page, kind, body) in enumerate(BLOCKS)
        if kind_of(kind, body) in kinds
    ]


def kind_of(kind: str, body: str) -> str:
    """How a block is run: by the word after its fence, else by how it begins."""
    if kind == "yaml":
        return "hooks" if body.startswith("repos:") else "settings"
    if kind:
        return kind
    return re.split(r"[ \[]", body, maxsplit=1)[0]


@pytest.fixture
def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example repository with its good release, two tables, and a machine on which the tool is installed."""
    shutil.copytree(ROOT / "examples" / "release-repository", tmp_path / "work")
    work = tmp_path / "work"
    good = work / "releases" / "2012-09-leeds"
    shutil.move(work / "releases" / "2012-10-bradford", tmp_path / "bad")
    shutil.copy(good / "referrals.csv", work)
    book = openpyxl.Workbook()
    for line in (good / "referrals.csv").read_text("utf-8").splitlines():
        book.active.append([int(word) if word.isdigit() else word.strip('"') for word in line.split(",")])
    book.save(work / "referrals.xlsx")
    installed(tmp_path / "bin", "wpmi-lint", f'exec "{sys.executable}" -m wpmi_lint "$@"')
    installed(tmp_path / "bin", "pip", "exit 0")
    (tmp_path / "home" / ".ssh").mkdir(parents=True)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("CI", raising=False)
    return work


def installed(folder: Path, name: str, script: str) -> None:
    """A command on the path of the sandbox."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(stat.S_IRWXU)


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-ec", command], cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def with_key(folder: Path) -> None:
    """A key pair in the sandbox's home, and a file that says whose it is."""
    shell('ssh-keygen -q -t ed25519 -N "" -f ~/.ssh/id_ed25519', folder)
    shell('echo "ann@example.org $(cat ~/.ssh/id_ed25519.pub)" > allowed_signers', folder)


def test_every_block_is_of_a_kind_that_some_test_runs() -> None:
    run = {"sh", "settings", "hooks", "policy", "part", "example", "error", "python"}
    assert [(page, body[:60]) for page, kind, body in BLOCKS if kind_of(kind, body) not in run] == []


@pytest.mark.parametrize("page", SHELL, ids=lambda page: page.name)
def test_commands_end_with_the_status_that_their_line_gives(page: Path, sandbox: Path) -> None:
    """A line that gives none ends with 0; the lines of a page follow each other in one folder."""
    text = "".join(body for name, kind, body in BLOCKS if name == page.name and kind == "sh")
    if "ssh-keygen" in text:
        if shutil.which("ssh-keygen") is None:
            pytest.skip("there is no ssh-keygen")
        with_key(sandbox)
    for line in text.replace("\\\n", " ").splitlines():
        if line.startswith(SETTING_UP) or not line.strip():
            continue
        wanted = re.search(r"#.*\bstatus (\d)", line)
        done = shell(line, sandbox)
        assert done.returncode == int(wanted[1] if wanted else 0), f"{line}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("text", of_kind("policy"))
def test_policies_keep_their_promises(text: str, tmp_path: Path) -> None:
    path = tmp_path / "docs.wpmi"
    path.write_text(text)
    for part in [body for _, kind, body in BLOCKS if kind_of(kind, body) == "part"]:
        (tmp_path / f"{part.split()[1]}.wpmi").write_text(part)
    assert [(tested.example.name, tested.wrong) for tested in run_examples(load(str(path))) if tested.wrong] == []


@pytest.mark.parametrize("text", of_kind("example"))
def test_examples_hold_for_the_first_policy(text: str, tmp_path: Path) -> None:
    path = tmp_path / "docs.wpmi"
    head = 'policy docs "Docs" version 1.0.0\nlanguage 1\nextends "work-programme" version 1.0.0\nstatus withdrawn\n\n'
    path.write_text(head + text)
    name = re.search(r'example "(.*)"', text)
    assert name is not None
    [tested] = [one for one in run_examples(load(str(path))) if one.example.name == name[1]]
    assert tested.wrong == ()


@pytest.mark.parametrize("text", of_kind("error"))
def test_the_finding_that_the_readme_shows_is_what_the_tool_prints(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = ROOT / "examples" / "areas" / "referrals.csv"
    shutil.copy(table, tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--isolated", "--width", "80", "--values", "published", "referrals.csv"]) == 1
    shown = re.sub(r"(?<=\.wpmi:)\d+", "#", capsys.readouterr().out)
    assert re.sub(r"(?<=\.wpmi:)\d+", "#", text) in shown


@pytest.mark.parametrize("text", of_kind("settings"))
def test_settings_are_read(text: str, sandbox: Path) -> None:
    (sandbox / "wpmi-lint.yaml").write_text(text, "utf-8")
    assert load_for([str(sandbox)]).targets


@pytest.mark.parametrize("text", of_kind("hooks"))
def test_yaml_is_a_configuration_of_hooks_that_are_there(text: str) -> None:
    """tests/hooks/try.sh commits with it in an empty repository."""
    offered = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    for repository in yaml.safe_load(text)["repos"]:
        assert {hook["id"] for hook in repository["hooks"]} <= offered


@pytest.mark.parametrize("text", of_kind("python"))
def test_python_runs(text: str, sandbox: Path) -> None:
    assert shell(f"wpmi-lint --version && {sys.executable} -W error - <<'END'\n{text}\nEND", sandbox).returncode == 0


def scripts(path: Path) -> list[str]:
    """The shell scripts of a CI configuration, job by job."""
    pipeline = yaml.safe_load(path.read_text("utf-8"))
    jobs = pipeline["jobs"].values() if "jobs" in pipeline else [job for job in pipeline.values() if "script" in job]
    return [
        script for job in jobs for script in (job.get("script") or [step.get("run") for step in job["steps"]]) if script
    ]


@pytest.mark.parametrize("path", CI, ids=lambda path: path.name)
def test_ci_lets_a_good_repository_through_and_stops_a_bad_one(path: Path, sandbox: Path) -> None:
    assert len(scripts(path)) >= 2
    for script in scripts(path):
        done = shell(script, sandbox)
        assert done.returncode == 0, done.stdout + done.stderr
    assert [file.name for file in (sandbox / "receipts").iterdir()] == ["2012-09-leeds.receipt.json"]
    shutil.move(sandbox.parent / "bad", sandbox / "releases" / "2012-10-bradford")
    assert [shell(script, sandbox).returncode for script in scripts(path)].count(1) >= 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


def test_the_two_commands_are_the_ones_that_ci_runs() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(re.findall(r"^python3 -m venv .*wpmi-lint demo$", text, re.MULTILINE)) == 1
    assert len(re.findall(r"^python3 -m venv .*pytest$", text, re.MULTILINE)) == 1


def test_one_version_everywhere() -> None:
    from wpmi_lint import __version__

    named = re.findall(r"\bv?(\d+\.\d+\.\d+)\b", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert named[0] == __version__, "the newest entry of CHANGELOG.md"
    for page in (ROOT / "README.md", *(ROOT / "docs" / "ci").iterdir()):
        for version in re.findall(r"rev: v(\S+)", page.read_text("utf-8")):
            assert version == __version__, page.name


def test_init_gives_a_release_that_is_checked_whole(sandbox: Path, tmp_path: Path) -> None:
    """What `init --release` writes is in order but for the table that it names as an example."""
    (tmp_path / "new").mkdir()
    assert shell("wpmi-lint init --release . && wpmi-lint init .", tmp_path / "new").returncode == 0
    done = shell("wpmi-lint release . --output concise", tmp_path / "new")
    assert done.returncode == 1, done.stdout + done.stderr
    assert set(re.findall(r"error\[(\w+)\]", done.stdout)) == {"WP506"}
    shutil.copy(sandbox / "referrals.csv", tmp_path / "new")
    done = shell("wpmi-lint release .", tmp_path / "new")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("text", of_kind("policy", "part"))
def test_policies_are_in_their_one_layout(text: str) -> None:
    assert formatted(text) == text
