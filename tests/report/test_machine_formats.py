import json
import xml.etree.ElementTree as ElementTree

import pytest

from tests.report import factory
from wpmi_lint.model import Figure
from wpmi_lint.report import render
from wpmi_lint.report.disclosure import redact
from wpmi_lint.report.fingerprint import fingerprints

HOSTILE = '%0A::error::x\n::set-output name=a::b <a>&"]]>\x1b'


def hostile() -> str:
    return "release 100%/a,b:c.csv"


def test_sarif_has_what_code_scanning_asks_for() -> None:
    document = json.loads(render("sarif", redact(factory.whole(), "published")))
    run = document["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        physical = result["locations"][0]["physicalLocation"]
        assert physical["region"]["startLine"] >= 1
        assert not physical["artifactLocation"]["uri"].startswith("/")
        assert "\n" not in result["message"]["text"]
    marks = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert len(set(marks)) == len(marks)
    assert sum("suppressions" in result for result in run["results"]) == 1
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == 1
    cell = run["results"][0]["locations"][0]["logicalLocations"][0]
    assert cell["fullyQualifiedName"] == "Table 3!F9"


def test_fingerprints_follow_headers_and_never_figures() -> None:
    one = factory.unrounded()
    moved = one._replace(place=one.place._replace(cell="B30", line=30, column=2), message=("other ", Figure("17")))
    other = one._replace(place=one.place._replace(row_header=("York",)))
    marks = [next(iter(fingerprints([finding])))[1] for finding in (one, moved, other)]
    assert marks[0] == marks[1] != marks[2]
    assert len({mark for _, mark in fingerprints([one, moved])}) == 2


def test_github_commands_cannot_be_ended_by_a_file() -> None:
    report = factory.whole()
    finding = factory.unrounded(path=hostile())._replace(message=(HOSTILE,), fix=())
    text = render("github", redact(report._replace(files=(report.files[0]._replace(findings=(finding,)),)), "all"))
    first, *rest = text.splitlines()
    assert first.startswith("::error file=release 100%25/a%2Cb%3Ac.csv,title=WP101 unrounded-count,line=9,col=18::")
    assert not any(line.startswith("::") for line in rest)


def test_github_tells_the_gravest_first() -> None:
    text = render("github", redact(factory.whole(), "published"))
    kinds = [line.split()[0] for line in text.splitlines() if line.startswith("::")]
    assert kinds == ["::error", "::error", "::error", "::warning", "::notice"]


def test_junit_is_well_formed_and_counts_what_passed() -> None:
    report = factory.whole()
    finding = factory.unrounded(path=HOSTILE)._replace(message=(HOSTILE,), clause=HOSTILE)
    files = (*report.files, report.files[0]._replace(path=HOSTILE, findings=(finding,)))
    root = ElementTree.fromstring(render("junit", redact(report._replace(files=files), "all")))
    for suite in root:
        assert int(suite.get("tests", 0)) == len(suite)
        assert int(suite.get("failures", 0)) == len(suite.findall(".//failure"))
        assert int(suite.get("skipped", 0)) == len(suite.findall(".//skipped"))
    assert any(len(case) == 0 for case in root[0]), "rules that passed are cases too"


@pytest.mark.parametrize("inside", [True, False])
def test_gitlab(inside: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI_PROJECT_DIR", "/builds/mi")
    report = factory.whole()
    path = "/builds/mi/out/a.csv" if inside else "out/a.csv"
    files = (report.files[1]._replace(findings=(factory.unrounded(path=path),)),)
    entries = json.loads(render("gitlab", redact(report._replace(files=files), "published")))
    assert [entry["location"]["path"] for entry in entries] == ["out/a.csv"]
    assert {"description", "check_name", "fingerprint", "severity", "location"} <= entries[0].keys()
