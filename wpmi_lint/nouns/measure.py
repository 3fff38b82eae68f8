"""The noun measure: what a table counts."""

from wpmi_lint.a1 import address
from wpmi_lint.arrays import distinct
from wpmi_lint.model import Measure, Place, Statistic
from wpmi_lint.nouns.context import TableContext
from wpmi_lint.nouns.contract import Each, Noun, Subjects

# Columns of these are what a table is broken down by or identified by, never what it measures.
_NO_MEASURE = (Statistic.DATE, Statistic.CODE, Statistic.COORDINATE)
_NAMELESS = "what this table counts"

each = Each[Measure, TableContext]()
FIELDS = {
    "name": each.field("measure", "the policy's measure; absent where no term fits", lambda m, _: m.name),
    "kind": each.field("kind", "the policy's class of it", lambda m, _: m.kind, definite=True),
    "statistic": each.field("statistic", "what its figures are", lambda m, _: m.statistic and m.statistic.name.lower()),
    "header": each.field("text", "the words that were read", lambda m, c: m.header or c.table.title or _NAMELESS),
    "label": each.field("label", "what the table is marked", lambda _, context: context.table.label),
}


def find(context: TableContext) -> Subjects:
    """One fact for each run of words that says what is counted, placed at these words."""
    measures, used = context.table.measures, distinct(context.table.measure).tolist()

    def place(measure: Measure) -> Place:
        cell, whole = measure.cell, context.place
        return whole._replace(cell=address(*cell), column_header=(measure.header,)) if cell else whole

    shown = [measures[i] for i in used if i >= 0 and measures[i].statistic not in _NO_MEASURE]
    return each.facts(shown, context, place)


EACH = "run of words that says what a table counts"
NOUNS = (Noun("measure", each=EACH, scope="table", find=find, fields=FIELDS),)
