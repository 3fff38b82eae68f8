import pytest

from wpmi_lint.model import Document, Sheet
from wpmi_lint.report.style import plain
from wpmi_lint.report.tables_view import lines
from wpmi_lint.report.text import width
from wpmi_lint.tables import understand
from wpmi_lint.terms import DimensionTerm, Matcher, Term, Vocabulary

WORDS = Vocabulary(
    measures=(Term("referrals", ("referral*",)),),
    dimensions=(DimensionTerm("payment_group", ("payment group*",), ("PG?*",)),),
    labels=(Term("internal", ("internal MI",)),),
    markers={"[c]": "suppressed"},
)
ROWS = [
    ["Internal MI: referrals by payment group"],
    [],
    ["Payment group", "Apr", "May", "Jun", "Total"],
    ["PG1 JSA 18 to 24", "120", "60", "40", "220"],
    ["PG2 JSA 25 and over", "200", "[c]", "60", "340"],
    ["PG3 early entrants", "40", "20", "20", "80"],
    ["Total", "360", "160", "120", "640"],
]


def shown(rows: list[list[str]], columns: int = 80, values: str = "all") -> list[str]:
    sheet = Sheet("", rows, max(map(len, rows)))
    understood = understand(sheet, 0, Matcher(WORDS), "a.csv")
    document = Document("a.csv", "csv", "", b"", (sheet,))
    return [plain(line) for line in lines(document, understood.tables, understood.texts, columns, values)]


def test_every_role_has_a_sign() -> None:
    text = shown(ROWS)
    assert "  3 | ^Payment group        ^Apr  ^May  ^Jun  ^Total" in text
    assert "  5 | <PG2 JSA 25 and over   200  ~[c]    60    =340" in text
    assert "  7 | <Total                =360  =160  =120    =640" in text
    assert text[-1].startswith(("signs: ", "is left out"))


def test_what_a_column_is_and_how_the_tool_knows() -> None:
    text = " ".join(" ".join(shown(ROWS)).split())
    assert 'columns B to E: count of referrals; title says "Internal MI: referrals by payment group"' in text
    assert "by Payment group = payment_group (rows)" in text
    assert "label internal (title)" in text
    assert "header A3:E3, stub A4:A7, body B4:E7" in text


def test_the_same_sum_over_many_rows_is_told_once() -> None:
    text = [line for line in shown(ROWS) if " = " in line and "by" not in line]
    assert any("E4:E7 = B + C + D" in line for line in text)
    assert any("B7:E7 = rows 4 + 5 + 6" in line for line in text)
    assert len(text) <= 3


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_wide_table_fits(columns: int) -> None:
    head = ["Payment group", *(f"Month {i} of the year" for i in range(24))]
    rows = [["referrals"], [], head, *([f"PG{i} 紹介", *(str(20 * (i + j)) for j in range(24))] for i in range(40))]
    text = shown(rows, columns)
    assert max(map(width, text)) <= columns
    assert any(" .. " in line for line in text)
    assert "  : |" in text


@pytest.mark.parametrize("values", ["published", "none"])
def test_figures_are_masked_where_a_log_may_keep_them(values: str) -> None:
    text = "\n".join(shown(ROWS, values=values))
    for figure in ("120", "340", "360", "640"):
        assert figure not in text
    assert "[c]" in text


def test_what_is_not_understood_is_said() -> None:
    text = shown([["a", "b"], ["words", "1"], ["more", "2"], ["yet more", "3"]])
    assert any("not a measure of the policy" in line for line in text)


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    rows = [list(row) for row in ROWS]
    rows[3][0] = "\x1b[2Jgone\u202e"
    text = "\n".join(shown(rows))
    assert "\x1b" not in text
    assert "\\x1b[2Jgone\\u202e" in text
