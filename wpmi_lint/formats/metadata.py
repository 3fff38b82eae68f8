"""Metadata beside a CSV file: CSVW (W3C tabular metadata) and Frictionless data packages. Local files only."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.formats.files import load
from wpmi_lint.model import Document, Refusal, Remark
from wpmi_lint.package.jsontree import object_of, parse, texts_of
from wpmi_lint.package.text import decode
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.model import Sheet
    from wpmi_lint.package.jsontree import Object, Value

_TITLE = ("title", "dc:title", "dct:title", "dcterms:title", "schema:name", "rdfs:label")
_NOTES = ("notes", "description", "dc:description", "dct:description", "dcterms:description", "rdfs:comment", "source")
_LABEL = (
    *("label", "marking", "sensitivity", "classification"),
    *("accessRights", "dct:accessRights", "dcterms:accessRights"),
)
_UNIT = ("unit", "units", "qb:unitMeasure", "schema:unitText")
_NAMES = ("titles", "title", "name")  # by which the header may name a column
_STANDARDS = (("tables", "url", "tableSchema", "columns"), ("resources", "path", "schema", "fields"))


class _Described(NamedTuple):
    """What metadata tell of one CSV file: the objects that describe it, innermost first, and its columns."""

    about: Sequence[Object]
    columns: Sequence[Object]


def with_metadata(document: Document, path: str) -> Document:
    """The document with what the metadata file tells of its title, notes, label and columns."""
    data, own = load(path), os.path.basename(path)
    value = None if isinstance(data, Refusal) else parse(decode(data).words)
    if not isinstance(value, dict):
        remark = Remark(f"the metadata file {own!r} beside it cannot be read, so it was not used")
        return document._replace(remarks=(*document.remarks, remark))
    described = _find(value, os.path.basename(document.path), own)
    if described is None:
        return document
    return document._replace(sheets=tuple(_sheet(sheet, described) for sheet in document.sheets))


def _find(value: Object, name: str, own: str) -> _Described | None:
    """The description of the CSV file of that name in a metadata file of its own or of a folder."""
    for key, place, schema, columns in _STANDARDS:
        for table in _objects(value.get(key)):
            if _is_file(table.get(place), name):
                return _Described(about=(table, value), columns=_objects(object_of(table.get(schema)).get(columns)))
    is_own = _is_file(value["url"], name) if "url" in value else own.startswith(name[:-4])
    if "tableSchema" in value and is_own:
        return _Described(about=(value,), columns=_objects(object_of(value["tableSchema"]).get("columns")))
    return None


def _is_file(place: Value, name: str) -> bool:
    return isinstance(place, str) and place.replace("\\", "/").rpartition("/")[2] == name


def _sheet(sheet: Sheet, described: _Described) -> Sheet:
    columns = {name: column for column in described.columns for name in _texts([column], _NAMES)}
    headers = [str(cell) for row in sheet.rows[:20] for cell in row if cell in columns]
    units = {header: unit for header in headers for unit in list(_texts([columns[header]], _UNIT))[:1]}
    return sheet._replace(
        title=sheet.title or next(_texts(described.about, _TITLE), ""),
        notes=(*sheet.notes, *_texts(described.about, _NOTES)),
        label=sheet.label or " ".join(_texts(described.about, _LABEL)),
        units=units | {**sheet.units},
    )


def _texts(objects: Sequence[Object], keys: Sequence[str]) -> Iterator[str]:
    """The texts under any of the keys: a text, a list of texts, or texts by language."""
    for about in objects:
        for key in keys:
            value = about.get(key)
            if isinstance(value, dict):
                by_language = (texts_of(inner) for inner in value.values())
                value = value.get("@value") or [text for texts in by_language for text in texts]
            yield from texts_of(value)


def _objects(value: Value) -> list[Object]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
