"""wpmi-lint check: files against the policy."""

from __future__ import annotations

from wpmi_lint import config
from wpmi_lint.cli import outputs
from wpmi_lint.cli.options import CHECKING, COMMON, STDIN_FILENAME, Command, Settings
from wpmi_lint.errors import UsageError
from wpmi_lint.formats import SUFFIXES
from wpmi_lint.status import CLEAN, UNCHECKED, USAGE


def run(settings: Settings) -> int:
    """Check the paths and print the reports asked for; returns the exit status."""
    if not settings.operands:
        raise UsageError("no path given", "for instance: wpmi-lint referrals.csv, or wpmi-lint - for standard input")
    job = config.load_for(settings.operands, settings.overrides)
    wanted = outputs.outputs(settings, job.outputs)
    for note in job.notes:
        outputs.note(note)
    if not job.targets:
        return CLEAN if job.notes else _nothing(settings.operands)
    from wpmi_lint.cli.judge import date_of, judge
    from wpmi_lint.outcome import exit_status

    waived = any(target.settings.waivers for target in job.targets)
    report = judge(job, settings, wanted, describe=waived)
    if waived:
        from wpmi_lint.release_run import hold_configured

        report = hold_configured(report, job.targets, date_of(settings))
    if not report.files:
        return _nothing(settings.operands)
    outputs.deliver(report, wanted, settings, configured=job.values)
    return USAGE if job.missing else exit_status(report, job.fail_level)


def _nothing(paths: tuple[str, ...]) -> int:
    outputs.note(f"nothing was checked: no table ({', '.join(SUFFIXES)}) in {', '.join(paths)}")
    return UNCHECKED


COMMAND = Command(
    operands="PATH...",
    summary="check files, or all candidate files of folders, against the policy",
    more=f"The word check may be left out; - is standard input. Folders are searched for {', '.join(SUFFIXES[:-1])} "
    f"and {SUFFIXES[-1]} files.",
    options=(*COMMON, *CHECKING, STDIN_FILENAME),
    examples=(
        "wpmi-lint referrals.csv starts.xlsx",
        "wpmi-lint check reports/ --output concise --output json:report.json",
        "export.py | wpmi-lint - --stdin-filename referrals.csv",
    ),
    run=run,
    statuses=True,
)
