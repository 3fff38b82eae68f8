"""A policy in its one layout: indentation, spacing, straight quotes, aligned tables, long texts broken.

Comments stay, and so do the lines of what is not text. A text that goes on over lines is filled up to LONGEST columns.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from wpmi_lint.errors import PolicyError
from wpmi_lint.policy.expected import CLAUSES, STATEMENTS
from wpmi_lint.policy.families import cells
from wpmi_lint.policy.syntax import Word
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 120  # columns
_INDENT = "  "
_SPACE = re.compile(r"(?<=\S) (?=\S)")
_DETAILS = ("nothing", "named", "not", "with", "edition", "dated", "at", "read")
_ITEMS = frozenset(STATEMENTS)
_CLAUSES = frozenset([*CLAUSES, *_DETAILS]) - {"where"}
_BLOCKS = frozenset(["rule", "rules", "tighten", "replace", "example"])  # a blank line before each


class Rewritten(NamedTuple):
    """A file of a policy as it is and in its one layout."""

    path: str  # as it is shown
    real: str
    before: str
    after: str


class _Line(NamedTuple):
    """A line as pieces: words, texts in straight quotes on one line, punctuation, a comment, or a whole table row."""

    pieces: tuple[str, ...]
    first: str  # its first word, in lower case


def rewritten(name_or_path: str) -> list[Rewritten]:
    """The files of a policy, each with its text in the one layout. Raises PolicyError where one does not parse."""
    from wpmi_lint.policy import loading
    from wpmi_lint.policy.parse import parse
    from wpmi_lint.policy.problems import render

    files, problems = [], []
    for text in loading.files(name_or_path):
        before = loading.decoded(text)
        parsed = parse(before)
        if parsed.problems or parsed.tree is None:
            problems += [render(problem, text.path, before.split("\n")) for problem in parsed.problems]
            continue
        after = formatted(before)
        if not means_the_same(parsed.tree, parse(after).tree):
            problems.append(f"error: {text.path} cannot be formatted without a change of meaning: left as it is")
        files.append(Rewritten(text.path, text.real, before=before, after=after))
    if problems:
        raise PolicyError(tuple(problems))
    return files


def formatted(text: str) -> str:
    """The text in its one layout. The text must be one that parses; formatting it again changes nothing."""
    return "\n".join(_spaced(list(_placed(_lines(text.replace("\t", " ")))))) + "\n"


def means_the_same(one: object, other: object) -> bool:
    """Whether two syntax trees differ in nothing but places."""
    return _without_places(one) == _without_places(other)


def _without_places(node: object) -> object:
    if isinstance(node, Word):
        text = node.text.replace("|", " | ") if node.type == "ROW" else node.text
        return " ".join(text.split()) if node.type in ("ROW", "SUM_OF_PARTS") else (text, node.type)
    return tuple(map(_without_places, node)) if isinstance(node, tuple) else node


@cache
def _text() -> re.Pattern[str]:
    """A text in quotes, as the grammar has it."""
    from wpmi_lint.policy.parse import parser

    return re.compile(parser().get_terminal("STRING").pattern.to_regexp())


def _lines(text: str) -> list[_Line]:
    """The lines of a policy; a text that goes over several belongs to the line that it begins in."""
    piece = re.compile(rf'(\n)|[ \r\f]+|(\|[^\n]*|{_text().pattern}|--[^\n]*|[(),:]|(?:(?!--)[^\s"“”(),:|])+)')
    lines: list[list[str]] = [[]]
    for match in piece.finditer(text):
        if match.group(1):
            lines.append([])
        elif match.group(2):
            if match.group(2)[0] == "|" and lines[-1]:
                lines.append([])
            lines[-1].append(_straight(match.group(2).rstrip()))
    return [_Line(tuple(pieces), pieces[0].lower() if pieces else "") for pieces in lines]


def _straight(piece: str) -> str:
    if piece[0] not in '"“”':
        return piece
    joined = re.sub(r" *\n *", " ", piece)
    return f'"{joined[1:-1]}"' if '"' not in joined[1:-1] else joined


def _placed(lines: Sequence[_Line]) -> Iterator[str]:
    """Lines with their indentation: statements at the margin, clauses by one step, their continuations by two."""
    inside, open_names, family = False, False, False
    rows: list[str] = []
    for (pieces, first), before_clause in zip(lines, _before_a_clause(lines), strict=True):
        if first.startswith("|"):
            rows.append(pieces[0])
            continue
        yield from _table(rows, family)
        rows = []
        if first.startswith("--"):
            inside = inside and before_clause
            yield (_INDENT if inside else "") + pieces[0]
        elif first in _ITEMS and not open_names:
            inside, family = True, first == "rules"
            yield from _filled((first, *pieces[1:]), "")
        elif first in _CLAUSES:
            yield from _filled((first, *pieces[1:]), _INDENT)
        else:
            yield from _filled(pieces, _INDENT * 2) if pieces else [""]
        words = [piece for piece in pieces if not piece.startswith("--")]
        open_names = bool(words) and words[-1] == ","
    yield from _table(rows, family)


def _before_a_clause(lines: Sequence[_Line]) -> list[bool]:
    """Whether the next line that is not a comment is a clause or a row, for each line."""
    follows, flags = False, []
    for pieces, first in reversed(lines):
        flags.append(follows)
        if pieces and not first.startswith("--"):
            follows = first in _CLAUSES or first.startswith("|")
    return flags[::-1]


def _filled(pieces: Sequence[str], indent: str) -> Iterator[str]:
    """A line, or several where its texts are long: each is broken between two words that one space parts."""
    line = indent
    for number, piece in enumerate(pieces):
        line += _gap(line, piece) + piece
        start = len(line) - len(piece)
        tail = "".join(pieces[number + 1 : number + 2])
        longest = LONGEST - (len(tail) if tail in (",", ":", ")") else 0)
        while piece[0] in '"“”' and len(line) > longest and (at := _break(line, start, indent + _INDENT)):
            yield line[:at]
            line = indent + _INDENT + line[at + 1 :]
            start = len(indent + _INDENT)
    yield line


def _break(line: str, start: int, indent: str) -> int:
    """The space after `start` at which a text is best broken: the last up to LONGEST, else the next; 0 for none."""
    closing = line[-1]
    opening = '"' if closing == '"' else "“"
    before = [match.start() for match in _SPACE.finditer(line, start + 1, LONGEST + 2)]
    beyond = (match.start() for match in _SPACE.finditer(line, max(start, LONGEST) + 1))
    for at in chain(reversed(before), beyond):
        rest = line[at + 1 : at + LONGEST] if len(line) > at + LONGEST else line[at + 1 : -1]
        if _text().fullmatch(f"{opening}\n{indent}{rest}{closing}"):  # its next line does not begin as a clause does
            return at
    return 0


def _gap(line: str, piece: str) -> str:
    """The space before a piece."""
    if piece.startswith("--") and line.strip():
        return "  "
    if not line.strip() or piece in (",", ")", ":") or line.endswith("("):
        return ""
    return "" if piece == "(" and re.search(r"\bcheck [\w-]+$", line) else " "


def _table(rows: Sequence[str], family: bool) -> list[str]:
    """Rows with their columns under each other; the last column of a family, which is the longest, is not filled up."""
    split = [[text for _, text in cells(row, family)] for row in rows]
    columns = max(map(len, split), default=0)
    width = [max(len(row[i]) for row in split if i < len(row)) for i in range(columns)]
    if family and columns:
        width[-1] = 0
    return [_INDENT + "| " + " | ".join(cell.ljust(width[i]) for i, cell in enumerate(row)) + " |" for row in split]


def _spaced(lines: Sequence[str]) -> list[str]:
    """At most one blank line together, and one before each rule and example with the comment above it."""
    spaced: list[str] = []
    for line in lines:
        if line == "" and (not spaced or spaced[-1] == ""):
            continue
        if line.split(" ", 1)[0] in _BLOCKS:
            at = len(spaced)
            while at and spaced[at - 1].startswith("--"):
                at -= 1
            if at and spaced[at - 1] != "":
                spaced.insert(at, "")
        spaced.append(line)
    while spaced and spaced[-1] == "":
        spaced.pop()
    return spaced
