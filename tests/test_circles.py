"""No module imports itself by way of others, inside a room too. Beside test_layers.py, which looks at rooms alone."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "wpmi_lint"


def modules(root: Path) -> dict[str, Path]:
    """Every module by its dotted name; a package by its folder's."""
    parts = {path: path.relative_to(root.parent).with_suffix("").parts for path in root.rglob("*.py")}
    return {".".join(names[:-1] if names[-1] == "__init__" else names): path for path, names in parts.items()}


def imported(path: Path, modules: dict[str, Path]) -> set[str]:
    """The modules of ours that a file imports, those for types and those inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                names.add(name if name in modules else node.module)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return names & modules.keys()


def test_no_circles() -> None:
    ours = modules(ROOT)
    graph = {name: imported(path, ours) - {name} for name, path in ours.items()}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail("these import each other: " + " <- ".join(error.args[1]))
