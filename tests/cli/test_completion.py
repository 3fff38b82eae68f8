"""The completion scripts and the man page, in the shells that are at hand."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from wpmi_lint.cli import main
from wpmi_lint.cli.completion import SHELLS, script
from wpmi_lint.cli.options import COMMANDS, command
from wpmi_lint.policy import load
from wpmi_lint.resources import bundled


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("referrals.csv", "starts.xlsx", "house.wpmi"):
        (tmp_path / name).touch()
    (tmp_path / "reports").mkdir()
    for shell in SHELLS:
        (tmp_path / f".{shell}").write_text(script(shell))
    return tmp_path


def offered(shell: str, folder: Path, *words: str) -> set[str]:
    """What a shell offers for the last of these words."""
    if shell == "bash":
        code = (
            'source ./.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _wpmi_lint wpmi-lint "${@: -1}" "${@: -2:1}";'
            'printf "%s\\n" "${COMPREPLY[@]}"'
        )
        done = subprocess.run(["bash", "-c", code, "bash", *words], cwd=folder, capture_output=True, timeout=60)
    else:
        code = f"source ./.fish; complete -C '{' '.join(words)}'"
        done = subprocess.run(["fish", "--no-config", "-c", code], cwd=folder, capture_output=True, timeout=60)
    assert not done.stderr.replace(b"bash: compopt: not currently executing completion function\n", b"")
    return {line.partition("\t")[0] for line in done.stdout.decode().splitlines() if line}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_valid_and_the_same_every_time(
    shell: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", shell]) == 0
    assert capsys.readouterr().out == (folder / f".{shell}").read_text() + "\n"
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not at hand")
    done = subprocess.run([shell, "-n", str(folder / f".{shell}")], capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("shell", ["bash", "fish"])
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", {*COMMANDS, "help"}),
        ("ch", {"check"}),
        ("help ex", {"explain"}),
        ("check --outp", {"--output"}),
        ("check --output j", {"json", "junit"}),
        ("referrals.csv --color ", {"auto", "always", "never"}),
        ("--fail-level ", {"error", "warning", "review"}),
        ("check --values p", {"published"}),
        ("check --policy ", {*bundled(), "house.wpmi", "reports"}),
        ("check ref", {"referrals.csv"}),
        ("referrals.csv st", {"starts.xlsx"}),
        ("policy ", {"check", "test", "fmt", "show"}),
        ("policy fmt ho", {"house.wpmi"}),
        ("explain WP10", {rule.code for rule in load("work-programme").rules if rule.code.startswith("WP10")}),
        ("explain stale", {"stale-total"}),
        ("completion ", set(SHELLS)),
        ("init ", {"reports"}),
    ],
)
def test_words_are_completed(shell: str, line: str, expected: set[str], folder: Path) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not at hand")
    words = {word.rstrip("/") for word in offered(shell, folder, "wpmi-lint", *line.split(" "))}
    files = {path.name for path in folder.iterdir()}
    assert words - files == expected - files
    assert expected <= words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "completion for which shell?"),
        (["zhs"], 'for the shell "zhs"; did you mean zsh?'),
        (["bash", "x"], "which"),
    ],
)
def test_another_shell_is_an_error(words: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", *words]) == 2
    assert expected in capsys.readouterr().err


def test_the_man_page_has_every_command_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--man"]) == 0
    page = capsys.readouterr().out
    plain = page.replace("\\-", "-")
    for name in COMMANDS:
        assert f".SS wpmi-lint {name}" in plain
        for option in command(name).options:
            assert f"--{option.name}" in plain
    for line in page.splitlines():
        assert line
        assert not re.match(r"['.](?!TH |SH |SS |TP$|B )", line), line
    if shutil.which("mandoc"):
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning"], input=page.encode(), capture_output=True)
        assert [line for line in done.stdout.splitlines() if b"missing date" not in line] == []
