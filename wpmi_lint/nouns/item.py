"""The nouns item and marking: the files and tables of a release, and what the manifest says of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.model import Place
from wpmi_lint.nouns.contract import Each, Noun, Subjects
from wpmi_lint.nouns.release import DATE
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from wpmi_lint.nouns.release_context import Marked, ReleaseContext
    from wpmi_lint.release.gather import Candidate
    from wpmi_lint.release.manifest import ManifestItem

_ONLY = r"\bfor (?:use by |use in )?([^.,;:()]{3,60}?) (?:use )?only\b"


class Listed(NamedTuple):
    """A file with an item of the manifest that lists it; one of the two may be missing."""

    path: str
    file: Candidate | None
    item: ManifestItem | None
    place: Place


def _unchanged(listed: Listed, release: ReleaseContext) -> bool | None:
    if not listed.file or not listed.item or not listed.item.sha256:
        return None
    return release.hashes.get(listed.file.name) == listed.item.sha256


def _labels(table: Marked, release: ReleaseContext) -> list[str]:
    """The labels that the manifest gives a table: those of the items that name it most exactly."""
    from wpmi_lint.release.names import fits

    items = (item for item in release.files[table.name].items if _fits_table(table, item.table))
    fitting = [item for item in items if not item.sheet or fits(table.sheet, item.sheet)]
    exactness = [bool(item.sheet) + 2 * bool(item.table) for item in fitting]
    exact = (item.label for item, how in zip(fitting, exactness, strict=True) if how == max(exactness))
    return list(dict.fromkeys(exact))


def _fits_table(table: Marked, pattern: str) -> bool:
    from wpmi_lint.release.names import fits

    return not pattern or pattern.upper() == table.range or pattern == table.id or fits(table.title, pattern)


def _for_recipient(table: Marked, release: ReleaseContext) -> bool | None:
    """Whether "for X only" names someone who receives the release; None where it names no authority."""
    names = (name for text in (table.title, *table.texts) for name in re.findall(_ONLY, text, re.IGNORECASE))
    authorities = [name for name in names if release.find_authority(name)]
    return all(map(release.receives, authorities)) if authorities else None


_PATH = "a file of the release, or a listed file that is not there"
_WHERE = "where it is published, as the manifest says"
file: Each[Listed, ReleaseContext] = Each()
ITEM = {
    "path": file.field("text", _PATH, lambda f, _: f.path),
    "listed": file.field("truth", "the manifest lists it", lambda f, _: f.item is not None),
    "found": file.field("truth", "the file is there", lambda f, _: f.file is not None),
    "hashed": file.field("truth", "the manifest gives its SHA-256", lambda f, _: f.item and bool(f.item.sha256)),
    "unchanged": file.field("truth", "the file has that SHA-256; absent where none is given", _unchanged),
    "label": file.field("label", "what the manifest marks it", lambda f, _: f.item and f.item.label),
    "publication.title": file.field("text", _WHERE, lambda f, _: f.item and f.item.title),
    "publication.date": file.field("date", "the day of that publication", lambda f, _: f.item and f.item.published),
    "publication.url": file.field("text", "where a reader finds it", lambda f, _: f.item and f.item.url),
    **DATE,
}
_OTHER = "a second label in the manifest that contradicts the first"
_FOR = "whom it says to be for receives the release; absent where it names nobody"
table: Each[Marked, ReleaseContext] = Each()
MARKING = {
    "table": table.field("text", "a table of the release, by its title or range", lambda t, _: t.title or t.range),
    "stated": table.field("label", "what the table itself is marked", lambda t, _: t.label),
    "label": table.field("label", "what the manifest marks it", lambda t, r: next(iter(_labels(t, r)), None)),
    "other_label": table.field("label", _OTHER, lambda t, r: next(iter(_labels(t, r)[1:]), None)),
    "for_recipient": table.field("truth", _FOR, _for_recipient),
    **DATE,
}


def find_items(release: ReleaseContext) -> Subjects:
    """Each file with each item that lists it; files that none lists, and items without a file."""
    files = release.files.values()
    rows = [Listed(f.name, f, item, Place(f.path)) for f in files for item in f.items or (None,)]
    rows += [Listed(item.path, None, item, release.in_manifest(item.mark)) for item in release.missing]
    return file.facts(rows, release, lambda listed: listed.place)


def find_tables(release: ReleaseContext) -> Subjects:
    """Each table of the files that the manifest lists; a file that it does not list is an item's matter."""

    def place(t: Marked) -> Place:
        path, cell = release.files[t.name].path, t.range.partition(":")[0]
        return Place(path, t.sheet or None, cell or None, table=t.id)

    return table.facts([t for t in release.tables if release.files[t.name].items], release, place)


_ITEM = "file of a release, once for each line of the manifest that lists it; and line without a file"
_TABLE = "table in a file that the manifest lists"
NOUNS = (
    Noun("item", _ITEM, scope="release", find=find_items, fields=ITEM, given=True),
    Noun("marking", _TABLE, scope="release", find=find_tables, fields=MARKING, given=True),
)
