"""How a CSV file is written: what separates its fields, and whether its figures have a decimal comma."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 32_768  # characters: title, notes and many rows of any real table
_ENOUGH = 200  # records of the sample that are looked at
_NUMBER = r"-?(\d{1,3}([., ]\d{3})+|\d+)([.,]\d+)? ?%?"


class Dialect(NamedTuple):
    """What to read a file with. `declared`: its first line is "sep=;" and no record."""

    delimiter: str
    declared: bool = False


def find_dialect(text: str) -> Dialect:
    """The delimiter that the file declares, or that splits most of its start into rows of one width."""
    if text[:5].lower().lstrip('"').startswith("sep="):
        first = re.split(r"[\r\n]", text[:20], maxsplit=1)[0].strip('"')
        if len(first) == 5:
            return Dialect(first[4], declared=True)
    sample = text[:_SAMPLE]
    present = [delimiter for delimiter in DELIMITERS if delimiter in sample]
    if len(present) < 2:
        return Dialect(present[0] if present else ",")
    if len(text) > _SAMPLE:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    return Dialect(max(present, key=lambda delimiter: _score(sample, delimiter)))


def _score(sample: str, delimiter: str) -> float:
    """The share of rows that have the usual width, times the share of their cells that look like one thing.

    A cell that still holds another delimiter was cut in the wrong place, unless it is a number.
    """
    rows = [row for row in _records(sample, delimiter) if row]
    widths: dict[int, int] = {}
    for row in rows:
        widths[len(row)] = widths.get(len(row), 0) + 1
    usual = max(widths, key=lambda width: widths[width] * (width - 1), default=1)
    if usual < 2:
        return 0.0
    cells = [cell for row in rows if len(row) == usual for cell in row if cell]
    return widths[usual] / len(rows) * _whole(cells, delimiter)


def _whole(cells: Sequence[str], delimiter: str) -> float:
    others = re.compile("[" + "".join(d for d in DELIMITERS if d != delimiter) + "]")
    number = re.compile(_NUMBER)
    cut = sum(1 for cell in cells if others.search(cell) and not number.fullmatch(cell.strip()))
    return 1.0 - cut / (len(cells) + 1)


def _records(sample: str, delimiter: str) -> Iterator[list[str]]:
    try:
        for row, _ in zip(
            csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), range(_ENOUGH), strict=False
        ):
            yield row
    except csv.Error:
        return


def has_decimal_comma(text: str, delimiter: str) -> bool:
    """Whether figures are written 1.234,5: some are, and none is written 1,234.5."""
    edge = re.escape(delimiter) + r"\r\n\""
    if delimiter == ",":
        return '"' in text and _comma_figures(text, '(?<=")', '(?=")', least=3)
    return _comma_figures(text, f"(?:^|(?<=[{edge}]))", f"(?=$|[{edge}])", least=1)


def _comma_figures(text: str, before: str, after: str, least: int) -> bool:
    comma = re.compile(rf"{before} ?[-+]?(?:\d+|\d{{1,3}}(?:[. ]\d{{3}})+)(?:,\d{{1,2}}|,\d{{4,}}) ?%?{after}")
    point = re.compile(rf"{before} ?[-+]?(?:\d+|\d{{1,3}}(?:[, ]\d{{3}})+)(?:\.\d{{1,2}}|\.\d{{4,}}) ?%?{after}")
    found = sum(1 for _ in zip(comma.finditer(text), range(least), strict=False))
    return found >= least and point.search(text) is None
