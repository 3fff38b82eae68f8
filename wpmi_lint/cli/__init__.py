"""The command line. `--version` is answered before anything else is imported."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit status (0 clean, 1 findings, 2 usage, 3 nothing checked, 4 failure)."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments and arguments[0] in ("--version", "-V"):
        from wpmi_lint import __version__

        print("wpmi-lint", __version__)
        return 0
    from wpmi_lint.cli.app import run

    return run(arguments)


def entry() -> None:
    """The command as a process of its own: it ends at once, since taking Python apart costs as much as starting it."""
    import gc
    import os

    gc.set_threshold(100_000, 50, 50)  # imports and small runs leave next to no garbage
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy starts a thread for each core, and none is used
    status = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            status = status or 1
    os._exit(status)
