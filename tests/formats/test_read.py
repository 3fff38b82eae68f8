"""Any path and any bytes: a Document, or one clear reason and what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.package.test_gate import zipped
from wpmi_lint.formats import FORMATS, open_file
from wpmi_lint.model import Document, Refusal

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
CSV = FORMATS[0]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def refused(path: str, data: bytes | None = None) -> Refusal:
    document = open_file(path, data)
    assert document.unread, document
    assert document.path == path
    (found,) = document.refusals
    assert found.help
    return found


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "Git LFS"),
        ("a.xlsx", b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("a.xls", b"\xef\xbb\xbf <!DOCTYPE html>", "web page"),
        ("a.csv", b"<?xml version='1.0'?><a/>", "XML"),
        ("a.xlsx", b"Area,Male\nLeeds,40\n", "not a workbook"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xlsx", OLE + "Workbook".encode("utf-16-le"), "legacy workbook"),
        ("a.doc", OLE, "legacy"),
        ("a.csv", b"%PDF-1.7\n", "PDF"),
        ("a.csv", b"\x89PNG\r\n\x1a\n", "picture"),
        ("a.csv", b"\x1f\x8b\x08\0", "gzip"),
        ("a.csv", b"PAR1....", "Parquet"),
        ("a.csv", b"PK\x03\x04rest", "cut off"),
        ("a.xlsx", zipped({"a.txt": b"words"}), "not a workbook"),
        ("a.xlsx", zipped({"word/document.xml": b"<a/>"}), "text document"),
        ("a.xlsb", zipped({"xl/workbook.bin": b"\0"}), "xlsb"),
        ("a.xlsx", b"", "empty"),
        ("a.json", b"", "empty"),
        ("a.json", b"words", "is not allowed here"),
    ],
)
def test_what_a_file_is_not(name: str, data: bytes, reason: str) -> None:
    assert reason in refused(name, data).reason


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("a.txt", b"a,b\n1,2\n", "csv"),
        ("a", b"a,b\n1,2\n", "csv"),
        ("-", b'[{"a": 1}]', "json"),
        ("a.csv", b'[{"a": 1}]', "json"),
        ("a.csv", b"[note],b\n1,2\n", "csv"),
        ("a.csv", b"{x},b\n1,2\n", "csv"),
        ("a.JSON", b"[]", "json"),
        ("a.json", b"\xef\xbb\xbf[1]", "json"),
    ],
)
def test_content_tells_before_the_suffix(name: str, data: bytes, format: str) -> None:
    found = open_file(name, data)
    assert not found.unread, found
    assert found.format == format


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    assert "folder" in refused(str(tmp_path)).reason
    assert "no such file" in refused(str(tmp_path / "none.csv")).reason
    assert "cannot be opened" in refused("a\0b").reason
    assert "cannot be opened" in refused(str(tmp_path / ("x" * 5000))).reason
    file = tmp_path / "a.csv"
    file.write_text("a,b\n")
    assert "no such file" in refused(str(file / "b.csv")).reason
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    assert "pipe" in refused(str(fifo)).reason
    assert "device" in refused("/dev/zero").reason


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read anything")
def test_permission(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a,b\n")
    file.chmod(0)
    assert "not permitted" in refused(str(file)).reason


def test_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "stat", denied)
    assert "not permitted" in refused(str(tmp_path / "a.csv")).reason


def test_too_little_memory_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def reader(*_: object) -> Document:
        raise MemoryError

    monkeypatch.setattr("wpmi_lint.formats.delimited.READER", CSV.reader._replace(open=reader))
    assert "memory" in refused("a.csv", b"a,b\n").reason


FILES = sorted(path for path in CORPUS.glob("*/*") if path.suffix != ".gz") if CORPUS.is_dir() else []


@pytest.mark.skipif(not FILES, reason="the corpus is not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_of_the_corpus(path: Path) -> None:
    found = open_file(str(path))
    assert all(refusal.reason and refusal.help for refusal in found.refusals)
    if found.unread:
        assert path.parent.name in ("badinput", "features"), found
    else:
        assert len(found.sha256) == 64
        for sheet in found.sheets:
            assert sheet.width == max(map(len, sheet.rows), default=0)
