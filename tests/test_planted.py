"""A clean table gives no finding; one planted fault gives exactly that finding, with its cell, in every format."""

import csv
import io
import json
import random
from collections.abc import Callable

import openpyxl
import pytest

from wpmi_lint.a1 import address
from wpmi_lint.policy import load
from wpmi_lint.run import Options, Task, check

LABEL = "Internal management information for Leeds City Council only"
GROUPS = [f"PG{i}" for i in range(1, 10)]
MONTHS = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
FIRST = 3  # sheet row of the first payment group: title, label, header come before

Grid = list[list[str | int]]


def clean(seed: int = 1) -> Grid:
    """Title, label, header, nine payment groups by twelve months with row, column and grand totals."""
    rng = random.Random(seed)
    body = [[20 * rng.randrange(0, 40) for _ in MONTHS] for _ in GROUPS]
    rows = [[group, *line, sum(line)] for group, line in zip(GROUPS, body, strict=True)]
    sums = [sum(column) for column in zip(*body, strict=True)]
    return [
        ["Referrals by payment group and month, 2012/13"],
        [LABEL],
        ["Payment group", *MONTHS, "Total"],
        *rows,
        ["Total", *sums, sum(sums)],
    ]


def as_csv(grid: Grid) -> tuple[str, bytes]:
    out = io.StringIO()
    csv.writer(out).writerows(grid)
    return "table.csv", out.getvalue().encode()


def as_xlsx(grid: Grid) -> tuple[str, bytes]:
    book = openpyxl.Workbook()
    book.active.title = "Referrals"
    for row in grid:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return "table.xlsx", out.getvalue()


def as_json(grid: Grid) -> tuple[str, bytes]:
    head = next(i for i, row in enumerate(grid) if len(row) > 1)
    notes = [str(row[0]) for row in grid[1:head]]
    table = {"title": grid[0][0], "notes": notes, "columns": grid[head], "rows": grid[head + 1 :]}
    return "table.json", json.dumps({"tables": [table]}).encode()


FORMATS = [as_csv, as_xlsx, as_json]
POLICY = load("work-programme")


def found(written: tuple[str, bytes]) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    result = check([Task(*written)], POLICY, Options(as_at="2012-10-01"))
    return [
        (f.rule, f.verdict, f.place.row_header, f.place.column_header) for file in result.files for f in file.findings
    ]


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize("seed", range(5))
def test_a_clean_table_gives_no_finding(write: Callable[[Grid], tuple[str, bytes]], seed: int) -> None:
    assert found(write(clean(seed))) == []


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize("seed", range(6))
def test_a_cell_off_by_one(write: Callable[[Grid], tuple[str, bytes]], seed: int) -> None:
    grid = clean(seed)
    rng = random.Random(seed)
    row, col = FIRST + rng.randrange(9), 1 + rng.randrange(12)
    grid[row][col] = int(grid[row][col]) + 1
    group, month = str(grid[row][0]), MONTHS[col - 1]
    assert found(write(grid)) == [
        ("WP101", "fail", (group,), (month,)),
        ("WP102", "fail", (group,), ("Total",)),
        ("WP102", "fail", ("Total",), (month,)),
    ]


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize("seed", range(6))
def test_a_row_total_off_by_the_base(write: Callable[[Grid], tuple[str, bytes]], seed: int) -> None:
    grid = clean(seed)
    row = FIRST + random.Random(seed).randrange(9)
    grid[row][13] = int(grid[row][13]) + 20
    assert {f[:3] for f in found(write(grid))} >= {("WP102", "fail", (str(grid[row][0]),))}
    assert {f[0] for f in found(write(grid))} == {"WP102"}


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize("shift", [-20, 20, 40])
def test_a_grand_total_off_by_the_base(write: Callable[[Grid], tuple[str, bytes]], shift: int) -> None:
    grid = clean()
    grid[-1][13] = int(grid[-1][13]) + shift
    assert set(found(write(grid))) == {("WP102", "fail", ("Total",), ("Total",))}


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize("where", [1, 7, 13])
def test_an_outcome_column_added(write: Callable[[Grid], tuple[str, bytes]], where: int) -> None:
    grid = clean()
    rng = random.Random(where)
    outcomes = [20 * rng.randrange(1, 10) for _ in GROUPS]
    for row, value in zip(grid[2:], ["Job outcomes", *outcomes, sum(outcomes)], strict=True):
        row.insert(where, value)
    result = found(write(grid))
    assert {f[0] for f in result} == {"WP201"}
    assert {f[3] for f in result} == {("Job outcomes",)}
    assert len(result) == 10


@pytest.mark.parametrize("write", FORMATS)
def test_the_label_removed(write: Callable[[Grid], tuple[str, bytes]]) -> None:
    grid = clean()
    del grid[1]
    assert [f[0] for f in found(write(grid))] == ["WP401"]


def test_findings_are_at_their_cells() -> None:
    grid = clean()
    grid[5][4] = int(grid[5][4]) + 1
    for write in (as_csv, as_xlsx):
        result = check([Task(*write(grid))], POLICY, Options(as_at="2012-10-01"))
        cells = [f.place.cell for f in result.files[0].findings]
        assert cells == [address(5, 4), address(5, 13), address(12, 4)]
