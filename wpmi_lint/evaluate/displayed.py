"""What cells display: the stored figures through their number formats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import distinct
from wpmi_lint.carried.formats import plain, shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wpmi_lint.model import Index, Sheet, Table

_FIGURE = r"\d[\d,]*(?:\.\d+)?"


def displayed(sheet: Sheet, table: Table, chosen: Index) -> NDArray[np.float64]:
    """The figures that body cells display, in percent where the format is; NaN where no format changes a figure."""
    figures = np.full(len(chosen), np.nan)
    if sheet.styles is None or not len(chosen):
        return figures
    formats = sheet.styles.format[np.ix_(table.rows, table.cols)].reshape(-1)[chosen]
    values = table.value.reshape(-1)[chosen]
    for index in distinct(formats).tolist():
        code = sheet.styles.formats[index].code
        kept = plain(code)
        if kept is not None and kept < 0:
            continue
        here = (formats == index) & ~np.isnan(values)
        if kept is None:
            figures[here] = [_figure(shown(value, code)) for value in values[here].tolist()]
        else:
            figures[here] = _rounded(values[here], kept)
    return figures


def _rounded(values: NDArray[np.float64], decimals: int) -> NDArray[np.float64]:
    """Half away from zero, as a spreadsheet rounds."""
    unit = 10.0**decimals
    rounded: NDArray[np.float64] = np.copysign(np.floor(np.abs(values) * unit * (1 + 1e-15) + 0.5), values) / unit
    return rounded


def _figure(text: str) -> float:
    found = re.search(_FIGURE, text)
    return float(found.group(0).replace(",", "")) if found else float("nan")
