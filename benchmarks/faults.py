"""Planted faults: one fault in each annotated table, and what the arithmetic of the tables understood says of it.

    python benchmarks/faults.py FOLDER

FOLDER as for structure.py. In each table with an exact annotated sum: a total made stale by 20, a part changed by
one, a percentage replaced by a count. A fault is found where a total of the understood table does not add up any more,
or where the cell has become a count. A false finding is a total that does not add up in the table as it is, though the
annotation says that its sums are exact.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np
from structure import Gold, body_of, gold, iou

from wpmi_lint.a1 import parse_address
from wpmi_lint.formats import open_file
from wpmi_lint.model import Sheet, Statistic, Table
from wpmi_lint.tables import understand
from wpmi_lint.tables.numbers import parse
from wpmi_lint.terms import Matcher, Vocabulary

NIL = {"", "-", "–", "."}
MATCHER = Matcher(Vocabulary())


def main(folder: str) -> None:
    """Plant one fault of each kind in every annotated table, and count what is found."""
    found: dict[str, int] = {}
    planted: dict[str, int] = {}
    clean = false = 0
    for line in Path(folder, "annotations.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        sheet = _sheet(folder, entry)
        table = _best(sheet, gold(entry)) if sheet else None
        if sheet is None or table is None:
            continue
        exact = _exact(entry)
        if exact:
            clean += 1
            wrong = [cell for cell in _broken(table) if cell in exact]
            false += len(wrong) > 0
            if wrong:
                print(f"  false: {entry['file']} {entry['sheet'] or ''} at {sorted(wrong)[:5]}")
        for kind, cell, value in _faults(sheet, table, exact, random.Random(entry["file"] + entry["data"])):
            planted[kind] = planted.get(kind, 0) + 1
            spoilt = _best(_with(sheet, cell, value), gold(entry))
            seen = spoilt is not None and _is_seen(kind, spoilt, table, cell)
            found[kind] = found.get(kind, 0) + seen
            if not seen:
                print(f"  missed: {entry['file']} {entry['sheet'] or ''} {kind} at {cell}")
    for kind, number in planted.items():
        print(f"{kind:32} found {found[kind]} of {number}")
    print(f"tables with exact sums {clean}, of which {false} have one that does not add up")


def _sheet(folder: str, entry: dict[str, object]) -> Sheet | None:
    document = open_file(os.path.join(folder, str(entry["file"])))
    if document.unread:
        return None
    return next((s for s in document.sheets if s.name == entry["sheet"]), document.sheets[0])


def _best(sheet: Sheet, wanted: Gold) -> Table | None:
    tables = understand(sheet, 0, MATCHER).tables
    best = max(tables, key=lambda t: iou(body_of(t), wanted.body), default=None)
    return best if best is not None and iou(body_of(best), wanted.body) > 0.5 else None


def _exact(entry: dict[str, object]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Total cells of exact annotated sums with their parts, as (row, column)."""
    everything: list[dict[str, object]] = entry["relations"]  # type: ignore[assignment]
    relations = [r for r in everything if r["op"] == "sum" and not r["fails"] and not r["within_rounding"]]
    wanted = gold({**entry, "relations": relations})
    found = {}
    for cell, parts in wanted.totals.items():
        place = parse_address(cell)
        found[place] = [p for part in parts[0] if (p := parse_address(part))]
    return found  # type: ignore[return-value]


def _broken(table: Table) -> set[tuple[int, int]]:
    """Totals whose parts are all figures and do not add up at the precision shown."""
    flat, width = table.value.ravel(), len(table.cols)
    start = table.totals.start.tolist()
    found = set()
    for at, cell in enumerate(table.totals.cell.tolist()):
        places = table.totals.part[start[at] : start[at + 1]]
        parts = flat[places]
        known = parts[~np.isnan(parts)]
        marks = {table.markers[code] for code in table.marker.ravel()[places].tolist() if code >= 0}
        if not marks <= NIL:
            continue  # a part is not shown: not checked
        unit = 10.0 ** -int(table.decimals.ravel()[cell])
        if known.size and abs(known.sum() - flat[cell]) >= 0.5 * unit + 1e-6:
            found.add((int(table.rows[cell // width]), int(table.cols[cell % width])))
    return found


Fault = tuple[str, tuple[int, int], float]


def _faults(
    sheet: Sheet, table: Table, exact: dict[tuple[int, int], list[tuple[int, int]]], rng: random.Random
) -> Iterator[Fault]:
    percent = (table.statistic == Statistic.PERCENTAGE) & ~np.isnan(table.value)
    rows, cols = np.nonzero(percent)
    shares = {(int(table.rows[r]), int(table.cols[c])) for r, c in zip(rows, cols, strict=True)}
    counts = [c for c in sorted(exact) if c not in shares and _raw(sheet, c).is_integer()]
    if counts:
        total = rng.choice(counts)
        yield "total made stale by 20", total, _raw(sheet, total) + 20
        part = rng.choice([p for p in exact[total] if not np.isnan(_raw(sheet, p))] or [total])
        yield "cell changed by one", part, _raw(sheet, part) + 1
    if len(shares) > 5:
        yield "percentage turned into a count", rng.choice(sorted(shares)), 1240.0


def _raw(sheet: Sheet, cell: tuple[int, int]) -> float:
    """The figure as it is written, before any scale."""
    raw = sheet.rows[cell[0]][cell[1]]
    return parse(raw).value if isinstance(raw, str) else float(raw)  # type: ignore[arg-type]


def _with(sheet: Sheet, cell: tuple[int, int], value: float) -> Sheet:
    rows = list(sheet.rows)
    row = list(rows[cell[0]])
    row[cell[1]] = str(int(value)) if isinstance(row[cell[1]], str) else value
    rows[cell[0]] = row
    styles = sheet.styles
    if styles is not None and value == 1240.0:
        format_ = styles.format.copy()
        format_[cell] = 0
        styles = type(styles)(styles.formats, format_, styles.bold, styles.indent)
    return Sheet(
        sheet.name, rows, sheet.width, sheet.visibility, sheet.merged, styles, sheet.title, sheet.notes, sheet.label
    )


def _is_seen(kind: str, spoilt: Table, plain: Table, cell: tuple[int, int]) -> bool:
    if kind.startswith("percentage"):
        row, col = np.flatnonzero(spoilt.rows == cell[0]), np.flatnonzero(spoilt.cols == cell[1])
        return bool(row.size and col.size) and spoilt.statistic[row[0], col[0]] == Statistic.COUNT
    return bool(_broken(spoilt) - _broken(plain))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1])
