"""Going on after a syntax error, so that one run finds them all.

In order: repair the spelling of a keyword, put in one missing token, replace one wrong token, and else go on at the
next line that starts with a reserved word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lark import Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from wpmi_lint.policy.expected import AFTER, CLAUSES, STATEMENTS, words
from wpmi_lint.policy.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from lark import Lark

    InteractiveParser = Any  # lark leaves the methods of its interactive parser untyped

LIMIT = 50  # problems told of one file
_STEPS = 400  # repairs tried in one file

_CHARACTERS = {
    "\u00a0": ("non-breaking space", "replace it by an ordinary space"),
    "\u2013": ("long dash", "use two hyphens for a comment, one for a minus"),
    "\u2014": ("long dash", "use two hyphens for a comment, one for a minus"),
    "\u2018": ("curly single quote", 'use double quotes: "..."'),
    "\u2019": ("curly single quote", 'use double quotes: "..."'),
    "'": ("single quote", 'use double quotes: "..."'),
    "\u201c": ("text without its closing quote", "close the text on the same line"),
    "\u201d": ("text without its closing quote", "close the text on the same line"),
    '"': ("text without its closing quote", "close the text on the same line"),
    "{": ("brace", "the language has no braces: every line starts with a reserved word"),
    "}": ("brace", "the language has no braces: every line starts with a reserved word"),
}
_SPACES = "\u00a0\u2007\u202f\u2009\ufeff\u200b"
_PLACEHOLDER = "?"


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
        parser: InteractiveParser = error.interactive_parser
        char = error.char
        at = error.pos_in_stream or 0
        if char in _SPACES:
            self._add(error.line, error.column, 1, "non-breaking or invisible space", "replace it by an ordinary space")
            return True
        match = re.compile(r"[\w.%/-]+").match(self.text, at)
        word = match.group() if match else char
        accepts = parser.accepts()
        what, help = _CHARACTERS.get(char, (f"`{word}` is not understood here", ""))
        self._add(error.line, error.column, len(word), what, help or self._after(parser), self._words(accepts))
        if char in "\"\u201c\u201d'\u2018\u2019" and "STRING" in accepts:
            self._skip_line(parser, at)
            parser.feed_token(self._made("STRING", error.line))
            return True
        return self._resume(parser, at)

    def _token(self, error: UnexpectedToken) -> bool:
        parser: InteractiveParser = error.interactive_parser
        token = error.token
        accepts = parser.accepts()
        spelled = self._spelled(str(token), accepts) if token.type != "$END" else ""
        end = token.type == "$END"
        line, column = self._end() if end else (token.line or 1, token.column or 1)
        what = "the policy ends too early" if end else f"`{_short(token)}` is out of place"
        help = f"did you mean `{spelled}`?" if spelled else self._after(parser)
        self._add(line, column, 1 if end else len(str(token)), what, help, self._words(accepts))
        if spelled:
            parser.feed_token(Token(self._terminals[spelled], spelled, line=line, column=column))
            return True
        if self._put_in(parser, token, accepts):
            return True
        return False if end else self._resume(parser, token.start_pos or 0)

    def _words(self, accepts: set[str]) -> str:
        return words(accepts, self._keywords)

    def _after(self, parser: InteractiveParser) -> str:
        stack = parser.parser_state.value_stack
        return AFTER.get(str(stack[-1].type), "") if stack and isinstance(stack[-1], Token) else ""

    def _spelled(self, word: str, accepts: set[str]) -> str:
        known = [self._keywords[name] for name in accepts if name in self._keywords]
        return did_you_mean(word, known).removeprefix("did you mean `").removesuffix("`?")

    def _made(self, name: str, line: int) -> Token:
        text = self._keywords.get(name, f'"{_PLACEHOLDER}"' if name == "STRING" else _PLACEHOLDER)
        return Token(name, text, line=line, column=1)

    def _put_in(self, parser: InteractiveParser, token: Token, accepts: set[str]) -> bool:
        """Puts in the one token whose absence explains the error."""
        for name in sorted(accepts - {"$END"}):
            trial = parser.copy()
            made = self._made(name, token.line or 1)
            try:
                trial.feed_token(made)
                if token.type not in trial.accepts():
                    continue
            except UnexpectedInput:
                continue
            parser.feed_token(made)
            parser.feed_token(token)
            return token.type != "$END"
        return False

    def _skip_line(self, parser: InteractiveParser, at: int) -> None:
        end = self.text.find("\n", at)
        self._skip_to(parser, len(self.text) if end < 0 else end)

    def _skip_to(self, parser: InteractiveParser, to: int) -> None:
        counter = parser.lexer_thread.state.line_ctr
        if to > counter.char_pos:
            counter.feed(self.text[counter.char_pos : to])

    def _resume(self, parser: InteractiveParser, at: int) -> bool:
        """Goes on at the next line that starts with a reserved word which fits a part of what was read."""
        for match in _STARTS.finditer(self.text, at + 1):
            wanted = self._terminals[match.group(1).lower()]
            depth = len(parser.parser_state.state_stack)
            for keep in range(depth, 0, -1):
                trial = parser.copy()
                del trial.parser_state.state_stack[keep:], trial.parser_state.value_stack[keep - 1 :]
                if wanted in trial.accepts():
                    state = parser.parser_state
                    del state.state_stack[keep:], state.value_stack[keep - 1 :]
                    self._skip_to(parser, match.start(1))
                    return True
        return False


_STARTS = re.compile(rf"^[ \t]*({'|'.join(STATEMENTS + CLAUSES)})\b", re.MULTILINE | re.IGNORECASE)


def _short(token: Token) -> str:
    text = str(token)
    return text if len(text) <= 40 else text[:37] + "..."
