"""The sarif format: SARIF 2.1.0 in the form that code scanning accepts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint import __version__
from wpmi_lint.report import place
from wpmi_lint.report.fingerprint import fingerprints
from wpmi_lint.report.jsondoc import dumps
from wpmi_lint.report.text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpmi_lint.model import FileResult, Finding, Report
    from wpmi_lint.report.style import Look

    JsonObject = dict[str, object]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "review": "note", "note": "note"}


def lines(report: Report, _: Look) -> tuple[str]:
    """The document: one run; what could not be decided is a notification, what is waived is suppressed."""
    findings = [finding for file in report.files for finding in file.findings]
    rules = _rules(report, findings)
    codes = list(rules)
    run: JsonObject = {
        "tool": {"driver": {"name": "wpmi-lint", "version": __version__, "rules": list(rules.values())}},
        "automationDetails": {"id": f"wpmi-lint/{report.policy.name}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    _notified(finding) for finding in findings if finding.verdict == "not-checked"
                ],
            }
        ],
        "artifacts": [_artifact(file) for file in report.files],
        "results": [
            _result(finding, mark, codes.index(finding.rule))
            for finding, mark in fingerprints(findings)
            if finding.verdict != "not-checked"
        ],
    }
    return (dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}),)


def uri(path: str) -> str:
    """A path as a relative reference, or as a file URI where it is absolute."""
    from urllib.parse import quote

    plain = quote(os.fsencode(path.replace(os.sep, "/")))
    return f"file://{plain}" if plain.startswith("/") else plain


def _rules(report: Report, findings: list[Finding]) -> dict[str, JsonObject]:
    rules: dict[str, Mapping[str, str]] = dict(report.rules)
    for finding in findings:
        rules.setdefault(finding.rule, {"name": finding.name, "because": finding.why, "severity": finding.severity})
    return {code: _rule(code, rule) for code, rule in sorted(rules.items())}


def _rule(code: str, rule: Mapping[str, str]) -> JsonObject:
    title = rule.get("title") or rule["name"]
    because = rule.get("because") or title
    text = "\n\n".join(filter(None, (title, rule.get("clause"), because, f"wpmi-lint explain {code}")))
    return {
        "id": code,
        "name": rule["name"],
        "shortDescription": {"text": title},
        "fullDescription": {"text": because},
        "help": {"text": text},
        "defaultConfiguration": {"level": LEVELS.get(rule.get("severity", ""), "error")},
        **({"properties": {"policy": rule["policy"]}} if rule.get("policy") else {}),
    }


def _artifact(file: FileResult) -> JsonObject:
    artifact: JsonObject = {"location": {"uri": uri(file.path)}}
    return {**artifact, "hashes": {"sha-256": file.sha256}} if file.sha256 else artifact


def _result(finding: Finding, mark: str, index: int) -> JsonObject:
    result: JsonObject = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": place.message(finding)},
        "locations": [_location(finding)],
        "partialFingerprints": {"primaryLocationLineHash": mark},
    }
    if finding.verdict == "waived":
        result["suppressions"] = [{"kind": "external", "justification": finding.waiver}]
    return result


def _notified(finding: Finding) -> JsonObject:
    return {
        "level": "warning",
        "message": {"text": f"not checked: {place.message(finding)}"},
        "associatedRule": {"id": finding.rule},
        "locations": [_location(finding)],
    }


def _location(finding: Finding) -> JsonObject:
    """A workbook has no lines: line 1 is the file, and the cell is a logical location."""
    where = finding.place
    region: JsonObject = {"startLine": where.line or 1}
    if where.line and where.column:
        region["startColumn"] = where.column
    location: JsonObject = {"physicalLocation": {"artifactLocation": {"uri": uri(where.path)}, "region": region}}
    if where.cell:
        words = [
            f"{what} {quoted(header)}" for what, header in (("row", where.row_header), ("column", where.column_header))
        ]
        location["logicalLocations"] = [
            {
                "name": where.cell,
                "fullyQualifiedName": f"{where.sheet}!{where.cell}" if where.sheet else where.cell,
                "decoratedName": ", ".join(word for word in words if not word.endswith('""')) or where.cell,
                "kind": "element",
            }
        ]
    return location
