"""Did you mean."""

import ast
from pathlib import Path

from wpmi_lint.closest import closest, nearest

ROOT = Path(__file__).parent.parent / "wpmi_lint"


def test_the_nearest_word_whatever_its_case() -> None:
    assert nearest("RULEE", ["label", "rule"]) == "rule"
    assert nearest("straße", ["STRASSE"]) == "STRASSE"
    assert nearest("xyz", ["rule"]) == ""
    assert nearest("rule", []) == ""


def test_the_form_is_the_callers() -> None:
    assert closest("rulee", ["rule"]) == '; did you mean "rule"?'
    assert closest("rulee", ["rule"], "did you mean `{}`?") == "did you mean `rule`?"
    assert closest("xyz", ["rule"]) == ""


def test_nobody_else_decides_what_is_close() -> None:
    users = [p.name for p in ROOT.rglob("*.py") for node in ast.walk(ast.parse(p.read_text("utf-8"))) if _difflib(node)]
    assert users == ["closest.py"]


def _difflib(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "difflib"
