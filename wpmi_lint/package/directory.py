"""What the standard library does not ask of the directory of an archive, before any part is inflated."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from wpmi_lint.package import limits

if TYPE_CHECKING:
    from zipfile import ZipInfo

    Problem = tuple[str, str]  # why, and the name of the limit where it is one

_LOCAL_SIZE = 30
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x41  # general purpose bits 0 (encrypted) and 6 (strong encryption)


def part_name(entry: ZipInfo) -> str:
    """The name of a part with forward slashes."""
    return entry.filename.replace("\\", "/")


def check_directory(data: bytes, entries: list[ZipInfo], directory: int) -> Problem | None:
    """Why an archive is not opened: what the standard library does not ask of a directory."""
    seen: set[str] = set()
    for entry in entries:
        reason = _refused(entry, seen)
        if reason:
            return reason, ""
        seen.add(part_name(entry).lower())
    return _sizes(entries) or _overlap(data, entries, directory)


def _refused(entry: ZipInfo, seen: set[str]) -> str:
    name = part_name(entry)
    key = name.lower()
    if entry.flag_bits & _ENCRYPTED:
        return "the archive is encrypted"
    if entry.volume:
        return "the archive is one part of several"
    if entry.compress_type not in (_STORED, _DEFLATED):
        return "the archive is packed in a way that workbooks do not use"
    if key in seen:
        return f"the archive has two parts named {name!r}: programs differ in which one they show"
    if key.startswith("/") or ".." in key.split("/") or ":" in key or "\0" in entry.orig_filename:
        return f"the archive has a part whose name leaves the archive: {name!r}"
    return ""


def _sizes(entries: list[ZipInfo]) -> Problem | None:
    """Which limit on sizes the directory goes over."""
    for entry in entries:
        name, size, packed = part_name(entry), entry.file_size, entry.compress_size
        if size > limits.PART_BYTES:
            return f"the part {name!r} inflates to more than {limits.PART_BYTES >> 20} MB", "PART_BYTES"
        if size > limits.RATIO_FREE and size > limits.RATIO * packed:
            return f"the part {name!r} inflates to more than {limits.RATIO} times its size", "RATIO"
        if entry.compress_type == _STORED and size != packed:
            return f"the sizes of the part {name!r} contradict each other", ""
    if sum(entry.file_size for entry in entries) > limits.ARCHIVE_BYTES:
        return f"the archive inflates to more than {limits.ARCHIVE_BYTES >> 20} MB", "ARCHIVE_BYTES"
    return None


def _overlap(data: bytes, entries: list[ZipInfo], directory: int) -> Problem | None:
    """Bytes before the first part, and parts that share bytes: a small archive can inflate to anything by it."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        start = entry.header_offset
        if start < end:
            return "parts of the archive overlap", ""
        if end == 0 and start > 0:
            return "the archive has bytes before its start, or its directory is corrupt", ""
        if data[start : start + 4] != b"PK\x03\x04":
            return "the archive's directory is corrupt", ""
        lengths = struct.unpack_from("<2H", data, start + 26)
        end = start + _LOCAL_SIZE + sum(lengths) + entry.compress_size
        if end > directory:
            return "the archive's directory is corrupt", ""
    return None
