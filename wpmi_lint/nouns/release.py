"""The nouns of manifest and register: release, agreement, representative, contract, recipient and suspension.

A release has the fields of its agreement, representative and contract too, as agreement.signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.nouns.contract import Each, Field, Noun, Subjects, Type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpmi_lint.nouns.release_context import Recipient, ReleaseContext
    from wpmi_lint.release.manifest import Manifest
    from wpmi_lint.release.register import Suspension

manifest: Each[Manifest, ReleaseContext] = Each()
recipient: Each[Recipient, ReleaseContext] = Each()
suspension: Each[Suspension, ReleaseContext] = Each()


def _registered(type: Type, doc: str, path: str) -> Field:
    """A field of what the register has, such as agreement.signed; absent where the register does not have it."""
    part, name = path.split(".")
    return manifest.field(type, doc, lambda _, r: getattr(found, name) if (found := getattr(r, part)) else None)


def _with_authority(_: Manifest, release: ReleaseContext) -> bool | None:
    return release.is_authority(release.agreement.authority) if release.agreement else None


def _with_provider(_: Manifest, release: ReleaseContext) -> bool | None:
    agreement = release.agreement
    return not agreement.provider or release.is_provider(agreement.provider) if agreement else None


_SIGNED = "the agreement that the manifest names; absent where it names none"
_ANSWERS = "the person answers for the authority that receives the release"
_NAMED = "the person that the manifest names; absent where it names none"
_HAS = "the register has a contract of this provider for this area"
_IN = "the authority lies in the contract's area"
_LIES = "the area that the authority lies in; absent where that is not known"
_ROLE = ("authority", "copy")
_SURE = ("high", "medium-high", "medium", "low")
_CONCERNS = "it is for this provider and for someone who receives the release"
_PERMITTED = "the agreement is with them or names them as permitted recipients"

DATE = {"date": manifest.field("date", "the day of the release", lambda _, release: release.manifest.date)}
AGREEMENT = {
    "id": manifest.field("text", _SIGNED, lambda m, _: m.agreement),
    "registered": manifest.field("truth", "the register has it", lambda _, r: r.agreement is not None),
    "version": _registered("text", "the version of its text", "agreement.version"),
    "agreed": _registered("date", "the day on which the authority agreed", "agreement.agreed"),
    "signed": _registered("date", "the day on which it was signed", "agreement.signed"),
    "signatory": _registered("text", "who signed", "agreement.signatory"),
    "expires": _registered("date", "the last day on which it is in force", "agreement.expires"),
    "withdrawn": _registered("date", "the first day on which it is no longer in force", "agreement.withdrawn"),
    "with_authority": manifest.field("truth", "it is with the authority that receives the release", _with_authority),
    "with_provider": manifest.field("truth", "it is with the provider that shares", _with_provider),
}
REPRESENTATIVE = {
    "name": manifest.field("text", _NAMED, lambda m, _: m.representative),
    "registered": manifest.field("truth", "the register has the person", lambda _, r: r.representative is not None),
    "for_authority": manifest.field(
        "truth", _ANSWERS, lambda _, r: r.is_authority(r.representative.authority) if r.representative else None
    ),
    "role": _registered("text", "the person's post", "representative.role"),
    "starts": _registered("date", "the first day in post", "representative.starts"),
    "ends": _registered("date", "the last day in post; absent while it lasts", "representative.ends"),
}
CONTRACT = {
    "provider": manifest.field("text", "the provider that shares", lambda m, _: m.provider),
    "area": manifest.field("text", "the contract package area that the manifest names", lambda m, _: m.area),
    "registered": manifest.field("truth", _HAS, lambda _, r: r.contract is not None),
    "starts": _registered("date", "the first day of the contract", "contract.starts"),
    "ends": _registered("date", "its last day; absent while it lasts", "contract.ends"),
    "authority": manifest.field("text", "the authority that receives the release", lambda m, _: m.authority),
    "authority_area": _registered("text", _LIES, "authority.area"),
    "in_area": manifest.field("truth", _IN, lambda _, r: r.is_area(r.authority.area) if r.authority else None),
    "confidence": _registered(_SURE, "how sure it is which area the authority lies in", "authority.confidence"),
}
RELEASE = {
    "name": manifest.field("text", "the name of the release", lambda m, _: m.release),
    "programme": manifest.field("text", "the programme", lambda m, _: m.programme),
    "provider": manifest.field("text", "the provider that shares", lambda m, _: m.provider),
    "area": manifest.field("text", "the contract package area", lambda m, _: m.area),
    "authority": manifest.field("text", "the authority that receives it", lambda m, _: m.authority),
    "kind": manifest.field(("routine", "ad hoc", "bespoke"), "what kind of report it is", lambda m, _: m.kind),
    "purpose": manifest.field("text", "what the authority uses it for", lambda m, _: m.purpose),
    "earlier": manifest.field("number", "how many earlier releases it was compared with", lambda _, r: len(r.earlier)),
    "files": manifest.field("number", "how many files it has", lambda _, r: len(r.files)),
    **DATE,
    **{f"agreement.{name}": field for name, field in AGREEMENT.items()},
    **{f"representative.{name}": field for name, field in REPRESENTATIVE.items()},
    **{f"contract.{name}": field for name, field in CONTRACT.items()},
}
RECIPIENT = {
    "name": recipient.field("text", "who receives the release", lambda r, _: r.name),
    "role": recipient.field(_ROLE, "the authority itself, or someone who gets a copy", lambda r, _: r.role),
    "permitted": recipient.field("truth", _PERMITTED, lambda recipient, release: release.permits(recipient.name)),
    "agreement": recipient.field("text", "the agreement that the manifest names", lambda _, r: r.manifest.agreement),
    **DATE,
}
SUSPENSION = {
    "by": suspension.field(("provider", "DWP"), "who suspended sharing", lambda s, _: s.by),
    "concerns": suspension.field("truth", _CONCERNS, lambda suspension, release: release.is_under(suspension)),
    "starts": suspension.field("date", "its first day", lambda s, _: s.starts),
    "ends": suspension.field("date", "its last day; absent while it lasts", lambda s, _: s.ends),
    "reason": suspension.field("text", "why", lambda s, _: s.reason),
    **DATE,
}


def find_recipients(release: ReleaseContext) -> Subjects:
    """The authority, and everyone who gets a copy."""
    key = {"authority": "authority", "copy": "copies_to"}
    return recipient.facts(release.recipients, release, lambda r: release.in_manifest(key[r.role]))


def find_suspensions(release: ReleaseContext) -> Subjects:
    """Every suspension in the register."""
    return suspension.facts(release.register.suspensions, release, lambda s: release.in_register(s.mark))


def _one(name: str, each: str, fields: Mapping[str, Field], key: str = "") -> Noun:
    """One fact, placed at a key of the manifest, whether or not the register has what the key names."""

    def find(release: ReleaseContext) -> Subjects:
        return manifest.facts([release.manifest], release, lambda _: release.in_manifest(key or name))

    return Noun(name, each, scope="release", find=find, fields=fields, given=True)


_TIME = "suspension in the register"
_EACH = "authority that receives a release, or person who gets a copy"
NOUNS = (
    _one("release", "release", RELEASE),
    _one("agreement", "release: the agreement that it rests on", AGREEMENT | DATE),
    _one("representative", "release: who answers for it at the authority", REPRESENTATIVE | DATE),
    _one("contract", "release: the contract that it is made under", CONTRACT | DATE, key="area"),
    Noun("recipient", _EACH, scope="release", find=find_recipients, fields=RECIPIENT, given=True),
    Noun("suspension", _TIME, scope="release", find=find_suspensions, fields=SUSPENSION, given=True),
)
