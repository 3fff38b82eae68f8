"""What a table is broken down by: stub columns and the members in its headers, with the policy's terms."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from wpmi_lint.model import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wpmi_lint.tables.body import Frame
    from wpmi_lint.tables.find.headers import Levels
    from wpmi_lint.terms import Matcher

_LOOKED_AT = 60  # members that say which dimension a column is


def of_rows(frame: Frame, names: Sequence[str], stub: Sequence[Iterable[str]], *, matcher: Matcher) -> list[Dimension]:
    """A dimension for each stub column; names, stub: their headers and their members."""
    dimensions = []
    for col, name, members in zip(frame.stub, names, stub, strict=True):
        term = matcher.find(name).dimension if name else None
        dimensions.append(Dimension(header=name, term=term or _of_members(members, matcher), axis="rows", stub=col))
    return dimensions


def of_columns(headers: Sequence[Levels], matcher: Matcher) -> Iterator[Dimension]:
    """The dimensions whose members stand in the header rows."""
    by_row: dict[int, list[str]] = {}
    for levels in headers:
        for words, row, _ in levels:
            by_row.setdefault(row, []).append(words)
    for row, members in by_row.items():
        term = _of_members(members, matcher)
        if term:
            yield Dimension(header="", term=term, axis="columns", header_row=row)


def _of_members(members: Iterable[str], matcher: Matcher) -> str | None:
    """The dimension that most of the members belong to."""
    looked_at = list(islice(filter(None, dict.fromkeys(members)), _LOOKED_AT))
    counts = Counter(term for words in looked_at if (term := matcher.find(words).member))
    term, count = max(counts.items(), key=lambda item: item[1], default=(None, 0))
    return term if count * 2 >= len(looked_at) - 1 else None
