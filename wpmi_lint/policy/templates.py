"""Messages with {fields} in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.figure_text import figure_text
from wpmi_lint.policy.problems import did_you_mean, listed
from wpmi_lint.policy.resolved import Slot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wpmi_lint.policy.resolved import Scalar, Template
    from wpmi_lint.policy.scope import Scope
    from wpmi_lint.policy.syntax import Word


def template(scope: Scope, word: Word, fields: Iterable[str], noun: str) -> Template:
    """The parts of a message: text, and slots for fields; constants of the policy are written out."""
    parts: list[str | Slot] = []
    rest = word.text
    known = list(fields)
    while rest:
        place = word._replace(column=word.column + 1 + len(word.text) - len(rest))
        before, brace, after = rest.partition("{")
        name, closing, rest = after.partition("}")
        if before:
            parts.append(before)
        if brace and not closing:
            place = place._replace(column=place.column + len(before), width=len(name) + 2)
            scope.report(place, "a `{` in this text has no `}`", "write {field}, or leave out the brace")
        elif brace and name in known:
            parts.append(Slot(name))
        elif brace and name in scope.lets:
            scope.knows("let", name)
            parts.append(written_out(scope.lets[name]))
        elif brace:
            help = did_you_mean(name, [*known, *scope.lets]) or f"fields: {listed(known, 20)}"
            place = place._replace(column=place.column + len(before), width=len(name) + 2)
            scope.report(place, f"{noun} has no field `{name}` to put into this text", help)
    return tuple(parts)


def written_out(value: Scalar) -> str:
    """A constant in a message: 20, not 20.0."""
    if isinstance(value, bool):
        return str(value).lower()
    return figure_text(value) if isinstance(value, float) else str(value)
