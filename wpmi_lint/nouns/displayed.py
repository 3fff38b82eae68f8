"""What cells display: the stored figures through their number formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wpmi_lint.model import Index
    from wpmi_lint.nouns.context import TableContext


def displayed(context: TableContext, chosen: Index) -> NDArray[np.float64]:
    """The figures that body cells display, in percent where the format is; NaN where no format changes a figure."""
    table, styles = context.table, context.sheet.styles
    figures = np.full(len(chosen), np.nan)
    if styles is None or not len(chosen):
        return figures
    from wpmi_lint.package.numberformat import displayed as displayed_values  # only workbooks have styles

    formats = styles.format[np.ix_(table.rows, table.cols)].reshape(-1)[chosen]
    values = table.value.reshape(-1)[chosen]
    for index in distinct(formats).tolist():
        here = (formats == index) & ~np.isnan(values)
        shown = displayed_values(values[here], styles.formats[index].code)
        if shown is not None:
            figures[here] = shown
    return figures
