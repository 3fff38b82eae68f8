import json
from pathlib import Path

import jsonschema
import pytest

from tests.tables.helpers import MATCHER, sheet, table
from wpmi_lint import resources
from wpmi_lint.config import load_for
from wpmi_lint.errors import UsageError
from wpmi_lint.model import Statistic, Table
from wpmi_lint.tables import understand
from wpmi_lint.tables.layout import as_layout, parse

TEXT = "Referrals\nArea,Apr,May,Total\nLeeds,20,40,60\nYork,60,80,140\nTotal,80,120,200\n"


def schema() -> dict[str, object]:
    return json.loads(Path(resources.schema("config.schema.json")).read_text("utf-8"))


def with_layout(text: str, **entry: object) -> tuple[Table, ...]:
    return understand(sheet(text), 0, MATCHER, "", (parse({"files": "*", **entry}, "wpmi-lint.yaml"),)).tables


def test_a_table_as_layout_gives_the_same_table() -> None:
    plain = table(TEXT)
    entry = as_layout(plain, "*.csv", "")
    jsonschema.Draft202012Validator(schema()).validate({"layouts": [entry]})
    (again,) = with_layout(TEXT, **entry)
    assert (again.id, again.header_rows, again.stub_cols) == (plain.id, plain.header_rows, plain.stub_cols)
    assert sorted(again.totals.cell.tolist()) == sorted(plain.totals.cell.tolist())
    assert {m.name for m in again.measures} == {"referrals"}
    assert again.doubts == ()


def test_a_sheet_or_range_that_is_no_table() -> None:
    assert with_layout(TEXT, table=False) == ()
    assert with_layout(TEXT, table=False, range="A1:D9") == ()
    assert len(with_layout(TEXT, table=False, range="H1:J9")) == 1


@pytest.mark.parametrize(("pattern", "fits"), [("Data [1]", True), ("data*", False), ("D*?]", True), ("Data", False)])
def test_brackets_of_a_sheet_name_mean_themselves(pattern: str, fits: bool) -> None:
    named = sheet(TEXT)._replace(name="Data [1]")
    layouts = (parse({"files": "*", "sheet": pattern, "table": False}, "wpmi-lint.yaml"),)
    assert bool(understand(named, 0, MATCHER, "", layouts).tables) is not fits


def test_a_range_over_one_of_two_tables_with_the_same_header_rows() -> None:
    text = "Area,Referrals,,Area,Job starts\nLeeds,20,,Hull,40\nYork,60,,Selby,80\n"
    left, right = with_layout(text, range="A1:B3", label="internal")
    assert (left.label, right.label) == ("internal", None)
    assert len(with_layout(text, range="A1:B3", table=False)) == 1


def test_columns_as_stated() -> None:
    text = "Area,First,Second\nLeeds,1.5,2\nYork,2.5,3\n"
    columns = [{"column": "B", "statistic": "mean"}, {"header": "Second", "measure": "job_outcomes", "scale": 1000}]
    (found,) = with_layout(text, columns=columns)
    assert found.columns[0].statistic == Statistic.MEAN
    assert found.measures[found.columns[1].measure].name == "job_outcomes"
    assert found.measures[found.columns[1].measure].kind == "outcome"
    assert found.value[:, 1].tolist() == [2000.0, 3000.0]


def test_range_header_and_stub_as_stated() -> None:
    text = "a,b,c\n1,2,3\nLeeds,20,40\nYork,60,80\n"
    (found,) = with_layout(text, range="A1:C4", header="1:2", stub="A")
    assert (found.header_rows, found.stub_cols, found.rows.tolist()) == ((0, 1), (0,), [2, 3])


def test_totals_as_stated_replace_those_found() -> None:
    (found,) = with_layout(TEXT, totals=[{"row": 5, "parts": "3:4"}])
    assert found.totals.cell.tolist() == [6, 7, 8]
    assert found.totals.part.tolist() == [0, 3, 1, 4, 2, 5]


def test_what_the_layout_contradicts_is_said() -> None:
    text = "Internal referrals\nArea,Referrals,Share\nLeeds,20,40%\nYork,60,60%\n"
    columns = [
        {"column": "B", "measure": "attachments"},
        {"column": "C", "statistic": "count"},
        {"header": "Hull", "scale": 10},
    ]
    (found,) = with_layout(text, columns=columns, label="published")
    assert (found.label, found.other_label) == ("published", "internal")
    said = " ".join(doubt.reason for doubt in found.doubts)
    for words in ("the header names referrals", "signs in the cells", '"Hull"', "the file says internal"):
        assert words in said


@pytest.mark.parametrize("entry", [{"range": "12"}, {"header": "A"}, {"stub": "5"}, {"header": "0"}])
def test_what_is_no_range_row_or_column(entry: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        parse({"files": "*", **entry}, "wpmi-lint.yaml")


def test_a_layout_can_say_in_yaml_what_is_no_word(tmp_path: Path) -> None:
    """The scalars of a YAML file stay words: false and 1000 too."""
    (tmp_path / "wpmi-lint.yaml").write_text(
        "layouts:\n  - {files: a.csv, table: false, range: A6:B7}\n"
        "  - {files: a.csv, header: 2, columns: [{column: B, scale: 1000}]}\n"
    )
    (tmp_path / "a.csv").write_text(TEXT)
    (target,) = load_for([str(tmp_path / "a.csv")]).targets
    nothing, scaled = (parse(entry, "wpmi-lint.yaml") for entry in target.settings.layouts)
    assert (nothing.is_table, scaled.is_table, scaled.columns[0].scale) == (False, True, 1000)


@pytest.mark.parametrize(
    "entry", ["table: perhaps", "columns: [{column: B, scale: 0}]", "columns: [{column: B, scale: -1}]"]
)
def test_a_layout_that_cannot_be(tmp_path: Path, entry: str) -> None:
    (tmp_path / "wpmi-lint.yaml").write_text(f"layouts:\n  - files: a.csv\n    {entry}\n")
    with pytest.raises(UsageError, match=r"wpmi-lint\.yaml:3:\d+: layouts\[1\]"):
        load_for([str(tmp_path / "a.csv")])


def test_several_layouts_of_one_table() -> None:
    layouts = (
        parse({"files": "*", "label": "internal"}, "wpmi-lint.yaml"),
        parse({"files": "*", "range": "A2:D5", "title": "Job outcomes"}, "wpmi-lint.yaml"),
    )
    (found,) = understand(sheet(TEXT), 0, MATCHER, "", layouts).tables
    assert (found.label, found.title) == ("internal", "Job outcomes")
    assert {m.name for m in found.measures} == {"job_outcomes"}
