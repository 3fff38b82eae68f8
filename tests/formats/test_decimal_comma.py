"""How figures are written is decided once, where a file is opened, and read by everything after it."""

from __future__ import annotations

import ast
import io
import json
from pathlib import Path

import pytest

from wpmi_lint.cli import main
from wpmi_lint.formats import open_file
from wpmi_lint.model import Sheet
from wpmi_lint.package.text import texts_have_decimal_comma

ROOT = Path(__file__).parents[2] / "wpmi_lint"
CASES = Path(__file__).parents[3] / "shared" / "cases" / "hidden"
AREAS = ("North", "South", "East", "West")
ROUNDED = ("1.220", "17.340", "2.460", "3.020")
EXACT = ("1.217", "17.333", "2.451", "3.019")


def as_csv(figures: tuple[str, ...]) -> tuple[str, bytes]:
    rows = "".join(f"{area};{figure}\n" for area, figure in zip(AREAS, figures, strict=True))
    return "a.csv", f"Internal MI;\nArea;Referrals\n{rows}".encode()


def as_json(figures: tuple[str, ...]) -> tuple[str, bytes]:
    rows = [{"Area": area, "Referrals": figure} for area, figure in zip(AREAS, figures, strict=True)]
    return "a.json", json.dumps({"title": "Internal MI", "data": rows}).encode()


def as_xlsx(figures: tuple[str, ...]) -> tuple[str, bytes]:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "Internal MI")
        sheet.write_row(1, 0, ["Area", "Referrals"])
        for row, (area, figure) in enumerate(zip(AREAS, figures, strict=True), 2):
            sheet.write_string(row, 0, area)
            sheet.write_string(row, 1, figure)
    return "a.xlsx", buffer.getvalue()


@pytest.mark.parametrize("write", [as_csv, as_json, as_xlsx])
@pytest.mark.parametrize(("figures", "failing"), [(ROUNDED, 0), (EXACT, 4)])
def test_points_between_thousands(
    write: object, figures: tuple[str, ...], failing: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(write)
    name, data = write(figures)
    file = tmp_path / name
    file.write_bytes(data)
    main([str(file), "--isolated", "--output", "json", "--select", "WP101"])
    report = json.loads(capsys.readouterr().out)
    assert len(report["findings"]) == failing
    assert open_file(name, data).sheets[0].decimal_comma is True


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")
def test_the_cases(capsys: pytest.CaptureFixture[str]) -> None:
    found = {}
    for name in ("rounded", "comma", "same"):
        main([str(CASES / f"{name}.csv"), "--isolated", "--output", "json"])
        report = json.loads(capsys.readouterr().out)
        found[name] = [(one["rule"], one["cell"]) for one in report["findings"] if one["severity"] == "error"]
    assert not found["rounded"]
    assert found["comma"] == found["same"] == [("WP101", f"B{row}") for row in (3, 4, 5, 6)]


@pytest.mark.parametrize(
    ("texts", "comma"),
    [
        (["12,5", "13,5", "0,7"], True),
        (["12,5", "13,5", "0.7"], False),
        (["12,5", "13,5"], False),
        (["1,217", "3,019", "2,451"], False),
        (["1.217", "3.019", "0.451"], False),
        (["1.217", "3.019", "12.451", "words, and more"], True),
        (["51.507", "53.801", "1.2"], False),
        ([], False),
    ],
)
def test_texts_of_a_format_with_numbers_of_its_own(texts: list[str], comma: bool) -> None:
    assert texts_have_decimal_comma(texts) is comma


def test_every_field_of_a_sheet_is_read_by_something_above_the_readers() -> None:
    read = {
        node.attr
        for room in ("tables", "evaluate", "nouns", "report", "deduce", "run.py")
        for file in ([ROOT / room] if room.endswith(".py") else (ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute)
    } | {"pointers"}  # what a format finds its cells by again is its own
    assert set(Sheet._fields) <= read
