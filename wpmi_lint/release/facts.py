"""What manifest, register and files say of a release, as facts that the policy's sentences judge."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from wpmi_lint.facts import Facts, from_rows
from wpmi_lint.release import names
from wpmi_lint.release.areas import find_area, find_authority
from wpmi_lint.release.items import items, markings
from wpmi_lint.release.rows import Row, at, dated, same_authority

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wpmi_lint.model import Place
    from wpmi_lint.release.gather import Release
    from wpmi_lint.release.items import Marked
    from wpmi_lint.release.register import Agreement, Contract, Representative, Suspension

    Timed = TypeVar("Timed", Representative, Contract)


def build(release: Release, hashes: Mapping[str, str], tables: Sequence[Marked]) -> tuple[Facts, ...]:
    """The facts of all nouns of a release. `hashes`: SHA-256 of each file by its relative name."""
    parts = {
        "agreement": _agreement(release),
        "representative": _representative(release),
        "contract": _contract(release),
    }
    keys = {"agreement": "agreement", "representative": "representative", "contract": "area"}
    return (
        _one(release, "release", _release(release, parts), "release"),
        *(_one(release, noun, row, keys[noun]) for noun, row in parts.items()),
        _recipients(release),
        _suspensions(release),
        items(release, hashes),
        markings(release, tables),
    )


def _one(release: Release, noun: str, row: Row, key: str) -> Facts:
    return from_rows(noun, [dated(release, row)], lambda _: _in_manifest(release, key))


def _in_manifest(release: Release, key: str) -> Place:
    manifest = release.manifest
    return at(manifest.path, manifest.marks.get(key) or manifest.marks[""])


# ---------------------------------------------------------------- one of each


def _release(release: Release, parts: Mapping[str, Row]) -> Row:
    manifest = release.manifest
    row: Row = {
        "name": manifest.release,
        "programme": manifest.programme,
        "provider": manifest.provider,
        "area": manifest.area,
        "authority": manifest.authority,
        "kind": manifest.kind,
        "purpose": manifest.purpose,
        "earlier": len(release.earlier),
        "files": len(release.files),
    }
    dotted = {f"{noun}.{key}": value for noun, part in parts.items() for key, value in part.items() if value != ""}
    return row | dotted


def agreement_of(release: Release) -> Agreement | None:
    """The agreement that the manifest names, in the version that was signed last before the release."""
    manifest = release.manifest
    versions = [row for row in release.register.agreements if row.id == manifest.agreement]
    signed = [row for row in versions if row.signed and row.signed <= manifest.date]
    return max(signed, key=lambda row: row.signed or "") if signed else (versions[0] if versions else None)


def _agreement(release: Release) -> Row:
    manifest, found = release.manifest, agreement_of(release)
    row: Row = {"id": manifest.agreement, "registered": found is not None}
    if not found:
        return row
    return row | {
        "version": found.version,
        "agreed": found.agreed,
        "signed": found.signed,
        "signatory": found.signatory,
        "expires": found.expires,
        "withdrawn": found.withdrawn,
        "with_authority": same_authority(release, found.authority, manifest.authority),
        "with_provider": not found.provider or names.plain(found.provider) == names.plain(manifest.provider),
    }


def _representative(release: Release) -> Row:
    manifest = release.manifest
    times = [row for row in release.register.representatives if names.same_person(row.name, manifest.representative)]
    own = [row for row in times if same_authority(release, row.authority, manifest.authority)]
    found = _on_date(own or times, manifest.date)
    row: Row = {"name": manifest.representative, "registered": found is not None}
    if not found:
        return row
    return row | {"for_authority": bool(own), "role": found.role, "starts": found.starts, "ends": found.ends}


def _contract(release: Release) -> Row:
    manifest = release.manifest
    own = [row for row in release.register.contracts if _is_contract(release, row)]
    found = _on_date(own, manifest.date)
    authority = find_authority(manifest.authority, release.register.authorities, manifest.programme)
    area = find_area(authority.area, manifest.programme) if authority else ""
    row: Row = {"provider": manifest.provider, "area": manifest.area, "registered": found is not None}
    row |= {"authority": manifest.authority, "authority_area": area}
    if authority and area:
        row |= {"in_area": names.plain(area) == names.plain(manifest.area), "confidence": authority.confidence}
    return row | ({"starts": found.starts, "ends": found.ends} if found else {})


def _is_contract(release: Release, row: Contract) -> bool:
    manifest = release.manifest
    said = (row.provider, row.programme, find_area(row.area, row.programme))
    return [names.plain(word) for word in said] == [
        names.plain(word) for word in (manifest.provider, manifest.programme, manifest.area)
    ]


def _on_date(times: Sequence[Timed], date: str) -> Timed | None:
    """The entry whose time covers the date, both ends included; else the last that began before it; else the first."""
    covering = [row for row in times if row.starts <= date and (row.ends is None or date <= row.ends)]
    begun = [row for row in times if row.starts <= date]
    if covering or begun:
        return max(covering or begun, key=lambda row: row.starts)
    return min(times, key=lambda row: row.starts, default=None)


# ---------------------------------------------------------------- several of each


def _recipients(release: Release) -> Facts:
    manifest, agreement = release.manifest, agreement_of(release)
    allowed = (agreement.authority, *agreement.permitted) if agreement else ()
    rows: list[Row] = []
    for i, name in enumerate((manifest.authority, *manifest.copies_to)):
        permitted = any(same_authority(release, name, other) for other in allowed)
        role = "copy" if i else "authority"
        rows.append(
            dated(release, {"name": name, "role": role, "permitted": permitted, "agreement": manifest.agreement})
        )
    return from_rows("recipient", rows, lambda i: _in_manifest(release, "copies_to" if i else "authority"))


def _suspensions(release: Release) -> Facts:
    register = release.register
    rows = [
        dated(
            release,
            {
                "by": row.by,
                "concerns": _concerns(release, row),
                "starts": row.starts,
                "ends": row.ends,
                "reason": row.reason,
            },
        )
        for row in register.suspensions
    ]
    return from_rows("suspension", rows, lambda i: at(register.path, register.suspensions[i].mark))


def _concerns(release: Release, row: Suspension) -> bool:
    manifest = release.manifest
    if row.provider and names.plain(row.provider) != names.plain(manifest.provider):
        return False
    receiving = (manifest.authority, *manifest.copies_to)
    return not row.authorities or any(same_authority(release, a, b) for a in row.authorities for b in receiving)
