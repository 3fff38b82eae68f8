import csv
import io

import numpy as np

from tests.tables.helpers import read, table
from wpmi_lint.a1 import address, range_text
from wpmi_lint.model import Range, Statistic, Table

MONTHS = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]


def grid(seed: int = 1) -> list[list[str]]:
    """Nine payment groups by twelve months with row, column and grand totals, all multiples of 20."""
    figures = np.random.default_rng(seed).integers(1, 30, (9, 12)) * 20
    rows = [
        ["Internal MI for Leeds only: referrals by payment group and month"],
        [],
        ["Payment group", *MONTHS, "Total"],
    ]
    rows += [[f"PG{at + 1}", *map(str, line), str(line.sum())] for at, line in enumerate(figures)]
    return [*rows, ["Total", *map(str, figures.sum(0)), str(figures.sum())]]


def text(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def body(found: Table) -> str:
    return range_text(Range(int(found.rows[0]), int(found.cols[0]), int(found.rows[-1]), int(found.cols[-1])))


def totals(found: Table) -> dict[str, set[str]]:
    """Total cell to its parts, the union over several relations, in A1."""
    width = len(found.cols)

    def name(flat: int) -> str:
        return address(int(found.rows[flat // width]), int(found.cols[flat % width]))

    start = found.totals.start.tolist()
    relations: dict[str, set[str]] = {}
    for at, cell in enumerate(found.totals.cell.tolist()):
        relations.setdefault(name(cell), set()).update(map(name, found.totals.part[start[at] : start[at + 1]].tolist()))
    return relations


def test_payment_groups_by_month() -> None:
    found = table(text(grid()))
    assert (body(found), found.header_rows, found.stub_cols) == ("B4:N13", (2, 2), (0,))
    assert (found.form, found.label, found.doubts) == ("cross", "internal", ())
    assert {(m.name, m.statistic, m.why) for m in found.measures} == {("referrals", Statistic.COUNT, "title")}
    assert {(d.term, d.axis) for d in found.dimensions} == {("payment_group", "rows"), ("period", "columns")}
    relations = totals(found)
    assert set(relations) == {f"N{row}" for row in range(4, 14)} | {address(12, col) for col in range(1, 14)}
    assert relations["B13"] == {f"B{row}" for row in range(4, 13)}


def test_a_planted_fault_changes_nothing_else() -> None:
    plain = table(text(grid()))
    for row, col, by in [(3, 1, 1), (8, 6, 1), (12, 5, 20), (6, 13, 20), (12, 13, 20)]:
        rows = grid()
        rows[row][col] = str(int(rows[row][col]) + by)
        found = table(text(rows))
        assert totals(found) == totals(plain)
        assert (found.measures, found.label, body(found)) == (plain.measures, plain.label, body(plain))


def test_without_a_label_there_is_none() -> None:
    rows = grid()
    rows[0] = ["Referrals by payment group and month"]
    assert table(text(rows)).label is None


def test_an_outcome_column_keeps_its_own_measure() -> None:
    rows = grid()
    for at, row in enumerate(rows[2:]):
        row.append("Job outcomes" if at == 0 else "40")
    found = table(text(rows))
    last = found.columns[-1]
    assert (found.measures[last.measure].name, last.statistic) == ("job_outcomes", Statistic.COUNT)
    assert found.measures[found.columns[0].measure].name == "referrals"


def test_statistics_side_by_side() -> None:
    found = table(
        "Area,Referrals,Job outcomes,% of job outcomes,Conversion rate\n"
        "Leeds,100,20,55%,20%\nYork,80,*,45%,12%\nTotal,180,-,100%,16%\n"
    )
    assert [c.statistic.name for c in found.columns] == ["COUNT", "COUNT", "PERCENTAGE", "PERCENTAGE"]
    assert found.share is not None
    assert found.share[0].tolist() == [-1, -1, 1, 0]
    assert set(found.markers) == {"*", "-"}


def test_measure_as_a_value_of_a_column() -> None:
    found = table(
        "period,area,measure,status,value\n"
        "2012 Q1,Leeds,Referrals,published,100\n2012 Q1,Leeds,Job outcomes,published,20\n"
        "2012 Q2,Leeds,Referrals,published,100\n2012 Q2,Leeds,Job outcomes,published,20\n"
        "2012 Q1,York,Referrals,published,100\n2012 Q1,York,Job outcomes,published,20\n"
    )
    assert (found.form, found.label) == ("tidy", "published")
    assert [found.measures[code].name for code in found.measure[:, 0]] == ["referrals", "job_outcomes"] * 3


def test_a_column_of_years_is_no_count() -> None:
    found = table("Year,Referrals\n2011,120\n2012,140\n2013,160\n")
    assert (body(found), found.stub_cols) == ("B2:B4", (0,))


def test_two_tables_under_each_other() -> None:
    first, second = read(
        "Table 1: Referrals\nArea,2011,2012\nLeeds,20,40\nYork,60,80\n\n"
        "Table 2: Job outcomes\nArea,2011,2012\nLeeds,20,40\n"
    ).tables
    assert (body(first), body(second)) == ("B3:C4", "B8:C8")
    assert (first.measures[0].name, second.measures[0].name) == ("referrals", "job_outcomes")


def test_two_tables_beside_each_other() -> None:
    first, second = read("Area,Referrals,,Area,Job starts\nLeeds,20,,Hull,40\nYork,60,,Selby,80\n").tables
    assert (body(first), body(second)) == ("B2:B3", "E2:E3")


def test_spanning_header_without_merged_cells() -> None:
    found = table("Area,Referrals,,Job outcomes,\n,Men,Women,Men,Women\nLeeds,20,40,60,80\nYork,20,40,60,80\n")
    assert [c.header for c in found.columns][3] == ("Job outcomes", "Women")
    assert [found.measures[c.measure].name for c in found.columns] == ["referrals"] * 2 + ["job_outcomes"] * 2


def test_scale_in_the_header() -> None:
    found = table("Area,Referrals (thousands)\nLeeds,516.34\nYork,20.02\n")
    assert found.value[:, 0].tolist() == [516340.0, 20020.0]
    assert found.decimals[:, 0].tolist() == [0, 0]


def test_text_without_a_table() -> None:
    found = read("Some words\nMore words, and others\n")
    assert found.tables == ()
    assert {t.words for t in found.texts} == {"Some words", "More words and others"}


def test_text_that_is_no_figure_is_a_doubt() -> None:
    found = table("Area,Referrals\nLeeds,12O\nYork,40\nHull,60\n")
    (doubt,) = found.doubts
    assert range_text(doubt.range) == "B2"


def test_a_column_of_another_measure_is_no_part_of_a_total() -> None:
    rows = grid()
    for at, row in enumerate(rows[2:]):
        row.insert(7, "Job outcomes" if at == 0 else "40")
    found = totals(table(text(rows)))
    assert found["O4"] == {address(3, col) for col in range(1, 14) if col != 7}
