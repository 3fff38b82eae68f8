"""Going on after a syntax error, so that one run finds them all.

In order: repair the spelling of a keyword, put in the one or two tokens that are missing, leave out one token, and else
go on at the next line that starts with a reserved word, or nearly one.
"""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING

from lark import Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from wpmi_lint.closest import nearest
from wpmi_lint.policy.expected import AFTER, CLAUSES, STATEMENTS, words
from wpmi_lint.policy.lookahead import END, Interactive, Lookahead
from wpmi_lint.policy.problems import Problem

if TYPE_CHECKING:
    from lark import Lark

LIMIT = 50  # problems told of one file
_STEPS = 400  # repairs tried in one file
_WAYS = 40  # beginnings of a repair that are followed up

_QUOTES = "\"\u201c\u201d'\u2018\u2019"
_SINGLE = ("a single quote", 'texts stand in double quotes: "..."')
_OPEN = ("this text has no closing quote", "close it on the same line")
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
_PLACEHOLDER = "?"
_WORD = re.compile(r"[\w.%/-]+")
_FIRST_WORD = re.compile(r"^[ \t]*([A-Za-z]+)", re.MULTILINE)


class Recovery:
    """The problems of one text, and the way past each."""

    def __init__(self, text: str, parser: Lark) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self._lines = text.split("\n")
        self._steps = 0
        pattern = re.compile(r"([a-z]+)\\b")
        matches = [(t.name, pattern.fullmatch(t.pattern.value)) for t in parser.terminals]
        self._keywords = {name: match.group(1) for name, match in matches if match}
        self._terminals = {word: name for name, word in self._keywords.items()}
        self._starters = {self._terminals[word] for word in _STARTERS if word not in ("for", "in")} | {END}

    def on_error(self, error: UnexpectedInput) -> bool:
        """Notes the problem and repairs the parse; False where there is no way on."""
        self._steps += 1
        if self._steps > _STEPS or len(self.problems) >= LIMIT:
            return False
        if isinstance(error, UnexpectedCharacters):
            return self._character(error)
        return isinstance(error, UnexpectedToken) and self._token(error)

    def last(self, error: UnexpectedInput) -> None:
        """Notes the error that ended the parse, where nothing else was noted."""
        if not self.problems:
            line, column = getattr(error, "line", 1), getattr(error, "column", 1)
            self._add(line, column, 1, "this is not a policy")

    def _add(self, line: int, column: int, width: int, message: str, help: str = "", expected: str = "") -> None:
        if not 0 < line <= len(self._lines):
            line, column = self._end()
        if all(problem.line != line for problem in self.problems):  # the rest of a line is usually an echo
            self.problems.append(Problem(line, max(column, 1), width, message, help, expected))

    def _end(self) -> tuple[int, int]:
        last = max((i for i, line in enumerate(self._lines) if line.strip()), default=0)
        return last + 1, len(self._lines[last].rstrip()) + 1

    def _character(self, error: UnexpectedCharacters) -> bool:
        parser: Interactive = error.interactive_parser
        char, at = error.char, error.pos_in_stream or 0
        match = _WORD.match(self.text, at)
        word = match.group() if match else char
        if char in _CHARACTERS:
            self._add(error.line, error.column, 1, *_CHARACTERS[char])
        else:
            expected = self._words(self._accepts(parser))
            self._add(error.line, error.column, len(word), f"`{word}` is not understood", self._after(parser), expected)
        if char in _BLANK:
            return True
        if char in _QUOTES and "STRING" in self._accepts(parser):
            self._skip_line(parser, at)
            parser.feed_token(self._made("STRING", error.line))
            return True
        return self._resume(parser, at)

    def _token(self, error: UnexpectedToken) -> bool:
        parser: Interactive = error.interactive_parser
        token, end = error.token, error.token.type == END
        accepts = self._accepts(parser)
        spelled = "" if end else self._spelled(str(token), accepts)
        line, column = self._end() if end else (token.line or 1, token.column or 1)
        what = "the policy ends too early" if end else f"`{_short(token)}` is out of place"
        help = f"did you mean `{spelled}`?" if spelled else self._after(parser)
        expected = "" if spelled else self._words(accepts)
        self._add(line, column, 1 if end else len(str(token)), what, help, expected)
        if spelled:
            parser.feed_token(Token(self._terminals[spelled], spelled, line=line, column=column))
            return True
        if self._put_in(parser, token, 2):
            return True
        if end:
            return False
        return self._left_out(parser, token) or self._resume(parser, token.start_pos or 0)

    def _words(self, accepts: set[str]) -> str:
        return words(accepts, self._keywords)

    def _after(self, parser: Interactive) -> str:
        stack = parser.parser_state.value_stack
        return AFTER.get(str(stack[-1].type), "") if stack and isinstance(stack[-1], Token) else ""

    def _spelled(self, word: str, accepts: set[str]) -> str:
        known = [self._keywords[name] for name in accepts if name in self._keywords]
        return nearest(word, known)

    def _made(self, name: str, line: int) -> Token:
        text = self._keywords.get(name, f'"{_PLACEHOLDER}"' if name == "STRING" else _PLACEHOLDER)
        return Token(name, text, line=line, column=1)

    def _put_in(self, parser: Interactive, token: Token, most: int) -> bool:
        """Puts in the one or two tokens whose absence explains the error."""
        look = Lookahead(parser)
        ways: list[tuple[list[int], tuple[str, ...]]] = [(list(parser.parser_state.state_stack), ())]
        for _ in range(most):
            longer = []
            for stack, put in ways:
                for name in sorted(look.accepts(stack) - self._starters):
                    after = look.advance(stack, name)
                    if after is None:
                        continue
                    if look.advance(after, token.type) is not None:
                        for given in (*put, name):
                            parser.feed_token(self._made(given, token.line or 1))
                        parser.feed_token(token)
                        return token.type != END
                    longer.append((after, (*put, name)))
            ways = longer[:_WAYS]
        return False

    def _left_out(self, parser: Interactive, token: Token) -> bool:
        """Whether the parse goes on in the same line when the token is left out."""
        try:
            following = next(copy(parser.lexer_thread).lex(parser.parser_state), None)
        except UnexpectedInput:
            return False
        if following is None or following.line != token.line:
            return False
        return Lookahead(parser).advance(parser.parser_state.state_stack, following.type) is not None

    def _skip_line(self, parser: Interactive, at: int) -> None:
        end = self.text.find("\n", at)
        self._skip_to(parser, len(self.text) if end < 0 else end)

    def _skip_to(self, parser: Interactive, to: int) -> None:
        counter = parser.lexer_thread.state.line_ctr
        if to > counter.char_pos:
            counter.feed(self.text[counter.char_pos : to])

    def _resume(self, parser: Interactive, at: int) -> bool:
        """Goes on at the next line that starts with a reserved word which fits a part of what was read."""
        for match in _FIRST_WORD.finditer(self.text, self.text.find("\n", at) + 1 or len(self.text)):
            word = match.group(1).lower()
            wanted = word if word in _STARTERS else nearest(word, STATEMENTS)
            if not wanted or not self._cut_back(parser, self._terminals[wanted]):
                continue
            self._skip_to(parser, match.start(1))
            if wanted != word:
                line = self.text.count("\n", 0, match.start(1)) + 1
                column = match.start(1) - self.text.rfind("\n", 0, match.start(1))
                self._add(line, column, len(word), f"`{word}` is out of place", f"did you mean `{wanted}`?")
                self._skip_to(parser, match.end(1))
                parser.feed_token(Token(self._terminals[wanted], wanted, line=line, column=column))
            return True
        return False

    def _cut_back(self, parser: Interactive, wanted: str) -> bool:
        """Drops what was read of the latest parts until the wanted keyword fits."""
        state, look = parser.parser_state, Lookahead(parser)
        for keep in range(len(state.state_stack), 0, -1):
            top = state.state_stack[keep - 1]
            if look.begins(top, wanted) and look.advance(state.state_stack[:keep], wanted) is not None:
                del state.state_stack[keep:], state.value_stack[keep - 1 :]
                return True
        return False

    def _accepts(self, parser: Interactive) -> set[str]:
        return Lookahead(parser).accepts(parser.parser_state.state_stack)


_STARTERS = frozenset(STATEMENTS + CLAUSES)


def _short(token: Token) -> str:
    text = str(token)
    return text if len(text) <= 40 else text[:37] + "..."
