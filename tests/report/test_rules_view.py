"""Rules as `explain` and `rules` show them."""

import re

import pytest

from wpmi_lint.policy import load
from wpmi_lint.policy.resolved import Rule
from wpmi_lint.report.rules_view import document, examples, rule
from wpmi_lint.report.style import plain
from wpmi_lint.resources import bundled

RULES = [(name, one) for name in bundled() for one in load(name).rules]


@pytest.mark.parametrize(("name", "one"), RULES, ids=lambda value: getattr(value, "code", value))
def test_every_rule_is_explained_without_holes_and_by_one_example_of_each_kind(name: str, one: Rule) -> None:
    policy = load(name)
    shown = [plain(line) for line in rule(policy, one, 80)]
    text = "\n".join(shown)
    assert not re.search(r"\{\w*(\.\w*)?\}", text)
    assert max(map(len, shown)) <= 80
    heads = [line.split("  ")[0] for line in shown if line.startswith(("Breaks it  ", "Passes  "))]
    assert heads == ["Breaks it", "Passes"]
    for heading, example in examples(policy, one):
        expected = {expectation.rule: not expectation.negated for expectation in example.expect}
        assert expected.get(one.code, False) is (heading == "Breaks it")
        assert one.code in (*expected, *example.of)


@pytest.mark.parametrize("name", bundled())
def test_what_machines_read_has_no_holes(name: str) -> None:
    assert not re.search(r"\{\w+\}", str([entry["fix"] for entry in document(load(name))["rules"]]))
