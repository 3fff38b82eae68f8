"""Cases as folders: a candidate file and the exact output it must give; `pytest --rewrite` writes the output anew."""

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

from wpmi_lint.model import Report
from wpmi_lint.outcome import exit_status
from wpmi_lint.policy import load
from wpmi_lint.report import Look, render
from wpmi_lint.report.disclosure import redact
from wpmi_lint.run import Options, Task, check

CASES = sorted(path.parent for path in (Path(__file__).parent / "cases").glob("*/*/table.csv"))
POLICY = load("work-programme")


def judged(name: str, data: bytes, excerpts: bool = False) -> Report:
    return check([Task(name, data)], POLICY, Options(as_at="2012-10-01", excerpts=excerpts))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path, request: pytest.FixtureRequest) -> None:
    result = judged("table.csv", (case / "table.csv").read_bytes(), excerpts=True)
    shown = render("full", redact(result, "published"), Look(80))
    shown = re.sub(r"(?<=\.wpmi:)\d+", "#", shown)  # a policy may grow without a change of what it says
    output = f"{shown.rstrip()}\nexit status {exit_status(result)}\n"
    expected = case / "expected.txt"
    if request.config.getoption("--rewrite"):
        expected.write_text(output)
    assert output == expected.read_text()
    assert all(len(line) <= 80 for line in output.splitlines())


TWINS = [case for case in CASES if case.parent.name != "hostile"]  # no workbook may hold control characters


@pytest.mark.parametrize("case", TWINS, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_the_same_table_as_workbook_and_json_gives_the_same_findings(case: Path) -> None:
    rows = list(csv.reader(io.StringIO((case / "table.csv").read_text())))
    found = {name: placed(name, data) for name, data in (as_csv(rows), as_xlsx(rows), as_json(rows))}
    assert found["table.xlsx"] == found["table.csv"]
    assert found["table.json"] == found["table.csv"]


def placed(name: str, data: bytes) -> list[tuple[object, ...]]:
    findings = judged(name, data).files[0].findings
    return sorted((f.rule, f.verdict, f.place.row_header, f.place.column_header, f.message) for f in findings)


def as_csv(rows: list[list[str]]) -> tuple[str, bytes]:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return "table.csv", out.getvalue().encode()


def as_xlsx(rows: list[list[str]]) -> tuple[str, bytes]:
    book = openpyxl.Workbook()
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            if text:
                put(book.active.cell(r, c), text)
    out = io.BytesIO()
    book.save(out)
    return "table.xlsx", out.getvalue()


def put(cell: object, text: str) -> None:
    """A cell as an analyst would have it: figures as numbers, percentages with a percent format."""
    plain = text.replace(",", "")
    if plain.isdigit():
        cell.value = int(plain)
    elif plain.endswith("%") and plain[:-1].replace(".", "").isdigit():
        decimals = len(plain[:-1].partition(".")[2])
        cell.value = round(float(plain[:-1]) / 100, decimals + 2)
        cell.number_format = "0%" if not decimals else "0." + "0" * decimals + "%"
    else:
        cell.value = text


def as_json(rows: list[list[str]]) -> tuple[str, bytes]:
    head = next(i for i, row in enumerate(rows) if sum(map(bool, row)) > 1)
    before = [row[0] for row in rows[:head] if row]
    body = [row for row in rows[head + 1 :] if sum(map(bool, row)) > 1]
    after = [row[0] for row in rows[head + 1 :] if sum(map(bool, row)) == 1]
    table = {"title": before[0] if before else "", "notes": [*before[1:], *after], "columns": rows[head], "rows": body}
    return "table.json", json.dumps({"tables": [table]}).encode()
