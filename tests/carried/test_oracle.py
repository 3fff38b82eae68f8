"""Real workbooks: what an oracle found in them is found, and of what it says is absent little is."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from wpmi_lint.carried import WAYS
from wpmi_lint.formats import hidden, open_file

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
LARGE = 200_000  # bytes: larger files are left to the benchmark

pytestmark = pytest.mark.skipif(not (CORPUS / "features" / "ORACLE.csv").is_file(), reason="no corpus here")


def test_oracle() -> None:
    expected: dict[str, set[str]] = {}
    with open(CORPUS / "features" / "ORACLE.csv", newline="") as stream:
        for row in csv.DictReader(stream):
            expected.setdefault(row["file"], set()).add(row["leak"].replace("_", "-"))
    counts: Counter[str] = Counter()
    for name, leaks in expected.items():
        file = CORPUS / name
        document = open_file(name, file.read_bytes())
        if len(document.data) > LARGE or document.unread:
            continue
        found = {thing.what for thing in hidden(document)}
        counts["found"] += len(found & leaks)
        if not document.refusals:  # what a part carries that was not read is not known, and that is a finding
            counts["missed"] += len((leaks - found) & WAYS.keys())
        counts["false"] += len(found - leaks)
    assert counts["missed"] <= 1  # a SUM over figures stored as text: the oracle adds them, a spreadsheet does not
    assert counts["found"] > 300
    assert counts["false"] <= 25
