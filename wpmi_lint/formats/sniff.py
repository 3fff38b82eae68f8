"""Which format a file is in: by its content first, by its suffix second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.formats.contract import Format

_SAVE = "save it as .xlsx, .ods, .csv or .json"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"version https://git-lfs.github.com/spec/", "it is a Git LFS pointer, not the file", "run git lfs pull"),
    (b"%PDF-", "it is a PDF", "give the table that the PDF was made from"),
    (b"\x89PNG", "it is a picture", "give the table as a file"),
    (b"\xff\xd8\xff", "it is a picture", "give the table as a file"),
    (b"GIF8", "it is a picture", "give the table as a file"),
    (b"\x1f\x8b", "it is compressed (gzip)", "unpack it first"),
    (b"BZh", "it is compressed (bzip2)", "unpack it first"),
    (b"\xfd7zXZ", "it is compressed (xz)", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "it is compressed (zstd)", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "it is an archive (7z)", "unpack it first"),
    (b"Rar!", "it is an archive (RAR)", "unpack it first"),
    (b"PAR1", "it is a Parquet file", "save it as CSV"),
    (b"ARROW1", "it is an Arrow file", "save it as CSV"),
    (b"SQLite format 3", "it is an SQLite database", "export the table as CSV"),
    (b"{\\rtf", "it is a text document (RTF)", "give the table as a file"),
    (b"\t\x08\x10\0\0\x06\x05\0", "it is a legacy workbook (.xls)", "save it as .xlsx"),
    (b"\x09\x04\x06\0", "it is a legacy workbook (.xls)", "save it as .xlsx"),
    (b"\x09\x02\x06\0", "it is a legacy workbook (.xls)", "save it as .xlsx"),
    (b"\x09\0\x04\0", "it is a legacy workbook (.xls)", "save it as .xlsx"),
)
_WORKBOOK_SUFFIXES = ("xlsx", "xlsm", "xltx", "xltm", "ods", "ots", "xls", "xlsb")


def find_format(path: str, data: bytes, formats: Sequence[Format]) -> Format | Refusal:
    """The format that a file is in, or why none takes it."""
    start, words = data[:512], first_words(data)
    for magic, reason, help in MAGIC:
        if start.startswith(magic):
            return _refusal(reason, help)
    for format in formats:
        begins = start.startswith(format.magic) or words.startswith(format.magic)
        if begins and format.reader.claims(path, data):
            return format
    if data.startswith(b"PK"):
        return _archive(data)
    foreign = _foreign(path, data, words)
    if foreign:
        return _refusal(*foreign)
    suffix = f".{path.rpartition('.')[2].lower()}"
    plain = next(format for format in formats if not format.magic)
    return next((format for format in formats if suffix in format.suffixes), plain)


def _refusal(reason: str, help: str) -> Refusal:
    return Refusal("file", reason, help)


def _foreign(path: str, data: bytes, words: bytes) -> tuple[str, str] | None:
    """Reason and help where the content is of a kind that is no table, or not what the suffix says."""
    if data.startswith(_OLE):
        return _ole(data)
    if not words:
        return "it is empty", "give a file that has a table"
    if words[:1] == b"<":
        return _markup(words)
    suffix = path.rpartition(".")[2].lower()
    if suffix in _WORKBOOK_SUFFIXES:
        return f"it is no workbook, though its name ends in .{suffix}", _SAVE
    return None


def first_words(data: bytes) -> bytes:
    """The start of a text without byte order marks, zero bytes (UTF-16) and white space; empty for an empty file."""
    start = data[:4096]
    for mark in (b"\xff\xfe", b"\xfe\xff"):
        start = start.removeprefix(mark)
    while start.startswith(b"\xef\xbb\xbf"):
        start = start[3:]
    found = start.replace(b"\0", b"").strip()
    if not found and len(data) > 4096:
        return data.replace(b"\0", b"").strip()[:512] or (b"\0" if data.strip() else b"")
    return found or (b"\0" if b"\0" in start else b"")


def _markup(words: bytes) -> tuple[str, str]:
    lower = words[:512].lower()
    if b"<html" in lower or lower.startswith((b"<!doctype html", b"<table", b"<meta", b"<head")):
        return "it is a web page (HTML)", "open it in a spreadsheet program and " + _SAVE
    return "it is XML", _SAVE


def _ole(data: bytes) -> tuple[str, str]:
    """Old Microsoft files: encrypted workbooks and .xls; stream names are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "it is protected by a password", "save it without a password"
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "it is a legacy workbook (.xls)", "save it as .xlsx"
    return "it is a legacy Microsoft Office file", _SAVE


def _archive(data: bytes) -> Refusal:
    """What an archive is that no format claims."""
    from wpmi_lint.package.gate import Gate

    gate = Gate(data)
    names = [name.lower() for name in gate.names]
    if gate.refusals:
        return gate.refusals[0]
    if any(name.endswith("workbook.bin") for name in names):
        return _refusal("it is a binary workbook (.xlsb)", "save it as .xlsx")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return _refusal("it is a text document or presentation, no workbook", "give the table as a file")
    return _refusal("it is an archive (ZIP), no workbook", "unpack it and give the files in it")
