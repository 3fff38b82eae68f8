"""A1 addresses: columns as letters, rows from 1."""

from __future__ import annotations

from functools import cache

from wpmi_lint.model import Range


@cache
def letters(column: int) -> str:
    """Column letters: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """The 0-based column of its letters: A is 0, AA is 26."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """The address of a cell, both 0-based: (6, 1) is B7."""
    return f"{letters(column)}{row + 1}"


def range_text(area: Range) -> str:
    """A range as A5:F12; a single cell as A5."""
    first, last = address(area.top, area.left), address(area.bottom, area.right)
    return first if first == last else f"{first}:{last}"


def parse_address(text: str) -> tuple[int, int] | None:
    """(row, column) of an address such as B7 or $B$7, 0-based; None where the text is none."""
    plain = text.strip().replace("$", "").upper()
    name = plain.rstrip("0123456789")
    digits = plain[len(name) :]
    if not (1 <= len(name) <= 3 and name.isascii() and name.isalpha() and digits.isascii() and digits.isdigit()):
        return None
    return (int(digits[:8]) - 1, column_number(name)) if int(digits[:8]) else None


def parse_range(text: str) -> Range | None:
    """A range such as A5:F12 or B7; None where the text is none."""
    first, _, last = text.partition(":")
    start, end = parse_address(first), parse_address(last or first)
    if start is None or end is None:
        return None
    (top, bottom), (left, right) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return Range(top=top, left=left, bottom=bottom, right=right)
