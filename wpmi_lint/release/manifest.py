"""release.yaml: what goes to one recipient on one date."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.closest import closest
from wpmi_lint.paths import glob_fault, is_glob, upwards
from wpmi_lint.records import NamedTuple
from wpmi_lint.release import names
from wpmi_lint.release.areas import find_area, find_authority, is_listed, listed
from wpmi_lint.release.register import Register, unknown_authority
from wpmi_lint.yaml_file import Fault, Mark, YamlEntry, YamlFile, refuse, top
from wpmi_lint.yaml_schema import load_checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class ManifestItem(NamedTuple):
    """What the manifest says of a file, of some files, or of a table in them."""

    path: str  # relative to the manifest's folder, / between folders; may be a glob
    label: str  # "published", "internal"
    mark: Mark
    sheet: str = ""
    table: str = ""
    title: str = ""  # of the publication
    published: str | None = None  # the day of the publication, ISO
    url: str = ""
    sha256: str = ""  # lower case; "" where the manifest gives none


class Manifest(NamedTuple):
    """A release as its manifest describes it. Dates are ISO strings."""

    path: str
    release: str
    programme: str
    provider: str
    area: str  # in full, as the list spells it where it is there
    authority: str
    date: str
    kind: str
    purpose: str
    items: tuple[ManifestItem, ...]
    marks: Mapping[str, Mark]
    copies_to: tuple[str, ...] = ()
    representative: str = ""
    agreement: str = ""
    compare_with: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The folder that is shared."""
        return os.path.dirname(self.path) or "."


class Paths(NamedTuple):
    """The files beside a manifest; "" where there is none."""

    register: str
    waivers: str


def read_manifest(path: str) -> YamlFile:
    """The manifest by its schema. Raises UsageError with every fault."""
    return load_checked(path, "manifest.schema.json")


def beside(file: YamlFile) -> Paths:
    """Where register and waivers are: as the manifest says, else the nearest upwards within the repository."""
    whole, folder = top(file), os.path.dirname(file.path) or "."
    return Paths(*(_named(whole, folder, key) or upwards(folder, f"{key}.yaml") for key in ("register", "waivers")))


def load_manifest(file: YamlFile, register: Register) -> Manifest:
    """The manifest as data. Raises UsageError for authorities, areas and paths that cannot be."""
    whole = top(file)
    refuse(file, list(_contradictions(whole, register)))
    own = {key: value for key, value in whole.fields("copies_to", "compare_with").items() if key in Manifest._fields}
    return Manifest(
        **own | {"area": find_area(whole.text("area"), whole.text("programme"))},
        path=file.path,
        items=tuple(_item(entry) for entry in whole.entries("items")),
        marks={key: whole.mark(key) for key in whole.values} | {"": Mark(line=1, column=1)},
    )


def _item(entry: YamlEntry) -> ManifestItem:
    publication = entry.entry("publication")
    published = publication.fields() if publication else {}
    return ManifestItem(
        **entry.fields() | {"sha256": entry.text("sha256").lower()},
        title=published.get("title", ""),
        published=published.get("date"),
        url=published.get("url", ""),
        mark=entry.mark(),
    )


def _contradictions(whole: YamlEntry, register: Register) -> Iterator[Fault]:
    programme, authority, area = (whole.text(key) for key in ("programme", "authority", "area"))
    if not find_authority(authority, register.authorities, programme):
        yield Fault(("authority",), unknown_authority(authority, register.authorities, programme))
    areas = _known_areas(programme, register)
    if names.plain(area) not in areas:
        near = closest(area, areas.values()) or "; name it in a contract of the register"
        yield Fault(("area",), f'"{area}" is not a contract package area of {programme}{near}')
    for entry in whole.entries("items"):
        path = entry.text("path")
        if os.path.isabs(path) or "\\" in path or ".." in path.split("/"):
            yield Fault((*entry.at, "path"), f'"{path}" must lie in the manifest\'s folder, with / between folders')
        elif fault := glob_fault(path):
            yield Fault((*entry.at, "path"), fault)
        if entry.text("sha256") and is_glob(path):
            yield Fault((*entry.at, "sha256"), "a glob can name many files: give the hash with one file's path")


def _known_areas(programme: str, register: Register) -> dict[str, str]:
    own = [row.area for row in register.contracts if names.plain(row.programme) == names.plain(programme)]
    own += [row.area for row in register.authorities.values() if row.area]
    in_list = {key: area.name for key, area in listed().areas.items()} if is_listed(programme) else {}
    return in_list | {names.plain(area): area for area in own}


def _named(whole: YamlEntry, folder: str, key: str) -> str:
    name = whole.text(key)
    if not name:
        return ""
    path = os.path.normpath(os.path.join(folder, name))
    if not os.path.isfile(path):
        refuse(whole.file, [Fault((key,), f'there is no file "{name}" beside the manifest ({path})')])
    return path
