"""Arrays: what numpy does only after importing its masked arrays, which costs as much as starting Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Kind = TypeVar("Kind", bound=np.generic)


def distinct(values: NDArray[Kind]) -> NDArray[Kind]:
    """The distinct values of an array, sorted; no NaN may be among them."""
    ordered = np.sort(values, axis=None)
    if not ordered.size:
        return ordered
    new = np.ones(ordered.size, np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]
