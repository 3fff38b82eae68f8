"""Hidden things against an oracle: `hidden.py FOLDER` (with features/ORACLE.csv), or `hidden.py --time` for speed."""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from wpmi_lint.formats import hidden, open_file

# what a file or part is refused for: the refusal is the finding
REFUSED = {"corrupt", "corrupt-part", "encrypted-package", "xml-doctype"}


def ways(file: Path) -> set[str]:
    """The ways found in a file; `refused` where the file or a part of it is not read, which is a finding of its own."""
    document = open_file(str(file))
    found = {thing.what for thing in hidden(document)}
    return found | ({"refused"} if document.refusals else set())


def score(folder: Path, verbose: bool) -> None:
    """Print rows found, missed and false for each way."""
    expected: dict[str, set[str]] = {}
    with open(folder / "features" / "ORACLE.csv", newline="") as stream:
        for row in csv.DictReader(stream):
            expected.setdefault(row["file"], set()).add(row["leak"].replace("_", "-"))
    for kind in ("features", "xlsx", "ods"):
        for file in (folder / kind).glob("*.[xo]*"):
            expected.setdefault(f"{kind}/{file.name}", set())
    known = set().union(*expected.values())
    counts: Counter[tuple[str, str]] = Counter()
    for name in sorted(expected):
        if not (folder / name).is_file():
            continue
        found = ways(folder / name)
        for way in (expected[name] | found) & known:
            is_found = way in found or (way in REFUSED and "refused" in found)
            verdict = "false" if way not in expected[name] else "found" if is_found else "missed"
            if verdict == "missed" and "refused" in found:
                verdict = "refused"
            counts[way, verdict] += 1
            if verbose and verdict in ("missed", "false"):
                print(f"{verdict:7} {way:28} {name}")
    total: Counter[str] = Counter()
    for way in sorted({way for way, _ in counts}):
        row = {verdict: counts[way, verdict] for verdict in ("found", "missed", "false", "refused")}
        total.update(row)
        print(f"{way:30}" + "".join(f"{verdict} {count:4}  " for verdict, count in row.items()))
    print(f"{'all':30}" + "".join(f"{verdict} {total[verdict]:4}  " for verdict in total))


def speed() -> None:
    """Time all inspections of a workbook of a million cells against opening it."""
    import io
    import random

    import xlsxwriter

    random.seed(1)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": False})
    sheet = book.add_worksheet("Data")
    whole, share = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "0.0%"})
    for row in range(100_000):
        for col in range(10):
            if col < 2:
                sheet.write_string(row, col, f"area {random.randrange(400)}")
            elif col < 8:
                sheet.write_number(row, col, random.randrange(5000), whole)
            else:
                sheet.write_number(row, col, random.random(), share)
    book.close()
    data = stream.getvalue()
    begin = time.perf_counter()
    document = open_file("million.xlsx", data)
    opened = time.perf_counter() - begin
    begin = time.perf_counter()
    found = hidden(document)
    looked = time.perf_counter() - begin
    print(f"opening {opened:.2f} s, all inspections {looked:.2f} s, {len(found)} things")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--time"]:
        speed()
    else:
        score(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpus"), "-v" in sys.argv)
