"""Tables inside a JSON value: lists of records, objects of lists, tables with columns and rows, JSON-stat."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from wpmi_lint.model import Refusal, Sheet
from wpmi_lint.package import limits
from wpmi_lint.package.jsonplaces import Pointers, pointer
from wpmi_lint.package.jsonstat import is_dataset, read_dataset, too_many_cells
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wpmi_lint.model import Raw
    from wpmi_lint.package.jsontree import Path, Value

_TITLE = ("title", "caption", "heading", "name")
_LABEL = ("label", "marking", "classification", "status")
_NOTES = ("notes", "note", "footnotes", "source", "description", "subtitle")
_COLUMNS = ("columns", "headers", "header", "fields", "cols", "variables")
_ROWS = ("rows", "data", "records", "values", "items", "results", "observations", "body")


class Found(NamedTuple):
    """The grid of one table."""

    rows: list[list[Raw]]
    pointers: Pointers


class About(NamedTuple):
    """What an object says of the tables in it; an inner object's own words come first."""

    title: str = ""
    notes: tuple[str, ...] = ()
    label: str = ""
    units: Mapping[str, str] = {}

    def within(self, value: Mapping[str, Value]) -> About:
        """The same for an object inside."""
        title = " ".join(_said(value, _TITLE)[:1]) or self.title
        notes = (*_said(value, _NOTES), *self.notes)
        return About(title, notes, " ".join(_said(value, _LABEL)) or self.label, {**self.units, **_units(value)})


def find_sheets(value: Value) -> Iterator[Sheet | Refusal]:
    """Every table in a value, in the order of the file, and what is over a limit."""
    return _search(value, (), "", About())


def _search(value: Value, path: Path, name: str, about: About) -> Iterator[Sheet | Refusal]:
    table: Found | Refusal | None = None
    inside: list[tuple[str | int, str, Value]] = []  # step, name of a table there, value
    if isinstance(value, list):
        table = _records(value, path) or (_lists(value, path, ()) if _has_figures(value) else None)
        inside = [(i, name, item) for i, item in enumerate(value) if isinstance(item, dict)]
    elif isinstance(value, dict):
        if is_dataset(value):
            yield read_dataset(value, path, name)
            return
        about = about.within(value)
        table = _table(value, path) or _columns(value, path) or _objects(value, path)
        inside = [(key, key, item) for key, item in value.items() if isinstance(item, dict | list)]
    if isinstance(table, Refusal):
        yield table
    elif table:
        width = max(map(len, table.rows), default=0)
        yield Sheet(name, table.rows, width, pointers=table.pointers, **about._asdict())
    else:
        for step, inner, item in inside:
            yield from _search(item, (*path, step), inner, about)


def _too_wide(path: Path) -> Refusal:
    reason = f"the table has more than {limits.COLUMNS:,} columns"
    return Refusal("limit", reason, "give a table for people", what=pointer(path), limit="COLUMNS")


def _said(about: Mapping[str, Value], keys: Sequence[str]) -> list[str]:
    """The words that an object has under any of the keys."""
    found: list[str] = []
    for key, value in about.items():
        if key.lower() in keys:
            words = value if isinstance(value, list) else [value]
            found += [word for word in words if isinstance(word, str) and word.strip()]
    return found


def _units(about: Mapping[str, Value]) -> dict[str, str]:
    units: dict[str, str] = {}
    given = about.get("units", about.get("unit"))
    if isinstance(given, dict):
        units = {header: unit for header, unit in given.items() if isinstance(unit, str)}
    elif isinstance(given, str):
        units = {"": given}
    for column in _list(about, _COLUMNS) or []:
        if isinstance(column, dict) and isinstance(column.get("unit"), str):
            units[_heading(column)] = str(column["unit"])
    return units


def _list(about: Mapping[str, Value], keys: Sequence[str]) -> list[Value] | None:
    return next((value for key in keys if isinstance(value := about.get(key), list)), None)


def _table(value: dict[str, Value], path: Path) -> Found | Refusal | None:
    """A table that says its columns and rows, or has its records under a usual name."""
    key = next((key for key in _ROWS if isinstance(value.get(key), list)), None)
    rows = value.get(key) if key else None
    if not isinstance(rows, list) or key is None:
        return None
    columns_key = next((key for key in _COLUMNS if isinstance(value.get(key), list)), None)
    columns = value.get(columns_key) if columns_key else None
    if isinstance(columns, list) and rows and all(isinstance(row, list) for row in rows):
        return _lists(rows, (*path, key), tuple(map(_heading, columns)), (*path, str(columns_key)))
    return _records(rows, (*path, key))


def _heading(column: Value) -> str:
    if isinstance(column, dict):
        return next(
            (words for key in ("title", "label", "name", "id") if isinstance(words := column.get(key), str)), ""
        )
    return "" if column is None else str(column)


def _records(rows: list[Value], path: Path) -> Found | Refusal | None:
    """One object a row; objects inside them are laid out flat."""
    if not rows or not all(isinstance(row, dict) for row in rows):
        return None
    records = [row for row in rows if isinstance(row, dict)]
    keys = tuple(records[0])
    if keys and len(keys) <= limits.COLUMNS and all(tuple(row) == keys and _is_flat(row) for row in records):
        header: list[Raw] = list(keys)
        grid = [header, *(cast("list[Raw]", list(row.values())) for row in records)]
        return Found(grid, Pointers(path, range(-1, len(rows)), [(key,) for key in keys]))
    return _uneven(records, path)


def _is_flat(row: dict[str, Value]) -> bool:
    return {dict, list}.isdisjoint(map(type, row.values()))


def _uneven(records: list[dict[str, Value]], path: Path) -> Found | Refusal | None:
    """Records with different keys or with objects inside."""
    flat = [dict(_leaves(row, ())) for row in records]
    places = list(dict.fromkeys(place for row in flat for place in row))
    if not places or any(_is_table(leaf) for row in flat[:20] for leaf in row.values()):
        return None
    if len(places) > limits.COLUMNS:
        return _too_wide(path)
    if len(places) * len(flat) > limits.CELLS:
        return too_many_cells(path)
    header: list[Raw] = [".".join(map(str, place)) for place in places]
    grid = [header, *([_cell(row.get(place)) for place in places] for row in flat)]
    return Found(grid, Pointers(path, range(-1, len(flat)), places))


def _leaves(value: dict[str, Value], place: Path) -> Iterator[tuple[Path, Value]]:
    for key, item in value.items():
        if isinstance(item, dict) and item:
            yield from _leaves(item, (*place, key))
        else:
            yield (*place, key), item


def _is_table(value: Value) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict | list) for item in value)


def _lists(
    rows: list[Value], path: Path, header: tuple[str, ...], header_path: Path | None = None
) -> Found | Refusal | None:
    """One list a row, with or without a header row of its own."""
    if not rows or not all(isinstance(row, list) for row in rows):
        return None
    grid = [[_cell(item) for item in row] for row in rows if isinstance(row, list)]
    width = max(map(len, grid))
    if width < 1:
        return None
    if width > limits.COLUMNS:
        return _too_wide(path)
    columns: list[Path] = [(i,) for i in range(width)]
    if not header:
        return Found(grid, Pointers(path, range(len(rows)), columns))
    return Found([list(header), *grid], Pointers(path, range(-1, len(rows)), columns, header=header_path))


def _has_figures(rows: list[Value]) -> bool:
    """A list of lists that nothing calls a table is one if it holds figures in more than one row and column."""
    lists = [row for row in rows if isinstance(row, list)]
    if len(lists) < 2 or len(lists) != len(rows) or min(map(len, lists)) < 1 or max(map(len, lists)) < 2:
        return False
    return any(isinstance(item, int | float) and not isinstance(item, bool) for row in lists for item in row)


def _columns(value: dict[str, Value], path: Path) -> Found | Refusal | None:
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
        return _too_wide(path)
    header: list[Raw] = list(lists)
    grid = [header, *(list(map(_cell, row)) for row in zip(*lists.values(), strict=True))]
    return Found(grid, Pointers(path, range(-1, len(grid) - 1), [(key,) for key in lists], by_column=True))


def _objects(value: dict[str, Value], path: Path) -> Found | Refusal | None:
    """An object of objects that all have the same keys: one object a row."""
    rows = {key: item for key, item in value.items() if isinstance(item, dict)}
    inner = {tuple(sorted(row)) for row in rows.values()}
    if len(rows) < 2 or len(rows) != len(value) or len(inner) != 1 or inner == {()}:
        return None
    leaves = [item for row in rows.values() for item in row.values()]
    if any(isinstance(item, dict | list) for item in leaves) or not any(isinstance(i, int | float) for i in leaves):
        return None
    keys = list(next(iter(rows.values())))
    header: list[Raw] = ["", *keys]
    grid = [header, *([name, *(_cell(row[key]) for key in keys)] for name, row in rows.items())]
    return Found(grid, Pointers(path, [-1, *rows], [(), *((key,) for key in keys)]))


def _cell(value: Value) -> Raw:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else None
    return value
