"""The files and tables of a release as facts: what lists and marks them, and what they say of themselves."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from wpmi_lint.facts import Facts, from_rows
from wpmi_lint.model import Place
from wpmi_lint.records import NamedTuple
from wpmi_lint.release import names
from wpmi_lint.release.areas import find_authority
from wpmi_lint.release.rows import Row, at, dated, same_authority

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wpmi_lint.release.gather import Candidate, Release
    from wpmi_lint.release.manifest import Item


_ONLY = re.compile(r"\bfor (?:use by |use in )?([^.,;:()]{3,60}?) (?:use )?only\b", re.IGNORECASE)


class Marked(NamedTuple):
    """A table of a file, as far as its marking goes."""

    name: str  # of the file, relative to the manifest's folder
    id: str
    sheet: str
    title: str
    range: str
    label: str | None
    texts: tuple[str, ...] = ()  # the words around it


def items(release: Release, hashes: Mapping[str, str]) -> Facts:
    """The noun item: every file of the folder, once for each line that lists it, and every line without a file."""
    rows: list[Row] = []
    places: list[Place] = []
    for file in release.files:
        for item in file.items or (None,):
            rows.append(dated(release, _item(item, file, hashes.get(file.name))))
            places.append(Place(file.path))
    for item in release.missing:
        rows.append(dated(release, _item(item, None, None)))
        places.append(at(release.manifest.path, item.mark))
    return from_rows("item", rows, lambda i: places[i])


def _item(item: Item | None, file: Candidate | None, sha256: str | None) -> Row:
    path = file.name if file else item.path if item else ""
    row: Row = {"path": path, "listed": item is not None, "found": file is not None}
    if not item:
        return row
    row |= {"hashed": bool(item.sha256), "label": item.label, "publication.title": item.title}
    row |= {"publication.date": item.published, "publication.url": item.url}
    return row | ({"unchanged": sha256 == item.sha256} if item.sha256 and file else {})


def markings(release: Release, found: Sequence[Marked]) -> Facts:
    """The noun marking: every table of the files that are listed."""
    by_name = {file.name: file for file in release.files}
    tables = [table for table in found if by_name[table.name].items]  # a file that is not listed is an item's matter
    rows: list[Row] = []
    for table in tables:
        labels = marked(table, by_name[table.name].items)
        row: Row = {"table": table.title or table.range, "said": table.label, "label": labels[0] if labels else None}
        row["for_recipient"] = _for_recipient(release, table)
        rows.append(dated(release, row | ({"other_label": labels[1]} if len(labels) > 1 else {})))
    return from_rows("marking", rows, lambda i: _table_place(by_name[tables[i].name], tables[i]))


def _for_recipient(release: Release, table: Marked) -> bool | None:
    """Whether "for X only" names someone who receives the release; None where it names no authority."""
    manifest, own = release.manifest, release.register.authorities
    found = [name for text in (table.title, *table.texts) for name in _ONLY.findall(text)]
    named = [name for name in found if find_authority(name, own, manifest.programme)]
    if not named:
        return None
    receiving = (manifest.authority, *manifest.copies_to)
    return all(any(same_authority(release, name, other) for other in receiving) for name in named)


def marked(table: Marked, items: Iterable[Item]) -> list[str]:
    """The labels that the manifest gives a table: those of the items that name it most exactly."""
    fitting = [item for item in items if _fits(table.sheet, item.sheet) and _fits_table(table, item.table)]
    exact = max((_exactness(item) for item in fitting), default=0)
    return list(dict.fromkeys(item.label for item in fitting if _exactness(item) == exact))


def _exactness(item: Item) -> int:
    return bool(item.sheet) + 2 * bool(item.table)


def _fits(words: str, pattern: str) -> bool:
    return not pattern or fnmatchcase(names.plain(words), "*".join(names.plain(part) for part in pattern.split("*")))


def _fits_table(table: Marked, pattern: str) -> bool:
    return pattern.upper() == table.range or pattern == table.id or _fits(table.title, pattern)


def _table_place(file: Candidate, table: Marked) -> Place:
    return Place(file.path, sheet=table.sheet or None, cell=table.range.partition(":")[0] or None, table=table.id)
