"""The archive layer opens what workbooks are and refuses what only attacks programs."""

import io
import struct
import zipfile

import pytest

from wpmi_lint.package import limits
from wpmi_lint.package.archive import Archive, open_archive


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def opened(data: bytes) -> Archive:
    archive = open_archive(data)
    assert isinstance(archive, Archive), archive
    return archive


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_parts_are_read(method: int) -> None:
    archive = opened(zipped({"xl/workbook.xml": b"<a/>", "empty": b""}, method))
    assert archive.names == ("xl/workbook.xml", "empty")
    assert archive.read("XL/Workbook.xml") == b"<a/>"
    assert archive.read("empty") == b""
    assert archive.read("missing") is None
    assert archive.has("xl/WORKBOOK.xml")


def test_backslashes_in_names_are_folders() -> None:
    data = zipped({"xl/a.xml": b"x"}).replace(b"xl/a.xml", b"xl\\a.xml")
    assert opened(data).read("xl/a.xml") == b"x"


def test_streamed_archive_with_sizes_after_the_parts() -> None:
    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    target = Unseekable()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"words" * 100)
    assert opened(target.getvalue()).read("a.xml") == b"words" * 100


def test_zip64() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, archive.open("a.xml", "w", force_zip64=True) as part:
        part.write(b"words")
    assert opened(buffer.getvalue()).read("a.xml") == b"words"


def test_comment_of_the_archive() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.xml", b"words")
        archive.comment = b"made by a program"
    assert opened(buffer.getvalue()).read("a.xml") == b"words"


def refused(data: bytes) -> str:
    reason = open_archive(data)
    assert isinstance(reason, str)
    return reason


def test_bomb_is_refused_by_ratio() -> None:
    assert "200 times" in refused(zipped({"a.xml": b"\0" * 3_000_000}))


def test_declared_size_is_the_most_that_is_read() -> None:
    data = zipped({"a.xml": b"a" * 5000})
    lying = data.replace(struct.pack("<L", 5000), struct.pack("<L", 10))
    assert opened(lying).read("a.xml") is None


def test_limits_name_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({f"part{i}": b"words" * 9 for i in range(20)})
    monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", 19)
    assert "19 parts" in refused(data)
    monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", 20)
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", 100)
    assert "inflates to more" in refused(data)
    monkeypatch.setattr(limits, "PART_BYTES", 10)
    assert "part 'part0'" in refused(data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["a.xml", "A.XML"])
def test_duplicate_names(second: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.xml", b"shown")
        archive.writestr(second, b"hidden")
    assert "two parts named" in refused(buffer.getvalue())


@pytest.mark.parametrize("name", ["../a.xml", "/etc/a.xml", "xl/../../a", "C:/a.xml", "..\\a.xml"])
def test_names_that_leave_the_archive(name: str) -> None:
    assert "leaves the archive" in refused(zipped({name: b""}))


def test_cut_prefixed_and_extended_archives() -> None:
    data = zipped({"a.xml": b"words" * 100})
    assert "cut off" in refused(data[: len(data) // 2])
    assert "before its start" in refused(b"#!/bin/sh\n" + data)
    assert opened(data + b"more").after == 4
    assert "cut off" in refused(b"PK\x03\x04")
    assert "cut off" in refused(b"")


def test_overlapping_parts() -> None:
    data = zipped({"a.xml": b"words" * 100, "b.xml": b"words" * 100})
    central = data.rfind(b"PK\x01\x02")
    overlapping = data[: central + 42] + struct.pack("<L", 0) + data[central + 46 :]
    assert "overlap" in refused(overlapping)


def test_encrypted_and_unusual_parts() -> None:
    data = bytearray(zipped({"a.xml": b"words"}))
    central = data.rfind(b"PK\x01\x02")
    data[central + 8] |= 1
    assert "encrypted" in refused(bytes(data))
    assert "packed in a way" in refused(zipped({"a.xml": b"words"}, zipfile.ZIP_LZMA))


def test_wrong_checksum_is_a_missing_part() -> None:
    data = zipped({"a.xml": b"words"}, zipfile.ZIP_STORED).replace(b"words", b"sword", 1)
    assert opened(data).read("a.xml") is None


def test_no_byte_of_the_directory_breaks_it() -> None:
    data = zipped({"a.xml": b"words" * 10, "b/c.xml": b"<a/>"})
    for place in range(len(data)):
        for value in (0, 0x50, 0x7F, 0xFF):
            archive = open_archive(data[:place] + bytes([value]) + data[place + 1 :])
            if isinstance(archive, Archive):
                assert all(len(archive.read(name) or b"") < 1000 for name in archive.names)
