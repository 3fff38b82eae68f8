"""From the results of files to a report: counts, the state of the policy, and the exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.evaluate import own
from wpmi_lint.evaluate.rules import clause
from wpmi_lint.model import FileResult, PolicyNote, Report, Summary
from wpmi_lint.policy.resolved import place
from wpmi_lint.status import CLEAN, FOUND, UNCHECKED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.policy.resolved import Policy, Rule

INPUT = "yaml"  # the format of a manifest, a register or waivers: no candidate files
RANK = {"error": 2, "warning": 1, "review": 0, "note": -1}  # a fail level takes in what ranks as high or higher


def report(policy: Policy, files: Sequence[FileResult], *, as_at: str, values: str) -> Report:
    """The results of all files, with the state of the policy and the counts."""
    status, notes = own.policy_status(policy, as_at)
    if status:
        files = (FileResult(path=policy.path, format="wpmi", sha256=policy.sha256, findings=(status,)), *files)
    broken = {finding.rule for file in files for finding in file.findings}
    rules = {rule.code: rule_facts(policy, rule) for rule in policy.rules if rule.code in broken}
    names = {rule.code: rule.name for rule in policy.rules}
    note = PolicyNote(name=policy.name, version=policy.version, title=policy.title, sha256=policy.sha256, notes=notes)
    return Report(policy=note, files=tuple(files), summary=summary(files), rules=rules, values=values, names=names)


def rule_facts(policy: Policy, rule: Rule) -> dict[str, str]:
    """What machine formats say of a rule."""
    return {
        "name": rule.name,
        "title": rule.title,
        "severity": rule.severity,
        "clause": clause(policy, rule),
        "because": rule.because,
        "policy": place(policy, rule),
    }


def combined(reports: Sequence[Report], files: Sequence[FileResult]) -> Report:
    """One report of several that share a policy's state: of these files, counted again."""
    rules = {code: rule for report in reports for code, rule in report.rules.items()}
    names = {code: name for report in reports for code, name in report.names.items()}
    return reports[0]._replace(files=tuple(files), summary=summary(files), rules=rules, names=names)


def summary(files: Sequence[FileResult]) -> Summary:
    """The counts at the end of a report; findings that are not listed one by one count as well."""
    ran = frozenset[str]().union(*(file.rules_run for file in files))
    count = dict.fromkeys(("error", "warning", "review", "note", "waived"), 0)
    for file in files:
        for finding in file.findings:
            key = "waived" if finding.verdict == "waived" else finding.severity
            if finding.verdict != "not-checked":
                count[key] += 1 + finding.more
    return Summary(
        files=sum(file.format not in ("wpmi", INPUT) for file in files),
        tables=sum(file.tables_found for file in files),
        cells=sum(file.cells for file in files),
        rules_run=len(ran),
        not_checked=sum(file.not_checked for file in files),
        errors=count["error"],
        warnings=count["warning"],
        reviews=count["review"],
        waived=count["waived"],
    )


def exit_status(result: Report, fail_level: str = "error") -> int:
    """How a run ends whose files were all there; the same for every format."""
    level = RANK[fail_level]
    findings = [finding for file in result.files for finding in file.findings if finding.verdict != "waived"]
    if any(RANK[finding.severity] >= level for finding in findings):
        return FOUND
    beyond = any(finding.rule == "WL007" for finding in findings)
    return UNCHECKED if beyond or not result.summary.rules_run else CLEAN
