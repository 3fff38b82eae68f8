"""Hidden things and identifiers as facts: where they are, and what stands inside them."""

import numpy as np

from tests.carried import makers as make
from wpmi_lint.evaluate.columns import Facts
from wpmi_lint.formats import open_file
from wpmi_lint.nouns import NOUNS
from wpmi_lint.nouns.context import FileContext
from wpmi_lint.nouns.contract import Coded, Numbers, Truths
from wpmi_lint.terms import Matcher, Term, Vocabulary

MATCHER = Matcher(Vocabulary(measures=(Term("outcomes", ("outcome*",)),), kinds={"outcome": ("outcomes",)}))


def facts_of(noun: str, name: str, data: bytes) -> Facts:
    document = open_file(name, data)
    assert not document.unread, document
    return Facts(NOUNS[noun], NOUNS[noun].find(FileContext(document, (), (), MATCHER)))


def said(facts: Facts, field: str) -> list[object]:
    column = facts.column(field)
    if isinstance(column, Coded):
        return [column.words[i] for i in column.codes]
    assert isinstance(column, Numbers | Truths)
    return list(column.values)


def test_a_volume_in_a_comment() -> None:
    def comment(sheet: make.Worksheet) -> None:
        sheet["B2"].comment = make.Comment("rounded from 137 outcomes", "A. Person")

    facts = facts_of("hidden", "x.xlsx", make.book(comment))
    assert "comments" in said(facts, "what")
    assert "137" in said(facts, "volume")


def test_hidden_rows_are_placed_at_their_first_cell() -> None:
    facts = facts_of("hidden", "x.xlsx", make.book(make.hidden_row))
    place = facts.subjects.place(said(facts, "what").index("hidden-rows"))
    assert (place.sheet, place.cell) == ("Table 1", "A3")


def test_identifiers_of_a_hidden_sheet_are_placed_in_it() -> None:
    def edit(sheet: make.Worksheet) -> None:
        other = sheet.parent.create_sheet("Source")
        other.append(["NINo", "Started"])
        other.append(["AB123456C", "yes"])
        other.sheet_state = "hidden"

    facts = facts_of("identifier", "x.xlsx", make.book(edit))
    assert said(facts, "what")[0] == "NINo"
    assert (facts.subjects.place(0).sheet, facts.subjects.place(0).cell) == ("Source", "A2")
    assert np.all(np.asarray(said(facts, "certain")) == 1)


def test_a_clean_table_has_neither() -> None:
    for noun in ("hidden", "identifier"):
        assert facts_of(noun, "x.csv", b"Area,Referrals\nNorth,140\nSouth,60\n").size == 0
