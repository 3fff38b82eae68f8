"""The data that crosses the boundaries: Sheet, Table, Finding, Report. Read this second, after run.py.

Records are named tuples, not dataclasses: importing dataclasses costs as much as starting Python, and each one 0.8 ms.
"""

from typing import TYPE_CHECKING

from wpmi_lint.model.files import Document as Document
from wpmi_lint.model.files import Location as Location
from wpmi_lint.model.files import NumberFormat as NumberFormat
from wpmi_lint.model.files import Part as Part
from wpmi_lint.model.files import Range as Range
from wpmi_lint.model.files import Refusal as Refusal
from wpmi_lint.model.files import Remark as Remark
from wpmi_lint.model.files import Sheet as Sheet
from wpmi_lint.model.files import Styles as Styles
from wpmi_lint.model.findings import Arithmetic as Arithmetic
from wpmi_lint.model.findings import Excerpt as Excerpt
from wpmi_lint.model.findings import Figure as Figure
from wpmi_lint.model.findings import FileResult as FileResult
from wpmi_lint.model.findings import Finding as Finding
from wpmi_lint.model.findings import GridCell as GridCell
from wpmi_lint.model.findings import GridRow as GridRow
from wpmi_lint.model.findings import Place as Place
from wpmi_lint.model.findings import PolicyNote as PolicyNote
from wpmi_lint.model.findings import Report as Report
from wpmi_lint.model.findings import Summary as Summary
from wpmi_lint.model.findings import Words as Words
from wpmi_lint.model.tables import Column as Column
from wpmi_lint.model.tables import Dimension as Dimension
from wpmi_lint.model.tables import Doubt as Doubt
from wpmi_lint.model.tables import Measure as Measure
from wpmi_lint.model.tables import Statistic as Statistic
from wpmi_lint.model.tables import Table as Table
from wpmi_lint.model.tables import Text as Text
from wpmi_lint.model.tables import Totals as Totals

if TYPE_CHECKING:
    from wpmi_lint.model.files import Codes as Codes
    from wpmi_lint.model.files import Index as Index
    from wpmi_lint.model.files import Ints as Ints
    from wpmi_lint.model.files import Mask as Mask
    from wpmi_lint.model.files import Matrix as Matrix
    from wpmi_lint.model.files import Raw as Raw
