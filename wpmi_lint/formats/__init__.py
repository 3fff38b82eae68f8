"""Candidate files: bytes to Document."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from wpmi_lint.formats.files import load, metadata_beside, too_large
from wpmi_lint.formats.sniff import sniff
from wpmi_lint.model import Document, Unreadable
from wpmi_lint.package import limits

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[str, bytes, str], Document | Unreadable]


def _csv() -> Reader:
    from wpmi_lint.formats.delimited import read_csv

    return read_csv


def _xlsx() -> Reader:
    from wpmi_lint.formats.xlsx import read_xlsx

    return read_xlsx


def _ods() -> Reader:
    from wpmi_lint.formats.ods import read_ods

    return read_ods


def _json() -> Reader:
    from wpmi_lint.formats.jsontable import read_json

    return read_json


READERS: dict[str, Callable[[], Reader]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "ods": _ods,
    "json": _json,
}


def read(path: str, data: bytes | None = None) -> Document | Unreadable:
    """A candidate file as a Document, or in one line why it cannot be read and what to do; never raises for bad input.

    `data` is given for standard input (path "-"); the format is told by content first, by suffix second.
    """
    if data is None:
        loaded = load(path)
        if isinstance(loaded, Unreadable):
            return loaded
        found = _read(path, loaded)
        return _described(found) if isinstance(found, Document) and found.format == "csv" else found
    if len(data) > limits.FILE_BYTES:
        return too_large(path)
    return _read(path, data)


def _described(document: Document) -> Document:
    """A CSV file with what metadata beside it say; the module is only read where there may be some."""
    beside = metadata_beside(document.path)
    if beside is None:
        return document
    from wpmi_lint.formats.metadata import with_metadata

    return with_metadata(document, beside)


def _read(path: str, data: bytes) -> Document | Unreadable:
    import hashlib

    sha256 = hashlib.sha256(data).hexdigest()
    kind = sniff(path, data)
    if isinstance(kind, tuple):
        reason, help = kind
        return Unreadable(path, reason, help, None, sha256)
    return _undisturbed(READERS[kind](), path, data, sha256)


def _undisturbed(reader: Reader, path: str, data: bytes, sha256: str) -> Document | Unreadable:
    """Read without the collector of cyclic garbage, which would look at every row again and again: a third faster."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return reader(path, data, sha256)
    except MemoryError:
        return Unreadable(path, "it needs more memory than there is", "split it into several files", None, sha256)
    finally:
        if collects:
            gc.enable()
