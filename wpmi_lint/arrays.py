"""Arrays: what numpy does only after importing its masked arrays, which costs as much as starting Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    Element = TypeVar("Element", bound=np.generic)
    Member = TypeVar("Member", bound=Hashable)


def distinct(values: NDArray[Element]) -> NDArray[Element]:
    """The distinct values of an array, sorted; no NaN may be among them."""
    ordered = np.sort(values, axis=None)
    if not ordered.size:
        return ordered
    new = np.ones(ordered.size, np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def are_whole(values: NDArray[np.float64]) -> bool:
    """Whether all values are whole numbers."""
    return bool((values == np.floor(values)).all())


def with_codes(words: Sequence[Member]) -> tuple[NDArray[np.int32], tuple[Member, ...]]:
    """(codes, members): `members[codes[i]]` is `words[i]`, members in the order in which they occur."""
    members = {word: at for at, word in enumerate(dict.fromkeys(words))}
    return np.fromiter(map(members.__getitem__, words), np.int32, len(words)), tuple(members)
