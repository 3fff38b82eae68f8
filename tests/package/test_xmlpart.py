"""XML parts: local names, no DOCTYPE, bounded depth and size."""

import pytest

from wpmi_lint.package import limits
from wpmi_lint.package.xmlpart import parse_xml, plain, stream


def test_tree_has_local_names_text_and_order() -> None:
    node = parse_xml(b'<x:a xmlns:x="u" xmlns:r="v" r:id="7" id="8"><x:b>one<c>two</c>three</x:b>four</x:a>')
    assert node is not None
    assert (node.tag, node.attrs) == ("a", {"id": "7"})
    assert node.words() == "onetwothreefour"
    assert [child.tag for child in node.all()] == ["b", "c"]
    assert node.first("c") is node.children[0].children[0]
    assert node.first("d") is None
    assert node.get("none", "-") == "-"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_unicode_encodings_are_read(encoding: str) -> None:
    name = "utf-8" if encoding == "utf-8-sig" else "UTF-16"
    node = parse_xml(f'<?xml version="1.0" encoding="{name}"?><a>\u00e9</a>'.encode(encoding))
    assert node is not None
    assert node.text == "\u00e9"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_doctype_is_refused_in_any_encoding(encoding: str) -> None:
    part = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "words">]><a>&b;</a>'.encode(encoding)
    assert parse_xml(part) is None
    assert "DOCTYPE" in str(stream(part, lambda *_: None))


def test_other_encodings_are_refused() -> None:
    assert plain(b'<?xml version="1.0" encoding="UTF-7"?><a/>') is None
    assert plain(b"<\0a\0/\0>") is None


def test_depth_and_size_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = b"<a>" * 1000 + b"</a>" * 1000
    assert "deeper" in str(stream(deep, lambda *_: None))
    assert parse_xml(deep) is None
    monkeypatch.setattr(limits, "XML_NODES", 3)
    assert parse_xml(b"<a><b/><b/></a>") is not None
    assert parse_xml(b"<a><b/><b/><b/></a>") is None
    monkeypatch.setattr(limits, "XML_BYTES", 3)
    assert parse_xml(b"<a></a>") is None


@pytest.mark.parametrize("part", [b"", b"<a>", b"<a></b>", b"words", b"\xff\xff", b"<a>\xff</a>", b"\0\0\0\0"])
def test_malformed_parts_are_said(part: bytes) -> None:
    assert parse_xml(part) is None
    assert stream(part, lambda *_: None) is not None


def test_long_text_costs_its_length() -> None:
    node = parse_xml(b"<a>" + b"x&amp;" * 400_000 + b"</a>")
    assert node is not None
    assert len(node.text) == 800_000
