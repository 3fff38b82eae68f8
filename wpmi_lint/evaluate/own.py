"""The linter's own findings: what could not be read or understood, and a policy out of force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.a1 import address
from wpmi_lint.model import Finding, Place
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.model import Document, Table, Unreadable
    from wpmi_lint.policy.resolved import Policy


class Own(NamedTuple):
    """A rule that no policy can switch off."""

    name: str
    title: str
    why: str
    fix: str


OWN: dict[str, Own] = {
    "WL001": Own(
        "unreadable",
        "Every file given can be read",
        "a file that was not read was not checked",
        "mend or replace the file, then check again",
    ),
    "WL002": Own(
        "no-table",
        "Every file given holds a table",
        "a file without a table was not checked",
        "if the file is not meant to be released, exclude it in wpmi-lint.yaml; else describe its layout there",
    ),
    "WL003": Own(
        "policy-status",
        "The policy is in force on the date",
        "a policy out of force says nothing about a release",
        "choose the policy in force, or give the date with --as-at",
    ),
    "WL004": Own(
        "waiver",
        "Every waiver is in order",
        "a waiver that is expired, unused or too wide hides what it should not",
        "correct or remove the waiver",
    ),
    "WL005": Own(
        "not-understood",
        "Every part of a table is understood",
        "rules were not run on what was not understood",
        "run `wpmi-lint tables` on the file, and state the layout in wpmi-lint.yaml where the tool got it wrong",
    ),
}


def finding(code: str, severity: str, place: Place, message: str, fix: str = "") -> Finding:
    """One of the linter's own findings."""
    own = OWN[code]
    verdict = "review" if severity in ("review", "note") else "fail"
    return Finding(code, own.name, verdict, severity, place, (message,), why=own.why, fix=(fix or own.fix,))


def unreadable(file: Unreadable) -> Finding:
    """WL001: the reason and the help of the reader."""
    return finding("WL001", "error", Place(file.path, line=file.line), file.reason, file.help)


def no_table(document: Document) -> Finding:
    """WL002."""
    return finding("WL002", "error", Place(document.path), "no table was found")


def doubts(document: Document, tables: Sequence[Table]) -> Iterator[Finding]:
    """WL005, one for each part of a table that was not understood."""
    for table in tables:
        sheet = document.sheets[table.sheet].name or None
        for doubt in table.doubts:
            place = Place(document.path, sheet, address(doubt.range.top, doubt.range.left), table=table.id)
            yield finding("WL005", "review", place, doubt.reason)


def policy_status(policy: Policy, as_at: str) -> tuple[Finding | None, tuple[str, ...]]:
    """WL003 where the date is outside the policy's time, and the notes to be said once."""
    notes = (
        (f"the policy {policy.name} {policy.version} is {policy.status}",)
        if policy.status not in ("", "in force")
        else ()
    )
    place = Place(policy.path)
    if policy.from_date and as_at < policy.from_date:
        return finding(
            "WL003", "error", place, f"the policy is not in force on {as_at}: it begins on {policy.from_date}"
        ), notes
    if policy.until_date and as_at > policy.until_date:
        return finding(
            "WL003", "error", place, f"the policy is no longer in force on {as_at}: it ended on {policy.until_date}"
        ), notes
    return None, notes
