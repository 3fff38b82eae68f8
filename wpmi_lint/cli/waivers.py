"""wpmi-lint waivers: which waivers of some releases are used, and which can go."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint import config
from wpmi_lint.cli.judge import judge_one
from wpmi_lint.cli.options import COMMON, SETTINGS, Command, Option
from wpmi_lint.cli.outputs import save
from wpmi_lint.cli.settings import options
from wpmi_lint.errors import UsageError
from wpmi_lint.records import NamedTuple
from wpmi_lint.release.gather import find_manifests, gather
from wpmi_lint.report.text import counted
from wpmi_lint.status import CLEAN, FOUND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.cli.settings import Settings
    from wpmi_lint.config import Job
    from wpmi_lint.model import Report
    from wpmi_lint.release.waive import Waived


class State(NamedTuple):
    """A waiver over all releases that were checked."""

    path: str
    number: int  # its place in the file, from 0
    line: int
    name: str  # rule and file
    used: int
    why: str  # why it can go; "" where it is needed or was not reached


def run(settings: Settings) -> int:
    """List the waivers of the releases; with --prune take out those that are unused or expired."""
    manifests = [manifest for path in settings.operands or (".",) for manifest in find_manifests(path)]
    outcomes: dict[str, list[Waived]] = {}
    for path in manifests:
        release = gather(path)
        job = config.load_for([file.path for file in release.files], options(settings))
        judged = judge_one(release, job, settings)
        if judged.waived:
            outcomes.setdefault(os.path.normpath(release.waivers), []).append(judged.waived)
    if not outcomes:
        raise UsageError("no waivers.yaml belongs to these releases", "`wpmi-lint init --release` writes one")
    found = [state for path, waived in outcomes.items() for state in states(path, waived)]
    for state in found:
        print(f"{state.path}:{state.line}: {state.name}: {state.why or counted(state.used, 'finding')}")
    gone = [state for state in found if state.why]
    if settings.prune:
        for path in outcomes:
            _prune(path, [state.number for state in gone if state.path == path])
        print(f"{len(gone)} of {len(found)} removed")
        return CLEAN
    return FOUND if gone else CLEAN


def states(path: str, outcomes: Sequence[Waived]) -> Iterator[State]:
    """What became of each waiver of a file, over several releases."""
    from wpmi_lint.release.waivers import load_waivers

    for i, waiver in enumerate(load_waivers(path).waivers):
        used = sum(outcome.used[i] for outcome in outcomes)
        why = ""
        if not used and any(i in outcome.unused for outcome in outcomes):
            why = "unused"
        if not used and all(i in outcome.expired for outcome in outcomes):
            why = f"expired on {waiver.expires}"
        yield State(path, i, waiver.mark.line, f"{waiver.rule} in {waiver.file}", used, why)


def _prune(path: str, drop: Sequence[int]) -> None:
    from wpmi_lint.release.prune import prune

    with open(path, encoding="utf-8", newline="") as stream:
        text = stream.read()
    if drop:
        save(path, prune(path, text, drop))


def hold(report: Report, job: Job, as_at: str) -> Report:
    """The report of a check with the waivers of its settings applied; its tables must be described."""
    from wpmi_lint.policy import load
    from wpmi_lint.release.manifest import upwards
    from wpmi_lint.release.register import load_register
    from wpmi_lint.release_run import hold_waivers

    for path, policy in dict.fromkeys((one.settings.waivers, one.settings.policy) for one in job.targets):
        if path:
            register = upwards(os.path.dirname(path) or ".", "register.yaml")
            known = load_register(register) if register else None
            report, _ = hold_waivers(report, path, known, load(policy), as_at)
    return report


COMMAND = Command(
    operands="[PATH...]",
    summary="list the waivers of releases with what they cover, and which can go",
    options=(*COMMON, *SETTINGS, Option("prune", "remove those that are unused or expired")),
    examples=("wpmi-lint waivers releases", "wpmi-lint waivers releases --prune"),
    run=run,
)
