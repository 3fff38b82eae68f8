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


def test_rows_that_a_column_labels_differently_are_tables_of_their_own() -> None:
    internal, published = read(
        "Area,Referrals,Status\nLeeds,20,Published\nYork,40,Internal MI\nHull,60,Published\n"
    ).tables
    assert (internal.label, internal.value.tolist()) == ("internal", [[40.0]])
    assert (published.label, published.value.tolist()) == ("published", [[20.0], [60.0]])


def test_a_measure_in_the_corner_of_the_headers() -> None:
    found = table("Referrals,PG1,PG2,Total\nLeeds,20,40,60\nYork,20,40,60\n")
    assert {(m.name, m.why) for m in found.measures} == {("referrals", "corner of the headers")}


def test_a_banner_is_no_title() -> None:
    found = table("Internal MI for Leeds\nPercentage of job outcomes by payment group\nPG,Men\nPG1,42\nPG2,58\n")
    assert (found.title, found.label) == ("Percentage of job outcomes by payment group", "internal")
    assert found.columns[0].statistic == Statistic.PERCENTAGE


def test_shares_by_their_sum_and_rates_by_their_words() -> None:
    found = table("Job outcomes\nPG,%,% of target\nPG1,42.5,40\nPG2,57.5,60\n")
    assert found.share is not None
    assert found.share.tolist() == [[1, 0], [1, 0]]


def test_fractions_of_one_whole_are_percentages() -> None:
    found = table("Job outcomes\nPG,Percent\nPG1,0.42\nPG2,0.58\n")
    assert found.value[:, 0].tolist() == [42.0, 58.0]


def test_notes_with_numbers_are_no_table() -> None:
    found = read("Area,Referrals\nLeeds,20\nYork,40\n\nNotes\n1,Figures are rounded\n2,Source: PRaP\n")
    assert len(found.tables) == 1
    assert "1 Figures are rounded" in found.tables[0].notes


def test_lines_of_key_and_value_are_no_table() -> None:
    found = read("Title:,Referrals\nDate:,2024\nSource:,PRaP\n\nArea,Apr,May\nLeeds,20,40\nYork,20,40\n")
    assert [body(t) for t in found.tables] == ["B6:C7"]


def test_years_and_ages_as_headers() -> None:
    assert table("Referrals\n,2011,2012,2013\nLeeds,20,40,60\n").columns[0].header == ("2011",)
    assert table("Referrals\nSex,0,1-4,5-9,10+\nMen,20,40,60,80\n").columns[1].header == ("1-4",)
    assert table("Area,2011,2012,Change\nLeeds,20,40,20\n").header_rows == (0, 0)


def test_a_section_label_between_header_and_figures() -> None:
    found = table("Area,Apr,May\nYorkshire,,\nLeeds,20,40\nYork,60,80\nHumber,,\nHull,20,20\n")
    assert found.header_rows == (0, 0)
    assert found.row_headers[2] == ("Humber", "Hull")


def test_codes_years_and_coordinates_are_no_counts() -> None:
    found = table(
        "Area code,Area,Referrals,Easting,Phone\n101,Leeds,20,430012,113496000\n103,York,40,460211,190455000\n"
    )
    assert found.stub_cols == (0, 1)
    assert [c.statistic.name for c in found.columns] == ["COUNT", "COORDINATE", "CODE"]


def test_bands_of_money_are_no_amounts() -> None:
    found = table("Staff by salary\nGrade,Under £10,£10 to £20,£20 and over\nA,5,20,15\nB,10,20,25\n")
    assert {c.statistic for c in found.columns} == {Statistic.COUNT}


def test_two_figures_in_a_cell_are_said() -> None:
    found = table("Area,Referrals\nLeeds,40 (12%)\nYork,60 (20%)\n")
    assert found.value[:, 0].tolist() == [40.0, 60.0]
    assert "two figures" in found.doubts[0].reason


def test_a_title_of_several_measures_is_a_doubt() -> None:
    found = table("Referrals and job outcomes\nArea,Apr,May\nLeeds,20,40\n")
    assert "several measures" in found.doubts[0].reason
    assert {m.kind for m in found.measures} == {"outcome"} or found.measures[0].name == "referrals"


def test_nothing_of_a_sheet_is_passed_over() -> None:
    found = read("Referrals\nArea,Apr,,see below: 340 outcomes\nLeeds,20,,\nYork,40,,\n\n1,Note one\n2,Note two\n")
    words = {text.words for text in found.texts}
    assert {"Referrals", "see below: 340 outcomes", "1 Note one", "2 Note two"} <= words


def test_a_count_among_percentages() -> None:
    found = table("Area,Share of outcomes\nLeeds,12%\nYork,340\nHull,41%\nSelby,47%\n")
    assert [Statistic(code).name[:3] for code in found.statistic[:, 0]] == ["PER", "COU", "PER", "PER"]


def test_a_first_row_of_letters_is_suppressed_and_no_header() -> None:
    found = table("Area,Referrals,Attachments\nLeeds,c,c\nYork,c,40\nHull,20,c\n")
    assert (body(found), found.header_rows) == ("B2:C4", (0, 0))
    assert found.markers == ("c",)


def test_a_label_beside_the_table() -> None:
    found = table("Area,Referrals,,Internal MI for Leeds only\nLeeds,20,,\nYork,40,,\n")
    assert (found.label, found.label_why) == ("internal", "words beside a table")


def test_a_change_is_of_the_measure_before_it() -> None:
    found = table("Area,Referrals,Change\nLeeds,20,20\n")
    assert {m.name for m in found.measures} == {"referrals"}


def test_figures_in_the_label_of_a_row_are_words_too() -> None:
    found = read("Area,Apr,May\nReferrals,20,40\nJob outcomes (n = 340),40%,60%\n")
    assert ("Job outcomes (n = 340)", (2, 0)) in {(text.words, text.cell) for text in found.texts}


def test_words_beyond_the_limit_are_not_passed_over_in_silence() -> None:
    table = "Area,Referrals\nLeeds,20\nYork,40\n"
    few, many = ("".join(f"remark {i},\n" for i in range(rows)) for rows in (100, 60_000))
    assert read(f"{table}\n{few}").limits == ()
    (limit,) = read(f"{table}\n{many}").limits
    assert limit.scope == "limit"
    assert limit.reason.startswith("words from row ")
    (alone,) = read(many).limits
    assert alone.reason == "words from row 20,001 of sheet 1 on"


def test_labels_with_figures_beyond_the_limit_are_not_passed_over_in_silence() -> None:
    rows = "".join(f"Job outcomes (n = {i}),20\n" for i in range(20_002))
    (limit,) = read(f"Area,Referrals\n{rows}").limits
    assert limit.reason.startswith("words from row 20,002 ")
