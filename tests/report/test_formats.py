import json
from pathlib import Path

import jsonschema
import pytest

from tests.report import factory
from wpmi_lint import resources
from wpmi_lint.model import Figure, Report
from wpmi_lint.report import REPORTERS, Look, render
from wpmi_lint.report.disclosure import MASK, VALUES, redact

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("values", ["all", "published"])
@pytest.mark.parametrize("name", REPORTERS)
def test_golden(name: str, values: str, request: pytest.FixtureRequest) -> None:
    text = render(name, redact(factory.whole(), values))
    file = GOLDEN / f"{name}-{values}.txt"
    if request.config.getoption("--rewrite"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    assert text == file.read_text()


@pytest.mark.parametrize("values", ["published", "none"])
@pytest.mark.parametrize("name", REPORTERS)
def test_no_format_shows_a_figure_that_is_masked(name: str, values: str) -> None:
    text = render(name, redact(sentinels(), values))
    assert MASK in text
    assert "98765" not in text
    assert ("13579" in text) == (values == "published" and name == "full"), "other cells of the table are published"


@pytest.mark.parametrize("name", REPORTERS)
def test_every_figure_is_shown_where_all_may_be(name: str) -> None:
    report = redact(sentinels(), "all")
    assert "98765" in render(name, report)
    assert not report.masked


def sentinels() -> Report:
    """98765 must never be shown, in a cell, a message, a fix, a sum or a title; 13579 is an innocent cell."""
    secret = Figure("98765")
    report = factory.whole()
    first, *rest = report.files
    stale = factory.stale()._replace(message=("total is ", secret), fix=("not ", Figure("98765", deduced=True)))
    title = stale._replace(
        rule="WP201",
        place=stale.place._replace(cell="A1", row_header=(), column_header=(), table=None),
        message=('the title says "', Figure("98765 job outcomes"), '": ', secret),
        arithmetic=None,
    )
    grid = factory.grid({"F9"}, {"B9"})
    swap = {"340": "98765", "120": "13579"}
    rows = tuple(
        row._replace(cells=tuple(cell._replace(text=swap.get(cell.text, cell.text)) for cell in row.cells))
        for row in grid.rows
    )
    table = {**factory.TABLE, "title": "98765 job outcomes in Leeds", "notes": ["of 98765 in all"]}
    headed = factory.unrounded()
    headed = headed._replace(place=headed.place._replace(column_header=("98765 job outcomes",)))
    file = first._replace(findings=(stale, title, headed), tables=(table,), excerpts={0: grid._replace(rows=rows)})
    return report._replace(files=(file, *rest))


@pytest.mark.parametrize("values", VALUES)
def test_json_keeps_its_schema(values: str) -> None:
    schema = json.loads(Path(resources.schema("report.schema.json")).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(render("json", redact(factory.whole(), values))), schema)


@pytest.mark.parametrize("name", REPORTERS)
def test_controls_are_shown_and_never_printed(name: str) -> None:
    report = factory.whole()
    evil = "a\x1b[31mb\x07\u202ec\x9bd\x7fe\udc80f\ng"
    finding = factory.stale(row=evil)._replace(message=(evil, Figure(evil)), fix=(evil,))
    finding = finding._replace(place=finding.place._replace(path=evil, sheet=evil))
    file = report.files[0]._replace(path=evil, findings=(finding,), tables=({**factory.TABLE, "title": evil},))
    text = render(name, redact(report._replace(files=(file,)), "all"))
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "\\x1b" in text
    if name == "json":
        assert "\x1b" not in str(json.loads(text))


@pytest.mark.parametrize("columns", [30, 59, 60, 72, 80, 100, 120])
def test_full_fits_the_width(columns: int) -> None:
    report = redact(factory.whole(), "all")
    for line in render("full", report, Look(columns)).splitlines():
        if "-->" not in line:  # a path is never broken: terminals make a link of it
            assert len(line) <= max(columns, 40)


def test_concise_is_one_line_a_finding() -> None:
    report = redact(factory.whole(), "all")
    findings = sum(len(file.findings) for file in report.files)
    assert len(render("concise", report, Look(quiet=True)).splitlines()) == findings


def test_summary_says_what_was_not_checked() -> None:
    text = render("concise", redact(factory.whole(), "published"), Look(1000))
    assert "2 errors" not in text
    assert "3 errors, 1 warning, 1 review in 2 of 2 tables (3 files); 1 waived" in text
    assert "not checked: 12 cells, 1 file\n" in text  # rules that nothing occurred for are no part of the summary
    assert "(some figures are masked; --values all)" in text
