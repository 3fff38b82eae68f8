"""How well tables are understood: gold annotations of real files against what the tool finds.

    python benchmarks/structure.py FOLDER [--files] [--policy NAME]

FOLDER holds annotations.jsonl, a line for each table: file, sheet, header_rows, header_cols, data (A1 ranges), kind,
relations (axis, op, total, parts, over). Prints precision, recall and F1 by file type; --files: what is wrong where.
Annotations are not complete: a total outside the annotated range, along an axis of which the annotation names no sum,
or on an annotated total line beyond the cells that it speaks of, counts as neither right nor wrong.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from wpmi_lint.a1 import address, letters, parse_range, range_text
from wpmi_lint.formats import open_file
from wpmi_lint.model import Range, Statistic, Table
from wpmi_lint.tables import understand
from wpmi_lint.tables.sheets import Understood
from wpmi_lint.terms import Matcher, Vocabulary

KINDS = {
    "count": {"count"},
    "percent": {"percentage"},
    "rate": {"rate", "mean", "percentage"},
    "mean": {"mean"},
    "money": {"money"},
    "change": {"count", "percentage", "other"},
    "fte": {"count"},
}


MEASURED = ("body found", "header rows", "stub columns", "statistic", "total cells", "parts")
NOT_EXACT = ("not a total", "perturbed", "not evaluable", "stock-flow", "looks like")
Say = Callable[..., None]


class Score:
    """Right, found and wanted, by file type."""

    def __init__(self) -> None:
        self.right: dict[str, float] = defaultdict(float)
        self.found: dict[str, float] = defaultdict(float)
        self.gold: dict[str, float] = defaultdict(float)

    def add(self, kind: str, right: float, found: float, gold: float) -> None:
        """Count for a file type and for all."""
        for name in (kind, "all"):
            self.right[name] += right
            self.found[name] += found
            self.gold[name] += gold

    def line(self, name: str) -> str:
        """P, R, F1."""
        p = self.right[name] / self.found[name] if self.found[name] else 0.0
        r = self.right[name] / self.gold[name] if self.gold[name] else 0.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        counts = f"{int(self.right[name])}/{int(self.found[name])}/{int(self.gold[name])}"
        return f"P {p:.3f}  R {r:.3f}  F1 {f:.3f}  ({counts})"


class Gold(NamedTuple):
    """One annotated table."""

    body: Range
    header: Range | None
    stub: Range | None
    kinds: set[str]
    totals: dict[str, list[frozenset[str]]]
    axes: set[str]  # axes ("row": total rows) of which the annotation names any sum: others were not annotated
    maybe: set[str]  # cells that look like totals and are annotated as something else: neither right nor wrong


def lines_of(text: str, axis: str) -> list[int]:
    """ "B:F", "2,4:6" as 0-based lines."""
    found: list[int] = []
    for part in str(text).split(","):
        first, _, last = part.strip().partition(":")
        ends = [_line(first, axis), _line(last or first, axis)]
        found += range(min(ends), max(ends) + 1)
    return found


def _line(text: str, axis: str) -> int:
    if axis == "row":
        return int(text) - 1
    area = parse_range(f"{text}1")
    assert area is not None
    return area.left


def gold(entry: dict[str, object]) -> Gold:
    """An annotation as ranges and sets of cells."""
    body = parse_range(str(entry["data"]))
    assert body is not None
    header = parse_range(str(entry["header_rows"])) if entry.get("header_rows") else None
    stub = parse_range(str(entry["header_cols"])) if entry.get("header_cols") else None
    totals: dict[str, list[frozenset[str]]] = defaultdict(list)
    maybe: set[str] = set()
    axes: set[str] = set()
    for relation in entry["relations"]:  # type: ignore[attr-defined]
        row = relation["axis"] == "row"
        axes.add(relation["axis"])
        other = "col" if row else "row"
        over = lines_of(relation["over"], other)
        total = lines_of(str(relation["total"]), relation["axis"])[0]
        parts = lines_of(str(relation["parts"]), relation["axis"])
        loose = relation["op"] != "sum" or any(
            word in relation["truth"]
            for word in ("not a total", "perturbed", "not evaluable", "stock-flow", "looks like")
        )
        for at in range(body.left, body.right + 1) if row else range(body.top, body.bottom + 1):
            if at not in over:  # the annotation says nothing of this line elsewhere
                maybe.add(address(total, at) if row else address(at, total))
        for at in over:
            cell = address(total, at) if row else address(at, total)
            if loose:
                maybe.add(cell)
            else:
                totals[cell].append(frozenset(address(p, at) if row else address(at, p) for p in parts))
    return Gold(body, header, stub, set(str(entry["kind"]).split("+")), totals, axes, maybe)


def iou(a: Range, b: Range) -> float:
    """Intersection over union of two rectangles."""
    height = min(a.bottom, b.bottom) - max(a.top, b.top) + 1
    width = min(a.right, b.right) - max(a.left, b.left) + 1
    if height <= 0 or width <= 0:
        return 0.0
    both = height * width
    return both / (_area(a) + _area(b) - both)


def _area(a: Range) -> int:
    return (a.bottom - a.top + 1) * (a.right - a.left + 1)


def body_of(table: Table) -> Range:
    """The rectangle of a table's body."""
    return Range(int(table.rows[0]), int(table.cols.min()), int(table.rows[-1]), int(table.cols.max()))


def found_totals(table: Table) -> dict[str, list[frozenset[str]]]:
    """Total cells with the parts of each relation."""
    width = len(table.cols)
    rows, cols = table.rows.tolist(), table.cols.tolist()
    start = table.totals.start.tolist()
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for at, cell in enumerate(table.totals.cell.tolist()):
        parts = table.totals.part[start[at] : start[at + 1]].tolist()
        name = address(rows[cell // width], cols[cell % width])
        found[name].append(frozenset(address(rows[p // width], cols[p % width]) for p in parts))
    return found


def main(folder: str, show: bool) -> None:
    """Measure all annotated tables of a folder."""
    annotated = [json.loads(line) for line in Path(folder, "annotations.jsonl").read_text("utf-8").splitlines()]
    entries = [entry for entry in annotated if entry.get("form") != "cube"]  # a cube's annotation has no ranges
    matcher = Matcher(Vocabulary())
    files: dict[str, list[Understood]] = {}
    names: dict[str, list[str]] = {}
    scores = {
        name: Score() for name in ("body found", "header rows", "stub columns", "statistic", "total cells", "parts")
    }
    slowest = (0.0, "")
    for entry in entries:
        path = entry["file"]
        if path not in files:
            document = open_file(os.path.join(folder, path))
            if document.unread:
                print(path, "UNREADABLE", document.refusals[0].reason)
                files[path], names[path] = [], []
                continue
            began = time.perf_counter()
            files[path] = [understand(s, i, matcher, path) for i, s in enumerate(document.sheets)]
            slowest = max(slowest, (time.perf_counter() - began, path))
            names[path] = [s.name for s in document.sheets]
        measure(entry, files[path], names[path], scores, show)
    print(f"{len(annotated) - len(entries)} cubes left out: their annotations have no ranges")
    print(f"{len(entries)} tables in {len(files)} files; slowest to understand: {slowest[1]} {slowest[0]:.2f} s")
    for name, score in scores.items():
        for kind in ("csv", "xlsx", "ods", "all"):
            print(f"{name:14} {kind:5} {score.line(kind)}")


def measure(
    entry: dict[str, object], sheets: list[Understood], names: list[str], scores: dict[str, Score], show: bool
) -> None:
    """One annotated table against the nearest table found."""
    path, kind = str(entry["file"]), str(entry["file"]).split("/")[0]
    wanted = gold(entry)
    say = (lambda *words: print(f"  {path} {entry['sheet'] or ''}:", *words)) if show else (lambda *_: None)
    at = names.index(str(entry["sheet"])) if entry["sheet"] in names else 0
    tables = sheets[at].tables if at < len(sheets) else ()
    best = max(tables, key=lambda t: iou(body_of(t), wanted.body), default=None)
    overlap = iou(body_of(best), wanted.body) if best else 0.0
    touching = [t for t in tables if iou(body_of(t), wanted.body) > 0]
    scores["body found"].add(kind, overlap >= 0.9, max(len(touching), 1 if best else 0), 1)
    if best is None or overlap < 0.9:
        say("BODY", range_text(wanted.body), "found", [range_text(body_of(t)) for t in touching])
    if best is None or overlap < 0.5:
        scores["total cells"].add(kind, 0, 0, len(wanted.totals))
        scores["parts"].add(kind, 0, 0, sum(map(len, wanted.totals.values())))
        return
    roles(best, wanted, kind, scores, say)
    statistics(best, wanted, kind, scores, say)
    totals(best, wanted, kind, scores, say)


def roles(table: Table, wanted: Gold, kind: str, scores: dict[str, Score], say: Say) -> None:
    """Header rows and stub columns."""
    if wanted.header:
        rows = set(range(wanted.header.top, wanted.header.bottom + 1))
        found = set(range(table.header_rows[0], table.header_rows[1] + 1)) if table.header_rows else set()
        scores["header rows"].add(kind, len(rows & found), len(found), len(rows))
        if rows != found:
            say("HEADER", sorted(r + 1 for r in rows), "found", sorted(r + 1 for r in found))
    if wanted.stub:
        cols = set(range(wanted.stub.left, wanted.stub.right + 1))
        stub = set(table.stub_cols)
        scores["stub columns"].add(kind, len(cols & stub), len(stub), len(cols))
        if cols != stub:
            say("STUB", [letters(c) for c in sorted(cols)], "found", [letters(c) for c in sorted(stub)])


def statistics(table: Table, wanted: Gold, kind: str, scores: dict[str, Score], say: Say) -> None:
    """Cells whose statistic is one of those that the annotation names."""
    allowed = set().union(*(KINDS.get(k, set()) for k in wanted.kinds))
    if not allowed:
        return
    number = table.value == table.value
    found = [Statistic(code).name.lower() for code in table.statistic[number].tolist()]
    right = sum(1 for name in found if name in allowed)
    scores["statistic"].add(kind, right, len(found), len(found))
    if right < len(found):
        columns = {
            letters(c.col): (c.header[-1:] or ("",))[0][:30]
            for c in table.columns
            if c.statistic.name.lower() not in allowed
        }
        say("STATISTIC", sorted(allowed), "not", sorted(set(found) - allowed), columns)


def totals(table: Table, wanted: Gold, kind: str, scores: dict[str, Score], say: Say) -> None:
    """Total cells, and the exact parts of each."""
    found = found_totals(table)
    inside = {c for c in found if c in wanted.totals or _claimed(c, found[c], wanted)}
    scores["total cells"].add(kind, len(inside & set(wanted.totals)), len(inside), len(wanted.totals))
    right = sum(1 for cell, parts in wanted.totals.items() for p in parts if p in found.get(cell, ()))
    claimed = sum(len(parts) for cell, parts in found.items() if cell in inside)
    scores["parts"].add(kind, right, claimed, sum(map(len, wanted.totals.values())))
    missed, wrong = set(wanted.totals) - set(found), inside - set(wanted.totals)
    if missed or wrong:
        say("TOTALS missed", len(missed), sorted(missed)[:6], "wrong", len(wrong), sorted(wrong)[:6])
    elif right < max(claimed, sum(map(len, wanted.totals.values()))):
        cell = next((c for c in wanted.totals if set(wanted.totals[c]) != set(found[c])), "")
        say(
            "PARTS of",
            cell,
            [sorted(p)[:8] for p in wanted.totals.get(cell, [])],
            "found",
            [sorted(p)[:8] for p in found.get(cell, [])],
        )


def _claimed(cell: str, relations: list[frozenset[str]], wanted: Gold) -> bool:
    """True for a total that the annotation would name if it were one."""
    letters_ = cell.rstrip("0123456789")
    axes = {"row" if all(p.rstrip("0123456789") == letters_ for p in parts) else "col" for parts in relations if parts}
    return cell not in wanted.maybe and _within(cell, wanted.body) and bool(axes & wanted.axes)


def _within(cell: str, body: Range) -> bool:
    area = parse_range(cell)
    return area is not None and body.top <= area.top <= body.bottom and body.left <= area.left <= body.right


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], "--files" in sys.argv)
