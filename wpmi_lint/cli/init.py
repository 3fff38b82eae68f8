"""wpmi-lint init: a commented configuration to start from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.cli.options import COMMON, Command, Option
from wpmi_lint.cli.outputs import save
from wpmi_lint.errors import UsageError
from wpmi_lint.report.text import clean
from wpmi_lint.status import CLEAN

if TYPE_CHECKING:
    from wpmi_lint.cli.settings import Settings

CONFIG = """\
# yaml-language-server: $schema=.wpmi-lint/config.schema.json
# Settings of wpmi-lint for this folder and everything below it. The nearest file upwards is in force.
# Every line is a default or an example: take away the "# " before what you need.

# root: true                      # do not look for settings further up
policy: work-programme            # a bundled policy, or the path of a .wpmi file

# include: ["**/*.csv", "**/*.xlsx"]   # only these files are checked
# exclude: ["archive/**", "~$*"]       # never these, even if they are named on the command line

# select: [WP1, stale-total]      # only these rules: codes, names or starts of codes
# ignore: [WP404]                 # not these
# fail-level: error               # error, warning or review: what gives exit status 1
# values: published               # all, published or none: which figures a report shows
# output: [full, "json:report.json"]
# waivers: waivers.yaml           # relative to this file

# files:                          # settings for some files; later entries win
#   "published/**":
#     label: published
#   "legacy/*.csv":
#     ignore: [WP105]
"""


def run(settings: Settings) -> int:
    """Write what is not there yet. Never overwrites."""
    folder, *others = settings.operands or (".",)
    if others:
        raise UsageError("init writes into one folder", "wpmi-lint init [FOLDER]")
    if not os.path.isdir(folder):
        raise UsageError(f"{folder}: no such folder")
    for name, text in _files(settings.release):
        path = os.path.normpath(os.path.join(folder, name))
        if os.path.exists(path):
            print(clean(f"{path} exists: left as it is"))
            continue
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        save(path, text)
        print(clean(f"{path} written"))
    return CLEAN


def _files(release: bool) -> list[tuple[str, str]]:
    from wpmi_lint.release import templates

    return [("wpmi-lint.yaml", CONFIG), templates.schema_copy("config"), *(templates.files() if release else ())]


COMMAND = Command(
    operands="[FOLDER]",
    summary="write a commented wpmi-lint.yaml to start from",
    more="Nothing that is there already is overwritten.",
    options=(*COMMON, Option("release", "also write a release.yaml, a register.yaml and a waivers.yaml")),
    examples=("wpmi-lint init", "wpmi-lint init reports --release"),
    run=run,
    suggest="folder",
)
