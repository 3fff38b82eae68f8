"""Searching raw parts of workbooks with numpy, a column of bytes at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.int64]
    Bytes = NDArray[np.uint8]
    Ints = NDArray[np.int32]

PAD = b"\0" * 64  # behind a part, so that a few bytes after any place can be looked at


def number(buf: Bytes, at: Places, most: int, first: int, base: int, least: int) -> tuple[Ints, Places]:
    """Read a number at each place, of digits that start at the character `first` and count from `least`.

    Gives the numbers (0 where there is no digit) and the places after them.
    """
    value = np.zeros(at.size, dtype=np.int32)
    for _ in range(most):
        digit = buf[at] - np.uint8(first)  # wraps round: what stands below the first digit becomes large
        is_digit = digit < base
        if is_digit.all():
            value = value * base + (digit + np.uint8(least))
        elif is_digit.any():
            value = np.where(is_digit, value * base + (digit + np.uint8(least)), value)
        else:
            break
        at = at + is_digit
    return value, at
