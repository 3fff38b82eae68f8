"""Messages of findings: templates filled with the fields of a fact, figures kept apart so that they can be masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.facts import Numbers, Truths
from wpmi_lint.figure_text import figure_text
from wpmi_lint.model import Figure
from wpmi_lint.nouns import NOUNS
from wpmi_lint.policy.resolved import Slot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpmi_lint.evaluate.columns import Scope
    from wpmi_lint.model import Words
    from wpmi_lint.policy.resolved import Scalar, Template

ABSENT = "(not said)"


def fill(template: Template, scope: Scope, i: int, lets: Mapping[str, Scalar]) -> Words:
    """A template with the fields of fact i; `lets` are the policy's own constants."""
    parts: list[str | Figure] = []
    for part in template:
        if not isinstance(part, Slot):
            parts.append(part)
        elif part.name in lets:
            value = lets[part.name]
            parts.append(figure_text(value) if isinstance(value, int | float) else str(value))
        else:
            parts.append(_field(scope, part.name, i))
    return tuple(parts)


def _field(scope: Scope, name: str, i: int) -> str | Figure:
    field = NOUNS[scope.facts.noun][name]
    text = value_text(scope, name, i)
    return Figure(text, field.deduced) if field.figure and text != ABSENT else text


def value_text(scope: Scope, name: str, i: int) -> str:
    """The value of a field of fact i as words."""
    column = scope.column(name)
    if isinstance(column, Numbers):
        value = float(column.values[i])
        return ABSENT if np.isnan(value) else figure_text(value)
    if isinstance(column, Truths):
        return {1: "yes", 0: "no"}.get(int(column.values[i]), ABSENT)
    word = column.words[int(column.codes[i])]
    return ABSENT if not word else ", ".join(word) if isinstance(word, tuple) else word
