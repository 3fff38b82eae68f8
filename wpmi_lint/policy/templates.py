"""Messages with {fields} in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.figure_text import figure_text
from wpmi_lint.policy.problems import did_you_mean, listed
from wpmi_lint.policy.resolved import Slot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wpmi_lint.policy.resolved import Scalar, Template
    from wpmi_lint.policy.scope import Scope
    from wpmi_lint.policy.syntax import Word


_PIECE = re.compile(r"\{([^}]*)(\}?)|[^{]+")


def template(scope: Scope, word: Word, fields: Iterable[str], noun: str) -> Template:
    """The parts of a message: text, and slots for fields; constants of the policy are written out."""
    parts: list[str | Slot] = []
    known = list(fields)
    for piece in _PIECE.finditer(word.text):
        name, place = piece.group(1), word._replace(column=word.column + 1 + piece.start(), width=len(piece.group()))
        if name is None:
            parts.append(piece.group())
        elif not piece.group(2):
            scope.report(place, "a `{` in this text has no `}`", "write {field}, or leave out the brace")
        elif name in known:
            parts.append(Slot(name))
        elif name in scope.lets:
            scope.knows("let", name)
            parts.append(written_out(scope.lets[name]))
        else:
            help = did_you_mean(name, [*known, *scope.lets]) or f"fields: {listed(known, 20)}"
            scope.report(place, f"{noun} has no field `{name}` to put into this text", help)
    return tuple(parts)


def written_out(value: Scalar) -> str:
    """A constant in a message: 20, not 20.0."""
    if isinstance(value, bool):
        return str(value).lower()
    return figure_text(value) if isinstance(value, float) else str(value)
