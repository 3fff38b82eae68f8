"""Imports inside tables/ point downwards: from a table as a whole to the words of its cells."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent / "wpmi_lint" / "tables"
PREFIX = "wpmi_lint.tables."
LAYERS = [
    "sheets",
    "build",
    "layout stated",
    "describe meaning totals",
    "find",
    "body",
    "cells",
    "numbers",
    "lexicon",
]
RANK = {name: i for i, row in enumerate(LAYERS) for name in row.split()}


def imported(source: str) -> set[str]:
    """The parts of tables/ that a module imports from."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom) and node.module]
    names = {f"{node.module}.{alias.name}" for node in nodes for alias in node.names}
    return {name.removeprefix(PREFIX).split(".")[0] for name in names if name.startswith(PREFIX)}


@pytest.mark.parametrize("file", sorted(ROOT.rglob("*.py")), ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_point_down(file: Path) -> None:
    own = file.relative_to(ROOT).parts[0].removesuffix(".py")
    if own == "__init__":
        return
    for name in imported(file.read_text("utf-8")) - {own}:
        assert RANK[name] > RANK[own], f"{own} must not import {name}"
