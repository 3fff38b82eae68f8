"""What a table is broken down by: stub columns and the members in its headers, with the policy's terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.model import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wpmi_lint.tables.headers import Levels
    from wpmi_lint.terms import Matcher

_LOOKED_AT = 60  # members that say which dimension a column is


def of_members(members: Iterable[str], matcher: Matcher) -> str | None:
    """The dimension that most of the members belong to."""
    seen: dict[str, int] = {}
    looked = 0
    for words in members:
        if looked >= _LOOKED_AT:
            break
        if words:
            looked += 1
            name = matcher.member(words)
            if name:
                seen[name] = seen.get(name, 0) + 1
    best = max(seen, key=lambda name: seen[name], default=None)
    return best if best and seen[best] * 2 >= looked - 1 else None


def of_table(
    stub: Sequence[int],
    names: Sequence[str],
    words: Sequence[Sequence[str]],
    headers: Sequence[Levels],
    tidy: bool,
    matcher: Matcher,
) -> list[Dimension]:
    """All dimensions of a table; the headers of a tidy table are measures."""
    rows = on_rows(stub, names, words, matcher)
    return rows if tidy else rows + on_columns(headers, matcher)


def on_rows(
    stub: Sequence[int], names: Sequence[str], words: Sequence[Sequence[str]], matcher: Matcher
) -> list[Dimension]:
    """A dimension for each stub column."""
    found = []
    for col, name, members in zip(stub, names, words, strict=True):
        term = matcher.dimension(name) if name else None
        found.append(Dimension(name, term or of_members(dict.fromkeys(members), matcher), "rows", stub=col))
    return found


def on_columns(headers: Sequence[Levels], matcher: Matcher) -> list[Dimension]:
    """The dimensions whose members stand in the header rows."""
    by_row: dict[int, list[str]] = {}
    for levels in headers:
        for words, row, _ in levels:
            by_row.setdefault(row, []).append(words)
    found = []
    for row, members in by_row.items():
        term = of_members(dict.fromkeys(members), matcher)
        if term:
            found.append(Dimension("", term, "columns", header_row=row))
    return found
