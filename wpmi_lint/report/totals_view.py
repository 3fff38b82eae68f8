"""Totals with their parts as a person would write them down: the same sum over many rows is written once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.a1 import address, letters
from wpmi_lint.records import NamedTuple
from wpmi_lint.report.text import clean, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpmi_lint.model import Table

MOST, MOST_PARTS = 10, 8


class _BodyTotal(NamedTuple):
    """One total of the body: its row and column, and its parts, as sheet rows and columns."""

    row: int
    col: int
    parts: tuple[tuple[int, int], ...]
    why: str


def totals(table: Table) -> Iterator[str]:
    """One entry for each kind of sum: F8:F12 = B + C + D + E."""
    number = len(table.totals.cell)
    if not number:
        yield "none found"
        return
    kinds: dict[tuple[object, ...], list[_BodyTotal]] = {}
    for total in _sums(table, 5000):
        kinds.setdefault(_kind(total), []).append(total)
    for sums in list(kinds.values())[:MOST]:
        yield _words(sums)
    if len(kinds) > MOST:
        yield f"and {len(kinds) - MOST} more kinds of sum ({counted(number, 'total')} in all; --output json has them)"


def _sums(table: Table, most: int) -> Iterator[_BodyTotal]:
    totals, wide = table.totals, len(table.cols)
    rows, cols = table.rows.tolist(), table.cols.tolist()
    start = totals.start.tolist()

    def place(flat: int) -> tuple[int, int]:
        return rows[flat // wide], cols[flat % wide]

    for index, flat in enumerate(totals.cell[:most].tolist()):
        parts = tuple(place(part) for part in totals.part[start[index] : start[index + 1]].tolist())
        yield _BodyTotal(*place(flat), parts, totals.why[totals.reason[index]])


def _kind(total: _BodyTotal) -> tuple[object, ...]:
    """Sums along a row are of one kind where total and parts are in the same columns; so for columns."""
    if not total.parts:
        return ("orphan", total.why)
    if all(row == total.row for row, _ in total.parts):
        return ("row", total.col, tuple(col for _, col in total.parts), total.why)
    if all(col == total.col for _, col in total.parts):
        return ("column", total.row, tuple(row for row, _ in total.parts), total.why)
    return ("block", total.row, total.col)


def _words(sums: Sequence[_BodyTotal]) -> str:
    first, last = sums[0], sums[-1]
    cells = address(first.row, first.col)
    if len(sums) > 1:
        together = first.col == last.col or first.row == last.row
        cells = f"{cells}:{address(last.row, last.col)}" if together else f"{cells} and {len(sums) - 1} more"
    return f"{cells} = {_parts(first, len(sums) > 1)}" + (f"  ({clean(first.why)})" if first.why else "")


def _parts(total: _BodyTotal, many: bool) -> str:
    if not total.parts:
        return "parts not shown"
    if many and total.parts[0][0] == total.row:
        return _joined([letters(col) for _, col in total.parts], [col for _, col in total.parts])
    if many:
        rows = [row for row, _ in total.parts]
        return "rows " + _joined([str(row + 1) for row in rows], rows)
    rows = [row for row, _ in total.parts] if len({col for _, col in total.parts}) == 1 else []
    return _joined([address(*part) for part in total.parts], rows or [col for _, col in total.parts])


def _joined(names: Sequence[str], numbers: Sequence[int]) -> str:
    """The names with a plus between them; a run without a gap, or a long list, is shortened."""
    if len(names) > 3 and numbers and list(numbers) == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"{names[0]} + ... + {names[-1]}" + (f" ({len(names)} parts)" if len(names) > MOST_PARTS else "")
    if len(names) > MOST_PARTS:
        return " + ".join(names[: MOST_PARTS - 2]) + f" + ... + {names[-1]} ({len(names)} parts)"
    return " + ".join(names)
