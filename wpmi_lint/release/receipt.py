"""The record of a release as it was checked: an in-toto statement, the same bytes for the same input."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

from wpmi_lint import __version__
from wpmi_lint.paths import relative
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wpmi_lint.model import Finding, Report
    from wpmi_lint.release.gather import Release
    from wpmi_lint.release.waivers import Waiver

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:wpmi-lint:release-receipt:v1"
ORDER = ("fail", "review", "not-checked", "waived")  # a rule's verdict is the first of these that it gave


class Cleared(NamedTuple):
    """What a receipt is made of."""

    release: Release
    report: Report
    status: int  # the exit status: 0 is cleared
    as_at: str
    waivers: Sequence[Waiver]  # those that were used
    hashes: Mapping[str, str]  # SHA-256 of each file by its name in the release


def receipt(cleared: Cleared, path: str) -> str:
    """The text of a receipt that will be at `path`. It holds no figure of any file."""
    release, report = cleared.release, cleared.report
    manifest = release.manifest
    predicate: dict[str, object] = {
        "verdict": "cleared" if cleared.status == 0 else "refused",
        "tool": {"name": "wpmi-lint", "version": __version__},
        "policy": {"name": report.policy.name, "version": report.policy.version, "sha256": report.policy.sha256},
        "asAt": cleared.as_at,
        "timeZone": "Europe/London",
        "folder": relative(manifest.folder, os.path.dirname(path) or "."),
        "release": {
            "name": manifest.release,
            "programme": manifest.programme,
            "provider": manifest.provider,
            "authority": manifest.authority,
            "date": manifest.date,
            "kind": manifest.kind,
        },
        "inputs": {
            name: {"path": relative(file, manifest.folder), "sha256": sha256(file)}
            for name, file in inputs(release).items()
        },
        "rules": rules(report),
        "waivers": [_waiver(waiver) for waiver in cleared.waivers],
        "summary": report.summary._asdict(),
    }
    read = sorted(name for name, digest in cleared.hashes.items() if digest)
    subject = [{"name": name, "digest": {"sha256": cleared.hashes[name]}} for name in read]
    statement = {"_type": STATEMENT, "subject": subject, "predicateType": PREDICATE, "predicate": predicate}
    return json.dumps(statement, indent=2, ensure_ascii=False) + "\n"


def inputs(release: Release) -> dict[str, str]:
    """The files beside those shared that the verdict rests on, by what they are."""
    paths = {"manifest": release.manifest.path, "register": release.register.path, "waivers": release.waivers}
    return {name: path for name, path in paths.items() if path}


def rules(report: Report) -> dict[str, dict[str, object]]:
    """The verdict of every rule: what it gave, "pass" where it ran and found nothing, else "not applicable"."""
    ran = frozenset[str]().union(*(file.rules_run for file in report.files))
    given: dict[str, list[Finding]] = {code: [] for code in report.names}
    for file in report.files:
        for finding in file.findings:
            given.setdefault(finding.rule, []).append(finding)
    return {code: _rule(report, code, findings, ran=code in ran) for code, findings in sorted(given.items())}


def _rule(report: Report, code: str, findings: Sequence[Finding], ran: bool) -> dict[str, object]:
    counts = {verdict: sum(1 + f.more for f in findings if f.verdict == verdict) for verdict in ORDER}
    verdict = next((verdict for verdict in ORDER if counts[verdict]), "pass" if ran else "not applicable")
    name = findings[0].name if findings else report.names[code]
    return {"name": name, "verdict": verdict, "findings": {key: count for key, count in counts.items() if count}}


def _waiver(waiver: Waiver) -> dict[str, object]:
    kept = ("rule", "file", "table", "row", "column", "reason", "approver", "approved", "expires")
    return {key: value for key, value in zip(waiver._fields, waiver, strict=True) if key in kept and value}


def sha256(path: str) -> str:
    """The SHA-256 of a file; "" where it cannot be read, or is none: opening a pipe would wait for ever."""
    if not os.path.isfile(path):
        return ""
    try:
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
