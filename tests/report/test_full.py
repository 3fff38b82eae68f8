from collections.abc import Iterator

import pytest

from tests.report import factory
from wpmi_lint.model import Excerpt, FileResult, Finding, GridCell, GridRow, Report
from wpmi_lint.report import Look, render
from wpmi_lint.report.disclosure import redact
from wpmi_lint.report.text import width


def report_of(*findings: Finding, excerpts: dict[int, Excerpt] | None = None) -> Report:
    whole = factory.whole()
    file = FileResult("a.csv", "csv", "", (), findings, 1, frozenset(), 0, excerpts=excerpts or {})
    return redact(whole._replace(files=(file,)), "all")


def full(*findings: Finding, columns: int = 80, excerpts: dict[int, Excerpt] | None = None) -> list[str]:
    return render("full", report_of(*findings, excerpts=excerpts), Look(columns, quiet=True)).splitlines()


def wide(columns: int, rows: int = 3, fails: int = 0, stub: str = "A long name of a contract package area") -> Excerpt:
    def cells(row: int) -> Iterator[GridCell]:
        yield GridCell(f"{stub} {row}", "stub")
        for column in range(columns):
            fail = row == 1 and column == fails
            yield GridCell(f"{row}{column:02}0", "body", "fail" if fail else "", fail, True)

    letters = ("A", *(chr(66 + column) for column in range(columns)))
    header = GridRow(1, tuple(GridCell(f"Column number {i}", "header", number=bool(i)) for i in range(columns + 1)))
    return Excerpt(letters, (header,), tuple(GridRow(2 + row, tuple(cells(row))) for row in range(rows)))


def test_the_diagnostic_of_the_design() -> None:
    lines = full(factory.stale(), excerpts={0: factory.grid({"F9"}, {"B9", "C9", "D9", "E9"})})
    assert lines == [
        "error[WP102]: total is not the sum of its rounded parts",
        "  --> release/2012-q3/referrals.xlsx  'Table 3'!F9",
        "    |",
        "    | A                       B     C     D      E          F",
        "    | Payment group       Leeds  York  Hull  Selby  All areas",
        "    | -------------------------------------------------------",
        "  8 | PG1 JSA 18-24         120    60    40      0        220",
        "  9 | PG2 JSA 25+           200    80    60     20        340",
        "    |                       ---    --    --     --        ^^^",
        " 10 | PG3 early entrants     40    20     0      0         60",
        "    |",
        '    = cell:   row "PG2 JSA 25+", column "All areas"',
        "    = sum:    B9 + C9 + D9 + E9 = 360",
        '    = clause: Provider Guidance ch. 21: "any totals should be recalculated after',
        '    =         the rounding has been done"',
        "    = why:    a total that was rounded on its own narrows what its parts can be",
        "    = policy: policies/work-programme.wpmi:31",
        "  help: write 360 in F9, then recalculate F12",
        "        wpmi-lint explain WP102",
        "",
    ]


@pytest.mark.parametrize("limit", [60, 72, 80, 100, 120])
@pytest.mark.parametrize("fails", [0, 7, 15])
def test_a_wide_table_is_folded_around_the_failing_cell(limit: int, fails: int) -> None:
    lines = full(factory.stale(), columns=limit, excerpts={0: wide(16, fails=fails)})
    assert max(map(len, lines)) <= limit
    grid = [line for line in lines if line[:5].strip(" |0123456789") == "" and "|" in line]
    row = next(line for line in grid if line.startswith("  3 | "))
    assert f"1{fails:02}0" in row
    assert ".." in row
    carets = grid[grid.index(row) + 1]
    assert carets.index("^") == row.index(f"1{fails:02}0")
    assert carets.count("^") == 4


def test_below_60_columns_there_is_no_grid() -> None:
    excerpts = {0: factory.grid({"F9"}, {"B9"})}
    assert not any("^" in line or "|" in line for line in full(factory.stale(), columns=59, excerpts=excerpts))
    assert any("^" in line for line in full(factory.stale(), columns=60, excerpts=excerpts))


def test_wide_characters_take_two_cells() -> None:
    excerpt = wide(2, stub="紹介 é")
    lines = full(factory.stale(), excerpts={0: excerpt})
    rows = [line for line in lines if "紹介" in line]
    assert {width(line) for line in rows} == {width(rows[0])}
    at = next(place for place, line in enumerate(lines) if line.startswith("  3 | "))
    before = lines[at][: lines[at].index("1000")]
    assert lines[at + 1].index("^") == width(before)


def test_folded_rows_are_a_colon() -> None:
    grid = factory.grid({"F9"}, set())
    excerpt = grid._replace(rows=(*grid.rows[:2], GridRow(None, ()), grid.rows[2]))
    assert "  : |" in full(factory.stale(), excerpts={0: excerpt})


def test_findings_of_one_rule_and_column_are_one_diagnostic() -> None:
    grid = factory.grid({"F9"}, {"B9"})
    lines = full(factory.stale("F9"), factory.stale("F8"), factory.stale("F10"), excerpts={0: grid, 1: grid, 2: grid})
    assert sum(line.startswith("error[") for line in lines) == 1
    assert "    = also:   F8: B8 + C8 + D8 + E8 = 360" in lines
    assert sum("^^" in line for line in lines) == 3, "the other cells of the diagnostic are marked too"


def test_many_cells_are_listed_as_runs() -> None:
    lines = full(*(factory.unrounded(line) for line in (9, 10, 11, 12, 20)))
    assert sum(line.startswith("error[") for line in lines) == 1
    assert "    = also:   4 more in this column: B10:B12, B20" in lines


def test_the_clause_is_told_once_for_each_rule() -> None:
    lines = full(factory.stale("F9"), factory.stale("E9"))
    assert sum(line.startswith("error[") for line in lines) == 2
    assert sum("= clause:" in line for line in lines) == 1


def test_no_more_than_a_hundred_diagnostics_are_printed() -> None:
    one = factory.unrounded(9)
    findings = [one._replace(place=one.place._replace(table=f"t{i}")) for i in range(130)]
    lines = full(*findings)
    assert sum(line.startswith("error[") for line in lines) == 100
    assert "and 30 more findings in this file (--output json has all)" in lines


@pytest.mark.parametrize(
    ("verdict", "severity", "start"),
    [
        ("fail", "error", "error[WP102]: "),
        ("fail", "warning", "warning[WP102]: "),
        ("review", "review", "review[WP102]: "),
        ("waived", "error", "waived[WP102]: "),
        ("not-checked", "error", "not checked[WP102]: "),
    ],
)
def test_the_verdict_stands_in_front(verdict: str, severity: str, start: str) -> None:
    assert full(factory.stale()._replace(verdict=verdict, severity=severity))[0].startswith(start)
