"""The rectangles of a table in its sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.model import Range
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from wpmi_lint.model import Table


class Areas(NamedTuple):
    """Where the parts of a table stand."""

    outer: Range  # headers, stub and body
    header: Range | None
    stub: Range | None
    body: Range


def areas(table: Table) -> Areas:
    """The rectangles of a table, from its first to its last row and column of each role."""
    body = Range(
        top=int(table.rows[0]), left=int(table.cols.min()), bottom=int(table.rows[-1]), right=int(table.cols.max())
    )
    stub = body._replace(left=min(table.stub_cols), right=max(table.stub_cols)) if table.stub_cols else None
    columns = (body.left, body.right, *table.stub_cols)
    outer = body._replace(left=min(columns), right=max(columns))
    if not table.header_rows:
        return Areas(outer=outer, header=None, stub=stub, body=body)
    first, last = table.header_rows
    return Areas(outer=outer._replace(top=first), header=outer._replace(top=first, bottom=last), stub=stub, body=body)
