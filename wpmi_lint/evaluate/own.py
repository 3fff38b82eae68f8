"""The linter's own findings: what could not be read or understood, and a policy out of force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.a1 import address
from wpmi_lint.linter_rules import LINTER_RULES
from wpmi_lint.model import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.model import Document, Refusal, Table
    from wpmi_lint.policy.resolved import Policy


def finding(code: str, severity: str, place: Place, message: str, fix: str = "") -> Finding:
    """One of the linter's own findings."""
    own = LINTER_RULES[code]
    verdict = "review" if severity in ("review", "note") else "fail"
    return Finding(code, own.name, verdict, severity, place, (message,), why=own.why, fix=(fix or own.fix,))


def refusals(document: Document, limits: Sequence[Refusal] = ()) -> tuple[Finding, ...]:
    """WL001 for each file or part that was not read, WL007 for each limit that was reached."""
    return tuple(_refusal(document.path, refusal) for refusal in (*document.refusals, *limits))


def _refusal(path: str, refusal: Refusal) -> Finding:
    place = Place(path, line=refusal.line)
    reason = f"the part {refusal.what!r} was not read: {refusal.reason}" if refusal.what else refusal.reason
    if refusal.scope == "limit":
        limit = refusal.limit.lower().replace("_", " ")
        return not_checked("WL007", place, f"not checked: {reason} (limit: {limit})", refusal.help)
    return finding("WL001", "error", place, reason, refusal.help)


def failed(path: str, error: Exception) -> Finding:
    """WL001 for a file on which the tool itself failed; the kind of the error alone, since its words may hold cells."""
    reason = f"the file was not checked: wpmi-lint itself failed on it ({type(error).__name__}); -v shows the trace"
    return finding("WL001", "error", Place(path), reason, "check the file by hand, and report the failure")


def not_checked(code: str, place: Place, message: str, fix: str = "") -> Finding:
    """A finding that says what was not checked."""
    return finding(code, "review", place, message, fix)._replace(verdict="not-checked")


def not_inspected(document: Document, reason: str) -> Finding:
    """WL007 for a format whose hidden content nothing looks for."""
    return not_checked("WL007", Place(document.path), f"hidden content of {document.format} files: {reason}")


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
