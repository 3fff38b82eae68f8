"""wpmi-lint release: everything about one release, together."""

from __future__ import annotations

from wpmi_lint import config
from wpmi_lint.cli import outputs
from wpmi_lint.cli.options import CHECKING, COMMON, Command, Option, Settings
from wpmi_lint.errors import UsageError
from wpmi_lint.status import CLEAN, FOUND


def run(settings: Settings) -> int:
    """Check releases, print the reports asked for and write the receipt; returns the exit status."""
    from wpmi_lint.cli.judge import judge_one
    from wpmi_lint.outcome import combined, exit_status
    from wpmi_lint.release.gather import find_manifests, gather

    folders = settings.operands or (".",)
    paths = [manifest for path in folders for manifest in find_manifests(path, settings.if_any)]
    if not paths:
        outputs.note(f"no release.yaml below {', '.join(folders)}: there is no release to check")
        return CLEAN
    if settings.receipt and len(paths) > 1:
        raise UsageError(f"--receipt is for one release, and there are {len(paths)}", "name one of them")
    releases = [gather(path) for path in paths]
    jobs = [config.load_for([file.path for file in release.files], settings.overrides) for release in releases]
    wanted = outputs.outputs(settings, jobs[0].outputs)
    judged = [judge_one(release, job, settings, wanted=wanted) for release, job in zip(releases, jobs, strict=True)]
    statuses = [exit_status(one.report, job.fail_level) for one, job in zip(judged, jobs, strict=True)]
    reports = [one.report for one in judged]
    files = [file for report in reports for file in report.files]
    report = reports[0] if len(reports) == 1 else combined(reports, files)
    outputs.deliver(report, wanted, settings, configured=jobs[0].values)
    if settings.receipt:
        from wpmi_lint.release.receipt import receipt
        from wpmi_lint.release_run import cleared

        as_at = settings.as_at or releases[0].manifest.date
        checked = cleared(releases[0], judged[0], status=statuses[0], as_at=as_at)
        outputs.save(settings.receipt, receipt(checked, settings.receipt))
    return FOUND if FOUND in statuses else max(statuses)


COMMAND = Command(
    operands="[PATH...]",
    summary="check release folders or manifests: files, labels, agreement, recipient, together",
    more="A folder without a release.yaml stands for all releases below it; no path at all for the current folder. "
    "A release is checked as of its own date, unless --as-at is given.",
    options=(
        *COMMON,
        *CHECKING,
        Option("if-any", "a folder without any release is in order: for a hook that runs on every commit"),
        Option("receipt", "write a record of what was checked and of the result", "FILE", suggest="file"),
    ),
    examples=("wpmi-lint release releases/2012-q3", "wpmi-lint release releases"),
    run=run,
    statuses=True,
)
