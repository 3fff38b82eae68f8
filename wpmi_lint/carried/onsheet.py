"""One sheet of a workbook as inspections see it, and the hidden things that they find on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.carried.ways import item, listed, sample
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.package.book import Book, SheetPart
    from wpmi_lint.package.grid import Grid, Mask


class OnSheet(NamedTuple):
    """A sheet with its workbook and its cells."""

    book: Book
    sheet: SheetPart
    grid: Grid

    def item(
        self,
        what: str,
        where: str,
        figures: int = 0,
        *,
        cells: str | None = None,
        words: Iterable[str] = (),
        telling: bool = True,
    ) -> Hidden:
        """A hidden thing on this sheet; `where` says the place on it."""
        place = f"sheet '{self.sheet.name}'" + (f", {where}" if where else "")
        return item(
            what,
            place,
            figures,
            sheet=self.sheet.name,
            index=self.sheet.number,
            cells=cells,
            part=self.sheet.part,
            words=sample(words),
            telling=telling,
        )

    def cells(self, what: str, wanted: Mask, *, telling: bool = True) -> Hidden:
        """Some cells as one hidden thing, with their figures and words."""
        grid = self.grid
        names = [grid.cell(i).name for i in np.flatnonzero(wanted)[:4].tolist()]
        count = int(wanted.sum())
        return self.item(
            what,
            f"{count} cells: {listed(names, count)}",
            grid.figures(wanted),
            cells=names[0],
            words=grid.words(wanted),
            telling=telling,
        )
