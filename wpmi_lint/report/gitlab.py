"""The gitlab format: a Code Quality report."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.report.fingerprint import fingerprints
from wpmi_lint.report.jsondoc import dumps
from wpmi_lint.report.place import message

if TYPE_CHECKING:
    from wpmi_lint.model import Report
    from wpmi_lint.report.style import Look

SEVERITIES = {"error": "major", "warning": "minor", "review": "info", "note": "info"}


def lines(report: Report, _: Look) -> tuple[str]:
    """The document; paths are relative to the project where CI_PROJECT_DIR says what that is."""
    findings = (finding for file in report.files for finding in file.findings if finding.verdict in ("fail", "review"))
    return (
        dumps(
            [
                {
                    "description": f"{finding.rule}: {message(finding)}",
                    "check_name": finding.rule,
                    "fingerprint": mark,
                    "severity": SEVERITIES[finding.severity],
                    "location": {"path": _path(finding.place.path), "lines": {"begin": finding.place.line or 1}},
                }
                for finding, mark in fingerprints(findings)
            ]
        ),
    )


def _path(path: str) -> str:
    project = os.environ.get("CI_PROJECT_DIR")
    return os.path.relpath(path, project).replace(os.sep, "/") if project and os.path.isabs(path) else path
