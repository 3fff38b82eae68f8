"""Runs the pipeline for files under different settings and for releases, and puts the results together."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wpmi_lint.cli import outputs
from wpmi_lint.cli.options import Output, Settings
from wpmi_lint.closest import closest
from wpmi_lint.errors import UsageError
from wpmi_lint.policy.resolved import is_meant
from wpmi_lint.report import REPORTERS
from wpmi_lint.report.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wpmi_lint.config import FileSettings, Job, Target
    from wpmi_lint.layouts import Layout
    from wpmi_lint.model import Report
    from wpmi_lint.policy.resolved import Policy
    from wpmi_lint.release.gather import Release
    from wpmi_lint.release_run import JudgedRelease
    from wpmi_lint.run import Task

LONG = 50  # files, from which on progress is shown
PARALLEL_FROM = 64  # files: below, starting processes costs more than it saves


def judge(job: Job, settings: Settings, wanted: Sequence[Output], *, as_at: str = "", describe: bool = False) -> Report:
    """Check every target under its own settings, as of the date; results in the order of the targets."""
    from wpmi_lint.policy import load
    from wpmi_lint.run import Options, check

    groups: dict[tuple[object, ...], list[Target]] = {}
    for target in job.targets:
        in_force = target.settings
        groups.setdefault((in_force.policy, in_force.select, in_force.ignore), []).append(target)
    values = outputs.values(settings, job.values)
    reports = []
    with _progress(len(job.targets), settings) as done:
        for targets in groups.values():
            in_force = targets[0].settings
            chosen = Options(
                as_at=as_at or date_of(settings),
                select=in_force.select,
                ignore=in_force.ignore,
                excerpts=any(REPORTERS[one.format].excerpts for one in wanted),
                describe=describe or any(REPORTERS[one.format].tables for one in wanted),
                values=values,
                jobs=settings.jobs or (min(os.cpu_count() or 1, 8) if len(targets) >= PARALLEL_FROM else 1),
                verbose=settings.verbose,
            )
            tasks = [task(target, settings) for target in targets]
            policy = load(in_force.policy, whole=False)
            _known(policy, (*in_force.select, *in_force.ignore))
            reports.append(check(tasks, policy, chosen, done=done))
    return _together(reports, job)


@contextmanager
def _progress(files: int, settings: Settings) -> Iterator[Callable[[], None]]:
    """A function to call after each file: it moves a bar on a terminal, when the work is long; never in a log."""
    machine = any(os.environ.get(name) for name in ("CI", "PRE_COMMIT", "NO_PROGRESS"))
    if files < LONG or machine or settings.quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("checking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True, markup=False, emoji=False), transient=True) as bar:
        task = bar.add_task("", total=files)
        yield lambda: bar.advance(task)


def _known(policy: Policy, selectors: Sequence[str]) -> None:
    """Raise UsageError for a selector that names no rule of the policy."""
    for selector in selectors:
        if not any(is_meant(rule, selector) for rule in policy.rules):
            known = [word for rule in policy.rules for word in (rule.name, rule.code, rule.family) if word]
            near = closest(selector, known, "; did you mean {}?")
            raise UsageError(f'{policy.name} has no rule "{selector}"{near}', "wpmi-lint rules lists them")


def date_of(settings: Settings) -> str:
    """The date to check as of: today, unless another is given."""
    from datetime import date

    return settings.as_at or date.today().isoformat()


def judge_one(release: Release, job: Job, settings: Settings, wanted: Sequence[Output] = ()) -> JudgedRelease:
    """Check the files of a release, then the release with its manifest, register and waivers.

    A release is checked as of its own date, unless another is given.
    """
    from functools import partial

    from wpmi_lint import config
    from wpmi_lint.policy import load
    from wpmi_lint.release_run import judge_release
    from wpmi_lint.run import Options, check
    from wpmi_lint.run import wanted as is_wanted

    as_at = settings.as_at or release.manifest.date
    in_force = config.settings_of(release.manifest.path, settings.overrides)
    policy = load(in_force.policy)
    rules = Options(as_at, in_force.select, in_force.ignore)
    if job.targets:
        checked = judge(job, settings, wanted, as_at=as_at, describe=True)
    else:
        checked = check((), policy, rules)
    return judge_release(release, checked, policy, wanted=partial(is_wanted, options=rules), as_at=as_at)


def task(target: Target, settings: Settings) -> Task:
    """A target as the pipeline takes it; standard input is read here."""
    from wpmi_lint.run import Task

    layouts = _layouts(target.settings)
    if target.path != "-":
        return Task(target.path, None, layouts)
    return Task(settings.stdin_filename, sys.stdin.buffer.read(), layouts)


def _layouts(in_force: FileSettings) -> tuple[Layout, ...]:
    """What the configuration states of the file's tables: their label, then its layouts."""
    if not in_force.label and not in_force.layouts:
        return ()
    from wpmi_lint.layouts import Layout
    from wpmi_lint.tables.layout import parse

    source = in_force.config or "configuration"
    label = (Layout(source, label=in_force.label),) if in_force.label else ()
    return (*label, *(parse(entry, source) for entry in in_force.layouts))


def _together(reports: list[Report], job: Job) -> Report:
    """One report of several, without the JSON files of folders that turned out to be no tables."""
    searched = {target.path for target in job.targets if not target.given and target.path.lower().endswith(".json")}
    files = [file for report in reports for file in report.files]
    kept = [file for file in files if file.path not in searched or all(one.rule != "WL002" for one in file.findings)]
    if len(kept) < len(files):
        outputs.note(f"{counted(len(files) - len(kept), 'JSON file')} passed over: no table in it")
    elif len(reports) == 1:
        return reports[0]
    from wpmi_lint.outcome import combined

    order = {target.path: place for place, target in enumerate(job.targets)}
    kept.sort(key=lambda file: order.get(file.path, -1))
    return combined(reports, kept)
