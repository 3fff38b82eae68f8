"""Reports, one file a format. `redact` comes first; a format is a pure function of the redacted report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wpmi_lint.model import Report
    from wpmi_lint.report.style import Line


class Look(NamedTuple):
    """How a report is to look: nothing here changes what it says."""

    width: int = 80
    statistics: bool = False  # also how often each rule was broken
    verbose: bool = False
    quiet: bool = False  # findings only, no summary


def _full(report: Report, look: Look) -> Iterable[Line]:
    from wpmi_lint.report import full

    return full.lines(report, look)


def _concise(report: Report, look: Look) -> Iterable[Line]:
    from wpmi_lint.report import concise

    return concise.lines(report, look)


def _json(report: Report, _: Look) -> Iterable[Line]:
    from wpmi_lint.report import jsondoc

    return (jsondoc.text(report),)


def _sarif(report: Report, _: Look) -> Iterable[Line]:
    from wpmi_lint.report import sarif

    return (sarif.text(report),)


def _junit(report: Report, _: Look) -> Iterable[Line]:
    from wpmi_lint.report import junit

    return junit.lines(report)


def _github(report: Report, _: Look) -> Iterable[Line]:
    from wpmi_lint.report import github

    return github.lines(report)


def _gitlab(report: Report, _: Look) -> Iterable[Line]:
    from wpmi_lint.report import gitlab

    return (gitlab.text(report),)


FORMATS: dict[str, Callable[[Report, Look], Iterable[Line]]] = {
    "full": _full,
    "concise": _concise,
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "gitlab": _gitlab,
}
EXCERPTS = frozenset({"full"})  # formats that show FileResult.excerpts
COLOURED = frozenset({"full", "concise"})  # formats for people


def render(name: str, report: Report, look: Look | None = None) -> str:
    """A redacted report in one of FORMATS, as plain text that ends with a newline."""
    from wpmi_lint.report.style import plain

    lines = FORMATS[name](report, look or Look())
    return "".join(f"{plain(line)}\n" for line in lines)
