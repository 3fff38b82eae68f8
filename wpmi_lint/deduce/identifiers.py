"""Personal identifiers in a file: columns of them, single ones in the text, and tables of one row a person."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from wpmi_lint.deduce import personal
from wpmi_lint.records import NamedTuple
from wpmi_lint.sheetcells import cells_of
from wpmi_lint.tables.numbers import NUMBER, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wpmi_lint.carried import Hidden
    from wpmi_lint.model import Document, Raw, Sheet

_HEADER_ROWS = 40  # headers are looked for in the first rows of a sheet
_MOST = 200_000  # cells of a column that are looked at
_DIGITS = bytes(ord("9") if chr(i).isdigit() and i < 128 else ord("a") if chr(i).isalpha() and i < 128 else i
                for i in range(256))  # fmt: skip
# Shapes that an identifier leaves in the text, digits as 9, letters as a, spaces and hyphens out: what has none of
# them is not searched.
_SHAPES = {
    "NINo": (b"aa999999a",),
    "postcode": (b"a99aa", b"a999aa", b"a9a9aa"),
    "e-mail": (b"@",),
    "phone": (b"9999999999",),
}
_SEPARATE = bytes.maketrans(b';\t|\n\r":', b",,,,,,,")  # what can stand before a number that is a cell
_LOOSE = {
    "NINo": rb"[A-Z]{2}[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]",
    "postcode": rb"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
    "e-mail": rb"[\w.%+-]+@[\w.-]+",
}
_FINDERS: dict[str, Callable[[str], list[str]]] = {
    "NINo": personal.ninos,
    "postcode": personal.postcodes,
    "e-mail": personal.emails,
    "phone": personal.phones,
}


class Identifier(NamedTuple):
    """A personal identifier: a column of them, or some in the text."""

    what: str  # "NINo", "name", "date of birth", "postcode", "e-mail", "phone", "reference", "row-level"
    place: str
    number: int  # how many
    certain: bool = True  # False: it may be of an office; a person must look
    sheet: str | None = None  # its name
    cell: tuple[int, int] | None = None  # the first of them
    hidden: bool = False


class _HeadedColumn(NamedTuple):
    col: int
    top: int  # row of the header
    words: str
    says: personal.Header


def identifiers(document: Document, hidden: Sequence[Hidden] = ()) -> tuple[Identifier, ...]:
    """All personal identifiers of a file, the values themselves left out."""
    items: list[Identifier] = []
    for sheet in document.sheets:
        columns = list(_headed(sheet))
        named = [item for column in columns if (item := _column(sheet, column))]
        shapes = _shapes(document, sheet)
        texts = list(_in_cells(sheet, shapes, named)) if shapes else []
        items += [*named, *texts, *_row_level(sheet, columns, [*named, *texts])]
    return (*items, *_in_hidden(hidden))


def _headed(sheet: Sheet) -> Iterator[_HeadedColumn]:
    """The columns whose header names an identifier or what a person is; a record with figures is no header."""
    cells = cells_of(sheet.rows, sheet.width)
    for top in cells.wordy(_HEADER_ROWS):
        row = cells[top]
        if not row or str(row[-1])[:1].isdigit():
            continue
        if not all(cell is None or (cell.__class__ is str and not cell[:1].isdigit()) for cell in row):
            continue
        words = [(col, cell) for col, cell in enumerate(row) if cell]
        if len(words) < 2:
            continue
        for col, cell in words:
            says = personal.header(str(cell))
            if says.what:
                yield _HeadedColumn(col=col, top=top, words=str(cell), says=says)


def _values(sheet: Sheet, column: _HeadedColumn) -> list[tuple[int, Raw]]:
    rows = sheet.rows[column.top + 1 : column.top + 1 + _MOST]
    cells = ((i, row[column.col]) for i, row in enumerate(rows, column.top + 1) if column.col < len(row))
    return [(i, value) for i, value in cells if value is not None and value != ""]


def _column(sheet: Sheet, column: _HeadedColumn) -> Identifier | None:
    """The identifiers under a header that names them."""
    if column.says.what == "attribute":
        return None
    values = _values(sheet, column)
    hits = [i for i, value in values if _fits(column, value)]
    enough = len(hits) * 2 >= len(values) or column.says.what in _FINDERS
    if not hits or not enough or not _plausible(column, values, hits):
        return None
    place = f"column {column.words.strip()[:60]}"
    # a table that lists offices, schools, branches has their postcodes and phones
    headers = (cell for cell in sheet.rows[column.top] if isinstance(cell, str))
    office = column.says.office or any(map(personal.is_place, headers))
    certain = not office or column.says.what in ("NINo", "date of birth")
    return Identifier(
        what=column.says.what,
        place=place,
        number=len(hits),
        certain=certain,
        sheet=sheet.name,
        cell=(hits[0], column.col),
    )


def _fits(column: _HeadedColumn, value: Raw) -> bool:
    what = column.says.what
    if what == "date of birth":
        return personal.is_date(value)
    if what == "reference":
        text = str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
        return personal.is_reference(text)
    if what == "phone" and isinstance(value, int | float):
        return 10**9 <= value < 10**10 and len(set(str(int(value)))) > 2
    if not isinstance(value, str):
        return False
    if what == "name":
        plain = column.words.strip().casefold() in ("name", "names") or column.says.office
        return personal.is_person(value, listed=plain)
    return bool(_FINDERS[what](value.upper() if what in ("NINo", "postcode") else value))


def _plausible(column: _HeadedColumn, values: Sequence[tuple[int, Raw]], hits: Sequence[int]) -> bool:
    if column.says.what == "reference":  # one distinct value a row
        return len(hits) > 2 and len({value for _, value in values}) == len(values)
    if column.says.what == "name":
        return len({value for _, value in values}) > 1 or len(values) == 1
    return True


def _shapes(document: Document, sheet: Sheet) -> frozenset[str]:
    """The kinds of identifier that the text of a sheet can hold, told by its shape."""
    if document.format in ("csv", "json") and not document.encoding.lower().startswith("utf-16"):
        data = document.data
    else:
        texts = (value for value in cells_of(sheet.rows, sheet.width).words if isinstance(value, str))
        data = "\n".join(texts).encode("utf-8", "replace")
    shape = data.translate(_DIGITS, b" -()")
    hinted = (what for what, shapes in _SHAPES.items() if any(part in shape for part in shapes))
    return frozenset(what for what in hinted if _present(what, data))


def _present(what: str, data: bytes) -> bool:
    """Whether some identifier of a kind stands in a text."""
    if what == "phone":
        alone = data.translate(_SEPARATE, b" -()")
        return bool(re.search(rb",0\d{9,10}(?![\d.])", alone) or re.search(rb",\+44\d", alone))
    for match in re.finditer(_LOOSE[what], data):
        near = data[max(match.start() - 1, 0) : match.end() + 1].decode("utf-8", "replace")
        if _FINDERS[what](near):
            return True
    return False


def _in_cells(sheet: Sheet, shapes: frozenset[str], named: Sequence[Identifier]) -> Iterator[Identifier]:
    """Identifiers that stand under no header that says so, a column at a time."""
    headed = {(item.what, item.cell[1]) for item in named if item.cell}
    counts: Counter[tuple[str, int]] = Counter()
    first: dict[tuple[str, int], tuple[int, int]] = {}
    texts: dict[tuple[str, int], set[str]] = {}
    filled: Counter[int] = Counter()
    for i, row in enumerate(sheet.rows):
        for col, value in enumerate(row):
            if value.__class__ is not str or len(value) < 6:
                continue
            filled[col] += 1
            for what in shapes:
                hits = _FINDERS[what](value)
                if hits and (what, col) not in headed:
                    counts[what, col] += len(hits)
                    first.setdefault((what, col), (i, col))
                    texts.setdefault((what, col), set()).update(hits)
    for key, count in counts.items():
        what, col = key
        certain = _certain(what, texts[key], is_column=count * 2 >= filled[col])
        if certain is not None:
            place = "cells that no header calls so"
            yield Identifier(what=what, place=place, number=count, certain=certain, sheet=sheet.name, cell=first[key])


def _certain(what: str, hits: set[str], *, is_column: bool) -> bool | None:
    """Whether identifiers in the text are personal (True), for a person to judge (False), or an office's (None)."""
    if what == "NINo":
        return True
    column = len(hits) > 2 and is_column
    if what == "e-mail":
        if column:
            return sum(map(personal.personal_address, hits)) * 2 >= len(hits)
        return False if any(map(personal.personal_address, hits)) else None
    return False if column else None


def _row_level(sheet: Sheet, columns: Sequence[_HeadedColumn], items: Sequence[Identifier]) -> Iterator[Identifier]:
    """One row a person: identifiers that differ from row to row, or several traits of a person and no count."""
    keys = [item for item in items if item.certain and item.cell and item.number > 1 and item.what != "row-level"]
    if keys:
        item = max(keys, key=lambda identifier: identifier.number)
        place = f"{item.number} rows, each with its own {item.what}"
        yield Identifier(what="row-level", place=place, number=item.number, sheet=sheet.name, cell=item.cell)
        return
    by_row: dict[int, list[_HeadedColumn]] = {}
    for column in columns:
        if column.says.what == "attribute":
            by_row.setdefault(column.top, []).append(column)
    for top, traits in by_row.items():
        if len(traits) < 3:
            continue
        below = [row for row in sheet.rows[top + 1 : top + 1 + _MOST] if any(cell not in (None, "") for cell in row)]
        if len(below) >= 3 and not _counts(sheet.rows[top], traits, below):
            cell = (top, traits[0].col)
            place = f"{len(below)} rows of personal traits"
            yield Identifier(what="row-level", place=place, number=len(below), sheet=sheet.name, cell=cell)
            return


def _counts(headers: Sequence[Raw], traits: Sequence[_HeadedColumn], below: Sequence[Sequence[Raw]]) -> bool:
    """Whether some column that is no trait holds figures: then the rows are groups, not people."""
    own = {column.col for column in traits}
    width = max(map(len, below))
    for col in range(width):
        words = str(headers[col] or "").casefold() if col < len(headers) else ""
        if col in own or words.endswith((" id", "date", " no", "number")):
            continue
        cells = [row[col] for row in below[:200] if col < len(row) and row[col] not in (None, "")]
        parsed = (parse(cell).kind == NUMBER if isinstance(cell, str) else type(cell) in (int, float) for cell in cells)
        if sum(parsed) * 2 > len(cells):
            return True
    return False


def _in_hidden(hidden: Sequence[Hidden]) -> Iterator[Identifier]:
    """Identifiers inside what a file carries and does not show; sheets are searched as sheets."""
    for thing in hidden:
        if thing.what in ("hidden-sheet", "very-hidden-sheet"):
            continue
        for what, finder in _FINDERS.items():
            hits = {hit for words in thing.words for hit in finder(words)}
            certain = _certain(what, hits, is_column=len(hits) * 2 >= len(thing.words)) if hits else None
            if certain is not None:
                place = f"{thing.way.visible_name}: {thing.where}"[:200]
                yield Identifier(
                    what=what, place=place, number=len(hits), certain=certain, sheet=thing.sheet, hidden=True
                )
