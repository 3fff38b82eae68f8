"""Reports, one file a format. `redact` comes first; a format is a pure function of the redacted report."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from wpmi_lint.records import NamedTuple
from wpmi_lint.report.style import Look as Look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wpmi_lint.model import Report
    from wpmi_lint.report.style import Line


class Reporter(NamedTuple):
    """An output format: the module of this room that has its `lines`, and who reads it."""

    module: str
    excerpts: bool = False  # it shows FileResult.excerpts
    tables: bool = False  # it shows FileResult.tables
    coloured: bool = False  # it is for people

    def lines(self, report: Report, look: Look) -> Iterable[Line]:
        """The lines of a redacted report; the module is read when it is first needed."""
        lines = import_module(f"wpmi_lint.report.{self.module}").lines
        return cast("Callable[[Report, Look], Iterable[Line]]", lines)(report, look)


REPORTERS = {
    "full": Reporter("full", excerpts=True, coloured=True),
    "concise": Reporter("concise", coloured=True),
    "json": Reporter("jsondoc", tables=True),
    "sarif": Reporter("sarif"),
    "junit": Reporter("junit"),
    "github": Reporter("github"),
    "gitlab": Reporter("gitlab"),
}


def render(name: str, report: Report, look: Look | None = None) -> str:
    """A redacted report in one of REPORTERS, as plain text that ends with a newline."""
    from wpmi_lint.report.style import plain

    return "".join(f"{plain(line)}\n" for line in REPORTERS[name].lines(report, look or Look()))
