"""The bytes of a candidate file, or in one line why they cannot be had."""

from __future__ import annotations

import os
import stat
from itertools import islice

from wpmi_lint.closest import closest
from wpmi_lint.model import Refusal
from wpmi_lint.package import limits

_NO_FILE = {
    stat.S_IFDIR: ("it is a folder", "give the files in it, or a pattern such as folder/*.csv"),
    stat.S_IFIFO: ("it is a pipe", "give - to read standard input, with --stdin-filename"),
    stat.S_IFCHR: ("it is a device", "give a file"),
    stat.S_IFBLK: ("it is a device", "give a file"),
    stat.S_IFSOCK: ("it is a socket", "give a file"),
}


_NEIGHBOURS = 2_000  # files of a folder that are looked at for one of nearly the name: it is only a hint


def load(path: str) -> bytes | Refusal:
    """All bytes of a file; never waits for a pipe and never reads more than limits.FILE_BYTES."""
    try:
        status = os.stat(path)
        kind = stat.S_IFMT(status.st_mode)
        if kind != stat.S_IFREG:
            return Refusal("file", *_NO_FILE.get(kind, ("it is no regular file", "give a file")))
        if status.st_size > limits.FILE_BYTES:
            return too_large()
        with open(path, "rb") as file:
            return file.read(limits.FILE_BYTES)
    except FileNotFoundError:
        return Refusal("file", "there is no such file", f"check the path{_near(path)}")
    except NotADirectoryError:
        return Refusal("file", "there is no such file: part of the path is no folder", "check the path")
    except PermissionError:
        return Refusal("file", "reading it is not permitted", "ask for read permission, or copy the file")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not valid"
        return Refusal("file", f"it cannot be opened: {reason.lower()}", "check the path")


def _near(path: str) -> str:
    """A question after a file beside the missing one whose name is much like it."""
    folder, name = os.path.split(path)
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.name for entry in islice(entries, _NEIGHBOURS)]
    except OSError:
        return ""
    return closest(name, names, f"; did you mean {os.path.join(folder, '{}')}?")


def too_large() -> Refusal:
    """What is said of a file over limits.FILE_BYTES."""
    size = limits.FILE_BYTES >> 20
    help = "split it, or leave out what need not be published"
    return Refusal("limit", f"it is larger than {size} MB", help, limit="FILE_BYTES")


def metadata_beside(path: str) -> str | None:
    """The metadata file of a CSV file: its own first, then the folder's (CSVW 5.3 and the names publishers use)."""
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0]
    own = (f"{name}-metadata.json", f"{stem}-metadata.json", f"{stem}.csvw.json")
    for candidate in (*own, "csv-metadata.json", "metadata.json", "datapackage.json"):
        beside = os.path.join(folder, candidate)
        if os.path.isfile(beside):
            return beside
    return None
