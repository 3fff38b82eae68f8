"""wpmi-lint tables: how files were understood."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

from wpmi_lint import config
from wpmi_lint.cli import outputs
from wpmi_lint.cli.options import COMMON, FIGURES, FORMAT, SETTINGS, STDIN_FILENAME, Command, Option, Settings
from wpmi_lint.errors import UsageError
from wpmi_lint.records import NamedTuple
from wpmi_lint.status import CLEAN, FOUND, UNCHECKED, USAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.config import Job, Target
    from wpmi_lint.model import Document, Table, Text
    from wpmi_lint.terms import Matcher


class Seen(NamedTuple):
    """A file as it was understood."""

    document: Document
    tables: tuple[Table, ...]
    texts: tuple[Text, ...]


def run(settings: Settings) -> int:
    """Show the tables of every file given; 1 where a file could not be read, 3 where there was no table at all."""
    if not settings.operands:
        raise UsageError("no path given", "for instance: wpmi-lint tables referrals.csv")
    job = config.load_for(settings.operands, settings.overrides)
    for note in job.notes:
        outputs.note(note)
    seen: list[Seen] = []
    for target in job.targets:
        found = _understood(target, settings)
        if found is None:
            continue
        seen.append(found)
        if not settings.machine:
            _show(found, settings, job.values, first=len(seen) == 1)
    if settings.as_layout:
        _as_layout(seen)
    elif settings.machine:
        _json(seen)
    return _status(seen, job)


def _understood(target: Target, settings: Settings) -> Seen | None:
    from wpmi_lint.cli.judge import task
    from wpmi_lint.formats import open_file
    from wpmi_lint.run import understand_document

    one = task(target, settings)
    document = open_file(one.path, one.data)
    for refusal in document.refusals:
        part = f"{refusal.what}: " if refusal.what else ""
        outputs.complain(f"error: {document.path}: {part}{refusal.reason}", refusal.help)
    if document.unread:
        return None
    tables, texts, limits = understand_document(document, _matcher(target.settings.policy), one.layouts)
    for limit in limits:
        outputs.complain(f"warning: {document.path}: not looked at: {limit.reason}", limit.help)
    return Seen(document, tables, texts)


@cache
def _matcher(policy: str) -> Matcher:
    """The terms of a policy, made once for all files."""
    from wpmi_lint.policy import load
    from wpmi_lint.terms import Matcher

    return Matcher(load(policy, whole=False).vocabulary)


def _show(seen: Seen, settings: Settings, configured: str | None, *, first: bool) -> None:
    from wpmi_lint.report.tables_view import lines

    width = max(outputs.width(settings, sys.stdout), 60)
    values = outputs.values(settings, configured)
    if not first:
        print()
    outputs.show(lines(*seen, width, values), settings)


def _json(seen: Sequence[Seen]) -> None:
    from wpmi_lint.report.jsondoc import dumps
    from wpmi_lint.tables.describe import describe

    files = [
        {
            "path": one.document.path,
            "tables": [describe(table, one.document.sheets[table.sheet].name or None) for table in one.tables],
        }
        for one in seen
    ]
    print(dumps({"files": files}))


def _as_layout(seen: Sequence[Seen]) -> None:
    """The tables as `layouts` of a wpmi-lint.yaml, to be corrected by hand."""
    import yaml

    from wpmi_lint.tables.layout import as_layout

    entries = [
        as_layout(table, one.document.path, one.document.sheets[table.sheet].name)
        for one in seen
        for table in one.tables
    ]
    print(yaml.safe_dump({"layouts": entries}, sort_keys=False, allow_unicode=False), end="")


def _status(seen: Sequence[Seen], job: Job) -> int:
    if job.missing:
        return USAGE
    if len(seen) < len(job.targets):
        return FOUND
    return CLEAN if any(one.tables for one in seen) else UNCHECKED


COMMAND = Command(
    operands="PATH...",
    summary="show how files were understood: tables, roles, statistics, totals, and why",
    options=(
        *COMMON,
        *SETTINGS,
        STDIN_FILENAME,
        FORMAT,
        Option("as-layout", "print the present understanding as a layout for wpmi-lint.yaml"),
        FIGURES,
    ),
    examples=("wpmi-lint tables starts.xlsx", "wpmi-lint tables starts.xlsx --output json"),
    run=run,
)
