"""A whole release at once: what its files gave, with manifest, register and waivers, in one report."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.evaluate import own
from wpmi_lint.evaluate.file import evaluate_facts, plan
from wpmi_lint.model import FileResult, Place
from wpmi_lint.outcome import INPUT, summary
from wpmi_lint.paths import upwards
from wpmi_lint.policy import load
from wpmi_lint.records import NamedTuple
from wpmi_lint.release.excerpt import excerpt
from wpmi_lint.release.facts import build
from wpmi_lint.release.items import Marked
from wpmi_lint.release.receipt import Cleared, inputs, sha256
from wpmi_lint.release.register import load_register
from wpmi_lint.release.waive import FIRM, HORIZON, Run, Waived, apply
from wpmi_lint.release.waivers import load_waivers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from wpmi_lint.config import Target
    from wpmi_lint.evaluate.file import Verdicts
    from wpmi_lint.model import Finding, Report
    from wpmi_lint.policy.resolved import Policy, Rule
    from wpmi_lint.release.gather import Release
    from wpmi_lint.release.register import Register


class Judged(NamedTuple):
    """A release judged: the report, the hashes it rests on, and what became of the waivers."""

    report: Report
    hashes: Mapping[str, str]  # SHA-256 of each file by its name in the release
    waived: Waived | None  # None: there are no waivers


def judge_release(
    release: Release, checked: Report, policy: Policy, wanted: Callable[[Rule], bool], as_at: str
) -> Judged:
    """Add to the report on the files (tables described) what manifest, register and waivers give, as of a date."""
    results = {file.path: file for file in checked.files}
    hashes = {file.name: _hash(results.get(file.path), file.path) for file in release.files}
    on_date = release._replace(manifest=release.manifest._replace(date=as_at))
    facts = build(on_date, hashes, tuple(_marked(release, results)))
    verdicts = evaluate_facts(plan(policy, wanted), facts)
    others = [own.finding("WL001", "error", Place(path), _EXCLUDED, _PUT_IN) for path in _passed_over(release, results)]
    report = _with(checked, release, verdicts, others)
    if not release.waivers:
        return Judged(report, hashes, None)
    report, waived = hold_waivers(report, release.waivers, register=release.register, policy=policy, as_at=as_at)
    return Judged(report, hashes, waived)


_EXCLUDED = "wpmi-lint.yaml excludes it, so it was not checked"
_PUT_IN = "take it out of the release, or out of `exclude`"


def cleared(release: Release, judged: Judged, status: int, as_at: str) -> Cleared:
    """What the receipt is made of."""
    used: tuple[int, ...] = ()
    waivers = load_waivers(release.waivers).waivers if release.waivers else ()
    if judged.waived:
        used = tuple(i for i, count in enumerate(judged.waived.used) if count)
    return Cleared(release, judged.report, status, as_at, [waivers[i] for i in used], judged.hashes)


def hold_configured(report: Report, targets: Iterable[Target], as_at: str) -> Report:
    """The report of a check with the waivers that its settings name applied; its tables must be described."""
    for path, policy in dict.fromkeys((target.settings.waivers, target.settings.policy) for target in targets):
        if path:
            nearest = upwards(os.path.dirname(path) or ".", "register.yaml")
            register = load_register(nearest) if nearest else None
            report, _ = hold_waivers(report, path, register=register, policy=load(policy), as_at=as_at)
    return report


def hold_waivers(
    report: Report, path: str, *, register: Register | None, policy: Policy, as_at: str
) -> tuple[Report, Waived]:
    """Apply a file of waivers to a report whose tables are described."""
    horizon = policy.lets.get("waiver_days")
    run = Run(
        waivers=load_waivers(path),
        register=register,
        as_at=as_at,
        rules={rule.code: rule.name for rule in policy.rules} | {code: rule.name for code, rule in own.OWN.items()},
        paths=[file.path for file in report.files],
        titles={
            (file.path, str(table["id"])): str(table["title"] or "") for file in report.files for table in file.tables
        },
        firm=FIRM | {rule.code for rule in policy.rules if not rule.waivable},
        horizon=int(horizon) if isinstance(horizon, int | float) else HORIZON,
    )
    waived = apply([finding for file in report.files for finding in file.findings], run)
    rest = iter(waived.findings)
    files = [file._replace(findings=tuple(next(rest) for _ in file.findings)) for file in report.files]
    return _counted(report, _added(files, path, waived.extra, INPUT)), waived


def _hash(result: FileResult | None, path: str) -> str:
    return result.sha256 if result and result.sha256 else sha256(path)


def _marked(release: Release, results: Mapping[str, FileResult]) -> Iterable[Marked]:
    for file in release.files:
        for table in results[file.path].tables if file.path in results else ():
            words = [str(table[key] or "") for key in ("id", "sheet", "title", "range")]
            label = table["label"]
            notes = table.get("notes")
            texts = tuple(map(str, notes)) if isinstance(notes, list) else ()
            yield Marked(file.name, words[0], words[1], words[2], words[3], str(label) if label else None, texts)


def _passed_over(release: Release, results: Mapping[str, FileResult]) -> list[str]:
    return [file.path for file in release.files if file.path not in results]


def _with(checked: Report, release: Release, verdicts: Verdicts, others: Sequence[Finding]) -> Report:
    """The report with the findings on the release: each with its file, those on the manifest first."""
    inputs_ = [_input(path) for path in inputs(release).values()]
    first = inputs_[0]._replace(rules_run=verdicts.rules_run, not_checked=verdicts.not_checked)
    files = [first, *inputs_[1:], *checked.files]
    found = sorted((*others, *verdicts.findings), key=lambda finding: finding.place.line or 0)
    for path in dict.fromkeys(finding.place.path for finding in found):
        files = _added(files, path, [finding for finding in found if finding.place.path == path])
    return _counted(checked, files)


def _input(path: str) -> FileResult:
    return FileResult(path, INPUT, sha256(path), (), (), 0, frozenset(), 0)


def _added(files: Sequence[FileResult], path: str, findings: Sequence[Finding], format: str = "") -> list[FileResult]:
    """The results with findings put to their file; a file that had no result gets one."""
    if findings and not any(file.path == path for file in files):
        files = [*files, FileResult(path, format, sha256(path), (), (), 0, frozenset(), 0)]
    return [
        file._replace(findings=(*file.findings, *findings)) if file.path == path else file  # excerpts keep their index
        for file in files
    ]


def _shown(file: FileResult) -> FileResult:
    """The result of a manifest, register or waivers with the lines that its findings are about."""
    if file.format != INPUT or not file.findings:
        return file
    with open(file.path, encoding="utf-8-sig", errors="replace") as stream:
        lines = stream.read().splitlines()
    found = {i: excerpt(lines, one.place.line or 0, one.place.column or 1) for i, one in enumerate(file.findings)}
    return file._replace(excerpts={i: one for i, one in found.items() if one})


def _counted(report: Report, files: Sequence[FileResult]) -> Report:
    return report._replace(files=tuple(map(_shown, files)), summary=summary(files))
