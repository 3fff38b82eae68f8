"""What the parser would accept, worked out on its stack of states alone: trying costs no copy of what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lark.parsers.lalr_analysis import Shift

if TYPE_CHECKING:
    from collections.abc import Sequence

END = "$END"

Stack = list[int]
Interactive = Any  # lark leaves its interactive parser untyped


class Lookahead:
    """The tables of an LALR parser."""

    def __init__(self, parser: Interactive) -> None:
        self._table = parser.parser_state.parse_conf.parse_table
        self._last = parser.parser_state.parse_conf.end_state

    def advance(self, stack: Sequence[int], terminal: str) -> Stack | None:
        """The stack after a terminal was read; None where it does not fit."""
        states = self._table.states
        if terminal not in states[stack[-1]]:
            return None
        after = list(stack)
        while terminal in states[after[-1]]:
            action, argument = states[after[-1]][terminal]
            if action is Shift:
                return [*after, argument]
            size = len(argument.expansion)
            if size:
                del after[-size:]
            after.append(states[after[-1]][argument.origin.name][1])
            if terminal == END and after[-1] == self._last:
                return after
        return None

    def begins(self, state: int, terminal: str) -> bool:
        """Whether a state has anything to do on a terminal."""
        return terminal in self._table.states[state]

    def accepts(self, stack: Sequence[int]) -> set[str]:
        """The terminals that fit next."""
        names = self._table.states[stack[-1]]
        return {name for name in names if name.isupper() and self.advance(stack, name) is not None}
