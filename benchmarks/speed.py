"""Time and memory as ratios to the bare interpreter and to a plain csv loop: python benchmarks/speed.py [--runs N]."""

from __future__ import annotations

import argparse
import csv
import os
import random
import statistics
import sys
import tempfile
import time
from typing import NamedTuple

BARE = [sys.executable, "-c", "pass"]
LINT = [sys.executable, "-m", "wpmi_lint"]
LOOP = """
import csv, sys
for path in sys.argv[1:]:
    with open(path, newline="") as file:
        for row in csv.reader(file):
            for cell in row:
                if cell.isdigit() and int(cell) % 20:
                    print(path, cell)
"""


class Run(NamedTuple):
    """One finished process: wall seconds and peak memory in MiB."""

    seconds: float
    mib: float


def run(command: list[str]) -> Run:
    """Run a command to its end, its output thrown away."""
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        os.execv(command[0], command)
    _, _, usage = os.wait4(pid, 0)
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024)


def rounded(rng: random.Random) -> int:
    """A count rounded to the nearest 20."""
    return 20 * rng.randrange(1, 200)


def cross(path: str, rows: int, columns: int, rng: random.Random) -> None:
    """A clean cross table: areas by months, with row and column totals."""
    body = [[rounded(rng) for _ in range(columns - 2)] for _ in range(rows - 1)]
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Referrals: internal MI for Leeds City Council only"])
        out.writerow(["Area", *(f"Month {i + 1}" for i in range(columns - 2)), "Total"])
        for i, row in enumerate(body):
            out.writerow([f"Area {i + 1}", *row, sum(row)])
        sums = [sum(column) for column in zip(*body, strict=True)]
        out.writerow(["Total", *sums, sum(sums)])


def tidy(path: str, rows: int, rng: random.Random) -> None:
    """A clean tidy table: four dimensions and six measures, one row an observation."""
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        dimensions = ["Status", "Area", "Month", "Payment group"]
        measures = ["Referrals", "Attachments", "Job starts", "Net referrals", "Individuals referred", "Starts"]
        out.writerow([*dimensions, *measures])
        for i in range(rows):
            key = ["Internal MI", f"Area {i % 400}", f"2012-{i // 400 % 12 + 1:02}", f"PG{i // 4800 % 9 + 1}"]
            out.writerow(key + [rounded(rng) for _ in range(6)])


class Case(NamedTuple):
    """What is timed, against what."""

    name: str
    command: list[str]
    loop: list[str] | None
    cells: int
    limit: str  # what is aimed at


def cases(folder: str) -> list[Case]:
    """Make the files and say what is run on them."""
    rng = random.Random(20)
    small, large = os.path.join(folder, "small.csv"), os.path.join(folder, "tidy.csv")
    many = os.path.join(folder, "many")
    os.mkdir(many)
    cross(small, 20, 10, rng)
    tidy(large, 100_000, rng)
    for i in range(200):
        cross(os.path.join(many, f"{i:03}.csv"), 50, 10, rng)
    report = ["--output", "json", "--isolated"]
    loop = [sys.executable, "-c", LOOP]
    files = [os.path.join(many, name) for name in sorted(os.listdir(many))]
    return [
        Case("--version", [*LINT, "--version"], None, 0, "2.5 x bare"),
        Case("20 x 10 CSV", [*LINT, "check", *report, small], [*loop, small], 200, "12 x bare"),
        Case("200 CSVs of 50 x 10", [*LINT, "check", *report, many], [*loop, *files], 100_000, "40 x bare"),
        Case("tidy CSV 100,000 x 10", [*LINT, "check", *report, large], [*loop, large], 1_000_000, "1M cells/s"),
    ]


def main() -> None:
    """Print one line a case: median of the runs, in turn with the bare interpreter and the loop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    print(f"{'':24}{'wall s':>8}{'x bare':>8}{'x loop':>8}{'cells/s':>12}{'MiB':>7}{'bytes/cell':>12}   aimed at")
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(folder):
            measure(case, runs)


def measure(case: Case, runs: int) -> None:
    """Time one case in turn with its yardsticks; bytes a cell are those above 150 MiB."""
    run(case.command)
    bare, loop, own = [], [], []
    for _ in range(runs):
        bare.append(run(BARE))
        own.append(run(case.command))
        if case.loop:
            loop.append(run(case.loop))
    wall = statistics.median(r.seconds for r in own)
    ratio = statistics.median(o.seconds / b.seconds for o, b in zip(own, bare, strict=True))
    versus = statistics.median(o.seconds / r.seconds for o, r in zip(own, loop, strict=True)) if loop else None
    peak = statistics.median(r.mib for r in own)
    above = max(peak - 150, 0) * 2**20 / case.cells if case.cells else 0
    print(
        f"{case.name:24}{wall:8.3f}{ratio:8.1f}{f'{versus:8.1f}' if versus else '       -'}"
        f"{case.cells / wall:12,.0f}{peak:7.0f}{above:12.0f}   {case.limit}"
    )


if __name__ == "__main__":
    main()
