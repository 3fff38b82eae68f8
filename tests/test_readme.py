"""What ships keeps its promises: policies with their examples, and the page on nouns."""

from pathlib import Path

from wpmi_lint.examples import test_policy as run_examples
from wpmi_lint.policy import load
from wpmi_lint.resources import bundled

ROOT = Path(__file__).parent.parent


def test_policies_that_ship_keep_their_promises() -> None:
    for name in bundled():
        wrong = [(tested.example.name, tested.wrong) for tested in run_examples(load(name)) if tested.wrong]
        assert wrong == [], name
