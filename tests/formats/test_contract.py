"""What a format must say, what is read off the formats, and what a new one costs: a module and a line."""

from __future__ import annotations

import re
import subprocess
import sys
import types
from pathlib import Path

import pytest
import yaml

from wpmi_lint.carried import WAYS
from wpmi_lint.carried.ways import NotInspected
from wpmi_lint.cli import main
from wpmi_lint.formats import FORMATS, NAMES, SUFFIXES, hidden, locate, open_file
from wpmi_lint.formats.contract import Format, Reader
from wpmi_lint.model import Document, Location, Refusal, Sheet
from wpmi_lint.nouns import NOUNS
from wpmi_lint.package import limits

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("format", FORMATS, ids=NAMES)
def test_a_format_lists_ways_that_the_table_knows_or_a_reason(format: Format) -> None:
    inspections = format.reader.carried
    if isinstance(inspections, NotInspected):
        assert inspections.reason
    else:
        assert {way for inspection in inspections for way in inspection.ways} <= WAYS.keys()


def test_what_is_said_of_formats_is_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert NOUNS["file"].fields["format"].type == NAMES
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    for hook in hooks:
        for suffix in SUFFIXES if hook["id"] == "wpmi-lint-release" else ():
            assert re.search(hook["files"], f"a{suffix}")
    assert main(["check", "--help"]) == 0
    help = capsys.readouterr().out
    assert all(suffix in help for suffix in SUFFIXES)


def test_a_csv_file_is_checked_without_the_other_readers(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Area,Referrals\nLeeds,40\nYork,20\n")
    program = (
        "import sys; from wpmi_lint.cli import main; main(sys.argv[1:]);"
        "print([name for name in sys.modules if name.startswith('wpmi_lint.formats.')])"
    )
    words = [sys.executable, "-c", program, str(file), "--isolated", "--output", "concise"]
    out = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert "wpmi_lint.formats.delimited" in out
    assert not [name for name in ("xlsx", "ods", "jsontable") if f"wpmi_lint.formats.{name}'" in out]


def lines(path: str, data: bytes) -> Document:
    """A format of one figure a line below a header."""
    rows = [[word] for word in data.decode().split("\n")[1:] if word]
    return Document(path, "lines", "", data, (Sheet("", rows, 1),))


def place_in_lines(document: Document, sheet: int, row: int, column: int) -> Location:
    return Location(row + 2, 1)


def test_a_new_format_is_a_module_and_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = types.ModuleType("lines_format")
    module.READER = Reader(  # type: ignore[attr-defined]
        claims=lambda *_: True,
        open=lines,
        place=place_in_lines,
        carried=NotInspected("nothing looks into it yet"),
    )
    monkeypatch.setitem(sys.modules, "lines_format", module)
    new = Format("lines", suffixes=(".lines",), module="lines_format", magic=(b"%LINES",))
    monkeypatch.setattr("wpmi_lint.formats.FORMATS", (*FORMATS, new))
    file = tmp_path / "a.lines"
    file.write_text("%LINES\nReferrals: internal MI\nReferrals\n40\n60\n")
    document = open_file(str(file))
    assert document.format == "lines"
    assert len(document.sha256) == 64
    assert locate(document, 0, 1, 0) == Location(3, 1)
    assert hidden(document) == ()
    assert main([str(file), "--isolated", "--output", "concise", "--select", "WP101"]) == 3
    assert "hidden content of lines files: nothing looks into it yet" in capsys.readouterr().out


def test_a_limit_is_not_checked_and_never_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(limits, "CELLS", 3)
    file = tmp_path / "a.csv"
    file.write_text("Area,Referrals\nLeeds,40\nYork,20\n")
    assert main([str(file), "--isolated", "--output", "concise"]) == 3
    out = capsys.readouterr().out
    assert "WL007" in out
    assert "more than 3 cells (limit: cells)" in out


def test_a_refused_part_is_a_finding_beside_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = FORMATS[0].reader

    def damaged(path: str, data: bytes) -> Document:
        refusal = Refusal("part", "it is damaged", "save it again", what="xl/comments1.xml")
        return reader.open(path, data)._replace(refusals=(refusal,))

    monkeypatch.setattr("wpmi_lint.formats.delimited.READER", reader._replace(open=damaged))
    file = tmp_path / "a.csv"
    file.write_text("Referrals: internal MI\nArea,Referrals\nLeeds,43\nYork,20\n")
    assert main([str(file), "--isolated", "--output", "concise"]) == 1
    out = capsys.readouterr().out
    assert "WP101" in out
    assert "the part 'xl/comments1.xml' was not read: it is damaged" in out
