"""A resolved policy as JSON and back. Lists that start with a tag are tuples; never pickle."""

from __future__ import annotations

import json
from typing import Any

from wpmi_lint import model
from wpmi_lint.policy import resolved as r

# a tag is the place in this table, from 1; 0 is a plain tuple. New types go to the end.
_TYPES: tuple[type, ...] = (
    r.FieldOf,
    r.Literal,
    r.Compare,
    r.OneOf,
    r.Between,
    r.Present,
    r.Not,
    r.And,
    r.Or,
    r.Citation,
    r.Slot,
    r.Sentence,
    r.Rule,
    r.Source,
    r.Expectation,
    r.Example,
    r.Policy,
    model.Term,
    model.DimensionTerm,
    model.Vocabulary,
    r.Clause,
    r.Leave,
)
_TAGS = {kind: tag for tag, kind in enumerate(_TYPES, 1)}


def encode(policy: r.Policy) -> str:
    """The policy as two lines of JSON: its rules and terms, then its examples, which a check has no need of."""
    return f"{_line(policy._replace(examples=()))}\n{_line(policy.examples)}"


def decode(text: str, examples: bool = True) -> r.Policy:
    """The policy of such a text. Raises ValueError, TypeError, IndexError or KeyError where it is none."""
    first, _, second = text.partition("\n")
    policy = _typed(json.loads(first))
    if not isinstance(policy, r.Policy):
        raise TypeError("not a policy")
    return policy._replace(examples=_typed(json.loads(second))) if examples else policy


def _line(value: object) -> str:
    return json.dumps(_plain(value), separators=(",", ":"), ensure_ascii=True)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_TAGS.get(type(value), 0), *map(_plain, value)]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value


def _typed(value: Any) -> Any:  # noqa: ANN401
    if value.__class__ is list:
        parts = [_typed(v) if v.__class__ is list or v.__class__ is dict else v for v in value]
        tag = parts[0]
        return _TYPES[tag - 1](*parts[1:]) if tag else tuple(parts[1:])
    if value.__class__ is dict:
        return {key: _typed(entry) for key, entry in value.items()}
    return value
