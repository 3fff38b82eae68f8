"""Cross table or tidy table (one row an observation)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.tables.lexicon.headers import is_value

if TYPE_CHECKING:
    from collections.abc import Sequence


def is_tidy(stub_headers: Sequence[str], stub: Sequence[Sequence[str]], headers: Sequence[Sequence[str]]) -> bool:
    """True where every row is one observation of named dimensions, under one row of headers.

    stub: the words of each stub column; headers: of each body column, from the top down. A cross table's columns are
    members of one dimension, a tidy table's are measures; a cross table has one row for each member (or combination)
    in order, a tidy table repeats the members of each of its dimensions.
    """
    if not headers:
        return False
    named = [words for name, words in zip(stub_headers, stub, strict=True) if name]
    repeated = [words for words in named if 1 < len(set(words)) <= max(len(words) // 2, 1)]
    generic = len(headers) == 1 and bool(headers[0]) and is_value(headers[0][-1])
    if generic and named and (repeated or len(named) >= 2):
        return True
    if len(named) < max(len(stub), 2):
        return False
    if len(repeated) < 2 or any(not word for words in repeated for word in words[:200]):
        return False
    return len(headers) <= max(len(named), 4) or len(repeated) >= 3
