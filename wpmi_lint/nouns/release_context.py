"""A release, where its nouns are found: the manifest, and what the register says of those whom it names."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from wpmi_lint.model import Place
from wpmi_lint.records import NamedTuple
from wpmi_lint.release import areas, names
from wpmi_lint.release.areas import Authority
from wpmi_lint.release.register import Agreement, Contract, Representative, Suspension

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wpmi_lint.release.gather import Release
    from wpmi_lint.yaml_file import Mark

Timed = TypeVar("Timed", Representative, Contract)


class Marked(NamedTuple):
    """A table of a release, as far as its marking goes."""

    name: str  # of the file, relative to the manifest's folder
    id: str
    sheet: str
    title: str
    range: str
    label: str | None
    texts: tuple[str, ...] = ()  # the words around it


class Recipient(NamedTuple):
    """Someone who receives a release: the authority, or someone who gets a copy."""

    name: str
    role: str  # "authority", "copy"


class ReleaseContext:
    """A release with the SHA-256 of each of its files by name, and the tables in them."""

    scope = "release"

    def __init__(self, release: Release, hashes: Mapping[str, str], tables: Sequence[Marked]) -> None:
        self.manifest = release.manifest
        self.register = release.register
        self.earlier = release.earlier
        self.missing = release.missing
        self.files = {file.name: file for file in release.files}
        self.hashes = hashes
        self.tables = tables
        copies = [Recipient(name, "copy") for name in self.manifest.copies_to]
        self.recipients = (Recipient(self.manifest.authority, "authority"), *copies)

    @cached_property
    def agreement(self) -> Agreement | None:
        """The agreement that the manifest names, in the version that was signed last before the release."""
        versions = [row for row in self.register.agreements if row.id == self.manifest.agreement]
        signed = [row for row in versions if row.signed and row.signed <= self.manifest.date]
        return max(signed, key=lambda row: row.signed or "") if signed else (versions[0] if versions else None)

    @cached_property
    def representative(self) -> Representative | None:
        """The person whom the manifest names, in the post of the date: one for the authority, where there is any."""
        named = self.manifest.representative
        posts = [row for row in self.register.representatives if names.same_person(row.name, named)]
        return self._on_date([row for row in posts if self.is_authority(row.authority)] or posts)

    @cached_property
    def contract(self) -> Contract | None:
        """The provider's contract for the programme and area that the manifest names."""
        programme, contracts = names.plain(self.manifest.programme), self.register.contracts
        own = [row for row in contracts if names.plain(row.programme) == programme and self.is_provider(row.provider)]
        return self._on_date([row for row in own if self.is_area(areas.find_area(row.area, row.programme))])

    @cached_property
    def authority(self) -> Authority | None:
        """The authority that receives the release with its area in full; None where its area is not known."""
        found = self.find_authority(self.manifest.authority)
        area = areas.find_area(found.area, self.manifest.programme) if found else ""
        return found._replace(area=area) if found and area else None

    def find_authority(self, name: str) -> Authority | None:
        """The authority of a name, where the register or the list of areas has it."""
        return areas.find_authority(name, self.register.authorities, self.manifest.programme)

    def same_authority(self, name: str, other: str) -> bool:
        """Whether two names are one authority's, through former names and forms of writing."""
        first, second = self.find_authority(name), self.find_authority(other)
        return names.authority(first.name if first else name) == names.authority(second.name if second else other)

    def is_authority(self, name: str) -> bool:
        """Whether a name is that of the authority that receives the release."""
        return self.same_authority(name, self.manifest.authority)

    def receives(self, authority: str) -> bool:
        """Whether an authority receives the release, itself or as a copy."""
        return any(self.same_authority(authority, recipient.name) for recipient in self.recipients)

    def permits(self, name: str) -> bool:
        """Whether the agreement is with someone, or names them as a permitted recipient."""
        allowed = (self.agreement.authority, *self.agreement.permitted) if self.agreement else ()
        return any(self.same_authority(name, other) for other in allowed)

    def is_under(self, suspension: Suspension) -> bool:
        """Whether a suspension is for this provider and for someone who receives the release."""
        if suspension.provider and not self.is_provider(suspension.provider):
            return False
        return not suspension.authorities or any(map(self.receives, suspension.authorities))

    def is_provider(self, name: str) -> bool:
        """Whether a name is that of the provider that shares."""
        return names.plain(name) == names.plain(self.manifest.provider)

    def is_area(self, name: str) -> bool:
        """Whether a name is that of the contract package area that the manifest names."""
        return names.plain(name) == names.plain(self.manifest.area)

    def in_manifest(self, key: str | Mark) -> Place:
        """A place in the manifest: of a key, or its first line where the key is missing; or a mark."""
        marks = self.manifest.marks
        return _at(self.manifest.path, (marks.get(key) or marks[""]) if isinstance(key, str) else key)

    def in_register(self, mark: Mark) -> Place:
        """A place in the register."""
        return _at(self.register.path, mark)

    def _on_date(self, times: Sequence[Timed]) -> Timed | None:
        """The entry whose time covers the date, both ends included; else the last begun before it; else the first."""
        date = self.manifest.date
        begun = [row for row in times if row.starts <= date]
        covering = [row for row in begun if row.ends is None or date <= row.ends]
        if begun:
            return max(covering or begun, key=lambda row: row.starts)
        return min(times, key=lambda row: row.starts, default=None)


def _at(path: str, mark: Mark) -> Place:
    return Place(path, line=mark.line, column=mark.column)
