"""Metadata beside a CSV file: CSVW (W3C tabular metadata) and Frictionless data packages. Local files only."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.model import Document, Refusal, Remark
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wpmi_lint.model import Sheet
    from wpmi_lint.package.jsontree import Value

    Object = Mapping[str, Value]

_TITLE = ("title", "dc:title", "dct:title", "dcterms:title", "schema:name", "rdfs:label")
_NOTES = ("notes", "description", "dc:description", "dct:description", "dcterms:description", "rdfs:comment", "source")
_LABEL = (
    "label",
    "marking",
    "sensitivity",
    "classification",
    "accessRights",
    "dct:accessRights",
    "dcterms:accessRights",
)
_UNIT = ("unit", "units", "qb:unitMeasure", "schema:unitText")


class _Described(NamedTuple):
    """What metadata say of one CSV file: the objects that describe it, innermost first, and its columns."""

    about: Sequence[Object]
    columns: Sequence[Object]


def with_metadata(document: Document, path: str) -> Document:
    """The document with what the metadata file says of its title, notes, label and columns."""
    value = _load(path)
    if isinstance(value, Remark):
        return document._replace(remarks=(*document.remarks, value))
    described = _find(value, os.path.basename(document.path), os.path.basename(path))
    if described is None:
        return document
    return document._replace(sheets=tuple(_sheet(sheet, described) for sheet in document.sheets))


def _load(path: str) -> Object | Remark:
    from wpmi_lint.formats.files import load
    from wpmi_lint.package.jsontree import parse
    from wpmi_lint.package.text import decode

    data = load(path)
    value = None if isinstance(data, Refusal) else parse(decode(data).words)
    if isinstance(value, dict):
        return value
    return Remark(f"the metadata file {os.path.basename(path)!r} beside it cannot be read, so it was not used")


def _find(value: Object, name: str, own: str) -> _Described | None:
    """The description of the CSV file of that name in a metadata file of its own or of a folder."""
    for key, place, schema, columns in (
        ("tables", "url", "tableSchema", "columns"),
        ("resources", "path", "schema", "fields"),
    ):
        for table in _objects(value.get(key)):
            if _is_file(table.get(place), name):
                return _Described((table, value), _objects(_object(table.get(schema)).get(columns)))
    if "tableSchema" in value and (
        _is_file(value.get("url"), name) or ("url" not in value and own.startswith(name[:-4]))
    ):
        return _Described((value,), _objects(_object(value.get("tableSchema")).get("columns")))
    return None


def _is_file(place: Value, name: str) -> bool:
    return isinstance(place, str) and place.replace("\\", "/").rpartition("/")[2] == name


def _sheet(sheet: Sheet, described: _Described) -> Sheet:
    columns = {name: column for column in described.columns for name in _names(column)}
    headers = [str(cell) for row in sheet.rows[:20] for cell in row if cell in columns]
    found = {header: columns[header] for header in headers}
    titles = [words for about in described.about for words in _words(about, _TITLE)]
    return sheet._replace(
        title=sheet.title or " ".join(titles[:1]),
        notes=(*sheet.notes, *(words for about in described.about for words in _words(about, _NOTES))),
        label=sheet.label or " ".join(words for about in described.about for words in _words(about, _LABEL)),
        units={header: unit for header, column in found.items() for unit in _words(column, _UNIT)[:1]}
        | {**sheet.units},
    )


def _names(column: Object) -> list[str]:
    """Every text by which the header may name a column."""
    return [*_words(column, ("titles", "title")), *_words(column, ("name",))]


def _words(about: Object, keys: Sequence[str]) -> list[str]:
    """The texts under any of the keys: a text, a list of texts, or texts by language."""
    found: list[str] = []
    for key in keys:
        value = about.get(key)
        if isinstance(value, dict):
            value = value.get("@value") or [item for inner in value.values() for item in _listed(inner)]
        found += [item for item in _listed(value) if isinstance(item, str) and item.strip()]
    return found


def _listed(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _object(value: Value) -> Object:
    return value if isinstance(value, dict) else {}


def _objects(value: Value) -> list[Object]:
    return [item for item in _listed(value) if isinstance(item, dict)]
