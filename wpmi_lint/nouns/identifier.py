"""The noun identifier: personal identifiers, single ones and columns of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.nouns.context import FileContext
from wpmi_lint.nouns.contract import Each, Noun, Subjects

if TYPE_CHECKING:
    from wpmi_lint.deduce.identifiers import Identifier

_WHAT = ("NINo", "name", "date of birth", "postcode", "e-mail", "phone", "reference", "row-level")
_CERTAIN = "false where a person must look: it may be of an office and not of a participant"
each: Each[Identifier, FileContext] = Each()
FIELDS = {
    "what": each.field(_WHAT, "the kind of personal identifier; row-level: one row a person", lambda i, _: i.what),
    "place": each.field("text", "the column or text that it is in", lambda i, _: i.place),
    "count": each.field("number", "how many", lambda i, _: i.number),
    "certain": each.field("truth", _CERTAIN, lambda i, _: i.certain),
    "hidden": each.field("truth", "it is in something that the file does not show", lambda i, _: i.hidden),
}


def find(context: FileContext) -> Subjects:
    """One fact for each column of identifiers, and for each kind of them in a text."""
    from wpmi_lint.deduce.identifiers import identifiers

    found = identifiers(context.document, context.hidden)
    return each.facts(found, context, lambda identifier: context.place(identifier.sheet, identifier.cell))


EACH = "column of personal identifiers, or kind of them in a text"
NOUNS = (Noun("identifier", each=EACH, scope="file", find=find, fields=FIELDS, given=True),)
