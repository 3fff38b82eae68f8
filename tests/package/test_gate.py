"""The gate opens what workbooks are, refuses what only attacks programs, and keeps the ledger of both."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from wpmi_lint.package import limits
from wpmi_lint.package.gate import Gate, check_xml, recode, tree_of

ROOT = Path(__file__).parents[2]


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def opened(data: bytes) -> Gate:
    gate = Gate(data)
    assert not gate.refusals, gate.refusals
    return gate


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
    gate = Gate(data)
    assert gate.is_refused("")
    assert gate.names == ()
    (refusal,) = gate.refusals
    assert refusal.help
    assert bool(refusal.limit) == (refusal.scope == "limit")
    return refusal.reason


def damaged(data: bytes) -> str:
    """The part that is refused when it is read."""
    gate = opened(data)
    assert [gate.read(name) for name in gate.names] == [None]
    assert gate.read(gate.names[0]) is None  # and it is said once
    (refusal,) = gate.refusals
    assert (refusal.scope, refusal.reason) == ("part", "it is damaged")
    return refusal.what


def test_bomb_is_refused_by_ratio() -> None:
    assert "200 times" in refused(zipped({"a.xml": b"\0" * 3_000_000}))


def test_declared_size_is_the_most_that_is_read() -> None:
    data = zipped({"a.xml": b"a" * 5000})
    lying = data.replace(struct.pack("<L", 5000), struct.pack("<L", 10))
    assert damaged(lying) == "a.xml"


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
    assert opened(data + b"more").trailing == b"more"
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


def test_wrong_checksum_is_a_refused_part() -> None:
    data = zipped({"a.xml": b"words"}, zipfile.ZIP_STORED).replace(b"words", b"sword", 1)
    assert damaged(data) == "a.xml"


def test_no_byte_of_the_directory_breaks_it() -> None:
    data = zipped({"a.xml": b"words" * 10, "b/c.xml": b"<a/>"})
    for place in range(len(data)):
        for value in (0, 0x50, 0x7F, 0xFF):
            gate = Gate(data[:place] + bytes([value]) + data[place + 1 :])
            assert all(len(gate.read(name) or b"") < 1000 for name in gate.names)


def test_every_part_ends_in_one_state() -> None:
    parts = {"read.xml": b"<a/>", "kept.png": b"x", "broken.xml": b"<a>", "unasked": b"", "folder/": b""}
    gate = opened(zipped(parts))
    assert gate.xml("read.xml") == b"<a/>"
    assert gate.xml("broken.xml") is None
    gate.keep("kept.png")
    states = {part.name: part.state for part in gate.parts()}
    assert states == {"read.xml": "read", "kept.png": "kept", "broken.xml": "refused", "unasked": "refused"}
    assert {refusal.what for refusal in gate.refusals} == {"broken.xml", "unasked"}


def parsed(data: bytes) -> object:
    part = recode(data)
    problem = check_xml(part) if isinstance(part, bytes) else part
    return problem if isinstance(part, tuple) or isinstance(problem, tuple) else tree_of(part)


def test_tree_has_local_names_and_order() -> None:
    root = tree_of(b'<x:a xmlns:x="u" xmlns:r="v" r:id="7" id="8"><x:b>one<c>two</c>three</x:b>four</x:a>')
    assert not isinstance(root, tuple)
    assert (root.tag, root.attrib) == ("a", {"id": "7"})
    assert "".join(root.itertext()) == "onetwothreefour"
    assert [node.tag for node in root.iter()] == ["a", "b", "c"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "iso-8859-1", "windows-1252"])
def test_encodings_of_parts(encoding: str) -> None:
    name = {"utf-8-sig": "utf-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}.get(encoding, encoding)
    assert recode(f'<?xml version="1.0" encoding="{name}"?><a>\u00e9\r\nb</a>'.encode(encoding)) in (
        "<a>\u00e9\nb</a>".encode(),
        '<?xml version="1.0" encoding="utf-8"?><a>\u00e9\nb</a>'.encode(),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_doctype_is_refused_in_any_encoding(encoding: str) -> None:
    doctype = '<!DOCTYPE a [<!ENTITY b "words">]>'
    assert "DOCTYPE" in str(parsed(f'<?xml version="1.0"?>{doctype}<a>&b;</a>'.encode(encoding)))
    assert not isinstance(parsed(f"<!--{doctype}--><a><![CDATA[{doctype}]]></a>".encode(encoding)), tuple)


@pytest.mark.parametrize("part", [b'<?xml version="1.0" encoding="UTF-7"?><a/>', b"<\0a\0/\0>", b"\xff\xfea"])
def test_other_encodings_are_refused(part: bytes) -> None:
    assert isinstance(recode(part), tuple)


def test_depth_and_size_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "deeper" in str(parsed(b"<a>" * 1000 + b"</a>" * 1000))
    assert "tag of more" in str(parsed(b"<a" + b" " * limits.XML_TAG + b"/>"))
    assert "text of more" in str(parsed(b"<a>" + b" " * limits.CELL_TEXT + b"</a>"))
    monkeypatch.setattr(limits, "XML_NODES", 3)
    assert not isinstance(parsed(b"<a><b/><b/></a>"), tuple)
    assert "3 elements" in str(parsed(b"<a><b/><b/><b/></a>"))
    monkeypatch.setattr(limits, "XML_BYTES", 3)
    assert isinstance(parsed(b"<a></a>"), tuple)


@pytest.mark.parametrize("part", [b"", b"<a>", b"<a></b>", b"words", b"\xff\xff", b"<a>\xff</a>", b"\0\0\0\0"])
def test_malformed_parts_are_said(part: bytes) -> None:
    assert isinstance(parsed(part), tuple)


def test_long_text_costs_its_length() -> None:
    root = parsed(b"<a>" + b"x&amp;" * 150_000 + b"</a>")
    assert len(getattr(root, "text", "")) == 300_000


def test_nothing_else_opens_archives_or_parses() -> None:
    words = ("zipfile", "xml.parsers", "ElementTree", "ParserCreate", "minidom")
    modules = (path for path in (ROOT / "wpmi_lint").rglob("*.py") if path.name != "gate.py")
    imports = [line for path in modules for line in path.read_text().splitlines() if "import" in line]
    for_types = ("from xml.etree.ElementTree import Element", "from zipfile import ZipInfo")
    assert [line for line in imports if any(word in line for word in words) and line.strip() not in for_types] == []
