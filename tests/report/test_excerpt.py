from itertools import pairwise

import numpy as np
import pytest

from wpmi_lint.a1 import address, parse_address
from wpmi_lint.model import Arithmetic, Column, Document, Figure, Finding, Place, Sheet, Statistic, Table, Totals
from wpmi_lint.report.excerpt import MOST_COLUMNS, MOST_ROWS, cut, excerpts


def sheet_of(rows: int, cols: int) -> Sheet:
    head = ["Area", *(f"M{col}" for col in range(cols))]
    body = [[f"Area {row}", *(f"{row * 100 + col}" for col in range(cols))] for row in range(rows)]
    return Sheet("", [head, *body], cols + 1)


def table_of(rows: int, cols: int) -> Table:
    shape = (rows, cols)
    codes = np.zeros(shape, dtype=np.int8)
    none = np.zeros(0, dtype=np.int32)
    return Table(
        id="A1",
        sheet=0,
        title="",
        form="cross",
        rows=np.arange(1, rows + 1, dtype=np.int32),
        cols=np.arange(1, cols + 1, dtype=np.int32),
        header_rows=(0, 0),
        stub_cols=(0,),
        columns=tuple(Column(col + 1, (f"M{col}",), -1, Statistic.COUNT) for col in range(cols)),
        row_headers=[(f"Area {row}",) for row in range(rows)],
        measures=(),
        dimensions=(),
        value=np.zeros(shape),
        statistic=codes,
        measure=codes - 1,
        marker=codes - 1,
        decimals=codes,
        markers=(),
        totals=Totals(none, np.zeros(1, dtype=np.int32), none, (), none),
    )


def finding(cell: str, used: tuple[str, ...] = (), figure: bool = True) -> Finding:
    message = ("not a multiple of 20: ", Figure("17")) if figure else ("the table says no label",)
    arithmetic = Arithmetic(("sum",), used) if used else None
    return Finding(
        "WP101", "x", "fail", "error", Place("a.csv", None, cell, table="A1"), message, arithmetic=arithmetic
    )


@pytest.mark.parametrize(("rows", "cols"), [(1, 1), (5, 4), (14, 20), (15, 21), (1000, 300)])
def test_an_excerpt_is_bounded_and_holds_what_matters(rows: int, cols: int) -> None:
    fails, used = {(rows, cols)}, {(1, cols), (rows // 2 + 1, 1)}
    excerpt = cut(sheet_of(rows, cols), table_of(rows, cols), fails=fails, used=used, failing=fails)
    assert len(excerpt.letters) <= 2 * MOST_COLUMNS
    assert sum(row.number is not None for row in excerpt.rows) <= MOST_ROWS
    marks = {
        (row.number, letter): cell.mark
        for row in excerpt.rows
        if row.number
        for letter, cell in zip(excerpt.letters, row.cells, strict=True)
        if cell.mark
    }
    assert {parse_address(f"{letter}{row}") for (row, letter), mark in marks.items() if mark == "fail"} == fails
    assert set(marks.values()) <= {"fail", "used"}


def test_folds_stand_where_something_was_left_out() -> None:
    excerpt = cut(sheet_of(100, 50), table_of(100, 50), fails={(50, 25)}, used=set(), failing=set())
    numbers = [row.number for row in excerpt.rows]
    assert numbers[:2] == [2, None]
    assert numbers[-2:] == [None, 101]
    assert "Z" in excerpt.letters
    for before, after in pairwise(numbers):
        assert before is None or after is None or after == before + 1


def test_columns_stand_in_the_order_of_the_sheet() -> None:
    table = table_of(4, 3)._replace(stub_cols=(0, 2), cols=np.array((1, 3), dtype=np.int32))
    assert cut(sheet_of(4, 3), table, fails={(1, 1)}, used=set(), failing=set()).letters == ("A", "B", "C", "D")


def test_all_failing_cells_of_the_table_are_known() -> None:
    document = Document("a.csv", "csv", "", b"", (sheet_of(4, 3),))
    found = excerpts(document, (table_of(4, 3),), (finding("B2", ("C2",)), finding("C3")))
    assert set(found) == {0, 1}
    failing = {
        address(row.number - 1, place)
        for row in found[0].rows
        if row.number
        for place, cell in enumerate(row.cells)
        if cell.failing
    }
    assert failing == {"B2", "C3"}


def shown_failing(*findings: Finding) -> set[str]:
    document = Document("a.csv", "csv", "", b"", (sheet_of(4, 3),))
    return {
        address(row.number - 1, place)
        for row in excerpts(document, (table_of(4, 3),), findings)[0].rows
        if row.number
        for place, cell in enumerate(row.cells)
        if cell.failing
    }


def test_a_share_hides_all_shares_of_its_whole() -> None:
    assert shown_failing(finding("B2", ("B2", "B3", "B4", "B5"))) == {"B2", "B3", "B4", "B5"}
    assert shown_failing(finding("B5", ("B2", "B3", "B4"))) == {"B5"}, "parts of a total are published"


def test_where_not_all_findings_are_listed_any_cell_may_be_one() -> None:
    every = {f"{letter}{row}" for letter in "BCD" for row in (2, 3, 4, 5)}
    assert shown_failing(finding("B2")._replace(more=1)) == every


def test_a_finding_about_the_table_has_no_excerpt() -> None:
    document = Document("a.csv", "csv", "", b"", (sheet_of(4, 3),))
    assert excerpts(document, (table_of(4, 3),), (finding("A1", figure=False),)) == {}


def test_a_header_that_says_a_figure_is_failing() -> None:
    document = Document("a.csv", "csv", "", b"", (sheet_of(4, 3),))
    excerpt = excerpts(document, (table_of(4, 3),), (finding("B1"),))[0]
    assert excerpt.header[0].cells[1].failing
    assert not excerpt.header[0].cells[2].failing
