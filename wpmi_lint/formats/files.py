"""The bytes of a candidate file and the format that they are in, or in one line why there are none."""

from __future__ import annotations

import os
import stat
from itertools import islice
from typing import TYPE_CHECKING

from wpmi_lint.model import Refusal
from wpmi_lint.package import limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.formats.contract import Format

_NO_FILE = {
    stat.S_IFDIR: ("it is a folder", "give the files in it, or a pattern such as folder/*.csv"),
    stat.S_IFIFO: ("it is a pipe", "give - to read standard input, with --stdin-filename"),
    stat.S_IFCHR: ("it is a device", "give a file"),
    stat.S_IFBLK: ("it is a device", "give a file"),
    stat.S_IFSOCK: ("it is a socket", "give a file"),
}
_NEIGHBOURS = 2_000  # files of a folder that are looked at for one of nearly the name: it is only a hint
_METADATA = ("{0}-metadata.json", "{1}-metadata.json", "{1}.csvw.json", "csv-metadata.json", "metadata.json")
_SAVE = "save it as .xlsx, .ods, .csv or .json"
_UNPACK = "unpack it first"
_XLS = ("it is a legacy workbook (.xls)", "save it as .xlsx")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN: tuple[tuple[tuple[bytes, ...], str, str], ...] = (
    ((b"version https://git-lfs.github.com/spec/",), "it is a Git LFS pointer, not the file", "run git lfs pull"),
    ((b"%PDF-",), "it is a PDF", "give the table that the PDF was made from"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), "it is a picture", "give the table as a file"),
    ((b"\x1f\x8b",), "it is compressed (gzip)", _UNPACK),
    ((b"BZh",), "it is compressed (bzip2)", _UNPACK),
    ((b"\xfd7zXZ",), "it is compressed (xz)", _UNPACK),
    ((b"\x28\xb5\x2f\xfd",), "it is compressed (zstd)", _UNPACK),
    ((b"7z\xbc\xaf\x27\x1c",), "it is an archive (7z)", _UNPACK),
    ((b"Rar!",), "it is an archive (RAR)", _UNPACK),
    ((b"PAR1",), "it is a Parquet file", "save it as CSV"),
    ((b"ARROW1",), "it is an Arrow file", "save it as CSV"),
    ((b"SQLite format 3",), "it is an SQLite database", "export the table as CSV"),
    ((b"{\\rtf",), "it is a text document (RTF)", "give the table as a file"),
    ((b"\t\x08\x10\0\0\x06\x05\0", b"\x09\x04\x06\0", b"\x09\x02\x06\0", b"\x09\0\x04\0"), *_XLS),
)
_WORKBOOKS = ("xlsx", "xlsm", "xltx", "xltm", "ods", "ots", "xls", "xlsb")


def load(path: str) -> bytes | Refusal:
    """All bytes of a file; never waits for a pipe and never reads more than limits.FILE_BYTES."""
    try:
        status = os.stat(path)
        kind = stat.S_IFMT(status.st_mode)
        if kind != stat.S_IFREG:
            return Refusal("file", *_NO_FILE.get(kind, ("it is not a regular file", "give a file")))
        if status.st_size > limits.FILE_BYTES:
            return too_large()
        with open(path, "rb") as file:
            return file.read(limits.FILE_BYTES)
    except FileNotFoundError:
        return Refusal("file", "there is no such file", f"check the path{_near(path)}")
    except NotADirectoryError:
        return Refusal("file", "there is no such file: part of the path is not a folder", "check the path")
    except PermissionError:
        return Refusal("file", "reading it is not permitted", "ask for read permission, or copy the file")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not valid"
        return Refusal("file", f"it cannot be opened: {reason.lower()}", "check the path")


def _near(path: str) -> str:
    """A question after a file beside the missing one whose name is much like it."""
    from wpmi_lint.closest import closest

    folder, name = os.path.split(path)
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.name for entry in islice(entries, _NEIGHBOURS)]
    except OSError:
        return ""
    return closest(name, names, f"; did you mean {os.path.join(folder, '{}')}?")


def too_large() -> Refusal:
    """The refusal of a file over limits.FILE_BYTES."""
    reason = f"it is larger than {limits.FILE_BYTES >> 20} MB"
    return Refusal("limit", reason, "split it, or leave out what need not be published", limit="FILE_BYTES")


def metadata_beside(path: str) -> str | None:
    """The metadata file of a CSV file: its own first, then the folder's (CSVW 5.3 and the names publishers use)."""
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0]
    names = (form.format(name, stem) for form in (*_METADATA, "datapackage.json"))
    return next((beside for name in names if os.path.isfile(beside := os.path.join(folder, name))), None)


def find_format(path: str, data: bytes, formats: Sequence[Format]) -> Format | Refusal:
    """The format that a file is in, by its content first and its suffix second; or why none takes it."""
    words, suffix = first_words(data), path.rpartition(".")[2].lower()
    for marks, reason, help in _FOREIGN:
        if data.startswith(marks):
            return Refusal("file", reason, help)
    for format in formats:
        if (data.startswith(format.magic) or words.startswith(format.magic)) and format.reader.claims(path, data):
            return format
    foreign = _foreign(data, words, suffix)
    if foreign is not None:
        return foreign
    plain = next(format for format in formats if not format.magic)
    return next((format for format in formats if f".{suffix}" in format.suffixes), plain)


def first_words(data: bytes) -> bytes:
    """The start of a text without byte order marks, zero bytes (UTF-16) and white space; empty for an empty file."""
    start = data[:4096]
    for mark in (b"\xff\xfe", b"\xfe\xff"):
        start = start.removeprefix(mark)
    while start.startswith(b"\xef\xbb\xbf"):
        start = start[3:]
    words = start.replace(b"\0", b"").strip()
    if not words and len(data) > 4096:
        return data.replace(b"\0", b"").strip()[:512] or (b"\0" if data.strip() else b"")
    return words or (b"\0" if b"\0" in start else b"")


def _foreign(data: bytes, words: bytes, suffix: str) -> Refusal | None:
    """Why a file is refused whose content is not a table, or not what the suffix says."""
    lower = words[:512].lower()
    if data.startswith(b"PK"):
        return _archive(data)
    if data.startswith(_OLE):
        return _ole(data)
    if not words:
        return Refusal("file", "it is empty", "give a file that has a table")
    if lower.startswith(b"<"):
        if b"<html" in lower or lower.startswith((b"<!doctype html", b"<table", b"<meta", b"<head")):
            return Refusal("file", "it is a web page (HTML)", "open it in a spreadsheet program and " + _SAVE)
        return Refusal("file", "it is XML", _SAVE)
    if suffix in _WORKBOOKS:
        return Refusal("file", f"it is not a workbook, though its name ends in .{suffix}", _SAVE)
    return None


def _ole(data: bytes) -> Refusal:
    """Old Microsoft files: encrypted workbooks and .xls; stream names are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Refusal("file", "it is protected by a password", "save it without a password")
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return Refusal("file", *_XLS)
    return Refusal("file", "it is a legacy Microsoft Office file", _SAVE)


def _archive(data: bytes) -> Refusal:
    """What an archive is that no format claims."""
    from wpmi_lint.package.gate import Gate

    gate = Gate(data)
    names = [name.lower() for name in gate.names]
    if gate.refusals:
        return gate.refusals[0]
    if any(name.endswith("workbook.bin") for name in names):
        return Refusal("file", "it is a binary workbook (.xlsb)", "save it as .xlsx")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return Refusal("file", "it is a text document or presentation, not a workbook", "give the table as a file")
    return Refusal("file", "it is an archive (ZIP), not a workbook", "unpack it and give the files in it")
