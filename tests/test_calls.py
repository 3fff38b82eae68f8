"""No call passes more than three positional arguments: what a fourth one means cannot be seen where it stands."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "wpmi_lint"
MOST = 3
ANY_NUMBER = {"max", "min", "zip", "print", "chain", "map", "range", "__new__"}  # alike, or Python's own
# Rooms and modules that have such calls still: the list only gets shorter.
STILL = set(
    """
    carried cli evaluate formats nouns package
    """.split()  # noqa: SIM905
)


def name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def long_calls(source: str) -> list[int]:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if len(call.args) > MOST and name(call) not in ANY_NUMBER]


@pytest.mark.parametrize("file", sorted(ROOT.rglob("*.py")), ids=lambda file: str(file.relative_to(ROOT)))
def test_calls_by_keyword(file: Path) -> None:
    room = file.relative_to(ROOT).parts[0]
    lines = [] if room in STILL else long_calls(file.read_text("utf-8"))
    assert not lines, f"{file}: more than {MOST} positional arguments in lines {lines}: pass the others by keyword"


def test_what_is_a_long_call() -> None:
    assert long_calls("f(1, 2, 3, 4)\nf(1, 2, 3, d=4)\nmax(1, 2, 3, 4)\nthing.f(1, 2, 3, 4, 5)") == [1, 4]
