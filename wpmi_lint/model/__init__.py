"""The data that crosses the boundaries: Sheet, Table, Finding, Report. Read this second, after run.py.

Records are named tuples, not dataclasses: importing dataclasses costs as much as starting Python, and each one 0.8 ms.
"""

from typing import TYPE_CHECKING

from wpmi_lint.model.files import (
    Document,
    Location,
    NumberFormat,
    Part,
    Range,
    Refusal,
    Remark,
    Sheet,
    Styles,
)
from wpmi_lint.model.findings import (
    Arithmetic,
    Excerpt,
    Figure,
    FileResult,
    Finding,
    GridCell,
    GridRow,
    Place,
    PolicyNote,
    Report,
    Summary,
    Words,
)
from wpmi_lint.model.tables import (
    Column,
    Dimension,
    DimensionTerm,
    Doubt,
    Measure,
    Statistic,
    Table,
    Term,
    Text,
    Totals,
    Understood,
    Vocabulary,
)

if TYPE_CHECKING:
    from wpmi_lint.model.files import Codes, Index, Ints, Mask, Matrix, Raw

__all__ = [
    "Arithmetic",
    "Codes",
    "Column",
    "Dimension",
    "DimensionTerm",
    "Document",
    "Doubt",
    "Excerpt",
    "Figure",
    "FileResult",
    "Finding",
    "GridCell",
    "GridRow",
    "Index",
    "Ints",
    "Location",
    "Mask",
    "Matrix",
    "Measure",
    "NumberFormat",
    "Part",
    "Place",
    "PolicyNote",
    "Range",
    "Raw",
    "Refusal",
    "Remark",
    "Report",
    "Sheet",
    "Statistic",
    "Styles",
    "Summary",
    "Table",
    "Term",
    "Text",
    "Totals",
    "Understood",
    "Vocabulary",
    "Words",
]
