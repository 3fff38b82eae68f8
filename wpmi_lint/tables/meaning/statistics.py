"""The statistic of every cell: from signs and formats, header words, stub words, title, and the values themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.arrays import are_whole
from wpmi_lint.model import Statistic
from wpmi_lint.tables.lexicon import tokens
from wpmi_lint.tables.lexicon.headers import AVERAGED, RATE, names_people, of_levels, statistic_of, worded
from wpmi_lint.tables.numbers import MONEY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Codes, Matrix
    from wpmi_lint.tables.body import BodyCells
    from wpmi_lint.tables.find.headers import Levels

_ROWS = 2000  # rows of a table whose labels are looked at; in a longer one they are members, not measures
_ORDINARY = (Statistic.UNKNOWN, Statistic.COUNT, Statistic.DATE, Statistic.CODE)


def statistics(cells: BodyCells, headers: Sequence[Levels], *, rows: Sequence[tuple[str, ...]], title: str) -> Codes:
    """Statistic of each body cell [R, C]. rows: the labels of the rows of a cross table."""
    columns = np.array([of_levels([words for words, _, _ in levels]) for levels in headers], np.int8)
    statistic = np.broadcast_to(columns, cells.kind.shape).copy()
    labels = _of_rows(rows, cells.value)
    if labels is not None:
        of_rows = labels[:, None]
        stands = (of_rows > 0) & ((statistic == 0) | (statistic == Statistic.COUNT))
        statistic = np.where(stands & ~((of_rows == Statistic.COUNT) & (statistic > 0)), of_rows, statistic)
    number = cells.number
    if cells.flags.any():
        statistic[number & cells.percent] = Statistic.PERCENTAGE
        statistic[number & ((cells.flags & MONEY) > 0) & (statistic != Statistic.MEAN)] = Statistic.MONEY
    if (statistic == 0).any():
        people = [names_people(title) or any(names_people(words) for words, _, _ in levels) for levels in headers]
        _by_title_and_value(statistic, cells, title=title, people=people)
    if (statistic == Statistic.PERCENTAGE).any():
        _counts_among_percentages(statistic, cells, headers)
    return statistic.astype(np.int8)


def _counts_among_percentages(statistic: Codes, cells: BodyCells, headers: Sequence[Levels]) -> None:
    """Whole figures far over 100 among percentages that are none are counts that stand there by mistake."""
    value, signed = cells.value, cells.percent
    percent = (statistic == Statistic.PERCENTAGE) & cells.number
    big = percent & ~signed & (value > 100) & (value == np.floor(value))
    for col in np.flatnonzero(big.any(axis=0)).tolist():
        rest = percent[:, col] & ~big[:, col]
        others = value[rest, col]
        if len(others) < 2 * int(big[:, col].sum()) or np.abs(others).max() > 100:
            continue
        usual = signed[rest, col] | (others != np.floor(others))
        change = any(worded(words) == RATE for words, _, _ in headers[col])
        if usual.sum() * 2 > len(others) or (not change and len(others) > 3 and value[big[:, col], col].min() > 200):
            statistic[big[:, col], col] = Statistic.COUNT


def _of_rows(rows: Sequence[tuple[str, ...]], value: Matrix) -> Codes | None:
    """The statistic that the stub names, row by row; None where it names none."""
    if len(rows) > _ROWS:
        return None
    named = np.array([of_levels(label) for label in rows], np.int8)
    named[(named == Statistic.CODE) | (named == Statistic.DATE)] = 0
    for row in np.flatnonzero((named == Statistic.MEAN) | (named == Statistic.RATE)).tolist():
        words = tokens(rows[row][-1]) or ("",)
        if are_whole(value[row][~np.isnan(value[row])]) and AVERAGED.isdisjoint((words[0], words[-1])):
            named[row] = 0  # "Abnormal heart rate and the like": counted, not measured
    return named if named.any() else None


def _by_title_and_value(statistic: Codes, cells: BodyCells, *, title: str, people: Sequence[bool]) -> None:
    """Fill what neither headers nor signs say: whole numbers are counts unless the title says otherwise."""
    named = statistic_of(title) if title else Statistic.UNKNOWN
    number = cells.number
    figures = cells.value[(statistic == 0) & number]
    doubtful = named in (Statistic.PERCENTAGE, Statistic.MEAN, Statistic.RATE) and figures.size > 0
    if doubtful and are_whole(figures) and np.abs(figures).max() > 110:
        named = Statistic.COUNT  # "Average number of staff": whole figures that no percentage could be
    if named in _ORDINARY and are_whole(figures):
        statistic[statistic == 0] = Statistic.COUNT
        return
    for col in np.flatnonzero((statistic == 0).any(axis=0)).tolist():
        unsaid = statistic[:, col] == 0
        statistic[unsaid, col] = _of_values(cells.value[unsaid & number[:, col], col], named, people=people[col])


def _of_values(figures: Matrix, named: Statistic, *, people: bool) -> Statistic:
    if named not in _ORDINARY:
        return named
    if named == Statistic.COUNT or not figures.size or (figures == np.floor(figures)).mean() >= 0.5:
        return Statistic.COUNT
    total = figures.sum()
    whole = abs(total - 100) < 1 or abs(total - 200) < 1
    if len(figures) > 1 and whole and figures.min() >= 0 and figures.max() <= 100:
        return Statistic.PERCENTAGE
    return Statistic.COUNT if people else Statistic.OTHER
