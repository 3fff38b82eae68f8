"""A resolved policy as JSON and back; never pickle.

The text is a list of nodes: a tag and the parts of a record, tuple or mapping, where [n] is the node n above. What a
policy repeats (the sentences of a family, a citation) is one node, which makes reading quick.
"""

from __future__ import annotations

import json
from typing import Any

from wpmi_lint import model
from wpmi_lint.policy import resolved as r

_MAPPING = 1
_TYPES: tuple[type, ...] = (
    *(r.FieldOf, r.Literal, r.Compare, r.OneOf, r.Between, r.Present, r.Not, r.And, r.Or),
    *(r.Citation, r.Clause, r.Slot, r.Sentence, r.Rule, r.Leave, r.Source, r.Expectation, r.Example, r.Policy),
    *(model.Term, model.DimensionTerm, model.Vocabulary),
)
_TAGS = {tuple: 0, dict: _MAPPING, **{kind: tag for tag, kind in enumerate(_TYPES, 2)}}


def encode(policy: r.Policy) -> str:
    """The policy as two lines of JSON: what a check needs, then its clauses and examples."""
    return f"{_line(policy._replace(clauses=(), examples=()))}\n{_line((policy.clauses, policy.examples))}"


def decode(text: str, whole: bool = True) -> r.Policy:
    """The policy of such a text. Raises ValueError, TypeError, IndexError or KeyError where it is none."""
    first, _, second = text.partition("\n")
    policy = _value(first)
    if not isinstance(policy, r.Policy):
        raise TypeError("not a policy")
    clauses, examples = _value(second) if whole else ((), ())
    return policy._replace(clauses=clauses, examples=examples)


def _line(value: object) -> str:
    nodes: dict[str, int] = {}

    def part(value: Any) -> object:  # noqa: ANN401
        if type(value) not in _TAGS:
            return value
        parts = [part for pair in value.items() for part in pair] if type(value) is dict else value
        node = json.dumps([_TAGS[type(value)], *map(part, parts)], separators=(",", ":"))
        return [nodes.setdefault(node, len(nodes))]

    part(value)
    return f"[{','.join(nodes)}]"


def _value(line: str) -> Any:  # noqa: ANN401
    values: list[Any] = []
    for tag, *parts in json.loads(line):
        parts = [values[part[0]] if part.__class__ is list else part for part in parts]
        if tag > _MAPPING:
            values.append(_TYPES[tag - 2](*parts))
        else:
            values.append(dict(zip(parts[::2], parts[1::2], strict=True)) if tag else tuple(parts))
    return values[-1]
