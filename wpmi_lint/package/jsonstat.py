"""JSON-stat 1.x and 2.0 (json-stat.org): a dataset as a tidy Sheet, one row a cell of the cube."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from wpmi_lint.model import Sheet
from wpmi_lint.package import limits
from wpmi_lint.package.jsonpaths import CubePointers
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wpmi_lint.model import Raw
    from wpmi_lint.package.jsonpaths import Path, Value


class _Dimension(NamedTuple):
    id: str
    header: str
    members: Sequence[str]  # labels, in order
    units: Mapping[str, str]  # label -> unit
    notes: Sequence[str]


def is_dataset(value: Mapping[str, Value]) -> bool:
    """Whether an object is a JSON-stat dataset: values over dimensions."""
    if not isinstance(value.get("dimension"), dict) or not isinstance(value.get("value"), list | dict):
        return False
    return bool(_sizes(value))


def read_dataset(value: Mapping[str, Value], path: Path, name: str) -> Sheet:
    """A dataset as a tidy Sheet: a column for each dimension, the value, and its status where there is one."""
    dimensions = [_dimension(value, id, size) for id, size in zip(_ids(value), _sizes(value), strict=True)]
    count = math.prod(len(dimension.members) for dimension in dimensions)
    if count > limits.CELLS // (len(dimensions) + 2):
        return Sheet(name, [], 0, title=_words(value.get("label")))
    values = _Cells(value.get("value"), count)
    status = _Cells(value.get("status"), count)
    keep = [i for i in range(count) if values.has(i) or status.has(i)]
    rows = _rows(dimensions, values, status, keep)
    units = {label: unit for dimension in dimensions for label, unit in dimension.units.items()}
    notes = [*_notes(value), *(note for dimension in dimensions for note in dimension.notes)]
    pointers = CubePointers((*path, "value"), [None, *(values.key(i) for i in keep)])
    title = _words(value.get("label"))
    return Sheet(name, rows, len(rows[0]), title=title, notes=tuple(notes), units=units, pointers=pointers)


def _rows(dimensions: Sequence[_Dimension], values: _Cells, status: _Cells, keep: Sequence[int]) -> list[list[Raw]]:
    header: list[Raw] = [*(dimension.header for dimension in dimensions), "Value"]
    if status.any:
        header.append("Status")
    members = list(product(*(dimension.members for dimension in dimensions)))
    rows = [header]
    for i in keep:
        row: list[Raw] = [*members[i], values.get(i)]
        if status.any:
            row.append(status.get(i))
        rows.append(row)
    return rows


class _Cells:
    """Values or statuses of a cube: a list, an object by position, or one for all."""

    def __init__(self, given: Value, count: int) -> None:
        self.given = given
        self.any = isinstance(given, list | dict) and bool(given)
        self.count = count

    def key(self, i: int) -> int | str | None:
        if isinstance(self.given, list):
            return i if i < len(self.given) else None
        if isinstance(self.given, dict):
            return str(i) if str(i) in self.given else None
        return None

    def has(self, i: int) -> bool:
        return self.key(i) is not None

    def get(self, i: int) -> Raw:
        found: Value = None
        if isinstance(self.given, list) and i < len(self.given):
            found = self.given[i]
        elif isinstance(self.given, dict):
            found = self.given.get(str(i))
        return None if isinstance(found, list | dict) else found


def _ids(value: Mapping[str, Value]) -> list[str]:
    """The dimensions in order: at the top in 2.0, inside "dimension" in 1.x."""
    inside = value["dimension"]
    given = value.get("id") or (inside.get("id") if isinstance(inside, dict) else None)
    return [id for id in given if isinstance(id, str)] if isinstance(given, list) else []


def _sizes(value: Mapping[str, Value]) -> list[int]:
    """Members of each dimension; empty where they make no cube."""
    inside = value["dimension"]
    given = value.get("size") or (inside.get("size") if isinstance(inside, dict) else None)
    ids = _ids(value)
    sizes = [_size(size) for size in given] if isinstance(given, list) else []
    if len(sizes) != len(ids) and isinstance(inside, dict):  # some publishers leave out dimensions of one member
        sizes = [len(_codes(_object(_object(inside.get(id)).get("category")))) for id in ids]
    return sizes if 0 < math.prod(sizes) <= limits.CELLS else []


def _size(given: Value) -> int:
    """Some publishers write sizes as strings."""
    if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 9:
        return int(given)
    return given if isinstance(given, int) and given > 0 else 0


def _object(given: Value) -> Mapping[str, Value]:
    return given if isinstance(given, dict) else {}


def _dimension(value: Mapping[str, Value], id: str, size: int) -> _Dimension:
    inside = value["dimension"]
    about = _object(inside.get(id)) if isinstance(inside, dict) else {}
    category = _object(about.get("category"))
    codes = _codes(category)[:size]
    codes += [""] * (size - len(codes))
    labels = category.get("label")
    names = [_words(labels.get(code)) or code if isinstance(labels, dict) else code for code in codes]
    return _Dimension(id, _words(about.get("label")) or id, names, _units(category, codes, names), _notes(about))


def _codes(category: Mapping[str, Value]) -> list[str]:
    """The codes of the members in order; a single member may have a label alone."""
    index = category.get("index")
    if isinstance(index, list):
        return [str(code) for code in index]
    if isinstance(index, dict):
        return sorted(index, key=lambda code: position if isinstance(position := index[code], int) else 0)
    labels = category.get("label")
    return list(labels) if isinstance(labels, dict) else []


def _units(category: Mapping[str, Value], codes: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    given = category.get("unit")
    if not isinstance(given, dict):
        return {}
    found = {}
    for code, name in zip(codes, names, strict=True):
        unit = given.get(code)
        if isinstance(unit, dict):
            words = [_words(unit.get(key)) for key in ("label", "type", "base", "symbol")]
            found[name] = " ".join(word for word in words if word)
    return found


def _notes(about: Mapping[str, Value]) -> list[str]:
    found: list[str] = []
    for key in ("note", "source"):
        given = about.get(key)
        found += [word for word in (given if isinstance(given, list) else [given]) if isinstance(word, str) and word]
    return found


def _words(value: Value) -> str:
    return value if isinstance(value, str) else ""
