"""How well sums are found in official tables with gold aggregations: python benchmarks/aggrecol.py FOLDER [-v].

FOLDER holds aggrecol.jsonl.gz: a table a line, with rows, labels of cells and relations, all 0-based.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))
from wpmi_lint.model import Statistic
from wpmi_lint.tables.body import BLANK, HIDDEN, NIL, NUMBER, OTHER, Body
from wpmi_lint.tables.totals import find

NILS = {"-", "–", "—"}
EMPTY = {"", "n/a", "..", "...", ".", "x", "(x)", "(na)", "nan", "na", "(d)", "(z)", ":", "#"}


def number(text: str, comma: bool) -> tuple[float, int] | None:
    """A figure and its decimals as the table's number format writes it."""
    plain = re.sub(r"[\s\u00a0$£€%*]", "", text)
    negative = plain.startswith("(") and plain.endswith(")")
    plain = plain.strip("()")
    plain = plain.replace(",", "") if comma else plain.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"[-−]?\d*\.?\d+(e[-+]?\d+)?", plain, re.IGNORECASE):
        return None
    value = float(plain.replace("−", "-"))
    tail = plain.partition(".")[2]
    return (-value if negative else value), (len(tail.rstrip("0")) if set(tail) - {"0"} else 0)


def body_of(table: dict) -> tuple[Body, list[int], list[int]] | None:
    """The gold body of a table: rows and columns with figures labelled data or derived."""
    rows, labels = table["rows"], table["labels"]
    width = max(map(len, rows))
    comma = not str(table.get("number_format", "")).lower().endswith("comma")
    figures = {}
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            if (labels[i][j] or "") in ("data", "derived") and (found := number(str(text), comma)):
                figures[i, j] = found
    if not figures:
        return None
    body_rows = sorted({i for i, _ in figures})
    header = [i for i in range(len(rows)) if any(x == "header" for x in labels[i]) and i < body_rows[0]]
    counts = [sum((i, j) in figures for i in body_rows) for j in range(width)]
    texts = [
        sum(bool(str(rows[i][j]).strip()) and (i, j) not in figures for i in body_rows if j < len(rows[i]))
        for j in range(width)
    ]
    stub = [j for j in range(width) if (texts[j] > counts[j] or (j == 0 and texts[j])) and j < width - 1]
    stub = [j for j in stub if j <= 2]
    cols = [j for j in range(width) if counts[j] and j not in stub]
    if not cols:
        return None
    shape = (len(body_rows), len(cols))
    value, state = np.full(shape, np.nan), np.full(shape, BLANK, np.int8)
    decimals = np.zeros(shape, np.int8)
    for a, i in enumerate(body_rows):
        for b, j in enumerate(cols):
            text = str(rows[i][j] or "").strip() if j < len(rows[i]) else ""
            if (i, j) in figures:
                value[a, b], decimals[a, b] = figures[i, j][0], min(figures[i, j][1], 12)
                state[a, b] = NUMBER
            elif text:
                state[a, b] = (
                    NIL if text in NILS else BLANK if text.lower() in EMPTY else HIDDEN if text in "*" else OTHER
                )
    row_labels = [tuple(str(rows[i][j] or "") for j in stub if j < len(rows[i])) for i in body_rows]
    indent = [_indent(next((x for x in label if x.strip()), "")) for label in row_labels]
    heads = []
    for i in header:
        filled, last = [], ""
        for j in cols:
            text = str(rows[i][j] or "").strip() if j < len(rows[i]) else ""
            last = text or last
            filled.append(last)
        heads.append(filled)
    col_labels = [tuple(head[b] for head in heads) for b in range(len(cols))]
    statistic = np.full(shape, Statistic.COUNT, np.int8)
    for b, label in enumerate(col_labels):
        if re.search(r"%|per\s?cent", " ".join(label), re.IGNORECASE):
            statistic[:, b] = Statistic.PERCENTAGE
    for a, label in enumerate(row_labels):
        if re.search(r"%|per\s?cent", " ".join(label), re.IGNORECASE):
            statistic[a] = Statistic.PERCENTAGE
    body = Body(value, state, statistic, decimals, row_labels, col_labels, indent, [False] * len(body_rows))
    return body, body_rows, cols


def _indent(label: str) -> int:
    return len(label) - len(label.lstrip(" \u00a0"))


def main() -> None:
    """Print precision, recall, F1 of aggregate cells and of exact parts, and the time of the search alone."""
    verbose = "-v" in sys.argv
    folder = Path(sys.argv[1])
    file = folder if folder.is_file() else folder / "aggrecol.jsonl.gz"
    cell, exact, spent = np.zeros(3), np.zeros(3), 0.0
    for line in gzip.decompress(file.read_bytes()).decode().splitlines():
        table = json.loads(line)
        gold: dict[tuple[int, int], list[frozenset]] = {}
        for relation in table["relations"]:
            if relation["op"] == "Sum":
                gold.setdefault(tuple(relation["total"]), []).append(frozenset(map(tuple, relation["parts"])))
        made = body_of(table)
        found: dict[tuple[int, int], list[frozenset]] = {}
        why = {}
        if made:
            body, rows, cols = made
            begun = time.perf_counter()
            totals = find(body)
            spent += time.perf_counter() - begun

            def place(k: int, rows: list[int] = rows, cols: list[int] = cols) -> tuple[int, int]:
                return rows[k // len(cols)], cols[k % len(cols)]

            for t, at in enumerate(totals.cell.tolist()):
                parts = totals.part[totals.start[t] : totals.start[t + 1]].tolist()
                if parts:
                    found.setdefault(place(at), []).append(frozenset(map(place, parts)))
                    why[place(at)] = totals.why[totals.reason[t]]
            known = {place(int(k)) for k in np.flatnonzero(np.isfinite(body.value).ravel())}
            gold = {t: [frozenset(p & known) for p in ps] for t, ps in gold.items()}
            found = {t: [frozenset(p & known) for p in ps] for t, ps in found.items()}
        both = gold.keys() & found.keys()
        cell += (len(both), len(found) - len(both), len(gold) - len(both))
        right = sum(p in found.get(t, ()) for t, ps in gold.items() for p in ps)
        exact += (right, sum(map(len, found.values())) - right, sum(map(len, gold.values())) - right)
        if verbose and (found.keys() ^ gold.keys() or any(set(found[k]) != set(gold[k]) for k in both)):
            report(table, gold, found, why)
    print("aggregate cells", score(cell), "| exact parts", score(exact), f"| {spent:.2f} s")


def report(table: dict, gold: dict, found: dict, why: dict) -> None:
    """The differences of one table, by line."""
    print(f"## {table['file']} {table['table']} {len(table['rows'])}x{len(table['rows'][0])}")
    for name, here, there in (("missed", gold, found), ("wrong", found, gold)):
        lines: dict[tuple, int] = {}
        for t, ps in here.items():
            for p in ps:
                if p not in there.get(t, ()):
                    first = next(iter(p), t)
                    way = "col" if first[0] == t[0] else "row"
                    ids = tuple(sorted(x[way == "col"] for x in p))
                    line = t[1] if way == "col" else t[0]
                    key = (
                        name + ("" if t not in there else " parts"),
                        way,
                        line,
                        ids,
                        why.get(t, "") if name == "wrong" else "",
                    )
                    lines[key] = lines.get(key, 0) + 1
        for (kind, way, line, ids, reason), count in sorted(lines.items()):
            label = table["rows"][line][0] if way == "row" else [r[line] for r in table["rows"][:7] if line < len(r)]
            print(f"   {kind} {way} {line} {str(label)[:50]!r} <- {ids} x{count} {reason}")


def score(counts: np.ndarray) -> str:
    """Precision, recall and F1 of (right, wrong, missed)."""
    right, wrong, missed = counts
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * right / max(2 * right + wrong + missed, 1):.3f}"


if __name__ == "__main__":
    main()
