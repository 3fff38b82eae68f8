"""A whole release at once: what its files gave, with manifest, register and waivers, in one report."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.evaluate import own
from wpmi_lint.evaluate.file import evaluate, plan
from wpmi_lint.linter_rules import LINTER_RULES
from wpmi_lint.model import FileResult, Place
from wpmi_lint.nouns.release_context import Marked, ReleaseContext
from wpmi_lint.outcome import INPUT, summary
from wpmi_lint.paths import upwards
from wpmi_lint.policy import load
from wpmi_lint.records import NamedTuple
from wpmi_lint.release.receipt import Cleared, inputs, sha256
from wpmi_lint.release.register import load_register
from wpmi_lint.release.waive import FIRM, HORIZON, Run, Waived, apply
from wpmi_lint.release.waivers import load_waivers
from wpmi_lint.report.excerpt import of_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from wpmi_lint.config import Target
    from wpmi_lint.model import Finding, Report
    from wpmi_lint.policy.resolved import Policy, Rule
    from wpmi_lint.release.gather import Release
    from wpmi_lint.release.register import Register


class JudgedRelease(NamedTuple):
    """A release judged: the report, the hashes it rests on, and what became of the waivers."""

    report: Report
    hashes: Mapping[str, str]  # SHA-256 of each file by its name in the release
    waived: Waived | None  # None: there are no waivers


def judge_release(
    release: Release, checked: Report, policy: Policy, *, wanted: Callable[[Rule], bool], as_at: str
) -> JudgedRelease:
    """Add to the report on the files (tables described) what manifest, register and waivers give, as of a date."""
    results = {file.path: file for file in checked.files}
    hashes = {
        file.name: (results[file.path].sha256 if file.path in results else "") or sha256(file.path)
        for file in release.files
    }
    on_date = release._replace(manifest=release.manifest._replace(date=as_at))
    context = ReleaseContext(on_date, hashes, tuple(_marked(release, results)))
    verdicts = evaluate(plan(policy, wanted), [context])
    unchecked = [_unchecked(file.path) for file in release.files if file.path not in results]
    findings = sorted((*unchecked, *verdicts.findings), key=lambda finding: finding.place.line or 0)
    first, *rest = (_result(path, INPUT) for path in inputs(release).values())
    first = first._replace(rules_run=verdicts.rules_run, not_checked=verdicts.not_checked)
    report = _with(checked, [first, *rest, *checked.files], findings)
    if not release.waivers:
        return JudgedRelease(report=report, hashes=hashes, waived=None)
    report, waived = hold_waivers(report, release.waivers, register=release.register, policy=policy, as_at=as_at)
    return JudgedRelease(report=report, hashes=hashes, waived=waived)


def _unchecked(path: str) -> Finding:
    """The finding on a file of a release that the configuration excludes."""
    words = "wpmi-lint.yaml excludes it, so it was not checked"
    fix = "take it out of the release, or out of `exclude`"
    return own.finding("WL001", "error", Place(path), message=words, fix=fix)


def cleared(release: Release, judged: JudgedRelease, *, status: int, as_at: str) -> Cleared:
    """What the receipt is made of."""
    waivers = load_waivers(release.waivers).waivers if judged.waived else ()
    counts = judged.waived.used if judged.waived else ()
    return Cleared(
        release=release,
        report=judged.report,
        status=status,
        as_at=as_at,
        waivers=[waiver for waiver, used in zip(waivers, counts, strict=True) if used],
        hashes=judged.hashes,
    )


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
        rules={rule.code: rule.name for rule in policy.rules}
        | {code: rule.name for code, rule in LINTER_RULES.items()},
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
    return _with(report, files, waived.extra, format=INPUT), waived


def _marked(release: Release, results: Mapping[str, FileResult]) -> Iterable[Marked]:
    for file in release.files:
        for table in results[file.path].tables if file.path in results else ():
            label, notes = table["label"], table.get("notes")
            yield Marked(
                name=file.name,
                **{key: str(table[key] or "") for key in ("id", "sheet", "title", "range")},
                label=str(label) if label else None,
                texts=tuple(map(str, notes)) if isinstance(notes, list) else (),
            )


def _with(report: Report, files: Sequence[FileResult], findings: Sequence[Finding], format: str = "") -> Report:
    """The report on these files with more findings; a file that has no result yet gets one, of this format."""
    more: dict[str, list[Finding]] = {}
    for finding in findings:
        more.setdefault(finding.place.path, []).append(finding)
    present = {file.path for file in files}
    new = [_result(path, format) for path in more if path not in present]
    files = [
        _shown(file._replace(findings=(*file.findings, *more.get(file.path, ()))))  # excerpts keep their index
        for file in (*files, *new)
    ]
    return report._replace(files=tuple(files), summary=summary(files))


def _result(path: str, format: str) -> FileResult:
    """The result of a file in which nothing was looked for."""
    return FileResult(path=path, format=format, sha256=sha256(path))


def _shown(file: FileResult) -> FileResult:
    """The result of a manifest, register or waivers with the lines that its findings are about."""
    if file.format != INPUT or not file.findings:
        return file
    with open(file.path, encoding="utf-8-sig", errors="replace") as stream:
        lines = stream.read().splitlines()
    places = [finding.place for finding in file.findings]
    shown = {i: of_lines(lines, place.line or 0, place.column or 1) for i, place in enumerate(places)}
    return file._replace(excerpts={i: lines for i, lines in shown.items() if lines})
