"""The guidance's sentences on the release, N6 to N8 and N13 to N17: cases on each side of every date."""

import json
from pathlib import Path

import pytest

from wpmi_lint.cli import main

from .conftest import TABLE, Write

Change = tuple[str, str]
NO_CHANGE: Change = ("", "")


def verdicts(folder: Path, capsys: pytest.CaptureFixture[str]) -> set[tuple[str, str]]:
    """(rule, verdict) of all findings on a release."""
    main(["release", str(folder), "--isolated", "--output", "json"])
    return {(one["rule"], one["verdict"]) for one in json.loads(capsys.readouterr().out)["findings"]}


def on(date: str) -> Change:
    return ("date: 2012-09-28", f"date: {date}")


def suspension(words: str) -> Change:
    return ("approvers:\n", f"suspensions:\n  - {{{words}, reason: x}}\napprovers:\n")


PASS: set[tuple[str, str]] = set()
FAIL_501, FAIL_502, FAIL_503 = ({(f"WP50{i}", "fail")} for i in (1, 2, 3))
REVIEW_503 = {("WP503", "review")}
FAIL_504, FAIL_505 = {("WP504", "fail")}, {("WP505", "fail")}

CASES = [
    ("all in order", [], [], PASS),
    # N6: the authority lies in the area in which the provider delivers
    ("N6: another area", [("authority: Leeds City Council", "authority: Sheffield")], [], {*FAIL_503}),
    ("N6: last day before the contract", [], [("from: 2011-06-01", "from: 2012-09-29")], FAIL_503),
    ("N6: first day of the contract", [], [("from: 2011-06-01", "from: 2012-09-28")], PASS),
    ("N6: last day of the contract", [], [("to: 2016-05-31", "to: 2012-09-28")], PASS),
    ("N6: first day after the contract", [], [("to: 2016-05-31", "to: 2012-09-27")], FAIL_503),
    ("N6: no contract", [("provider: Northern Example Ltd", "provider: Other Ltd")], [], FAIL_503),
    # N7: agreed and signed before sharing, and still in force
    ("N7: signed on the day", [], [("signed: 2012-07-05", "signed: 2012-09-28")], PASS),
    ("N7: signed a day late", [], [("signed: 2012-07-05", "signed: 2012-09-29")], FAIL_501),
    ("N7: agreed on the day of signing", [], [("agreed: 2012-07-02", "agreed: 2012-07-05")], PASS),
    ("N7: signed before it was agreed", [], [("agreed: 2012-07-02", "agreed: 2012-07-06")], FAIL_501),
    ("N7: not agreed", [], [("    agreed: 2012-07-02\n", "")], FAIL_501),
    ("N7: not signed", [], [("    signed: 2012-07-05\n", "")], FAIL_501),
    ("N7: last day", [], [("expires: 2013-07-04", "expires: 2012-09-28")], PASS),
    ("N7: expired the day before", [], [("expires: 2013-07-04", "expires: 2012-09-27")], FAIL_501),
    ("N7: withdrawn from the next day", [], [("expires: 2013-07-04", "withdrawn: 2012-09-29")], PASS),
    ("N7: withdrawn from the day", [], [("expires: 2013-07-04", "withdrawn: 2012-09-28")], FAIL_501),
    ("N7: none named", [("agreement: LCA-014\n", "")], [], {*FAIL_501, *FAIL_505}),
    ("N7: not in the register", [("agreement: LCA-014", "agreement: LCA-999")], [], {*FAIL_501, *FAIL_505}),
    ("N7: another provider's", [], [("    version: 1\n", "    provider: Other Ltd\n")], FAIL_501),
    ("N7: another authority's", [], [("authority: Leeds City Council", "authority: Bradford")], {*FAIL_501, *FAIL_505}),
    # N8: a representative, in post
    ("N8: first day in post", [], [("from: 2012-07-01\n", "from: 2012-09-28\n")], PASS),
    ("N8: the day before", [], [("from: 2012-07-01\n", "from: 2012-09-29\n")], FAIL_502),
    ("N8: last day in post", [], [("to: 2013-06-30", "to: 2012-09-28")], PASS),
    ("N8: the day after", [], [("to: 2013-06-30", "to: 2012-09-27")], FAIL_502),
    ("N8: none named", [("representative: Ann Example\n", "")], [], FAIL_502),
    ("N8: not in the register", [("representative: Ann Example", "representative: Bob Example")], [], FAIL_502),
    ("N8: of another authority", [], [("    authority: Leeds\n", "    authority: York\n")], FAIL_502),
    # N15, N16: suspended by the provider or DWP, all or some authorities, both ends included
    ("N15: first day", [], [suspension("by: provider, authorities: all, from: 2012-09-28")], FAIL_504),
    ("N15: the day before", [], [suspension("by: provider, authorities: all, from: 2012-09-29")], PASS),
    ("N16: last day", [], [suspension("by: DWP, authorities: [Leeds], from: 2012-09-01, to: 2012-09-28")], FAIL_504),
    ("N16: the day after", [], [suspension("by: DWP, authorities: [Leeds], from: 2012-09-01, to: 2012-09-27")], PASS),
    ("N16: another authority", [], [suspension("by: DWP, authorities: [York], from: 2012-09-01")], PASS),
    (
        "N15: another provider",
        [],
        [suspension("by: provider, provider: Other, authorities: all, from: 2012-09-01")],
        PASS,
    ),
    # N17: only permitted recipients
    ("N17: a permitted copy", [("kind:", "copies_to: Leeds City Region LEP\nkind:")], [], PASS),
    ("N17: a copy that is not", [("kind:", "copies_to: Daily Example\nkind:")], [], FAIL_505),
]


@pytest.mark.parametrize(("manifest", "register", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_a_sentence_of_the_guidance(
    write: Write,
    capsys: pytest.CaptureFixture[str],
    manifest: list[Change],
    register: list[Change],
    expected: set[tuple[str, str]],
) -> None:
    found = verdicts(write(manifest=tuple(manifest), register=tuple(register)), capsys)
    if "Sheffield" in str(manifest):  # neither agreement nor representative nor table is Sheffield's
        found -= {*FAIL_501, *FAIL_502, *FAIL_505, ("WP402", "fail")}
    assert found == expected


def test_n6_an_area_that_is_not_certain_is_for_a_person(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    leeds_to_camden = (
        ("authority: Leeds City Council", "authority: Camden"),
        ("authority: Leeds\n", "authority: Camden\n"),
    )
    for area in ("West London", "East London"):
        folder = write(
            manifest=(leeds_to_camden[0], ("area: West Yorkshire", f"area: {area}")),
            register=(*leeds_to_camden, ("area: CPA16", f"area: {area}")),
            files={"referrals.csv": TABLE.replace("Leeds City Council", "the London Borough of Camden")},
        )
        assert verdicts(folder, capsys) == REVIEW_503


PUBLISHED = TABLE.replace("Internal MI for Leeds City Council only", "Published: in the public domain")
SOURCE = "Source: DWP statistical summary, July 2012\n"
PUBLICATION = "label: published\n    publication: {title: Statistical summary, date: %s}"


@pytest.mark.parametrize(
    ("label", "table", "expected"),
    [
        ("label: internal", TABLE, PASS),
        ("label: internal", TABLE.replace("Internal MI for Leeds City Council only", ""), {("WP401", "fail")}),
        ("label: internal", PUBLISHED + SOURCE, {("WP402", "fail")}),
        ("label: internal", TABLE.replace("Leeds City Council", "Bradford"), {("WP402", "fail")}),
        ("label: published", TABLE, {("WP402", "fail"), ("WP403", "fail")}),
        (PUBLICATION % "2012-09-28", PUBLISHED + SOURCE, PASS),
        (PUBLICATION % "2012-09-29", PUBLISHED + SOURCE, {("WP402", "fail")}),
        (PUBLICATION % "2012-07-01", PUBLISHED, {("WP403", "fail")}),
        ("label: published", PUBLISHED + SOURCE, {("WP403", "fail")}),
        ("table: Other\n    label: internal", TABLE, {("WP401", "fail")}),
    ],
)
def test_n13_file_and_manifest_say_what_is_published(
    write: Write, capsys: pytest.CaptureFixture[str], label: str, table: str, expected: set[tuple[str, str]]
) -> None:
    folder = write(manifest=(("label: internal", label),), files={"referrals.csv": table})
    assert verdicts(folder, capsys) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("kind: routine", PASS),
        ("kind: ad hoc", {("WP507", "review")}),
        ("kind: bespoke", {("WP507", "review")}),
        ("kind: ad hoc\ncompare_with: ../2012-06", PASS),
    ],
)
def test_r3_other_reports_are_compared(
    write: Write, capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str, expected: set[tuple[str, str]]
) -> None:
    folder = write()
    (tmp_path / "2012-06").mkdir()
    (tmp_path / "2012-06/release.yaml").write_text((folder / "release.yaml").read_text().replace("09-28", "06-28"))
    assert verdicts(write(manifest=(("kind: routine", kind),)), capsys) == expected
