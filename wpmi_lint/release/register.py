"""register.yaml: agreements, representatives, suspensions, contracts and approvers of all releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple
from wpmi_lint.release import names
from wpmi_lint.release.areas import WORK_PROGRAMME, Authority, find_authority, near_authority
from wpmi_lint.yaml_file import Entry, Mark, Problem, refuse, top
from wpmi_lint.yaml_schema import load_checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# A date is an ISO string, None where the register gives none.


class Agreement(NamedTuple):
    """A confidentiality agreement with an authority."""

    id: str
    version: str
    authority: str
    provider: str
    agreed: str | None
    signed: str | None
    signatory: str
    expires: str | None  # the last day in force
    withdrawn: str | None  # the first day no longer in force
    permitted: tuple[str, ...]
    mark: Mark


class Representative(NamedTuple):
    """Who answers at an authority for keeping to the agreement."""

    name: str
    authority: str
    role: str
    starts: str
    ends: str | None
    mark: Mark


class Suspension(NamedTuple):
    """A time in which nothing may be shared; both ends belong to it."""

    by: str  # "provider", "DWP"
    provider: str
    authorities: tuple[str, ...]  # () : all
    starts: str
    ends: str | None
    reason: str
    mark: Mark


class Contract(NamedTuple):
    """A provider's contract for an area; both ends belong to it."""

    provider: str
    programme: str
    area: str
    starts: str
    ends: str | None
    mark: Mark


class Approver(NamedTuple):
    """Who may approve waivers; `rules` () means every rule."""

    name: str
    starts: str | None
    ends: str | None
    rules: tuple[str, ...]


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
    """Read a register. Raises UsageError with all that is wrong in it."""
    whole = top(load_checked(path, "register.schema.json"))
    own = _authorities(whole)
    refuse(whole.file, list(_contradictions(whole, own)))
    return Register(
        path,
        own,
        tuple(_agreement(entry) for entry in whole.entries("agreements")),
        tuple(_representative(entry) for entry in whole.entries("representatives")),
        tuple(_suspension(entry) for entry in whole.entries("suspensions")),
        tuple(_contract(entry) for entry in whole.entries("contracts")),
        tuple(_approver(entry) for entry in whole.entries("approvers")),
    )


def _authorities(whole: Entry) -> dict[str, Authority]:
    found: dict[str, Authority] = {}
    for entry in whole.entries("authorities"):
        area = entry.text("area")
        row = Authority(entry.text("name"), area, "high" if area else "", "register")
        found |= {names.authority(name): row for name in (row.name, *entry.texts("other_names"))}
    return found


def _agreement(entry: Entry) -> Agreement:
    return Agreement(
        entry.text("id"),
        entry.text("version"),
        entry.text("authority"),
        entry.text("provider"),
        entry.text("agreed") or None,
        entry.text("signed") or None,
        entry.text("signatory"),
        entry.text("expires") or None,
        entry.text("withdrawn") or None,
        entry.texts("permitted"),
        entry.mark(),
    )


def _representative(entry: Entry) -> Representative:
    start, end = entry.text("from"), entry.text("to") or None
    return Representative(entry.text("name"), entry.text("authority"), entry.text("role"), start, end, entry.mark())


def _suspension(entry: Entry) -> Suspension:
    whom = () if entry.text("authorities") == "all" else entry.texts("authorities")
    start, end = entry.text("from"), entry.text("to") or None
    return Suspension(entry.text("by"), entry.text("provider"), whom, start, end, entry.text("reason"), entry.mark())


def _contract(entry: Entry) -> Contract:
    programme = entry.text("programme") or WORK_PROGRAMME
    start, end = entry.text("from"), entry.text("to") or None
    return Contract(entry.text("provider"), programme, entry.text("area"), start, end, entry.mark())


def _approver(entry: Entry) -> Approver:
    return Approver(entry.text("name"), entry.text("from") or None, entry.text("to") or None, entry.texts("rules"))


def _contradictions(whole: Entry, own: Mapping[str, Authority]) -> Iterator[Problem]:
    """What a schema cannot say: ends before beginnings, an agreement written twice, authorities that nobody knows."""
    programmes = [entry.text("programme") or WORK_PROGRAMME for entry in whole.entries("contracts")] or [WORK_PROGRAMME]
    for part in ("representatives", "suspensions", "contracts", "approvers"):
        for entry in whole.entries(part):
            if entry.text("from") and entry.text("to") and entry.text("to") < entry.text("from"):
                yield Problem(
                    (*entry.at, "to"), f"ends on {entry.text('to')}, before it begins on {entry.text('from')}"
                )
    for part, key in (("agreements", "authority"), ("representatives", "authority"), ("suspensions", "authorities")):
        for entry in whole.entries(part):
            for name in entry.texts(key) if entry.text(key) != "all" else ():
                if not any(find_authority(name, own, programme) for programme in programmes):
                    yield Problem((*entry.at, key), unknown_authority(name, own, programmes[0]))
    seen: dict[tuple[str, str], Mark] = {}
    for entry in whole.entries("agreements"):
        pair = (entry.text("id"), entry.text("version"))
        if pair in seen:
            yield Problem(
                (*entry.at, "id"), f'"{pair[0]}" stands in line {seen[pair].line} already with the same version'
            )
        seen.setdefault(pair, entry.mark("id"))


def unknown_authority(name: str, own: Mapping[str, Authority], programme: str) -> str:
    """The words for a name that neither register nor list has."""
    near = near_authority(name, own, programme)
    help = near or "; add it under authorities in the register"
    return f'"{name}" is no authority of the register or of the list of 2012{help}'
