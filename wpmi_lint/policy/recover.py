"""Going on after a syntax error, so that one run finds them all.

In order: repair the spelling of a keyword, put in the one or two tokens that are missing, leave out one token, and else
go on at the next line that starts with a reserved word, or nearly one.
"""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING, Any

from lark import Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.parsers.lalr_analysis import Shift

from wpmi_lint.closest import nearest
from wpmi_lint.policy.expected import AFTER, CLAUSES, STATEMENTS, words
from wpmi_lint.policy.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lark import Lark

END = "$END"
Interactive = Any  # lark leaves its interactive parser untyped
LIMIT = 50  # problems reported of one file
_STEPS = 400  # repairs tried in one file
_WAYS = 40  # beginnings of a repair that are followed up
_MOST_PUT_IN = 2  # tokens that are put in at one place
_SHOWN = 40  # characters of a token
_QUOTES = "\"\u201c\u201d'\u2018\u2019"
_SINGLE = ("a single quote", 'texts are written in double quotes: "..."')
_OPEN = ("this text has no closing quote", "write the closing quote where the text ends")
_DASH = ("a long dash", "write two hyphens before a comment, one for a minus")
_BRACE = ("a brace", "there are no braces here: every line starts with a reserved word")
_CHARACTERS = {
    **dict.fromkeys("'\u2018\u2019", _SINGLE),
    **dict.fromkeys('"\u201c\u201d', _OPEN),
    **dict.fromkeys("\u2013\u2014", _DASH),
    **dict.fromkeys("{}", _BRACE),
    **dict.fromkeys("\u00a0\u2007\u202f\u2009", ("a non-breaking space", "replace it by an ordinary space")),
    **dict.fromkeys("\ufeff\u200b", ("an invisible character", "delete it")),
    "#": ("a number sign", "comments start with two hyphens: --"),
    ";": ("a semicolon", "lines need no mark at their end"),
}
_BLANK = "\u00a0\u2007\u202f\u2009\ufeff\u200b;"
_KEYWORD = re.compile(r"([a-z]+)\\b")
_WORD = re.compile(r"[\w.%/-]+")
_FIRST_WORD = re.compile(r"^[ \t]*([A-Za-z]+)", re.MULTILINE)
_STARTERS = frozenset(STATEMENTS + CLAUSES)


class Recovery:
    """The problems of one text, and the way past each."""

    def __init__(self, text: str, parser: Lark) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self._lines = text.split("\n")
        self._steps = 0
        matches = [(terminal.name, _KEYWORD.fullmatch(terminal.pattern.value)) for terminal in parser.terminals]
        self._keywords = {name: match.group(1) for name, match in matches if match}
        self._terminals = {word: name for name, word in self._keywords.items()}
        self._starters = {self._terminals[word] for word in _STARTERS if word not in ("for", "in")} | {END}

    def on_error(self, error: UnexpectedInput) -> bool:
        """Notes the problem and repairs the parse; False where there is no way on."""
        self._steps += 1
        if self._steps > _STEPS or len(self.problems) >= LIMIT:
            return False
        if isinstance(error, UnexpectedCharacters):
            return self._character(error.interactive_parser, error)
        return isinstance(error, UnexpectedToken) and self._token(error.interactive_parser, error.token)

    def last(self, error: UnexpectedInput) -> None:
        """Notes the error that ended the parse, where nothing else was noted."""
        if not self.problems:
            self._add((getattr(error, "line", 1), getattr(error, "column", 1)), 1, "this is not a policy")

    def _add(self, at: tuple[int, int], width: int, message: str, *, help: str = "", expected: str = "") -> None:
        line, column = at if 0 < at[0] <= len(self._lines) else self._end()
        if all(problem.line != line for problem in self.problems):  # the rest of a line is usually an echo
            self.problems.append(Problem(line, max(column, 1), width, message=message, help=help, expected=expected))

    def _end(self) -> tuple[int, int]:
        last = max((i for i, line in enumerate(self._lines) if line.strip()), default=0)
        return last + 1, len(self._lines[last].rstrip()) + 1

    def _character(self, parser: Interactive, error: UnexpectedCharacters) -> bool:
        char, at = error.char, error.pos_in_stream or 0
        accepts = Lookahead(parser).accepts(parser.parser_state.state_stack)
        message, help, word, expected = *_CHARACTERS.get(char, ("", "")), char, ""
        if not message:
            word = match.group() if (match := _WORD.match(self.text, at)) else char
            message, help, expected = f"`{word}` is not understood", _after(parser), words(accepts, self._keywords)
        self._add((error.line, error.column), len(word), message, help=help, expected=expected)
        if char in _BLANK:
            return True
        if char in _QUOTES and "STRING" in accepts:
            end = self.text.find("\n", at)
            self._skip_to(parser, len(self.text) if end < 0 else end)
            parser.feed_token(self._token_of("STRING", error.line))
            return True
        return self._resume(parser, at)

    def _token(self, parser: Interactive, token: Token) -> bool:
        end = token.type == END
        accepts = Lookahead(parser).accepts(parser.parser_state.state_stack)
        keywords = [self._keywords[name] for name in accepts if name in self._keywords]
        spelled = "" if end or str(token).lower() in self._terminals else nearest(str(token), keywords)
        at = self._end() if end else (token.line or 1, token.column or 1)
        shown = str(token) if len(token) <= _SHOWN else f"{token[: _SHOWN - 3]}..."
        message = "the policy ends too early" if end else f"`{shown}` is out of place"
        if spelled:
            self._add(at, len(token), message, help=f"did you mean `{spelled}`?")
            parser.feed_token(Token(self._terminals[spelled], spelled, line=at[0], column=at[1]))
            return True
        self._add(at, 1 if end else len(token), message, help=_after(parser), expected=words(accepts, self._keywords))
        if self._put_in(parser, token):
            return True
        return not end and (_is_spare(parser, token) or self._resume(parser, token.start_pos or 0))

    def _token_of(self, name: str, line: int) -> Token:
        text = self._keywords.get(name, '"?"' if name == "STRING" else "?")
        return Token(name, text, line=line, column=1)

    def _put_in(self, parser: Interactive, token: Token) -> bool:
        """Puts in the one or two tokens whose absence explains the error."""
        look = Lookahead(parser)
        ways: list[tuple[list[int], tuple[str, ...]]] = [(list(parser.parser_state.state_stack), ())]
        for _ in range(_MOST_PUT_IN):
            longer = []
            for stack, put in ways:
                for name in sorted(look.accepts(stack) - self._starters):
                    after = look.advance(stack, name)
                    if after is not None and look.advance(after, token.type) is not None:
                        for given in (*put, name):
                            parser.feed_token(self._token_of(given, token.line or 1))
                        parser.feed_token(token)
                        return token.type != END
                    longer += [] if after is None else [(after, (*put, name))]
            ways = longer[:_WAYS]
        return False

    def _skip_to(self, parser: Interactive, to: int) -> None:
        counter = parser.lexer_thread.state.line_ctr
        if to > counter.char_pos:
            counter.feed(self.text[counter.char_pos : to])

    def _resume(self, parser: Interactive, at: int) -> bool:
        """Goes on at the next line that starts with a reserved word which fits a part of what was read."""
        for match in _FIRST_WORD.finditer(self.text, self.text.find("\n", at) + 1 or len(self.text)):
            word = match.group(1).lower()
            wanted = word if word in _STARTERS else nearest(word, STATEMENTS)
            if not wanted or not _cut_back(parser, self._terminals[wanted]):
                continue
            start = match.start(1)
            self._skip_to(parser, start)
            if wanted != word:
                line, column = self.text.count("\n", 0, start) + 1, start - self.text.rfind("\n", 0, start)
                self._add((line, column), len(word), f"`{word}` is out of place", help=f"did you mean `{wanted}`?")
                self._skip_to(parser, match.end(1))
                parser.feed_token(Token(self._terminals[wanted], wanted, line=line, column=column))
            return True
        return False


def _after(parser: Interactive) -> str:
    """What to write behind the keyword that was just read."""
    stack = parser.parser_state.value_stack
    return AFTER.get(str(stack[-1].type), "") if stack and isinstance(stack[-1], Token) else ""


def _is_spare(parser: Interactive, token: Token) -> bool:
    """Whether the parse goes on in the same line when a token is left out."""
    try:
        following = next(copy(parser.lexer_thread).lex(parser.parser_state), None)
    except UnexpectedInput:
        return False
    if following is None or following.line != token.line:
        return False
    return Lookahead(parser).advance(parser.parser_state.state_stack, following.type) is not None


def _cut_back(parser: Interactive, wanted: str) -> bool:
    """Drops what was read of the latest parts until the wanted keyword fits."""
    state, look = parser.parser_state, Lookahead(parser)
    for keep in range(len(state.state_stack), 0, -1):
        top = state.state_stack[keep - 1]
        if look.begins(top, wanted) and look.advance(state.state_stack[:keep], wanted) is not None:
            del state.state_stack[keep:], state.value_stack[keep - 1 :]
            return True
    return False


class Lookahead:
    """What the parser would accept, worked out on its stack of states alone: trying costs no copy of what was read."""

    def __init__(self, parser: Interactive) -> None:
        self._table = parser.parser_state.parse_conf.parse_table
        self._last = parser.parser_state.parse_conf.end_state

    def advance(self, stack: Sequence[int], terminal: str) -> list[int] | None:
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
