import pytest

from tests.tables.helpers import table
from wpmi_lint.tables.meaning.shares import breakdowns


def test_shares_down_a_column_without_the_total() -> None:
    found = table("Job outcomes\nPG,Share\nPG1,42%\nPG2,33%\nPG3,25%\nTotal,100%\n")
    (one,) = breakdowns(found)
    assert (one.cells.tolist(), one.axis, one.by) == ([0, 1, 2], "rows", "payment_group")
    assert (one.sum, one.decimals, one.complete) == (100.0, 0, True)


def test_shares_along_rows() -> None:
    found = table("Job outcomes: % of total\nArea,PG1,PG2,PG3\nLeeds,20,30,50\nYork,10,10,80\n")
    assert [(b.axis, b.cells.tolist(), b.by) for b in breakdowns(found)] == [
        ("columns", [0, 1, 2], "payment_group"),
        ("columns", [3, 4, 5], "payment_group"),
    ]


@pytest.mark.parametrize(("last", "complete"), [("24.8", False), ("25.1", True), ("*", None)])
def test_what_rounding_can_explain(last: str, complete: bool | None) -> None:
    found = table(f"Job outcomes\nPG,Share of outcomes\nPG1,42.0\nPG2,33.0\nPG3,{last}\n")
    assert [b.complete for b in breakdowns(found)] in ([complete], [] if complete is None else [complete])


def test_rates_are_no_breakdown() -> None:
    assert breakdowns(table("Area,Conversion rate\nLeeds,40%\nYork,60%\n")) == ()


def test_groups_of_a_tidy_table() -> None:
    rows = [(year, pg, share) for year in (2012, 2013) for pg, share in (("PG1", 60), ("PG2", 40))]
    text = "Year,PG,Measure,Value\n" + "".join(f"{y},{pg},Share of job outcomes (%),{v}\n" for y, pg, v in rows)
    found = breakdowns(table(text))
    assert [(b.cells.tolist(), b.by, b.complete) for b in found] == [
        ([0, 1], "payment_group", True),
        ([2, 3], "payment_group", True),
    ]
