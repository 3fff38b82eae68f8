"""Gold annotations of real files, where they are at hand: floors a little under what is reached."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
FLOORS = {"body found": 0.79, "header rows": 0.96, "stub columns": 0.73, "statistic": 0.96, "total cells": 0.77}


@pytest.mark.skipif(not (CORPUS / "annotations.jsonl").exists(), reason="the corpus is not at hand")
def test_annotated_tables(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    import structure

    structure.main(str(CORPUS), False)
    lines = [line for line in capsys.readouterr().out.splitlines() if " all " in line]
    reached = {line[:14].strip(): float(line.split("F1")[1].split()[0]) for line in lines}
    for name, floor in FLOORS.items():
        assert reached[name] >= floor, f"{name}: {reached[name]}"
