"""Waivers over findings: what they cover is shown as waived; what is wrong with them is a finding of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from wpmi_lint.closest import closest
from wpmi_lint.model import Finding, Place
from wpmi_lint.paths import any_file, matches_file, relative
from wpmi_lint.records import NamedTuple
from wpmi_lint.release import names
from wpmi_lint.release.waivers import Waiver, Waivers, covers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wpmi_lint.release.register import Register

CODE, NAME = "WL004", "waiver"
HORIZON = 366  # days from approval to expiry
Fault = tuple[str, str]  # what is wrong, and what to do
FIRM = frozenset({"WL003", "WL004"})  # what the linter says of policy and waivers cannot be waived


class Given(NamedTuple):
    """What waivers are held against."""

    waivers: Waivers
    register: Register | None
    as_at: str  # ISO date
    rules: Mapping[str, str]  # code -> name, of the policy and of the linter itself
    horizon: int = HORIZON


class Waived(NamedTuple):
    """The outcome: waiver i holds for `used[i]` findings; those in `unused` and `expired` could go."""

    findings: tuple[Finding, ...]
    extra: tuple[Finding, ...]
    used: tuple[int, ...]
    unused: tuple[int, ...]
    expired: tuple[int, ...]


def apply(
    findings: Sequence[Finding], given: Given, paths: Sequence[str], titles: Mapping[tuple[str, str], str]
) -> Waived:
    """Hold waivers against the findings of a run over `paths`; `titles` gives a table's title by (path, table id)."""
    waivers = given.waivers.waivers
    faults = [_fault(waiver, given) for waiver in waivers]
    used, reached, wide = [0] * len(waivers), set[int](), set[int]()
    out = []
    for finding in findings:
        for i in _covering(finding, given, titles):
            too_wide = is_too_wide(waivers[i], finding)
            (wide if too_wide else reached).add(i)
            if not too_wide and not faults[i]:
                used[i] += 1
                finding = _waived(finding, waivers[i])
                break
        out.append(finding)
    idle = [i for i in range(len(waivers)) if i not in reached | wide]
    unused = tuple(i for i in idle if _could_be_used(waivers[i], given.waivers.folder, paths))
    extra = (_said(given, i, faults[i], i in wide, i in unused) for i in range(len(waivers)))
    expired = tuple(i for i, waiver in enumerate(waivers) if waiver.expires < given.as_at)
    return Waived(tuple(out), tuple(one for one in extra if one), tuple(used), unused, expired)


def _covering(finding: Finding, given: Given, titles: Mapping[tuple[str, str], str]) -> Iterator[int]:
    """The waivers that are for a finding."""
    if finding.rule in FIRM:
        return
    table = finding.place.table or ""
    own = {table: titles.get((finding.place.path, table), "")}
    for i, waiver in enumerate(given.waivers.waivers):
        if covers(waiver, given.waivers.folder, (finding.rule, finding.name), finding.place, own):
            yield i


def is_too_wide(waiver: Waiver, finding: Finding) -> bool:
    """A whole file is no place for an error that has a table to stand in."""
    names_place = waiver.table or waiver.row or waiver.column
    return finding.severity == "error" and bool(finding.place.table) and not names_place


def _waived(finding: Finding, waiver: Waiver) -> Finding:
    words = f"{waiver.reason} ({waiver.approver}, {waiver.approved}, until {waiver.expires})"
    return finding._replace(verdict="waived", waiver=words)


def _could_be_used(waiver: Waiver, folder: str, paths: Iterable[str]) -> bool:
    """Whether a file that it names was checked, or no such file is left at all."""
    if any(matches_file(relative(path, folder), waiver.file) for path in paths):
        return True
    return not any_file(folder, waiver.file)


def _fault(waiver: Waiver, given: Given) -> Fault | None:
    """Why a waiver does not hold, and what to do; None where it does."""
    if waiver.rule not in given.rules and waiver.rule not in given.rules.values():
        known = (*given.rules, *given.rules.values())
        return f'no rule is called "{waiver.rule}"{closest(waiver.rule, known)}', "write a rule's code or name"
    if waiver.rule in FIRM or waiver.rule in {given.rules.get(code) for code in FIRM}:
        return f"{waiver.rule} cannot be waived", "take it out"
    if waiver.expires < given.as_at:
        return f"expired on {waiver.expires}", "mend the finding, or have it approved anew"
    if waiver.approved > given.as_at:
        return f"approved on {waiver.approved}, after {given.as_at}", "correct the date"
    last = date.fromisoformat(waiver.approved) + timedelta(days=given.horizon)
    if waiver.expires > last.isoformat():
        return f"runs longer than {given.horizon} days", f"let it expire by {last.isoformat()} and look again then"
    return _approver_fault(waiver, given)


def _approver_fault(waiver: Waiver, given: Given) -> Fault | None:
    register = given.register
    approvers = register.approvers if register else ()
    own = [row for row in approvers if names.same_person(row.name, waiver.approver)]
    if not own:
        near = closest(waiver.approver, [row.name for row in approvers])
        where = (
            f"among the approvers of {register.path}" if register and register.path else "in a register: none was found"
        )
        return f'"{waiver.approver}" is not {where}{near}', "have someone approve it who may"
    if not any((row.starts or "") <= waiver.approved <= (row.ends or "9999") for row in own):
        return f'"{waiver.approver}" could not approve on {waiver.approved}', "have someone approve it who may"
    same = {waiver.rule, *(pair for pairs in given.rules.items() if waiver.rule in pairs for pair in pairs)}
    if not any(not row.rules or same.intersection(row.rules) for row in own):
        return f'"{waiver.approver}" may not waive {waiver.rule}', "have someone approve it who may"
    return None


def _said(given: Given, i: int, fault: Fault | None, wide: bool, unused: bool) -> Finding | None:
    waiver = given.waivers.waivers[i]
    if not fault and wide:
        fault = (f"{waiver.rule} for a whole file is too wide", "name the table, row or column that it is for")
    if not fault and unused:
        fault = (
            "covers no finding",
            "take it out, or correct file, table, row and column: `wpmi-lint waivers --prune`",
        )
    if not fault:
        return None
    place = Place(given.waivers.path, line=waiver.mark.line, column=waiver.mark.column)
    return Finding(CODE, NAME, "fail", "error", place, (f"waiver of {waiver.rule}: {fault[0]}",), fix=(fault[1],))
