"""The bytes of a candidate file, or in one line why they cannot be had."""

from __future__ import annotations

import os
import stat

from wpmi_lint.model import Unreadable
from wpmi_lint.package import limits

_NO_FILE = {
    stat.S_IFDIR: ("it is a folder", "give the files in it, or a pattern such as folder/*.csv"),
    stat.S_IFIFO: ("it is a pipe", "give - to read standard input, with --stdin-filename"),
    stat.S_IFCHR: ("it is a device", "give a file"),
    stat.S_IFBLK: ("it is a device", "give a file"),
    stat.S_IFSOCK: ("it is a socket", "give a file"),
}


def load(path: str) -> bytes | Unreadable:
    """All bytes of a file; never waits for a pipe and never reads more than limits.FILE_BYTES."""
    try:
        status = os.stat(path)
        kind = stat.S_IFMT(status.st_mode)
        if kind != stat.S_IFREG:
            return Unreadable(path, *_NO_FILE.get(kind, ("it is no regular file", "give a file")))
        if status.st_size > limits.FILE_BYTES:
            return too_large(path)
        with open(path, "rb") as file:
            return file.read(limits.FILE_BYTES)
    except FileNotFoundError:
        return Unreadable(path, "there is no such file", "check the path")
    except NotADirectoryError:
        return Unreadable(path, "there is no such file: part of the path is no folder", "check the path")
    except PermissionError:
        return Unreadable(path, "reading it is not permitted", "ask for read permission, or copy the file")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not valid"
        return Unreadable(path, f"it cannot be opened: {reason.lower()}", "check the path")


def too_large(path: str) -> Unreadable:
    """What is said of a file over limits.FILE_BYTES."""
    size = limits.FILE_BYTES >> 20
    return Unreadable(path, f"it is larger than {size} MB", "split it, or leave out what need not be published")


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
