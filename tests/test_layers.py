"""Imports point downwards: a module may import only from its own part or from lower layers."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "wpmi_lint"
LAYERS = [
    "__main__",
    "cli",
    "examples",
    "run release_run",
    "outcome",
    "report evaluate",
    "policy",
    "nouns",
    "deduce config",
    "formats",
    "carried",
    "package",
    "tables release",
    "terms parallel",
    "a1 arrays sheetcells layouts patterns yaml_schema",
    "yaml_file closest figure_text paths",
    "model errors linter_rules resources status words",
    "records",
]
RANK = {name: i for i, row in enumerate(LAYERS) for name in row.split()}
ONLY_IN = {"rich": {"report", "cli"}, "lark": {"policy"}}


def imports(file: Path) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "wpmi_lint":
                found += [(node.lineno, f"wpmi_lint.{alias.name}") for alias in node.names]
            else:
                found.append((node.lineno, node.module))
        elif isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
    return found


@pytest.mark.parametrize("file", sorted(ROOT.rglob("*.py")), ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_point_down(file: Path) -> None:
    own = file.relative_to(ROOT).parts[0].removesuffix(".py")
    if own == "__init__":
        return
    assert own in RANK, f"{own} has no place in the layers"
    for line, name in imports(file):
        top, *rest = name.split(".")
        assert own in ONLY_IN.get(top, {own}), f"{file}:{line}: {top} may only be imported in {ONLY_IN[top]}"
        if top == "wpmi_lint" and rest and rest[0] != own and rest[0] != "__version__":
            assert RANK[rest[0]] > RANK[own], f"{file}:{line}: {own} must not import {rest[0]}"
