"""YAML is read as words with places; nothing in it runs, expands or nests without end."""

from pathlib import Path

import pytest
import yaml

from wpmi_lint.errors import UsageError
from wpmi_lint.yaml_file import MAX_BYTES, Mark, parse_yaml, read_yaml


def test_values_stay_as_written() -> None:
    text = "a: no\nb: 0014\nc: 1.0\nd: 2012-06-28\ne:\nf: '~'\ng: [x, ~]\n"
    values = parse_yaml("f.yaml", text).value
    assert values == {
        "a": "no",
        "b": "0014",
        "c": "1.0",
        "d": "2012-06-28",
        "e": None,
        "f": "~",
        "g": ["x", None],
    }


def test_every_key_and_value_has_its_place() -> None:
    file = parse_yaml("f.yaml", "top:\n  - one: 1\n    two:\n      - x\n")
    assert file.mark(("top", 0, "two")) == Mark(3, 5)
    assert file.mark(("top", 0, "two", 0)) == Mark(4, 9)
    assert file.mark(("top", 0, "absent")) == Mark(2, 5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &x 1\nb: *x\n", "f.yaml:2:4: aliases (*x) are not read"),
        ("a: !!python/object/apply:os.system [x]\n", "f.yaml:1:4: tags ("),
        ("a: 1\nb: 2\na: 3\n", 'f.yaml:3:1: duplicate key "a" (first in line 1)'),
        ("a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document begins here"),
        ("? [a]\n: 1\n", "f.yaml:1:3: a key is one word"),
        ("a: [1\nb: 2\n", "f.yaml:2"),
        ("a:\n\tb: 1\n", "f.yaml:2"),
        ("a: \x01\n", "f.yaml: not YAML"),
        ("[" * 100, "nested deeper than 24 levels"),
        ("[" * 100_000, "nested deeper than 24 levels"),
        ("{a: " * 100_000, "nested deeper than 24 levels"),
        ("- " * 2_000 + "x", "nested deeper than 24 levels"),
        ("[x, " * 30 + "]" * 30, "f.yaml:1:97: nested deeper than 24 levels"),
        ("a: 1\na: [b\n", "f.yaml:3:1: not YAML"),
    ],
)
def test_one_line_for_what_is_not_read(text: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_yaml("f.yaml", text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_too_deep_is_refused_by_the_slow_loader_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    with pytest.raises(UsageError, match="nested deeper than 24 levels"):
        parse_yaml("f.yaml", "[" * 5_000)


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wpmi_lint.yaml_file.MAX_NODES", 5)
    assert parse_yaml("f.yaml", "[1, 2, 3, 4]").value == ["1", "2", "3", "4"]
    with pytest.raises(UsageError, match=r"f\.yaml:2:2: more than 5 keys and values"):
        parse_yaml("f.yaml", "[1, 2, 3, 4,\n 5]")


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    big.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(UsageError, match="larger than"):
        read_yaml(str(big))


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes(b"a: 1\nb: caf\xe9\n")
    with pytest.raises(UsageError, match=r"f\.yaml:2:1: not UTF-8"):
        read_yaml(str(file))


def test_the_slow_loader_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a:\n  - b: 'x'\n    c: [1, {d: e}]\n"
    fast = parse_yaml("f.yaml", text)
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert parse_yaml("f.yaml", text) == fast
