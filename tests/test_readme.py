"""What the README and the docs say is true: commands exist, policies parse and keep their promises."""

import re
import shlex
from pathlib import Path

import pytest

from wpmi_lint.cli.commands import COMMANDS
from wpmi_lint.examples import test_policy as run_examples
from wpmi_lint.nouns import NOUNS
from wpmi_lint.policy import load

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
POLICIES = [
    (page.name, body) for page in PAGES for kind, body in FENCE.findall(page.read_text()) if body.startswith("policy ")
]
LINES = [line for page in PAGES for _, body in FENCE.findall(page.read_text()) for line in body.splitlines()]
CALLS = sorted({line.partition("#")[0].strip() for line in LINES if line.startswith("wpmi-lint ")})


def test_the_two_commands_are_the_ones_that_ci_runs() -> None:
    text = (ROOT / "README.md").read_text()
    assert len(re.findall(r"^python3 -m venv .*wpmi-lint demo$", text, re.MULTILINE)) == 1
    assert len(re.findall(r"^python3 -m venv .*pytest$", text, re.MULTILINE)) == 1


@pytest.mark.parametrize(("page", "text"), POLICIES)
def test_policies_in_the_docs_keep_their_promises(page: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "docs.wpmi"
    path.write_text(text)
    assert [(tested.example.name, tested.wrong) for tested in run_examples(load(str(path))) if tested.wrong] == []


@pytest.mark.parametrize("call", CALLS)
def test_commands_in_the_docs_exist(call: str) -> None:
    first, *options = shlex.split(call)[1:]
    command = COMMANDS.get(first, COMMANDS["check"])
    known = {option.name for option in command.options}
    for option in options:
        if option.startswith("--"):
            assert option[2:].partition("=")[0] in known, f"{call}: {option}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        assert "://" in target or (page.parent / target).exists(), target


def test_policies_that_ship_keep_their_promises() -> None:
    for path in sorted((ROOT / "policies").glob("*.wpmi")):
        wrong = [(tested.example.name, tested.wrong) for tested in run_examples(load(str(path))) if tested.wrong]
        assert wrong == [], path.name


def test_the_page_on_policies_lists_every_noun_and_field() -> None:
    page = (ROOT / "docs" / "policies.md").read_text()
    for noun, fields in NOUNS.items():
        assert f"`{noun}`" in page, noun
        for name, field in fields.items():
            assert f"* `{name}` (" in page, f"{noun}.{name}"
            assert field.doc in page, f"{noun}.{name}"
