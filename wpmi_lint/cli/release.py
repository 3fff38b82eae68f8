"""wpmi-lint release: everything about one release, together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wpmi_lint import config
from wpmi_lint.cli import outputs
from wpmi_lint.cli.check import options
from wpmi_lint.cli.judge import as_at, judge
from wpmi_lint.errors import UsageError
from wpmi_lint.release.gather import find_manifests, gather

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.cli.arguments import Arguments
    from wpmi_lint.config import Job
    from wpmi_lint.model import Report
    from wpmi_lint.policy.resolved import Policy
    from wpmi_lint.release.gather import Release
    from wpmi_lint.release_run import Judged
    from wpmi_lint.run import Options


def run(arguments: Arguments) -> int:
    """Check releases, print the reports asked for and write the receipt; returns the exit status."""
    from wpmi_lint.outcome import exit_status

    paths = [manifest for path in arguments.operands or (".",) for manifest in find_manifests(path)]
    receipt = arguments.text("receipt")
    if receipt and len(paths) > 1:
        raise UsageError(f"--receipt is for one release, and there are {len(paths)}", "name one of them")
    releases = [gather(path) for path in paths]
    jobs = [config.load_for([file.path for file in release.files], options(arguments)) for release in releases]
    wanted = outputs.outputs(arguments.given("output") or jobs[0].outputs)
    judged = [judge_one(release, job, arguments, wanted) for release, job in zip(releases, jobs, strict=True)]
    statuses = [exit_status(one.report, job.fail_level) for one, job in zip(judged, jobs, strict=True)]
    report = together([one.report for one in judged])
    outputs.deliver(report, wanted, arguments, jobs[0].values)
    if receipt:
        write_receipt(receipt, releases[0], judged[0], statuses[0], _date(releases[0], arguments))
    return 1 if 1 in statuses else max(statuses)


def judge_one(release: Release, job: Job, arguments: Arguments, wanted: Sequence[outputs.Output]) -> Judged:
    """Check the files of a release, then the release with its manifest, register and waivers."""
    from wpmi_lint.policy import load
    from wpmi_lint.release_run import judge_release
    from wpmi_lint.run import Options
    from wpmi_lint.run import wanted as chosen

    date = _date(release, arguments)
    setting = config.settings_of(release.manifest.path, options(arguments))
    policy = load(setting.policy)
    rules = Options(date, setting.select, setting.ignore)
    checked = judge(job, arguments, wanted, date, describe=True) if job.targets else _empty(policy, rules)
    return judge_release(release, checked, policy, partial(chosen, options=rules), date)


def _empty(policy: Policy, rules: Options) -> Report:
    from wpmi_lint.run import check

    return check((), policy, rules)


def _date(release: Release, arguments: Arguments) -> str:
    """A release is judged as on its own date, unless another is given."""
    return as_at(arguments) if arguments.text("as-at") else release.manifest.date


def together(reports: Sequence[Report]) -> Report:
    """One report of several releases."""
    from wpmi_lint.outcome import combined

    return reports[0] if len(reports) == 1 else combined(reports, [file for report in reports for file in report.files])


def write_receipt(path: str, release: Release, judged: Judged, status: int, date: str) -> None:
    """Write the record of what was checked; it holds no figure."""
    from wpmi_lint.release.receipt import receipt
    from wpmi_lint.release_run import cleared

    outputs.save(path, receipt(cleared(release, judged, status, date), path))
