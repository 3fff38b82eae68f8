"""JSON-stat 1.x and 2.0 (json-stat.org): a dataset as a tidy Sheet, one row a cell of the cube."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from wpmi_lint.model import Refusal, Sheet
from wpmi_lint.package import limits
from wpmi_lint.package.jsonplaces import Pointers, pointer
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wpmi_lint.model import Raw
    from wpmi_lint.package.jsontree import Path, Value


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


def read_dataset(value: Mapping[str, Value], path: Path, name: str) -> Sheet | Refusal:
    """A dataset as a tidy Sheet: a column for each dimension, the value, and its status where there is one."""
    dimensions = list(zip(_ids(value), _sizes(value), strict=True))
    count = math.prod(size for _, size in dimensions)
    if count > limits.CELLS // (len(dimensions) + 2):
        return too_many_cells(path)
    described = [_dimension(value, *dimension) for dimension in dimensions]
    values, status = _by_position(value.get("value")), _by_position(value.get("status"))
    header = [*(dimension.header for dimension in described), "Value", *(["Status"] if status else [])]
    rows: list[list[Raw]] = [[*header]]
    keys: list[int | str | None] = [None]
    for i, members in enumerate(product(*(dimension.members for dimension in described))):
        if i in values or i in status:
            rows.append([*members, values.get(i), *([status.get(i)] if status else [])])
            keys.append((i if isinstance(value["value"], list) else str(i)) if i in values else None)
    return Sheet(
        name,
        rows,
        len(header),
        title=_words(value.get("label")),
        notes=(*_notes(value), *(note for dimension in described for note in dimension.notes)),
        units={label: unit for dimension in described for label, unit in dimension.units.items()},
        pointers=Pointers((*path, "value"), keys, [()] * len(header)),
    )


def too_many_cells(path: Path) -> Refusal:
    """What is said of a table with more than limits.CELLS cells."""
    reason = f"the table has more than {limits.CELLS:,} cells"
    return Refusal("limit", reason, "split it into several files", what=pointer(path), limit="CELLS")


def _by_position(given: Value) -> dict[int, Raw]:
    """Values or statuses of a cube by position: given as a list, or as an object with positions for keys."""
    if isinstance(given, list):
        items = list(enumerate(given))
    elif isinstance(given, dict):
        items = [(int(key), item) for key, item in given.items() if key.isdecimal() and str(int(key)) == key]
    else:
        items = []
    return {place: None if isinstance(item, list | dict) else item for place, item in items}


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
    return sizes if len(sizes) == len(ids) and math.prod(sizes) > 0 else []


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
