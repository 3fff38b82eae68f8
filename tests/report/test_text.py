import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from wpmi_lint.report.text import clean, counted, cut, left, right, width, wrap


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("Caf\u00e9 \u2013 \u20ac5", "Caf\u00e9 \u2013 \u20ac5"),
        ("two\nlines\tand\u00a0more", "two lines and more"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b31m", "\\x9b31m"),
        ("a\u202eb\u2066c", "a\\u202eb\\u2066c"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("half\ud800", "half\\ud800"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("del\x7f", "del\\x7f"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text())
def test_what_is_clean_drives_nothing(text: str) -> None:
    shown = clean(text)
    assert shown.isprintable()
    assert clean(shown) == shown
    assert width(shown) == cell_len(shown)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"))), st.integers(0, 40))
def test_a_cut_text_fits(text: str, limit: int) -> None:
    assert width(cut(text, limit)) <= limit
    assert cut(text, max(width(text), 1)) == text


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)), st.integers(2, 60))
def test_wrapped_lines_fit_and_lose_nothing(words: list[str], limit: int) -> None:
    lines = list(wrap(" ".join(words), limit))
    assert all(width(line) <= limit for line in lines)
    assert "".join("".join(lines).split()) == "".join(words)


def test_padding_counts_cells() -> None:
    assert left("日本", 6) == "日本  "
    assert right("日本", 6) == "  日本"


def test_counted() -> None:
    assert [counted(number, "table") for number in (0, 1, 2)] == ["no tables", "1 table", "2 tables"]
