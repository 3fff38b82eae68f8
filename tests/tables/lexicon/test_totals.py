"""What labels say of being a total: one list of words for headers, labels of rows and breakdowns."""

import pytest

from wpmi_lint.tables.lexicon.totals import NEVER, NONE, PART, PLACE, STRONG, WEAK, is_total, is_whole, says


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("Total", STRONG),
        ("Grand Total [note 1]", STRONG),
        ("All payment groups", STRONG),
        ("Sum", STRONG),
        ("Persons", STRONG),
        ("Total referrals", WEAK),
        ("Referrals, total", WEAK),
        ("All Leeds", WEAK),
        ("England and Wales", PLACE),
        ("of which: women", PART),
        ("Average of all", NEVER),
        ("Share of total", NONE),
        ("All others", NONE),
        ("Leeds", NONE),
        ("", NONE),
    ],
)
def test_what_labels_say(label: str, word: int) -> None:
    assert says(label) == word
    assert is_total(label) == (word >= WEAK)


def test_only_the_words_of_a_whole_dimension_are_whole() -> None:
    assert is_whole("Total")
    assert is_whole("Sum")
    assert not is_whole("Persons")
    assert not is_whole("Total referrals")
