"""wpmi-lint check: files against the policy."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from wpmi_lint import config
from wpmi_lint.cli import outputs
from wpmi_lint.errors import UsageError

if TYPE_CHECKING:
    from wpmi_lint.cli.arguments import Arguments

CLEAN, USAGE, NOTHING = 0, 2, 3


def run(arguments: Arguments) -> int:
    """Check the paths and print the reports asked for; returns the exit status."""
    if not arguments.operands:
        raise UsageError("no path given", "for instance: wpmi-lint referrals.csv, or wpmi-lint - for standard input")
    job = config.load_for(arguments.operands, options(arguments))
    wanted = outputs.outputs(arguments.given("output") or job.outputs)
    for note in job.notes:
        sys.stderr.write(f"note: {note}\n")
    if not job.targets:
        return CLEAN if job.notes else _nothing(arguments.operands)
    from wpmi_lint.cli.judge import as_at, judge
    from wpmi_lint.outcome import exit_status

    waived = any(target.settings.waivers for target in job.targets)
    report = judge(job, arguments, wanted, describe=waived)
    if waived:
        from wpmi_lint.cli.waivers import hold

        report = hold(report, job, as_at(arguments))
    if not report.files:
        return _nothing(arguments.operands)
    outputs.deliver(report, wanted, arguments, job.values)
    return USAGE if job.missing else exit_status(report, job.fail_level)


def options(arguments: Arguments) -> config.Options:
    """What the command line says of the settings."""
    return config.Options(
        policy=arguments.text("policy"),
        config=arguments.text("config"),
        isolated=arguments.flag("isolated"),
        select=arguments.words("select"),
        ignore=arguments.words("ignore"),
        fail_level=arguments.text("fail-level"),
        values=arguments.text("values"),
        waivers=arguments.text("waivers"),
    )


def _nothing(paths: tuple[str, ...]) -> int:
    from wpmi_lint.formats import SUFFIXES

    sys.stderr.write(f"nothing was checked: no table ({', '.join(SUFFIXES)}) in {', '.join(paths)}\n")
    return NOTHING
