"""How a CSV file is written: what separates its fields, and whether its figures have a decimal comma."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 32_768  # characters: title, notes and many rows of any real table
_ENOUGH = 100  # records of the sample that are looked at
_CELLS = 800  # cells of them
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
    return widths[usual] / len(rows) * _whole(cells[-_CELLS:], delimiter)


def _whole(cells: Sequence[str], delimiter: str) -> float:
    others = re.compile("[" + "".join(d for d in DELIMITERS if d != delimiter) + "]").search
    cut = sum(1 for cell in filter(others, cells) if not re.fullmatch(_NUMBER, cell.strip()))
    return 1.0 - cut / (len(cells) + 1)


def _records(sample: str, delimiter: str) -> Iterator[list[str]]:
    try:
        for row, _ in zip(
            csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), range(_ENOUGH), strict=False
        ):
            yield row
    except csv.Error:
        return


_FIGURES = 131_072  # characters in which the way of writing figures shows
_TEXTS = 20_000  # distinct texts in which it shows
_FIGURE = r"[-+]?([0-9][0-9., \u00a0]{1,30})"
_COMMA = r"(?:[0-9]+|[0-9]{1,3}(?:[. \u00a0][0-9]{3})+),(?:[0-9]{1,2}|[0-9]{4,})|0,[0-9]+"
_POINT = r"(?:[0-9]+|[0-9]{1,3}(?:[, \u00a0][0-9]{3})+)\.(?:[0-9]{1,2}|[0-9]{4,})|0\.[0-9]+"
_GROUPED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"


def text_has_decimal_comma(text: str, delimiter: str) -> bool:
    """Whether the figures of a CSV file are written 1.234,5.

    Commas that separate cells tell of figures in quotes alone, and points between thousands of nothing.
    """
    text = text[:_FIGURES]
    edge = re.escape(delimiter)
    if delimiter == ",":
        found = re.findall(rf'"{_FIGURE} ?%?"', text)
        return _agree(found, commas=3, grouped=None)
    if "," not in text and "." not in text:
        return False
    found = re.findall(rf'(?:^|(?<=[\r\n"{edge}])) ?{_FIGURE}(?= ?%?(?:[\r\n"{edge}]|$))', text)
    return _agree(found, commas=1, grouped=2 if delimiter == ";" else None)


def texts_have_decimal_comma(texts: Iterable[object]) -> bool:
    """The same of a format that has numbers of its own: of the figures that stand in it as texts."""
    figure = re.compile(rf"\s*{_FIGURE}\s?%?\s*").fullmatch
    found = (figure(text) for text in islice(texts, _TEXTS) if isinstance(text, str) and len(text) < 40)
    return _agree([match[1] for match in found if match], commas=3, grouped=3)


def _agree(found: Sequence[str], commas: int, grouped: int | None) -> bool:
    """Whether the figures that have points or commas can all be written with a decimal comma, and enough must be:
    so many that have one, or so many distinct ones that are all like 1.234; None: those tell nothing."""
    marked = [figure for figure in found if "," in figure or "." in figure]
    if any(re.fullmatch(_POINT, figure) for figure in marked):
        return False
    if sum(1 for figure in marked if re.fullmatch(_COMMA, figure)) >= commas:
        return True
    alike = {figure for figure in marked if re.fullmatch(_GROUPED, figure)}
    return grouped is not None and len(alike) >= grouped and alike.issuperset(marked)
