"""The json format: one document, versioned; schemas/report.schema.json describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wpmi_lint import __version__
from wpmi_lint.report.text import clean, joined

if TYPE_CHECKING:
    from wpmi_lint.model import FileResult, Finding, Report
    from wpmi_lint.report.style import Look

SCHEMA = "wpmi-lint/report/1"


def lines(report: Report, _: Look) -> tuple[str]:
    """The document. Everything in it is ASCII: JSON escapes keep whatever else the file holds."""
    document = {
        "schema": SCHEMA,
        "tool": {"name": "wpmi-lint", "version": __version__},
        "policy": _policy(report),
        "values": report.values,
        "masked": report.masked,
        "files": [_file(file) for file in report.files],
        "findings": [_finding(finding) for file in report.files for finding in file.findings],
        "summary": report.summary._asdict(),
        "rules": {code: dict(rule) for code, rule in report.rules.items()},
    }
    return (dumps(document),)


def dumps(document: object) -> str:
    r"""JSON in ASCII; controls in its text are shown as \x1b, so that printing a decoded value is safe."""
    words = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    if not words.isprintable() or any(escape in words for escape in _CONTROLS):
        document = _cleaned(document)
    elif words.isascii():
        return words
    return json.dumps(document, separators=(",", ":"))


_CONTROLS = ("\\u", "\\n", "\\r", "\\t", "\\b", "\\f")  # how JSON writes the controls of its text


def _policy(report: Report) -> dict[str, object]:
    policy = report.policy
    return {
        "name": policy.name,
        "version": policy.version,
        "sha256": policy.sha256,
        "title": policy.title,
        "notes": list(policy.notes),
    }


def _file(file: FileResult) -> dict[str, object]:
    return {
        "path": file.path,
        "sha256": file.sha256,
        "format": file.format,
        "tables": list(file.tables),
        "cells": file.cells,
        "rules_run": sorted(file.rules_run),
        "not_checked": file.not_checked,
        "remarks": [{"words": remark.words, "line": remark.line} for remark in file.remarks],
    }


def _finding(finding: Finding) -> dict[str, object]:
    place = finding.place
    arithmetic = finding.arithmetic
    return {
        "rule": finding.rule,
        "name": finding.name,
        "verdict": finding.verdict,
        "severity": finding.severity,
        "path": place.path,
        "sheet": place.sheet,
        "cell": place.cell,
        "line": place.line,
        "column": place.column,
        "pointer": place.pointer,
        "row_header": list(place.row_header),
        "column_header": list(place.column_header),
        "message": joined(finding.message),
        "clause": finding.clause,
        "fix": joined(finding.fix),
        "why": finding.why,
        "policy": finding.policy,
        "table": place.table,
        "arithmetic": {"words": joined(arithmetic.words), "cells": list(arithmetic.cells)} if arithmetic else None,
        "more": finding.more,
        "waiver": finding.waiver,
    }


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    return value
