"""Rows of facts about a release, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.model import Place
from wpmi_lint.release import names
from wpmi_lint.release.areas import find_authority

if TYPE_CHECKING:
    from wpmi_lint.release.gather import Release
    from wpmi_lint.yaml_file import Mark

Row = dict[str, object]


def dated(release: Release, row: Row) -> Row:
    """A row with the day of the release; what is empty is absent."""
    return {**{key: value for key, value in row.items() if value != ""}, "date": release.manifest.date}


def at(path: str, mark: Mark) -> Place:
    """A place in a YAML file."""
    return Place(path, line=mark.line, column=mark.column)


def same_authority(release: Release, one: str, other: str) -> bool:
    """Whether two names are one authority's, through former names and forms of writing."""
    own, programme = release.register.authorities, release.manifest.programme
    first, second = find_authority(one, own, programme), find_authority(other, own, programme)
    return names.authority(first.name if first else one) == names.authority(second.name if second else other)
