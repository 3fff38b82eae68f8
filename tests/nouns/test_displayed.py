"""The figure that a cell displays, beside the one it stores."""

import io

import numpy as np
import openpyxl

from wpmi_lint.formats import open_file
from wpmi_lint.nouns import NOUNS
from wpmi_lint.nouns.context import TableContext
from wpmi_lint.nouns.contract import Numbers
from wpmi_lint.tables import understand
from wpmi_lint.terms import Matcher, Term, Vocabulary

MATCHER = Matcher(Vocabulary(measures=(Term("referrals", ("referral*",)),)))


def displayed(value: float, code: str) -> float:
    book = openpyxl.Workbook()
    for row in (["Area", "Referrals"], ["North", 140], ["South", value]):
        book.active.append(row)
    book.active["B3"].number_format = code
    stream = io.BytesIO()
    book.save(stream)
    document = open_file("x.xlsx", stream.getvalue())
    assert not document.unread
    table = understand(document.sheets[0], 0, MATCHER).tables[0]
    cell = NOUNS["cell"]
    column = cell.fields["displayed"].fill(cell.find(TableContext(document, table, MATCHER)).of)
    assert isinstance(column, Numbers)
    assert np.isnan(column.values[0])  # General changes nothing
    return float(column.values[-1])


def test_rounded_by_the_format() -> None:
    assert displayed(19.6, "0") == 20
    assert displayed(20, "#,##0") == 20


def test_another_figure_than_is_stored() -> None:
    assert displayed(2, '0"0"') == 20
    assert displayed(17, '"20"') == 20
    assert displayed(17, '[<18]"20";0') == 20
