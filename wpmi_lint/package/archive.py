"""The archive of a workbook (ZIP), its directory checked before any part is inflated."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from wpmi_lint.package import limits
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x41  # general purpose bits 0 (encrypted) and 6 (strong encryption)


class Entry(NamedTuple):
    """One part of an archive, as its directory describes it."""

    name: str  # with forward slashes
    start: int  # of the part's local header in the file
    method: int
    crc: int
    packed: int  # bytes in the archive
    size: int  # bytes when inflated
    written: str  # the name as the archive spells it


class Archive(NamedTuple):
    """A ZIP file whose directory has been checked; parts are inflated one by one, on demand."""

    data: bytes
    entries: Mapping[str, Entry]  # by lower-case name: part names do not distinguish case
    after: int = 0  # bytes that stand after the archive's end: nothing shows them

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as spelled, with forward slashes."""
        return tuple(entry.name for entry in self.entries.values())

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return name.lower() in self.entries

    def size(self, name: str) -> int:
        """Bytes of a part when inflated; 0 where there is none."""
        entry = self.entries.get(name.lower())
        return entry.size if entry else 0

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, never more than its directory says; None where it is missing or corrupt."""
        entry = self.entries.get(name.lower())
        return None if entry is None else _inflate(self.data, entry)


def open_archive(data: bytes) -> Archive | str:
    """Check the directory of a ZIP file: an Archive, or in one line why it is not to be opened."""
    directory = _directory(data)
    if isinstance(directory, str):
        return directory
    if data.count(b"PK\x01\x02") > limits.ARCHIVE_ENTRIES:
        return f"the archive has more than {limits.ARCHIVE_ENTRIES:,} parts"
    entries = _entries(data, *directory[:3])
    if isinstance(entries, str):
        return entries
    problem = _sizes(entries) or _overlap(data, entries, directory[0])
    if problem:
        return problem
    parts = {entry.name.lower(): entry for entry in entries if not entry.name.endswith("/")}
    return Archive(data, parts, directory[3])


def _directory(data: bytes) -> tuple[int, int, int, int] | str:
    """Start, end and entries of the directory, which stands right before the end record, and bytes after all."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or at + _END.size > len(data):
        return "the archive is cut off: its directory is missing"
    _, disk, first, _, count, size, start, comment = _END.unpack_from(data, at)
    after = len(data) - at - _END.size - comment
    if after < 0:
        return "the archive is cut off: its end is missing"
    end = at
    if start == 0xFFFFFFFF or size == 0xFFFFFFFF or count == 0xFFFF:
        found = _end64(data, at)
        if found is None:
            return "the archive's directory is corrupt"
        start, end, count = found
    elif disk or first:
        return "the archive is one part of several"
    elif start + size != at:
        return "the archive has bytes before its start, or its directory is corrupt"
    return start, end, count, after


def _end64(data: bytes, at: int) -> tuple[int, int, int] | None:
    """The same from the end record of large archives (ZIP64)."""
    place = at - _END64_LOCATOR.size
    if place < 0:
        return None
    mark, _, end, _ = _END64_LOCATOR.unpack_from(data, place)
    if mark != b"PK\x06\x07" or end + _END64.size > place:
        return None
    mark, _, _, _, _, _, _, count, size, start = _END64.unpack_from(data, end)
    if mark != b"PK\x06\x06" or start + size != end:
        return None
    return start, end, count


def _entries(data: bytes, at: int, end: int, count: int) -> list[Entry] | str:
    entries: list[Entry] = []
    seen: set[str] = set()
    while at < end:
        if at + _ENTRY.size > end:
            return "the archive's directory is corrupt"
        mark, _, _, flags, method, _, _, crc, packed, size, *rest = _ENTRY.unpack_from(data, at)
        name_length, extra_length, comment_length, _, _, _, start = rest
        name_end = at + _ENTRY.size + name_length
        written = data[at + _ENTRY.size : name_end].decode("utf-8" if flags & 0x800 else "cp437", "replace")
        wide = _wide(data[name_end : name_end + extra_length], size, packed, start)
        at = name_end + extra_length + comment_length
        if mark != b"PK\x01\x02" or at > end or wide is None:
            return "the archive's directory is corrupt"
        entry = Entry(written.replace("\\", "/"), wide[2], method, crc, wide[1], wide[0], written)
        problem = _refused(entry, flags, seen)
        if problem:
            return problem
        entries.append(entry)
    return entries if len(entries) == count & 0xFFFFFFFF else "the archive's directory is corrupt"


def _wide(extra: bytes, *values: int) -> list[int] | None:
    """Size, packed size and start, with those that do not fit 32 bits taken from the extra field."""
    wide = list(values)
    missing = [i for i, value in enumerate(wide) if value == 0xFFFFFFFF]
    while missing and len(extra) >= 4:
        tag, length = struct.unpack_from("<2H", extra)
        if tag == 1:
            if length < 8 * len(missing) or len(extra) < 4 + 8 * len(missing):
                return None
            for place, value in zip(missing, struct.unpack_from(f"<{len(missing)}Q", extra, 4), strict=True):
                wide[place] = value
            return wide
        extra = extra[4 + length :]
    return None if missing else wide


def _refused(entry: Entry, flags: int, seen: set[str]) -> str | None:
    """Why an entry makes the archive one not to be opened."""
    key = entry.name.lower()
    if flags & _ENCRYPTED:
        return "the archive is encrypted"
    if entry.method not in (_STORED, _DEFLATED):
        return "the archive is packed in a way that workbooks do not use"
    if key in seen:
        return f"the archive has two parts named {entry.name!r}: programs differ in which one they show"
    if key.startswith("/") or ".." in key.split("/") or ":" in key or "\0" in key:
        return f"the archive has a part whose name leaves the archive: {entry.name!r}"
    seen.add(key)
    return None


def _sizes(entries: list[Entry]) -> str | None:
    """Which limit on sizes the directory goes over."""
    for entry in entries:
        if entry.size > limits.PART_BYTES:
            return f"the part {entry.name!r} inflates to more than {limits.PART_BYTES >> 20} MB"
        if entry.size > limits.RATIO_FREE and entry.size > limits.RATIO * entry.packed:
            return f"the part {entry.name!r} inflates to more than {limits.RATIO} times its size"
        if entry.method == _STORED and entry.size != entry.packed:
            return f"the sizes of the part {entry.name!r} contradict each other"
    if sum(entry.size for entry in entries) > limits.ARCHIVE_BYTES:
        return f"the archive inflates to more than {limits.ARCHIVE_BYTES >> 20} MB"
    return None


def _overlap(data: bytes, entries: list[Entry], directory: int) -> str | None:
    """Parts that share bytes: a small archive can inflate to anything by it."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.start):
        start = _content(data, entry)
        if start is None or start + entry.packed > directory:
            return "the archive's directory is corrupt"
        if entry.start < end:
            return "parts of the archive overlap"
        end = start + entry.packed
    return None


def _content(data: bytes, entry: Entry) -> int | None:
    """Where the packed bytes of a part start."""
    if entry.start + _LOCAL.size > len(data):
        return None
    mark, *_, name_length, extra_length = _LOCAL.unpack_from(data, entry.start)
    return entry.start + _LOCAL.size + name_length + extra_length if mark == b"PK\x03\x04" else None


def _inflate(data: bytes, entry: Entry) -> bytes | None:
    start = _content(data, entry)
    if start is None:
        return None
    packed = memoryview(data)[start : start + entry.packed]
    if entry.method == _STORED:
        content = bytes(packed)
    else:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(packed, entry.size + 1)
        except zlib.error:
            return None
    return content if len(content) == entry.size and zlib.crc32(content) == entry.crc else None
