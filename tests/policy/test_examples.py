"""The examples of the bundled policies prove their rules: nudging any constant makes an example fail."""

from collections.abc import Iterator

import pytest

from wpmi_lint import policy, resources
from wpmi_lint.examples import test_policy as run_examples
from wpmi_lint.policy.examples import uncovered
from wpmi_lint.policy.resolved import And, Between, Compare, Expression, Literal, Not, Or, Policy, Sentence

Variants = Iterator[tuple[str, Expression]]


def nudged(expression: Expression | None) -> Variants:
    """Copies of an expression with one number larger or smaller by one."""
    match expression:
        case Not(term):
            for said, other in nudged(term):
                yield said, Not(other)
        case And() | Or():
            for i, term in enumerate(expression.terms):
                for said, other in nudged(term):
                    yield said, expression._replace(terms=(*expression.terms[:i], other, *expression.terms[i + 1 :]))
        case Compare(right=Literal(value=float() as value, name=name)):
            for by in (-1, 1):
                said = f"{expression.left.name} {expression.op} {value + by:g}"
                yield said, expression._replace(right=Literal(value + by, name))
        case Between(low=Literal(value=float() as low), high=Literal(value=float() as high)):
            yield f"from {low + 1:g}", expression._replace(low=Literal(low + 1))
            yield f"to {high - 1:g}", expression._replace(high=Literal(high - 1))
            yield f"to {high + 1:g}", expression._replace(high=Literal(high + 1))


def sentences(sentence: Sentence) -> Iterator[tuple[str, Sentence]]:
    """Copies of a sentence with one constant changed."""
    for said, other in nudged(sentence.where):
        yield f"where {said}", sentence._replace(where=other)
    for said, other in nudged(sentence.require):
        yield f"require {said}", sentence._replace(require=other)
    for i, (name, value) in enumerate(sentence.parameters):
        if isinstance(value, float):
            for by in (-1, 1):
                changed = (*sentence.parameters[:i], (name, value + by), *sentence.parameters[i + 1 :])
                yield f"{name} {value + by:g}", sentence._replace(parameters=changed)


def variants(whole: Policy) -> Iterator[tuple[str, Policy]]:
    """Copies of a policy: without one sentence, or with one constant changed."""
    for i, rule in enumerate(whole.rules):
        for j, sentence in enumerate(rule.sentences):
            others = [("without the sentence", ()), *((said, (other,)) for said, other in sentences(sentence))]
            for said, other in others:
                changed = rule._replace(sentences=(*rule.sentences[:j], *other, *rule.sentences[j + 1 :]))
                rules = (*whole.rules[:i], changed, *whole.rules[i + 1 :])
                yield f"{rule.code} sentence {j + 1}: {said}", whole._replace(rules=rules)


@pytest.mark.parametrize("name", resources.bundled())
def test_examples_hold(name: str) -> None:
    assert [(tested.example.name, tested.wrong) for tested in run_examples(policy.load(name)) if tested.wrong] == []


@pytest.mark.parametrize("name", resources.bundled())
def test_every_constant_and_every_sentence_is_proved(name: str) -> None:
    assert [said for said, other in variants(policy.load(name)) if not noticed(said.split()[0], other)] == []


def noticed(code: str, changed: Policy) -> bool:
    """Whether some example fails: those that speak of the rule are tried first."""
    first = tuple(example for example in changed.examples if any(e.rule == code for e in example.expect))
    parts = (changed._replace(examples=(example,)) for example in (*first, *changed.examples))
    return any(tested.wrong for part in parts for tested in run_examples(part))


def test_rules_without_examples_are_named() -> None:
    whole = policy.load("nhs-hes")
    bare = whole._replace(examples=())
    assert {(u.code, u.missing) for u in uncovered(bare)} == {
        (rule.code, missing) for rule in whole.rules for missing in ("breaks", "passes")
    }
