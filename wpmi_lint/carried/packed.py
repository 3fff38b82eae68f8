"""The level of the ZIP archive: names given twice, bytes before and after, backslashes, parts that cannot be read."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

from wpmi_lint.carried.ways import item
from wpmi_lint.carried.xml import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.ways import Hidden

_END, _LOCAL = b"PK\x05\x06", b"PK\x03\x04"
_LARGEST = 64 * 1024 * 1024


def archive(data: bytes) -> Iterator[Hidden]:
    """What the archive itself carries beside its parts."""
    start = data.find(_LOCAL, 0, 1024 * 1024)
    if start > 0:
        yield item("zip-prefix-data", f"{start:,} bytes before the first part")
    end = data.rfind(_END)
    if end >= 0 and len(data) > end + 22:
        yield item("zip-trailing-data", f"{len(data) - end - 22:,} bytes after the directory",
                   words=(data[end + 22 : end + 322].decode("latin-1"),))  # fmt: skip
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            yield from _names(infos)
            yield from _broken(archive, infos)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return


def _names(infos: list[zipfile.ZipInfo]) -> Iterator[Hidden]:
    twice = [name for name, count in Counter(info.filename.lower() for info in infos).items() if count > 1]
    if twice:
        yield item("zip-duplicate-entry", ", ".join(twice[:4]), part=twice[0])
    written = [info.orig_filename for info in infos if "\\" in info.orig_filename]
    if written:
        yield item("zip-backslash-names", f"{len(written)} names", part=written[0])


def _broken(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Iterator[Hidden]:
    """Small parts whose local header or checksum is wrong; large ones are checked when they are read."""
    bad = []
    for info in infos:
        if info.file_size > _LARGEST or info.flag_bits & 1 or not info.filename.endswith((".rels", ".xml")):
            continue
        if info.file_size > 200_000:
            continue
        try:
            data = archive.read(info)
        except Exception:  # zlib, struct, key and zip errors alike mean that it cannot be read
            bad.append(info.filename)
            continue
        if (
            info.filename.endswith(".rels")
            and "/._" not in info.filename
            and b"<!DOCTYPE" not in data
            and tree(data) is None
        ):
            bad.append(info.filename)
    if bad:
        yield item("corrupt-part", ", ".join(bad[:4]), part=bad[0])
