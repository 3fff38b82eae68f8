"""Waivers over findings: what they cover is shown as waived; what is wrong with them is a finding of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from wpmi_lint.closest import closest
from wpmi_lint.model import Finding, Place
from wpmi_lint.paths import any_file, matches_file, relative
from wpmi_lint.records import NamedTuple
from wpmi_lint.release import names
from wpmi_lint.release.waivers import Waiver, Waivers, load_waivers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wpmi_lint.release.register import Register

CODE, NAME = "WL004", "waiver"
HORIZON = 366  # days from approval to expiry
Objection = tuple[str, str]  # what is wrong, and what to do
FIRM = frozenset({"WL003", "WL004"})  # what the linter says of policy and waivers cannot be waived
_APPROVAL = "have it approved by someone who may approve it"


class Run(NamedTuple):
    """A run over some files, as far as waivers ask."""

    waivers: Waivers
    register: Register | None
    as_at: str  # ISO date
    rules: Mapping[str, str]  # code -> name, of the policy and of the linter itself
    paths: Sequence[str]  # of the files
    titles: Mapping[tuple[str, str], str]  # (path, table id) -> title
    firm: frozenset[str] = FIRM  # codes of the rules that may not be waived
    horizon: int = HORIZON


class Waived(NamedTuple):
    """The outcome: waiver i holds for `used[i]` findings; those in `unused` and `expired` could go."""

    findings: tuple[Finding, ...]
    extra: tuple[Finding, ...]
    used: tuple[int, ...]
    unused: tuple[int, ...]
    expired: tuple[int, ...]


class WaiverState(NamedTuple):
    """A waiver over all releases that were checked."""

    number: int  # its place in the file, from 0
    waiver: Waiver
    used: int
    why: str  # why it can go; "" where it is needed or was not reached


def apply(findings: Sequence[Finding], run: Run) -> Waived:
    """Apply waivers to the findings of a run."""
    waivers = run.waivers.waivers
    faults = [_fault(waiver, run) for waiver in waivers]
    used, reached, wide = [0] * len(waivers), set[int](), set[int]()
    out = []
    for finding in findings:
        for i, waiver in enumerate(waivers):
            if not _covers(waiver, finding, run):
                continue
            too_wide = is_too_wide(waiver, finding)
            (wide if too_wide else reached).add(i)
            if not too_wide and not faults[i]:
                used[i] += 1
                finding = _waived(finding, waiver)
                break
        out.append(finding)
    idle = [i for i in range(len(waivers)) if i not in reached | wide]
    unused = tuple(i for i in idle if _could_be_used(waivers[i], run))
    for i, waiver in enumerate(waivers):
        if not faults[i] and i in wide:
            faults[i] = f"{waiver.rule} for a whole file is too wide", "name the table, row or column that it is for"
        elif not faults[i] and i in unused:
            faults[i] = "covers no finding", _UNUSED
    return Waived(
        findings=tuple(out),
        extra=tuple(_finding(run, waiver, fault) for waiver, fault in zip(waivers, faults, strict=True) if fault),
        used=tuple(used),
        unused=unused,
        expired=tuple(i for i, waiver in enumerate(waivers) if waiver.expires < run.as_at),
    )


_UNUSED = "take it out, or correct file, table, row and column: `wpmi-lint waivers --prune`"


def states(path: str, outcomes: Sequence[Waived]) -> Iterator[WaiverState]:
    """What became of each waiver of a file, over several runs."""
    for i, waiver in enumerate(load_waivers(path).waivers):
        used = sum(outcome.used[i] for outcome in outcomes)
        why = ""
        if not used and all(i in outcome.expired for outcome in outcomes):
            why = f"expired on {waiver.expires}"
        elif not used and any(i in outcome.unused for outcome in outcomes):
            why = "unused"
        yield WaiverState(number=i, waiver=waiver, used=used, why=why)


def _covers(waiver: Waiver, finding: Finding, run: Run) -> bool:
    """Whether a waiver is for a finding: by its rule, file, table and headers."""
    place = finding.place
    return (
        finding.rule not in run.firm
        and waiver.rule in (finding.rule, finding.name)
        and matches_file(relative(place.path, run.waivers.folder), waiver.file)
        and (not waiver.table or _names_table(waiver.table, place, run.titles))
        and has_headers(place.row_header, waiver.row)
        and has_headers(place.column_header, waiver.column)
    )


def _names_table(pattern: str, place: Place, titles: Mapping[tuple[str, str], str]) -> bool:
    identity = place.table or ""
    if pattern in (identity, identity.rpartition("!")[2]):
        return bool(identity)
    title = titles.get((place.path, identity), "")
    return any(names.fits(words, pattern) for words in (title, place.sheet or "") if words)


def has_headers(header: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether all wanted words are in a header, in order; nothing wanted fits every header."""
    rest = iter(header)
    return all(any(names.fits(level, word) for level in rest) for word in wanted)


def is_too_wide(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver of an error in a table is for a whole file."""
    names_place = waiver.table or waiver.row or waiver.column
    return finding.severity == "error" and bool(finding.place.table) and not names_place


def _waived(finding: Finding, waiver: Waiver) -> Finding:
    words = f"{waiver.reason} ({waiver.approver}, {waiver.approved}, until {waiver.expires})"
    return finding._replace(verdict="waived", waiver=words)


def _could_be_used(waiver: Waiver, run: Run) -> bool:
    """Whether a file that it names was checked, or no such file is left at all."""
    folder = run.waivers.folder
    if any(matches_file(relative(path, folder), waiver.file) for path in run.paths):
        return True
    return not any_file(folder, waiver.file)


def _fault(waiver: Waiver, run: Run) -> Objection | None:
    """Why a waiver does not hold, and what to do; None where it does."""
    codes = {code for code, name in run.rules.items() if waiver.rule in (code, name)}
    if not codes:
        near = closest(waiver.rule, (*run.rules, *run.rules.values()))
        return f'no rule is called "{waiver.rule}"{near}', "write a rule's code or name"
    if codes & run.firm:
        return f"{waiver.rule} cannot be waived", "take it out, and correct the finding"
    if waiver.expires < run.as_at:
        return f"expired on {waiver.expires}", "correct the finding, or have the waiver approved again"
    if waiver.approved > run.as_at:
        return f"approved on {waiver.approved}, after {run.as_at}", "correct the date"
    last = date.fromisoformat(waiver.approved) + timedelta(days=run.horizon)
    if waiver.expires > last.isoformat():
        return f"runs longer than {run.horizon} days", f"let it expire by {last.isoformat()} and look again then"
    return _approver_fault(waiver, run, codes)


def _approver_fault(waiver: Waiver, run: Run, codes: set[str]) -> Objection | None:
    register = run.register
    approvers = register.approvers if register else ()
    own = [row for row in approvers if names.same_person(row.name, waiver.approver)]
    if not own:
        near = closest(waiver.approver, [row.name for row in approvers])
        listed = register and register.path
        where = f"among the approvers of {listed}" if listed else "in a register: none was found"
        return f'"{waiver.approver}" is not {where}{near}', _APPROVAL
    if not any((row.starts or "") <= waiver.approved <= (row.ends or "9999") for row in own):
        return f'"{waiver.approver}" could not approve on {waiver.approved}', _APPROVAL
    same = codes | {run.rules[code] for code in codes}
    if not any(not row.rules or same.intersection(row.rules) for row in own):
        return f'"{waiver.approver}" may not waive {waiver.rule}', _APPROVAL
    return None


def _finding(run: Run, waiver: Waiver, objection: Objection) -> Finding:
    what, help = objection
    return Finding(
        rule=CODE,
        name=NAME,
        verdict="fail",
        severity="error",
        place=Place(path=run.waivers.path, line=waiver.mark.line, column=waiver.mark.column),
        message=(f"waiver of {waiver.rule}: {what}",),
        fix=(help,),
    )
