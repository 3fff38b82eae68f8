"""register.yaml: agreements, representatives, suspensions, contracts and approvers of all releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple
from wpmi_lint.release import names
from wpmi_lint.release.areas import WORK_PROGRAMME, Authority, find_authority, near_authority
from wpmi_lint.yaml_file import Fault, Mark, YamlEntry, refuse, top
from wpmi_lint.yaml_schema import load_checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# A date is an ISO string, None where the register gives none.


class Agreement(NamedTuple):
    """A confidentiality agreement with an authority."""

    id: str
    authority: str
    mark: Mark
    version: str = ""
    provider: str = ""
    agreed: str | None = None
    signed: str | None = None
    signatory: str = ""
    expires: str | None = None  # the last day in force
    withdrawn: str | None = None  # the first day no longer in force
    permitted: tuple[str, ...] = ()


class Representative(NamedTuple):
    """Who answers at an authority for keeping to the agreement."""

    name: str
    authority: str
    starts: str
    mark: Mark
    ends: str | None = None
    role: str = ""


class Suspension(NamedTuple):
    """A time in which nothing may be shared; both ends belong to it."""

    by: str  # "provider", "DWP"
    starts: str
    mark: Mark
    ends: str | None = None
    provider: str = ""
    authorities: tuple[str, ...] = ()  # () : all
    reason: str = ""


class Contract(NamedTuple):
    """A provider's contract for an area; both ends belong to it."""

    provider: str
    area: str
    starts: str
    mark: Mark
    ends: str | None = None
    programme: str = WORK_PROGRAMME


class Approver(NamedTuple):
    """Who may approve waivers; `rules` () means every rule."""

    name: str
    starts: str | None = None
    ends: str | None = None
    rules: tuple[str, ...] = ()


class Register(NamedTuple):
    """Everything that holds for all releases."""

    path: str
    authorities: Mapping[str, Authority] = {}
    agreements: tuple[Agreement, ...] = ()
    representatives: tuple[Representative, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    contracts: tuple[Contract, ...] = ()
    approvers: tuple[Approver, ...] = ()


def load_register(path: str) -> Register:
    """Read a register. Raises UsageError with every fault in it."""
    whole = top(load_checked(path, "register.schema.json"))
    own = _authorities(whole)
    refuse(whole.file, list(_contradictions(whole, own)))
    representatives = whole.entries("representatives")
    return Register(
        path=path,
        authorities=own,
        agreements=tuple(Agreement(**row.fields("permitted"), mark=row.mark()) for row in whole.entries("agreements")),
        representatives=tuple(Representative(**row.fields(), mark=row.mark()) for row in representatives),
        suspensions=tuple(_suspension(row) for row in whole.entries("suspensions")),
        contracts=tuple(Contract(**row.fields(), mark=row.mark()) for row in whole.entries("contracts")),
        approvers=tuple(Approver(**row.fields("rules")) for row in whole.entries("approvers")),
    )


def _authorities(whole: YamlEntry) -> dict[str, Authority]:
    own: dict[str, Authority] = {}
    for entry in whole.entries("authorities"):
        name, area = entry.text("name"), entry.text("area")
        row = Authority(name=name, area=area, confidence="high" if area else "", source="register")
        own |= {names.authority(spelling): row for spelling in (name, *entry.texts("other_names"))}
    return own


def _suspension(entry: YamlEntry) -> Suspension:
    fields = entry.fields("authorities") | ({"authorities": ()} if entry.text("authorities") == "all" else {})
    return Suspension(**fields, mark=entry.mark())


def _contradictions(whole: YamlEntry, own: Mapping[str, Authority]) -> Iterator[Fault]:
    """What a schema cannot say: ends before beginnings, an agreement written twice, authorities that nobody knows."""
    programmes = [entry.text("programme") or WORK_PROGRAMME for entry in whole.entries("contracts")] or [WORK_PROGRAMME]
    for part in ("representatives", "suspensions", "contracts", "approvers"):
        for entry in whole.entries(part):
            if entry.text("from") and entry.text("to") and entry.text("to") < entry.text("from"):
                yield Fault((*entry.at, "to"), f"ends on {entry.text('to')}, before it begins on {entry.text('from')}")
    for part, key in (("agreements", "authority"), ("representatives", "authority"), ("suspensions", "authorities")):
        for entry in whole.entries(part):
            for name in entry.texts(key) if entry.text(key) != "all" else ():
                if not any(find_authority(name, own, programme) for programme in programmes):
                    yield Fault((*entry.at, key), unknown_authority(name, own, programmes[0]))
    seen: dict[tuple[str, str], Mark] = {}
    for entry in whole.entries("agreements"):
        pair = (entry.text("id"), entry.text("version"))
        if pair in seen:
            yield Fault(
                (*entry.at, "id"), f'duplicate "{pair[0]}" of the same version (first in line {seen[pair].line})'
            )
        seen.setdefault(pair, entry.mark("id"))


def unknown_authority(name: str, own: Mapping[str, Authority], programme: str) -> str:
    """The words for a name that neither register nor list has."""
    near = near_authority(name, own, programme)
    help = near or "; add it under authorities in the register"
    return f'"{name}" is not an authority of the register or of the list of 2012{help}'
