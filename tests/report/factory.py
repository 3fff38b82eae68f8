"""Reports made by hand, for every format to render."""

from wpmi_lint.model import (
    Arithmetic,
    Excerpt,
    Figure,
    FileResult,
    Finding,
    GridCell,
    GridRow,
    Place,
    PolicyNote,
    Remark,
    Report,
    Summary,
)

CLAUSE = 'Provider Guidance ch. 21: "any totals should be recalculated after the rounding has been done"'
HEADERS = ("Payment group", "Leeds", "York", "Hull", "Selby", "All areas")
ROWS = (
    (8, "PG1 JSA 18-24", "120", "60", "40", "0", "220"),
    (9, "PG2 JSA 25+", "200", "80", "60", "20", "340"),
    (10, "PG3 early entrants", "40", "20", "0", "0", "60"),
)
TABLE = {
    "id": "Table 3!A6:F10",
    "sheet": "Table 3",
    "range": "A6:F10",
    "header": "A7:F7",
    "stub": "A8:A10",
    "body": "B8:F10",
    "title": "Referrals by payment group",
    "form": "cross",
    "label": "internal",
    "dimensions": ["payment group", "area"],
    "by": {"rows": ["payment group"], "columns": ["area"]},
    "columns": [{"ref": "B", "header": ["Leeds"], "measure": "referrals", "kind": None, "statistic": "count"}],
    "totals": [{"total": "F9", "parts": ["B9", "C9", "D9", "E9"], "why": "header says All"}],
}


def grid(fails: set[str], used: set[str], failing: set[str] | None = None) -> Excerpt:
    letters = tuple("ABCDEF")

    def cell(row: int, column: int, text: str) -> GridCell:
        address = f"{letters[column]}{row}"
        mark = "fail" if address in fails else "used" if address in used else ""
        role = "body" if column else "stub"
        return GridCell(text, role, mark, address in (failing or fails), bool(column))

    header = GridRow(7, tuple(GridCell(text, "header", number=bool(i)) for i, text in enumerate(HEADERS)))
    rows = tuple(
        GridRow(number, tuple(cell(number, i, text) for i, text in enumerate(texts))) for number, *texts in ROWS
    )
    return Excerpt(letters, (header,), rows)


def stale(cell: str = "F9", row: str = "PG2 JSA 25+", path: str = "release/2012-q3/referrals.xlsx") -> Finding:
    number = cell[1:]
    parts = tuple(f"{letter}{number}" for letter in "BCDE")
    return Finding(
        rule="WP102",
        name="stale-total",
        verdict="fail",
        severity="error",
        place=Place(path, "Table 3", cell, row_header=(row,), column_header=("All areas",), table="Table 3!A6:F10"),
        message=("total is not the sum of its rounded parts",),
        clause=CLAUSE,
        why="a total that was rounded on its own narrows what its parts can be",
        fix=("write ", Figure("360", deduced=True), f" in {cell}, then recalculate F12"),
        policy="policies/work-programme.wpmi:31",
        arithmetic=Arithmetic((" + ".join(parts) + " = ", Figure("360", deduced=True)), parts),
    )


def unrounded(line: int = 9, path: str = "starts.csv") -> Finding:
    return Finding(
        rule="WP101",
        name="unrounded-count",
        verdict="fail",
        severity="error",
        place=Place(path, None, f"B{line}", line, 18, None, ("Leeds",), ("Job starts",), "A1:C12"),
        message=("count is not a multiple of 20",),
        clause='Provider Guidance ch. 21: "round any data to the nearest 20"',
        why="a reader who sees 17 knows that it is 17 people",
        fix=("round the true figure once; ", Figure("143"), " must not be shown"),
        policy="policies/work-programme.wpmi:21",
    )


def whole() -> Report:
    """Two files with findings of every verdict, one that could not be read."""
    first = FileResult(
        "release/2012-q3/referrals.xlsx",
        "xlsx",
        "ab" * 32,
        (TABLE,),
        (
            stale(),
            stale()._replace(
                rule="WP404",
                name="unlisted-measure",
                verdict="review",
                severity="review",
                place=Place("release/2012-q3/referrals.xlsx", "Table 3", table="Table 3!A6:F10"),
                message=('Is "Exits" something the guidance lets us share?',),
                fix=(),
                arithmetic=None,
            ),
        ),
        15,
        frozenset({"WP101", "WP102", "WP404"}),
        12,
        excerpts={0: grid({"F9"}, {"B9", "C9", "D9", "E9"})},
    )
    second = FileResult(
        "starts.csv",
        "csv",
        "cd" * 32,
        (),
        (
            unrounded(),
            unrounded(10)._replace(verdict="waived", waiver="published before, J. Doe"),
            unrounded(11)._replace(severity="warning", more=3),
            unrounded(12)._replace(verdict="not-checked", message=("a part is suppressed",)),
        ),
        36,
        frozenset({"WP101"}),
        0,
        remarks=(Remark("read as cp1252: it is no UTF-8", 3),),
    )
    broken = Finding(
        rule="WL001",
        name="unreadable",
        verdict="fail",
        severity="error",
        place=Place("old.xls"),
        message=("an Excel 97 workbook, which is not read",),
        fix=("save it as .xlsx",),
    )
    third = FileResult("old.xls", "", "", (), (broken,), 0, frozenset(), 0)
    rules = {
        code: {"name": name, "title": name, "clause": CLAUSE, "because": "", "fix": ""}
        for code, name in (
            ("WP101", "unrounded-count"),
            ("WP102", "stale-total"),
            ("WP404", "unlisted-measure"),
            ("WP501", "agreement"),
            ("WP502", "representative"),
            ("WP503", "contract-area"),
        )
    }
    policy = PolicyNote(
        "work-programme", "1.0.0", "Work Programme MI", "ef" * 32, ("the policy is withdrawn since 2018-01-01",)
    )
    return Report(
        policy,
        (first, second, third),
        Summary(3, 2, 51, 3, 12, 3, 1, 1, 1),
        rules,
        names={c: r["name"] for c, r in rules.items()},
    )
