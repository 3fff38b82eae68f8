"""A small policy and sheets made of text, for the tests of this part."""

import csv
import io

from wpmi_lint.model import Sheet, Table
from wpmi_lint.tables import understand
from wpmi_lint.tables.sheets import Understood
from wpmi_lint.terms import DimensionTerm, Matcher, Term, Vocabulary

MEASURES = (
    Term("job_outcomes", ("job outcome*", "JO", "JOs")),
    Term("sustainments", ("sustain*",)),
    Term("job_starts", ("job start*",)),
    Term("attachments", ("attachment*", "starts"), ("job starts",)),
    Term("referrals", ("referral*", "refs")),
)
MONTHS = tuple(f"{month}*" for month in "jan feb mar apr may jun jul aug sep oct nov dec".split())  # noqa: SIM905
DIMENSIONS = (
    DimensionTerm("payment_group", ("payment group*", "PG"), tuple(f"PG{n}" for n in range(1, 10))),
    DimensionTerm("period", ("month*", "quarter*", "year"), MONTHS),
)
LABELS = (Term("published", ("published",)), Term("internal", ("internal*",)))
MATCHER = Matcher(
    Vocabulary(
        MEASURES, {"outcome": ("job_outcomes", "sustainments")}, DIMENSIONS, LABELS, {"*": "suppressed", "-": "nil"}
    )
)


def sheet(text: str, name: str = "") -> Sheet:
    """A sheet from CSV text, as the reader would give it."""
    rows = list(csv.reader(io.StringIO(text)))
    return Sheet(name, rows, max((len(row) for row in rows), default=0))


def read(text: str, file_name: str = "") -> Understood:
    """A sheet of CSV text as understood."""
    return understand(sheet(text), 0, MATCHER, file_name)


def table(text: str, file_name: str = "") -> Table:
    """The only table of a sheet."""
    (only,) = read(text, file_name).tables
    return only
