"""What ships keeps its promises: policies with their examples, and the page on nouns."""

from pathlib import Path

from wpmi_lint.examples import test_policy as run_examples
from wpmi_lint.nouns import NOUNS
from wpmi_lint.policy import bundled, load

ROOT = Path(__file__).parent.parent


def test_policies_that_ship_keep_their_promises() -> None:
    for name in bundled():
        wrong = [(tested.example.name, tested.wrong) for tested in run_examples(load(name)) if tested.wrong]
        assert wrong == [], name


def test_the_page_on_policies_lists_every_noun_and_field() -> None:
    page = (ROOT / "docs" / "policies.md").read_text()
    for noun, fields in NOUNS.items():
        assert f"`{noun}`" in page, noun
        for name, field in fields.items():
            assert f"* `{name}` (" in page, f"{noun}.{name}"
            assert field.doc in page, f"{noun}.{name}"
