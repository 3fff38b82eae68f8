"""wpmi-lint waivers: which waivers of some releases are used, and which can go."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint import config
from wpmi_lint.cli.judge import judge_one
from wpmi_lint.cli.options import COMMON, SETTINGS, Command, Option, Settings
from wpmi_lint.cli.outputs import save
from wpmi_lint.errors import UsageError
from wpmi_lint.release.gather import find_manifests, gather
from wpmi_lint.release.waive import states
from wpmi_lint.release.waivers import prune
from wpmi_lint.report.text import clean, counted
from wpmi_lint.status import CLEAN, FOUND

if TYPE_CHECKING:
    from wpmi_lint.release.waive import Waived


def run(settings: Settings) -> int:
    """List the waivers of the releases; with --prune take out those that are unused or expired."""
    manifests = [manifest for path in settings.operands or (".",) for manifest in find_manifests(path)]
    outcomes: dict[str, list[Waived]] = {}
    for path in manifests:
        release = gather(path)
        job = config.load_for([file.path for file in release.files], settings.overrides)
        judged = judge_one(release, job, settings)
        if judged.waived:
            outcomes.setdefault(os.path.normpath(release.waivers), []).append(judged.waived)
    if not outcomes:
        raise UsageError("no waivers.yaml belongs to these releases", "`wpmi-lint init --release` writes one")
    total = gone = 0
    for path, waived in outcomes.items():
        waivers = list(states(path, waived))
        for state in waivers:
            place = f"{path}:{state.waiver.mark.line}: {state.waiver.rule} in {state.waiver.file}"
            print(clean(f"{place}: {state.why or counted(state.used, 'finding')}"))
        idle = [state.number for state in waivers if state.why]
        total, gone = total + len(waivers), gone + len(idle)
        if settings.prune and idle:
            with open(path, encoding="utf-8", newline="") as stream:
                text = stream.read()
            save(path, prune(path, text, idle))
    if settings.prune:
        print(f"{gone} of {total} removed")
        return CLEAN
    return FOUND if gone else CLEAN


COMMAND = Command(
    operands="[PATH...]",
    summary="list the waivers of releases with what they cover, and which can go",
    options=(*COMMON, *SETTINGS, Option("prune", "remove those that are unused or expired")),
    examples=("wpmi-lint waivers releases", "wpmi-lint waivers releases --prune"),
    run=run,
)
