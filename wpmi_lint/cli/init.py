"""wpmi-lint init: a commented configuration to start from."""

from __future__ import annotations

import os

from wpmi_lint.cli.options import COMMON, Command, Option, Settings
from wpmi_lint.cli.outputs import save
from wpmi_lint.errors import UsageError
from wpmi_lint.report.text import clean
from wpmi_lint.status import CLEAN


def run(settings: Settings) -> int:
    """Write what is not there yet. Never overwrites."""
    from wpmi_lint.release import templates

    folder, *others = settings.operands or (".",)
    if others:
        raise UsageError("init writes into one folder", "wpmi-lint init [FOLDER]")
    if not os.path.isdir(folder):
        raise UsageError(f"{folder}: no such folder")
    for name, text in (*templates.configuration(), *(templates.files() if settings.release else ())):
        path = os.path.normpath(os.path.join(folder, name))
        if os.path.exists(path):
            print(clean(f"{path} exists: left as it is"))
            continue
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        save(path, text)
        print(clean(f"{path} written"))
    return CLEAN


COMMAND = Command(
    operands="[FOLDER]",
    summary="write a commented wpmi-lint.yaml to start from",
    more="Nothing that is there already is overwritten.",
    options=(*COMMON, Option("release", "also write a release.yaml, a register.yaml and a waivers.yaml")),
    examples=("wpmi-lint init", "wpmi-lint init reports --release"),
    run=run,
    suggest="folder",
)
