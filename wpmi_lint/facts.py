"""Facts of one noun as columns: what rules are evaluated on, whatever sense filled them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.nouns import NOUNS
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wpmi_lint.model import Codes, Index, Matrix, Place


class Numbers(NamedTuple):
    """A numeric column; NaN is absent. `decimals` is the precision shown, where figures have one."""

    values: Matrix
    decimals: Codes | None = None


class Coded(NamedTuple):
    """A column of words, dates or lists of words as codes into a short list; None is absent.

    Where the field holds many words, an entry of `words` is a tuple of them.
    """

    codes: Index
    words: tuple[str | tuple[str, ...] | None, ...]


class Truths(NamedTuple):
    """A column of truths: 1 true, 0 false, -1 not known."""

    values: Codes


Column = Numbers | Coded | Truths


class Facts(NamedTuple):
    """All facts of one noun in one scope (a table, a file, a release)."""

    noun: str
    size: int
    columns: Mapping[str, Callable[[], Column]]  # by field; called only for the fields that rules use
    place: Callable[[int], Place]


def from_rows(noun: str, rows: Sequence[Mapping[str, object]], place: Callable[[int], Place]) -> Facts:
    """Facts of a noun that has few of them, from one mapping a fact; a missing key is absent.

    Figures are numbers, truths bool, dates ISO strings, many words tuples of str.
    """
    return Facts(noun, len(rows), {name: _column(noun, name, rows) for name in NOUNS[noun]}, place)


def _column(noun: str, name: str, rows: Sequence[Mapping[str, object]]) -> Callable[[], Column]:
    def build() -> Column:
        values = [row.get(name) for row in rows]
        kind = NOUNS[noun][name].type
        if kind == "number":
            return Numbers(np.array([np.nan if v is None else float(str(v)) for v in values], dtype=np.float64))
        if kind == "truth":
            return Truths(np.array([-1 if v is None else int(bool(v)) for v in values], dtype=np.int8))
        return words(values)

    return build


def words(values: Sequence[object]) -> Coded:
    """A column of words from one entry a fact: str, tuple of str, or None."""
    seen: dict[object, int] = {}
    codes = np.fromiter((seen.setdefault(v, len(seen)) for v in values), dtype=np.int32, count=len(values))
    return Coded(codes, tuple(seen))  # type: ignore[arg-type]
