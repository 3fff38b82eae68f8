"""What the fitted constants of the search for totals are worth: each halved and doubled, on annotated files.

    python benchmarks/constants.py FOLDER

FOLDER as for structure.py. Prints precision, recall and F1 of total cells and of their parts, as they are first.
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

from wpmi_lint.tables.lexicon import totals as words
from wpmi_lint.tables.totals import emit, levels, lines, obvious, sums

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
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        structure.main(folder, False)
    found = [line.split("all")[1] for line in printed.getvalue().splitlines() if " all " in line]
    return " |".join(line.split("(")[0] for line in found[-2:])


def main(folder: str) -> None:
    """Move each constant by itself."""
    structure.open_file = functools.cache(structure.open_file)
    print(f"{'as they are':32}{measured(folder)}", flush=True)
    for module, names in NUMBERS:
        for name in names.split():
            value = getattr(module, name)
            for factor in (0.5, 2.0):
                setattr(module, name, value * factor)
                print(f"{name + f' {value} x {factor}':32}{measured(folder)}", flush=True)
            setattr(module, name, value)
    for at, name in ((words.PLACE, "place"), (words.WEAK, "weak"), (words.STRONG, "strong")):
        value = float(words.GAIN[at])
        for factor in (0.5, 2.0):
            words.GAIN[at] = value * factor
            print(f"{f'gain of {name} {value} x {factor}':32}{measured(folder)}", flush=True)
        words.GAIN[at] = value


if __name__ == "__main__":
    main(sys.argv[1])
