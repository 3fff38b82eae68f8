"""What the fitted constants of tables/ are worth: each halved and doubled, on annotated files.

    python benchmarks/constants.py FOLDER

FOLDER as for structure.py. With --limits, the bounds of what is looked at in a table in place of the
odds of the search for totals. Prints precision, recall and F1 of header rows, stub columns, total cells and their
parts, as they are first.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import sys
from types import ModuleType

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import structure

from wpmi_lint.tables import cells, numbers
from wpmi_lint.tables.find import roles, rows
from wpmi_lint.tables.lexicon import totals as words
from wpmi_lint.tables.meaning import dimensions, labels, measures, statistics
from wpmi_lint.tables.totals import emit, levels, lines, obvious, sums

# Bounds of the work, not fitted: on 59 annotated tables of official files no figure moves when one of them is halved or
# doubled.
LIMITS: tuple[tuple[ModuleType, str], ...] = (
    (rows, "_BELOW _ROWS"),
    (roles, "_HEADERS _LABELS SAMPLE"),
    (numbers, "LONGEST"),
    (labels, "_MEMBERS"),
    (dimensions, "_LOOKED_AT"),
    (measures, "_ROWS _MEMBERS"),
    (statistics, "_ROWS"),
)
NUMBERS: tuple[tuple[ModuleType, str], ...] = (
    (levels, "SURE CHILDREN PERIODS NATURAL TOTAL_INSIDE APART SUBTOTAL"),
    (sums, "MISS MOST LONE LEAST"),
    (words, "BLANK BOLD PERIOD"),
    (obvious, "OPENING UNTRIED FAR_CHILDREN MOST_FALSE"),
    (emit, "FAR"),
    (lines, "ENOUGH"),
)


def measured(folder: str) -> str:
    """The lines of structure.py on totals and parts, of all files."""
    words.says.cache_clear()
    words.weigh.cache_clear()
    cells._holds.cache_clear()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        structure.main(folder, False)
    lines = (line for line in printed.getvalue().splitlines() if " all " in line)
    shown = ("header", "stub", "total cells", "parts")
    return " |".join(line.split("all")[1].split("(")[0] for line in lines if line.strip().startswith(shown))


def main(folder: str, limits: bool) -> None:
    """Move each constant by itself."""
    structure.open_file = functools.cache(structure.open_file)
    print(f"{'as they are':32}{measured(folder)}", flush=True)
    for module, names in LIMITS if limits else NUMBERS:
        for name in names.split():
            value = getattr(module, name)
            for factor in (0.5, 2.0):
                setattr(module, name, type(value)(value * factor))
                print(f"{name + f' {value} x {factor}':32}{measured(folder)}", flush=True)
            setattr(module, name, value)
    for at, name in () if limits else ((words.PLACE, "place"), (words.WEAK, "weak"), (words.STRONG, "strong")):
        value = float(words.GAIN[at])
        for factor in (0.5, 2.0):
            words.GAIN[at] = value * factor
            print(f"{f'gain of {name} {value} x {factor}':32}{measured(folder)}", flush=True)
        words.GAIN[at] = value


if __name__ == "__main__":
    main(sys.argv[1], "--limits" in sys.argv)
