"""The hook manifest: its entries exist, and its patterns match what they should."""

import re
from pathlib import Path

import pytest
import yaml

HOOKS = {h["id"]: h for h in yaml.safe_load((Path(__file__).parent.parent / ".pre-commit-hooks.yaml").read_text())}
KEYS = {
    "id", "name", "description", "entry", "language", "types", "files", "exclude", "require_serial",
    "pass_filenames", "stages", "minimum_pre_commit_version",
}  # fmt: skip


def test_only_documented_keys_and_known_tags() -> None:
    for hook in HOOKS.values():
        assert set(hook) <= KEYS
        assert hook.get("types", ["file"]) == ["file"]
        assert hook["language"] == "python"
        assert hook["entry"].startswith("wpmi-lint ")


@pytest.mark.parametrize("path", ["a.csv", "A.XLSX", "deep/er/a b.ods", "x.tsv", "m.xlsm"])
def test_tables_are_matched(path: str) -> None:
    assert re.search(HOOKS["wpmi-lint"]["files"], path)


@pytest.mark.parametrize("path", ["package.json", "a.csv.bak", "notes.md", "table.wpmi"])
def test_other_files_are_not(path: str) -> None:
    assert not re.search(HOOKS["wpmi-lint"]["files"], path)


def test_lock_files_of_an_open_workbook_are_left_out() -> None:
    assert re.search(HOOKS["wpmi-lint"]["exclude"], "release/~$report.xlsx")


def test_the_release_hook_takes_no_file_names() -> None:
    assert HOOKS["wpmi-lint-release"]["pass_filenames"] is False
    assert re.search(HOOKS["wpmi-lint-release"]["files"], "2012-q3/release.yaml")


def test_the_policy_hook_matches_policies() -> None:
    assert re.search(HOOKS["wpmi-lint-policy"]["files"], "policies/house.wpmi")
