"""Hidden things and identifiers as facts: where they are, and what stands inside them."""

import numpy as np

from tests.carried import makers as make
from wpmi_lint.evaluate.carried import Carried
from wpmi_lint.facts import Coded, Facts, Numbers, Truths
from wpmi_lint.formats import open_file
from wpmi_lint.model import Term, Vocabulary
from wpmi_lint.terms import Matcher

MATCHER = Matcher(Vocabulary(measures=(Term("outcomes", ("outcome*",)),), kinds={"outcome": ("outcomes",)}))


def carried(name: str, data: bytes) -> Carried:
    document = open_file(name, data)
    assert not document.unread, document
    return Carried(document, (), (), MATCHER)


def said(facts: Facts, field: str) -> list[object]:
    column = facts.columns[field]()
    if isinstance(column, Coded):
        return [column.words[i] for i in column.codes]
    assert isinstance(column, Numbers | Truths)
    return list(column.values)


def test_a_volume_in_a_comment() -> None:
    def comment(sheet: make.Worksheet) -> None:
        sheet["B2"].comment = make.Comment("rounded from 137 outcomes", "A. Person")

    facts = carried("x.xlsx", make.book(comment)).hidden_facts()
    assert "comments" in said(facts, "what")
    assert "137" in said(facts, "volume")


def test_hidden_rows_are_placed_at_their_first_cell() -> None:
    facts = carried("x.xlsx", make.book(make.hidden_row)).hidden_facts()
    place = facts.place(said(facts, "what").index("hidden-rows"))
    assert (place.sheet, place.cell) == ("Table 1", "A3")


def test_identifiers_of_a_hidden_sheet_are_placed_in_it() -> None:
    def edit(sheet: make.Worksheet) -> None:
        other = sheet.parent.create_sheet("Source")
        other.append(["NINo", "Started"])
        other.append(["AB123456C", "yes"])
        other.sheet_state = "hidden"

    facts = carried("x.xlsx", make.book(edit)).identifier_facts()
    assert said(facts, "what")[0] == "NINo"
    assert (facts.place(0).sheet, facts.place(0).cell) == ("Source", "A2")
    assert np.all(np.asarray(said(facts, "certain")) == 1)


def test_a_clean_table_has_neither() -> None:
    clean = carried("x.csv", b"Area,Referrals\nNorth,140\nSouth,60\n")
    assert (clean.hidden_facts().size, clean.identifier_facts().size) == (0, 0)
