"""Runs the pipeline for files that may stand under different settings, and puts the results together."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from wpmi_lint.cli import outputs
from wpmi_lint.cli.arguments import closest
from wpmi_lint.cli.progress import progress
from wpmi_lint.errors import UsageError
from wpmi_lint.report import REPORTERS
from wpmi_lint.report.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.cli.arguments import Arguments
    from wpmi_lint.config import Job, Settings, Target
    from wpmi_lint.layouts import Layout
    from wpmi_lint.model import FileResult, Report
    from wpmi_lint.policy.resolved import Policy
    from wpmi_lint.run import Options, Task

PARALLEL_FROM = 64  # files: below, starting processes costs more than it saves


def judge(
    job: Job, arguments: Arguments, wanted: Sequence[outputs.Output], date: str = "", describe: bool = False
) -> Report:
    """Check every target under its own settings, as on the date; results in the order of the targets."""
    from wpmi_lint.policy import load
    from wpmi_lint.run import check

    groups: dict[tuple[object, ...], list[Target]] = {}
    for target in job.targets:
        setting = target.settings
        groups.setdefault((setting.policy, setting.select, setting.ignore), []).append(target)
    values = outputs.values(arguments, job.values)
    reports = []
    with progress(len(job.targets), arguments) as done:
        for targets in groups.values():
            setting = targets[0].settings
            chosen = _options(arguments, setting, wanted, values, len(targets))
            chosen = chosen._replace(as_at=date or chosen.as_at, describe=describe or chosen.describe)
            tasks = [task(target, arguments) for target in targets]
            policy = load(setting.policy, examples=False)
            known_selectors(policy, (*setting.select, *setting.ignore))
            reports.append(check(tasks, policy, chosen, done))
    return _together(reports, job)


def known_selectors(policy: Policy, selectors: Sequence[str]) -> None:
    """Raise UsageError for a selector that names no rule of the policy."""
    names = [rule.name for rule in policy.rules]
    for selector in selectors:
        starts = any(rule.code.startswith(selector.upper()) for rule in policy.rules)
        if not starts and selector.lower() not in names:
            known = [*names, *(rule.code.lower() for rule in policy.rules)]
            near = closest(selector, known, "")
            raise UsageError(f'{policy.name} has no rule "{selector}"{near}', "wpmi-lint rules lists them")


def as_at(arguments: Arguments) -> str:
    """The date to judge as on. Raises UsageError."""
    from datetime import date

    said = arguments.text("as-at")
    if said is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise UsageError(f'--as-at: "{said}" is not a date', "for instance --as-at 2012-10-01") from None


def _options(
    arguments: Arguments, setting: Settings, wanted: Sequence[outputs.Output], values: str, files: int
) -> Options:
    from wpmi_lint.run import Options

    return Options(
        as_at=as_at(arguments),
        select=setting.select,
        ignore=setting.ignore,
        excerpts=any(REPORTERS[output.format].excerpts for output in wanted),
        describe=any(REPORTERS[output.format].tables for output in wanted),
        values=values,
        jobs=_jobs(arguments, files),
    )


def _jobs(arguments: Arguments, files: int) -> int:
    said = arguments.text("jobs")
    if said is None:
        import os

        return min(os.cpu_count() or 1, 8) if files >= PARALLEL_FROM else 1
    if not said.isdigit() or not int(said):
        raise UsageError(f'--jobs: "{said}" is not a number of processes')
    return int(said)


def task(target: Target, arguments: Arguments) -> Task:
    """A target as the pipeline takes it; standard input is read here."""
    from wpmi_lint.run import Task

    layouts = _layouts(target.settings)
    if target.path != "-":
        return Task(target.path, None, layouts)
    return Task(arguments.text("stdin-filename") or "-", sys.stdin.buffer.read(), layouts)


def _layouts(setting: Settings) -> tuple[Layout, ...]:
    """What the configuration states of the file's tables: their label, then its layouts."""
    if not setting.label and not setting.layouts:
        return ()
    from wpmi_lint.layouts import Layout
    from wpmi_lint.tables.layout import parse

    source = setting.config or "configuration"
    label = (Layout(source, label=setting.label),) if setting.label else ()
    return (*label, *(parse(entry, source) for entry in setting.layouts))


def _together(reports: list[Report], job: Job) -> Report:
    """One report of several, without the JSON files of folders that turned out to be no tables."""
    searched = {target.path for target in job.targets if not target.given and target.path.lower().endswith(".json")}
    files = [file for report in reports for file in report.files]
    kept = [file for file in files if not (file.path in searched and _no_table(file))]
    if len(kept) < len(files):
        sys.stderr.write(f"note: {counted(len(files) - len(kept), 'JSON file')} passed over: no table in it\n")
    elif len(reports) == 1:
        return reports[0]
    from wpmi_lint.outcome import combined

    order = {target.path: place for place, target in enumerate(job.targets)}
    kept.sort(key=lambda file: order.get(file.path, -1))
    return combined(reports, kept)


def _no_table(file: FileResult) -> bool:
    return any(finding.rule == "WL002" for finding in file.findings)
