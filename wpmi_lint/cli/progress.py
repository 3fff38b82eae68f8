"""A progress bar on a terminal, when the work is long; never in a log."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wpmi_lint.cli.settings import Settings

LONG = 50  # files


@contextmanager
def progress(files: int, settings: Settings) -> Iterator[Callable[[], None]]:
    """A function to call after each file."""
    machine = any(os.environ.get(name) for name in ("CI", "PRE_COMMIT", "NO_PROGRESS"))
    if files < LONG or machine or settings.quiet or not sys.stderr.isatty():
        yield _nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("checking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True, markup=False, emoji=False), transient=True) as bar:
        task = bar.add_task("", total=files)
        yield lambda: bar.advance(task)


def _nothing() -> None:
    pass
