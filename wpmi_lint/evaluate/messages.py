"""Messages of findings: templates filled with the fields of a fact, figures kept apart so that they can be masked."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from wpmi_lint.figure_text import figure_text
from wpmi_lint.model import Figure
from wpmi_lint.nouns.contract import Numbers, Truths
from wpmi_lint.policy.resolved import Slot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpmi_lint.evaluate.columns import Facts
    from wpmi_lint.model import Words
    from wpmi_lint.policy.resolved import Scalar, Template

_ABSENT = "(not stated)"


def fill(template: Template, facts: Facts, i: int, lets: Mapping[str, Scalar]) -> Words:
    """A template with the fields of fact i; `lets` are the policy's own constants."""
    parts: list[str | Figure] = []
    for part in template:
        if not isinstance(part, Slot):
            parts.append(part)
        elif part.name in lets:
            value = lets[part.name]
            parts.append(figure_text(value) if isinstance(value, int | float) else str(value))
        else:
            parts.append(_field(facts, part.name, i))
    return tuple(parts)


def _field(facts: Facts, name: str, i: int) -> str | Figure:
    field = facts.noun.fields[name]
    text = _value(facts, name, i)
    return Figure(text, field.deduced) if field.figure and text != _ABSENT else text


def _value(facts: Facts, name: str, i: int) -> str:
    column = facts.column(name)
    if isinstance(column, Numbers):
        value = float(column.values[i])
        return _ABSENT if isnan(value) else figure_text(value)
    if isinstance(column, Truths):
        return {1: "yes", 0: "no"}.get(int(column.values[i]), _ABSENT)
    word = column.words[int(column.codes[i])]
    return _ABSENT if not word else ", ".join(word) if isinstance(word, tuple) else word
