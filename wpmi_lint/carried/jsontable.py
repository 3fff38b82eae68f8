"""JSON: what no table uses, and exact values beside rounded ones."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from wpmi_lint.carried.ways import item
from wpmi_lint.package.jsonpaths import CubePointers, Pointers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Document
    from wpmi_lint.package.jsonpaths import Path, Value

_EXACT = r"(?i)(?:^|[_\s.-])(?:raw|unrounded|exact|precise|true|orig|original|unmasked|actual)(?:$|[_\s.-])"
# what a table says of itself: titles, notes, labels, structure, and who published it
_TELLS = frozenset(
    [
        *("title", "name", "label", "caption", "heading", "table", "note", "notes", "footnote", "footnotes", "comment"),
        *("description", "unit", "units", "columns", "header", "headers", "fields", "cols", "variables", "status"),
        *("marking", "sensitivity", "published", "internal", "class", "id", "size", "role", "dimension", "version"),
        *("updated", "source", "href", "link", "extension", "category", "index", "date", "period", "license"),
        *("licence", "publisher", "contact", "schema", "$schema", "type", "meta", "metadata", "@context", "profile"),
        *("error", "format"),
    ]
)  # fmt: skip


def unused_keys(document: Document) -> Iterator[Hidden]:
    """Values that no table holds and by which none tells of itself."""
    used = {path for sheet in document.sheets for path in _paths(sheet.pointers)}
    if not used:
        return
    try:
        value: Value = json.loads(document.data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return
    found = list(_left(value, (), used))
    if found:
        keys = ["/".join(map(str, path)) for path, _ in found]
        figures = sum(isinstance(leaf, int | float) and not isinstance(leaf, bool) for _, leaf in found)
        words = tuple(dict.fromkeys([str(leaf)[:300] for _, leaf in found if isinstance(leaf, str)][:200]))
        where = f"{len(found)} values: " + ", ".join(keys[:4]) + (f" and {len(keys) - 4} more" if len(keys) > 4 else "")
        yield item("unused-keys", where, figures, words=words)


def _paths(pointers: object) -> set[Path]:
    """The paths under which a table's values stand: the list or object that holds its rows."""
    return pointers.holders() if isinstance(pointers, CubePointers | Pointers) else set()


def _left(value: Value, path: Path, used: set[Path]) -> Iterator[tuple[Path, Value]]:
    """The leaves that stand neither in a table nor under a key by which a table tells of itself."""
    if path in used and path != ():
        return
    if isinstance(value, dict):
        for key, below in value.items():
            if key.lower() not in _TELLS:
                yield from _left(below, (*path, key), used)
    elif isinstance(value, list):
        if () in used and path == ():
            return
        for i, below in enumerate(value):
            yield from _left(below, (*path, i), used)
    elif value is not None and value != "":
        yield path, value


def exact_values(document: Document) -> Iterator[Hidden]:
    """Columns called raw or unrounded; beside the published ones they undo the rounding."""
    for number, sheet in enumerate(document.sheets):
        header = [str(cell or "") for cell in sheet.rows[0]] if sheet.rows else []
        columns = [i for i, words in enumerate(header) if re.search(_EXACT, words)]
        count = sum(isinstance(row[i], int | float) for row in sheet.rows[1:] for i in columns if i < len(row))
        if count:
            names = ", ".join(header[i] for i in columns[:4])
            yield item("exact-values", f"columns {names}", count, sheet=sheet.name or None, index=number)
