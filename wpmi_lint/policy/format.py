"""A policy in its one layout: indentation, spacing, straight quotes, aligned tables. Comments and lines stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.errors import PolicyError
from wpmi_lint.policy.syntax import Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ITEMS = frozenset(
    [
        *("policy", "extends", "language", "status", "in", "owner", "summary", "note", "source", "let", "measure"),
        *("kind", "dimension", "label", "marker", "figures", "totals", "rule", "tighten", "replace", "withdraw"),
        "example",
    ]
)
_CLAUSES = frozenset(
    [
        *("cites", "for", "require", "ask", "check", "severity", "say", "because", "fix", "given", "expect"),
        *("named", "not", "with", "edition", "dated", "at", "read"),
    ]
)
_BLOCKS = frozenset(["rule", "tighten", "replace", "example"])  # a blank line before each
_PIECE = re.compile(r'"[^"\n]*"|[“”][^“”\n]*[“”]|--.*|[(),:]|(?:(?!--)[^\s"“”(),:])+')
_INDENT = "  "


def rewritten(name_or_path: str) -> tuple[str, str, str]:
    """The path of a policy, its text and its text in the one layout. Raises PolicyError where it does not parse."""
    from wpmi_lint.policy import loading
    from wpmi_lint.policy.parse import parse
    from wpmi_lint.policy.problems import render

    text = loading.find(name_or_path)
    before = loading.decoded(text)
    parsed = parse(before)
    if parsed.problems or parsed.tree is None:
        raise PolicyError(tuple(render(problem, text.path, before) for problem in parsed.problems))
    after = formatted(before)
    if not means_the_same(parsed.tree, parse(after).tree):
        raise PolicyError((f"error: {text.path} cannot be laid out without changing what it means: left as it is",))
    return text.real, before, after


def formatted(text: str) -> str:
    """The text in its one layout. The text must be one that parses; formatting it again changes nothing."""
    lines = [_line(line) for line in text.replace("\t", " ").splitlines()]
    return "\n".join(_spaced(list(_aligned(_placed(lines))))) + "\n"


def means_the_same(one: object, other: object) -> bool:
    """Whether two syntax trees differ in nothing but where things stand."""
    return _without_places(one) == _without_places(other)


def _without_places(node: object) -> object:
    if isinstance(node, Word):
        return " ".join(node.text.split()) if node.type == "ROW" else (node.text, node.type)
    return tuple(map(_without_places, node)) if isinstance(node, tuple) else node


def _line(line: str) -> tuple[str, ...]:
    """The pieces of a line: words, texts in straight quotes, punctuation, a comment, or a whole table row."""
    line = line.strip()
    if line.startswith("|"):
        return (line,)
    return tuple(_straight(piece.group().rstrip()) for piece in _PIECE.finditer(line))


def _straight(piece: str) -> str:
    return f'"{piece[1:-1]}"' if piece[0] in '"“”' and '"' not in piece[1:-1] else piece


def _joined(pieces: Sequence[str]) -> str:
    line = ""
    for piece in pieces:
        if piece.startswith("--") and line:
            line += "  "
        elif line and piece not in (",", ")", ":") and not line.endswith("(") and not (piece == "(" and _calls(line)):
            line += " "
        line += piece
    return line


def _calls(line: str) -> bool:
    """Whether an opening bracket belongs to the name of a check."""
    return re.search(r"\bcheck [\w-]+$", line) is not None


def _placed(lines: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Lines with their indentation: statements at the margin, clauses by one step, their continuations by two."""
    inside, open_names = False, False
    for number, pieces in enumerate(lines):
        if not pieces:
            yield ""
            continue
        first = pieces[0].lower()
        if first.startswith("--"):
            inside = inside and number + 1 < len(lines) and _clause_follows(lines[number + 1 :])
            yield (_INDENT if inside else "") + pieces[0]
        elif first.startswith("|"):
            yield _INDENT + pieces[0]
        elif first in _ITEMS and not open_names:
            inside = True
            yield _joined((first, *pieces[1:]))
        elif first in _CLAUSES:
            yield _INDENT + _joined((first, *pieces[1:]))
        else:
            yield _INDENT * 2 + _joined(pieces)
        words = [piece for piece in pieces if not piece.startswith("--")]
        open_names = bool(words) and words[-1] == ","


def _clause_follows(lines: Sequence[tuple[str, ...]]) -> bool:
    for pieces in lines:
        if pieces and not pieces[0].startswith("--"):
            return pieces[0].lower() in _CLAUSES or pieces[0].startswith("|")
    return False


def _aligned(lines: Iterator[str]) -> Iterator[str]:
    """Lines with the columns of each table under each other."""
    rows: list[str] = []
    for line in lines:
        if line.lstrip().startswith("|"):
            rows.append(line)
            continue
        yield from _table(rows)
        rows = []
        yield line
    yield from _table(rows)


def _table(rows: Sequence[str]) -> list[str]:
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip()[1:-1])] for row in rows]
    columns = range(max(map(len, cells), default=0))
    width = [max(len(row[i]) for row in cells if i < len(row)) for i in columns]
    return [_INDENT + "| " + " | ".join(cell.ljust(width[i]) for i, cell in enumerate(row)) + " |" for row in cells]


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
