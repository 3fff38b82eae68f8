"""Tables inside a JSON value: lists of records, objects of lists, tables with columns and rows, JSON-stat."""

from __future__ import annotations

import json
import math
from itertools import product
from typing import TYPE_CHECKING, cast

from wpmi_lint.model import Refusal, Sheet
from wpmi_lint.package import limits
from wpmi_lint.package.jsontree import object_of, pointer, texts_of
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wpmi_lint.model import Raw
    from wpmi_lint.package.jsontree import Object, Path, Value

    Rows = list[list[Raw]]

_TITLE = ("title", "caption", "heading", "name")
_LABEL = ("label", "marking", "classification", "status")
_NOTES = ("notes", "note", "footnotes", "source", "description", "subtitle")
_COLUMNS = ("columns", "headers", "header", "fields", "cols", "variables")
_ROWS = ("rows", "data", "records", "values", "items", "results", "observations", "body")
_HEADER = -1  # the step of a header, which is no value of its own


class Pointers(NamedTuple):
    """A cell is under `above`, at the step of its row and then the steps of its column (or the other way round).

    A header has no place, or a path of its own, `header`. The step None is a row that has no value.
    """

    above: Path
    rows: Sequence[int | str | None]
    columns: Sequence[Path]
    by_column: bool = False  # lists of columns: the column comes first
    header: Path | None = None

    def path(self, row: int, col: int) -> Path | None:
        """Where the value of a cell is; for a header made of keys, where its first value is."""
        if row >= len(self.rows) or col >= len(self.columns) or self.rows[row] is None:
            return None
        step = self.rows[row]
        if step == _HEADER and self.header is not None:
            return (*self.header, col)
        if step == _HEADER or step is None:
            return None if row + 1 >= len(self.rows) else self.path(row + 1, col)
        column = self.columns[col]
        return (*self.above, *column, step) if self.by_column else (*self.above, step, *column)

    def holders(self) -> set[Path]:
        """The lists or objects whose values are the cells."""
        if self.by_column:
            return {(*self.above, *column) for column in self.columns}
        if self.above or isinstance(self.rows, range):
            return {self.above}
        return {(step,) for step in self.rows if step is not None and step != _HEADER}


class _About(NamedTuple):
    """What an object tells of the tables in it; an inner object's own words come first."""

    title: str = ""
    notes: tuple[str, ...] = ()
    label: str = ""
    units: Mapping[str, str] = {}

    def within(self, value: Object) -> _About:
        """The same for an object inside."""
        return _About(
            title=" ".join(_texts(value, _TITLE)[:1]) or self.title,
            notes=(*_texts(value, _NOTES), *self.notes),
            label=" ".join(_texts(value, _LABEL)) or self.label,
            units={**self.units, **_units(value)},
        )


def find_sheets(
    value: Value, path: Path = (), name: str = "", about: _About | None = None
) -> Iterator[Sheet | Refusal]:
    """Every table in a value, in the order of the file, and what is over a limit."""
    about = about or _About()
    table: tuple[Rows, Pointers] | Refusal | None = None
    inside: list[tuple[str | int, str, Value]] = []  # step, name of a table there, value
    if isinstance(value, list):
        table = _records(value, path) or (_lists(value, path) if _has_figures(value) else None)
        inside = [(i, name, item) for i, item in enumerate(value) if isinstance(item, dict)]
    elif isinstance(value, dict):
        if dimensions := _dimensions(value):
            sheet = _cube(value, dimensions, path)
            yield sheet._replace(name=name) if isinstance(sheet, Sheet) else sheet
            return
        about = about.within(value)
        table = _table(value, path) or _columns(value, path) or _objects(value, path)
        inside = [(key, key, item) for key, item in value.items() if isinstance(item, dict | list)]
    if isinstance(table, Refusal):
        yield table
    elif table:
        rows, pointers = table
        yield Sheet(name, rows, width=max(map(len, rows)), pointers=pointers, **about._asdict())
    else:
        for step, inner, item in inside:
            yield from find_sheets(item, (*path, step), inner, about=about)


def _over(what: str, path: Path) -> Refusal:
    """A table over limits.COLUMNS or limits.CELLS."""
    reason = f"the table has more than {getattr(limits, what):,} {what.lower()}"
    help = {"COLUMNS": "give a table for people", "CELLS": "split it into several files"}[what]
    return Refusal("limit", reason, help, what=pointer(path), limit=what)


def _texts(about: Object, keys: Sequence[str]) -> list[str]:
    """The texts that an object has under any of the keys."""
    return [text for key, value in about.items() if key.lower() in keys for text in texts_of(value)]


def _units(about: Object) -> dict[str, str]:
    given = about.get("units", about.get("unit"))
    units: dict[str, Value] = {"": given} if isinstance(given, str) else {**object_of(given)}
    for column in _listed(about, _COLUMNS)[1] or ():
        if isinstance(column, dict) and isinstance(column.get("unit"), str):
            units[_heading(column)] = column["unit"]
    return {header: unit for header, unit in units.items() if isinstance(unit, str)}


def _listed(about: Object, keys: Sequence[str]) -> tuple[str, list[Value] | None]:
    """The first of the keys under which an object has a list, and the list."""
    return next(((key, value) for key in keys if isinstance(value := about.get(key), list)), ("", None))


def _table(value: Object, path: Path) -> tuple[Rows, Pointers] | Refusal | None:
    """A table that names its columns and rows, or has its records under a usual name."""
    (below, rows), (head, columns) = _listed(value, _ROWS), _listed(value, _COLUMNS)
    if rows is None:
        return None
    if columns is None or not any(isinstance(row, list) for row in rows):
        return _records(rows, (*path, below))
    table = _lists(rows, (*path, below))
    if table is None or isinstance(table, Refusal) or not columns:
        return table
    grid, pointers = table
    header: list[Raw] = [_heading(column) for column in columns]
    return [header, *grid], pointers._replace(rows=range(_HEADER, len(rows)), header=(*path, head))


def _heading(column: Value) -> str:
    if isinstance(column, dict):
        return next((text for key in ("title", "label", "name", "id") if isinstance(text := column.get(key), str)), "")
    return "" if column is None else str(column)


def _records(rows: list[Value], path: Path) -> tuple[Rows, Pointers] | Refusal | None:
    """One object a row; objects inside them are laid out flat."""
    records = [row for row in rows if isinstance(row, dict)]
    if not records or len(records) != len(rows):
        return None
    keys = tuple(records[0])
    if keys and len(keys) <= limits.COLUMNS and all(tuple(row) == keys and _is_flat(row) for row in records):
        grid = cast("Rows", [list(keys), *(list(row.values()) for row in records)])
        return grid, Pointers(path, range(_HEADER, len(rows)), columns=[(key,) for key in keys])
    return _uneven(records, path)


def _is_flat(row: dict[str, Value]) -> bool:
    return {dict, list}.isdisjoint(map(type, row.values()))


def _uneven(records: list[dict[str, Value]], path: Path) -> tuple[Rows, Pointers] | Refusal | None:
    """Records with different keys or with objects inside."""
    flat = [dict(_leaves(row, ())) for row in records]
    places = list(dict.fromkeys(place for row in flat for place in row))
    if not places or any(_is_table(leaf) for row in flat[:20] for leaf in row.values()):
        return None
    if len(places) > limits.COLUMNS or len(places) * len(flat) > limits.CELLS:
        return _over("COLUMNS" if len(places) > limits.COLUMNS else "CELLS", path)
    header: list[Raw] = [".".join(map(str, place)) for place in places]
    grid = [header, *([_cell(row.get(place)) for place in places] for row in flat)]
    return grid, Pointers(path, range(_HEADER, len(flat)), columns=places)


def _leaves(value: dict[str, Value], place: Path) -> Iterator[tuple[Path, Value]]:
    for key, item in value.items():
        if isinstance(item, dict) and item:
            yield from _leaves(item, (*place, key))
        else:
            yield (*place, key), item


def _is_table(value: Value) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict | list) for item in value)


def _lists(rows: list[Value], path: Path) -> tuple[Rows, Pointers] | Refusal | None:
    """One list a row."""
    grid = [[_cell(item) for item in row] for row in rows if isinstance(row, list)]
    width = max(map(len, grid), default=0)
    if width < 1 or len(grid) != len(rows):
        return None
    if width > limits.COLUMNS:
        return _over("COLUMNS", path)
    return grid, Pointers(path, range(len(rows)), columns=[(i,) for i in range(width)])


def _has_figures(rows: list[Value]) -> bool:
    """A list of lists that nothing calls a table is one if it holds figures in more than one row and column."""
    lists = [row for row in rows if isinstance(row, list)]
    if len(lists) < 2 or len(lists) != len(rows) or min(map(len, lists)) < 1 or max(map(len, lists)) < 2:
        return False
    return any(isinstance(item, int | float) and not isinstance(item, bool) for row in lists for item in row)


def _columns(value: Object, path: Path) -> tuple[Rows, Pointers] | Refusal | None:
    """An object of lists: one list a column, all of one length."""
    lists = {key: item for key, item in value.items() if isinstance(item, list) and key.lower() not in _NOTES}
    lengths = {len(item) for item in lists.values()}
    if len(lists) < 2 or len(lengths) != 1 or lengths == {0}:
        return None
    if any(isinstance(item, dict | list) for column in lists.values() for item in column):
        return None
    if any(isinstance(item, dict) and item for key, item in value.items() if key.lower() not in ("units", "meta")):
        return None
    if len(lists) > limits.COLUMNS:
        return _over("COLUMNS", path)
    grid = cast("Rows", [list(lists), *map(list, zip(*lists.values(), strict=True))])
    return grid, Pointers(path, range(_HEADER, len(grid) - 1), columns=[(key,) for key in lists], by_column=True)


def _objects(value: Object, path: Path) -> tuple[Rows, Pointers] | None:
    """An object of objects that all have the same keys: one object a row."""
    rows = {key: item for key, item in value.items() if isinstance(item, dict)}
    inner = {tuple(sorted(row)) for row in rows.values()}
    if len(rows) < 2 or len(rows) != len(value) or len(inner) != 1 or inner == {()}:
        return None
    leaves = [item for row in rows.values() for item in row.values()]
    if any(isinstance(item, dict | list) for item in leaves) or not any(isinstance(i, int | float) for i in leaves):
        return None
    keys = list(next(iter(rows.values())))
    grid = cast("Rows", [["", *keys], *([name, *(row[key] for key in keys)] for name, row in rows.items())])
    return grid, Pointers(path, [_HEADER, *rows], columns=[(), *((key,) for key in keys)])


def _cell(value: Value) -> Raw:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else None
    return value


# ---------------------------------------------------------------- JSON-stat 1.x and 2.0 (json-stat.org)


def _dimensions(value: Object) -> list[tuple[str, int]]:
    """Id and size of each dimension, listed at the top in 2.0 and inside in 1.x; none where they make no cube."""
    inside = value.get("dimension")
    if not isinstance(inside, dict) or not isinstance(value.get("value"), list | dict):
        return []
    names, sizes = value.get("id") or inside.get("id"), value.get("size") or inside.get("size")
    ids = [id for id in names if isinstance(id, str)] if isinstance(names, list) else []
    counts = [_size(size) for size in sizes] if isinstance(sizes, list) else []
    if len(counts) != len(ids):  # some publishers leave out dimensions of one member
        counts = [len(_codes(object_of(object_of(inside.get(id)).get("category")))) for id in ids]
    return list(zip(ids, counts, strict=True)) if math.prod(counts) > 0 else []


def _size(given: Value) -> int:
    """Some publishers write sizes as strings."""
    if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 9:
        return int(given)
    return given if isinstance(given, int) and given > 0 else 0


def _cube(value: Object, dimensions: Sequence[tuple[str, int]], path: Path) -> Sheet | Refusal:
    """A dataset as a tidy Sheet, one row a cell of the cube: its dimensions, its value, its status if there is one."""
    if math.prod(size for _, size in dimensions) > limits.CELLS // (len(dimensions) + 2):
        return _over("CELLS", path)
    header, notes = [], [text for key in ("note", "source") for text in texts_of(value.get(key))]
    members: list[list[str]] = []
    units: dict[str, str] = {}
    for id, size in dimensions:
        about = object_of(object_of(value["dimension"]).get(id))
        category = object_of(about.get("category"))
        codes = _codes(category)[:size]
        codes += [""] * (size - len(codes))
        labels = object_of(category.get("label"))
        members.append([_text(labels.get(code)) or code for code in codes])
        header.append(_text(about.get("label")) or id)
        notes += [text for key in ("note", "source") for text in texts_of(about.get(key))]
        given = object_of(category.get("unit"))
        for code, member in zip(codes, members[-1], strict=True):
            if isinstance(unit := given.get(code), dict):
                words = [_text(unit.get(key)) for key in ("label", "type", "base", "symbol")]
                units[member] = " ".join(filter(None, words))
    values, status = _by_position(value["value"]), _by_position(value.get("status"))
    rows: Rows = [[*header, "Value", *(["Status"] if status else [])]]
    steps: list[int | str | None] = [None]
    for i, row in enumerate(product(*members)):
        if i in values or i in status:
            rows.append([*row, values.get(i), *([status.get(i)] if status else [])])
            steps.append((i if isinstance(value["value"], list) else str(i)) if i in values else None)
    pointers = Pointers((*path, "value"), steps, columns=[()] * len(rows[0]))
    title = _text(value.get("label"))
    return Sheet("", rows, width=len(rows[0]), title=title, notes=tuple(notes), units=units, pointers=pointers)


def _by_position(given: Value) -> dict[int, Raw]:
    """Values or statuses of a cube by position: given as a list, or as an object with positions for keys."""
    if isinstance(given, list):
        items = dict(enumerate(given))
    else:
        keyed = object_of(given).items()
        items = {int(key): item for key, item in keyed if key.isdecimal() and str(int(key)) == key}
    return {place: None if isinstance(item, list | dict) else item for place, item in items.items()}


def _codes(category: Object) -> list[str]:
    """The codes of the members in order; a single member may have a label alone."""
    index = category.get("index")
    if isinstance(index, list):
        return [str(code) for code in index]
    if isinstance(index, dict):
        return sorted(index, key=lambda code: position if isinstance(position := index[code], int) else 0)
    return list(object_of(category.get("label")))


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""
