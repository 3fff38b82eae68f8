"""JSON: what no table uses, and exact values beside rounded ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.carried.ways import item, listed, sample
from wpmi_lint.package.jsonshapes import Pointers
from wpmi_lint.sheetcells import cells_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Document, Sheet
    from wpmi_lint.package.jsontree import Path, Value

    Leaf = tuple[Path, Value]

_EXACT = r"(?i)(?:^|[_\s.-])(?:raw|unrounded|exact|precise|true|orig|original|unmasked|actual)(?:$|[_\s.-])"
# what a table has beside its cells: titles, notes, labels, structure, and who published it
_TELLS = frozenset(
    """
    title name label caption heading table note notes footnote footnotes comment description unit units columns header
    headers fields cols variables status marking sensitivity published internal class id size role dimension version
    updated source href link extension category index date period license licence publisher contact schema $schema type
    meta metadata @context profile error format
    """.split()  # noqa: SIM905
)


def left_over(value: Value, sheets: Sequence[Sheet]) -> list[Leaf]:
    """The values that are neither in a table nor under a key that belongs to one; none where there is no table."""
    used = {path for sheet in sheets if isinstance(sheet.pointers, Pointers) for path in sheet.pointers.holders()}
    return list(_left(value, (), used)) if used else []


def _left(value: Value, path: Path, used: set[Path]) -> Iterator[Leaf]:
    if path in used and (path or isinstance(value, list)):
        return
    if isinstance(value, dict | list):
        for step, below in value.items() if isinstance(value, dict) else enumerate(value):
            if not isinstance(step, str) or step.lower() not in _TELLS:
                yield from _left(below, (*path, step), used)
    elif value is not None and value != "":
        yield path, value


def unused_keys(document: Document) -> Iterator[Hidden]:
    """Values that no table holds, under keys that belong to none."""
    left: list[Leaf] = document.model.left
    if left:
        keys = ["/".join(map(str, path)) for path, _ in left]
        figures = sum(isinstance(leaf, int | float) and not isinstance(leaf, bool) for _, leaf in left)
        words = sample(leaf for _, leaf in left if isinstance(leaf, str))
        yield item("unused-keys", f"{len(left)} values: {listed(keys)}", figures, words=words)


def exact_values(document: Document) -> Iterator[Hidden]:
    """Columns called raw or unrounded; beside the published ones they undo the rounding."""
    for number, sheet in enumerate(document.sheets):
        cells = cells_of(sheet.rows, sheet.width)
        header = [str(cell or "") for cell in (cells[0] if len(cells) else ())]
        columns = [i for i, words in enumerate(header) if re.search(_EXACT, words)]
        count = int((cells.code[1:, columns] < 0).sum())
        if count:
            names = ", ".join(header[i] for i in columns[:4])
            yield item("exact-values", f"columns {names}", count, sheet=sheet.name or None, index=number)
