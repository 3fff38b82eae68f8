"""What manifest, register and files say becomes facts; names, dates and ends are those of the guidance."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from wpmi_lint.evaluate.columns import Facts
from wpmi_lint.nouns import NOUNS
from wpmi_lint.nouns.contract import Truths
from wpmi_lint.nouns.release_context import Marked, ReleaseContext
from wpmi_lint.release.gather import gather

from .conftest import TABLE, Write


def values(facts: Facts) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [{} for _ in range(facts.size)]
    for name, column in ((name, facts.column(name)) for name in facts.noun.fields):
        for i, row in enumerate(rows):
            if isinstance(column, Truths):
                row[name] = {1: True, 0: False}.get(int(column.values[i]))
            elif hasattr(column, "words"):
                row[name] = column.words[int(column.codes[i])]
            else:
                row[name] = float(column.values[i])
    return rows


def facts_of(
    folder: Path, noun: str, hashes: dict[str, str] | None = None, tables: Sequence[Marked] = ()
) -> list[dict[str, object]]:
    context = ReleaseContext(gather(str(folder)), hashes or {}, tables)
    return values(Facts(NOUNS[noun], NOUNS[noun].find(context)))


def test_an_agreement_with_its_dates(write: Write) -> None:
    (row,) = facts_of(write(), "agreement")
    assert row["registered"] is True
    assert (row["agreed"], row["signed"], row["expires"]) == ("2012-07-02", "2012-07-05", "2013-07-04")
    assert (row["withdrawn"], row["date"]) == (None, "2012-09-28")
    assert row["with_authority"] is True
    assert row["with_provider"] is True


@pytest.mark.parametrize("text", ["", "agreement:\n"])
def test_no_agreement_is_an_absent_one(write: Write, text: str) -> None:
    (row,) = facts_of(write(manifest=(("agreement: LCA-014\n", text),)), "agreement")
    assert (row["id"], row["registered"], row["signed"]) == (None, False, None)


def test_of_two_versions_the_one_signed_last_before_the_release_holds(write: Write) -> None:
    second = "agreements:\n  - {id: LCA-014, version: 2, authority: Leeds, signed: %s}\n"
    for signed, version in (("2012-09-28", "2"), ("2012-09-29", "1")):
        (row,) = facts_of(write(register=(("agreements:\n", second % signed),)), "agreement")
        assert row["version"] == version


def test_an_agreement_with_another_authority(write: Write) -> None:
    (row,) = facts_of(write(register=(("authority: Leeds City Council", "authority: Bradford"),)), "agreement")
    assert row["with_authority"] is False


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ("from: 2012-09-28\n    to: 2012-09-28", ("2012-09-28", "2012-09-28")),
        ("from: 2012-01-01\n    to: 2012-09-27", ("2012-01-01", "2012-09-27")),
        ("from: 2012-09-29", ("2012-09-29", None)),
    ],
)
def test_a_representative_with_a_time_in_post(write: Write, times: str, found: tuple[str, str]) -> None:
    (row,) = facts_of(write(register=(("from: 2012-07-01\n    to: 2013-06-30", times),)), "representative")
    assert row["for_authority"] is True
    assert (row["starts"], row["ends"]) == found


def test_of_two_times_in_post_the_one_on_the_date_holds(write: Write) -> None:
    more = "representatives:\n  - {name: ann example, authority: Leeds, from: 2010-01-01, to: 2010-12-31}\n"
    (row,) = facts_of(write(register=(("representatives:\n", more),)), "representative")
    assert row["starts"] == "2012-07-01"


def test_a_person_of_another_authority(write: Write) -> None:
    (row,) = facts_of(write(register=(("    authority: Leeds\n", "    authority: Bradford\n"),)), "representative")
    assert (row["registered"], row["for_authority"]) == (True, False)


def test_a_contract_by_the_code_of_its_area(write: Write) -> None:
    (row,) = facts_of(write(), "contract")
    assert (row["registered"], row["in_area"], row["confidence"]) == (True, True, "medium-high")
    assert (row["starts"], row["ends"]) == ("2011-06-01", "2016-05-31")


@pytest.mark.parametrize(
    ("authority", "in_area", "confidence"),
    [("Sheffield", False, "medium-high"), ("London Borough of Camden", False, "low")],
)
def test_authorities_outside_the_area(write: Write, authority: str, in_area: bool, confidence: str) -> None:
    (row,) = facts_of(write(manifest=(("authority: Leeds City Council", f"authority: {authority}"),)), "contract")
    assert (row["in_area"], row["confidence"]) == (in_area, confidence)


def test_the_register_knows_better_than_the_list(write: Write) -> None:
    own = "authorities:\n  - {name: Leeds City Region LEP, area: West Yorkshire, other_names: [LCR]}\nagreements:\n"
    change = ("authority: Leeds City Council", "authority: LCR")
    (row,) = facts_of(write(manifest=(change,), register=(("agreements:\n", own),)), "contract")
    assert (row["in_area"], row["confidence"]) == (True, "high")
    (row,) = facts_of(
        write(manifest=(change,), register=(("agreements:\n", own.replace(", area: West Yorkshire", "")),)), "contract"
    )
    assert (row["in_area"], row["confidence"], row["authority_area"]) == (None, None, None)


def test_recipients_and_whom_the_agreement_permits(write: Write) -> None:
    copies = ("agreement: LCA-014", "agreement: LCA-014\ncopies_to: [Leeds City Region LEP, Daily News]")
    rows = facts_of(write(manifest=(copies,)), "recipient")
    assert [(row["name"], row["role"], row["permitted"]) for row in rows] == [
        ("Leeds City Council", "authority", True),
        ("Leeds City Region LEP", "copy", True),
        ("Daily News", "copy", False),
    ]


@pytest.mark.parametrize(
    ("entry", "concerns"),
    [
        ("{by: DWP, authorities: all, from: 2012-09-01, reason: x}", True),
        ("{by: DWP, authorities: [City of Leeds], from: 2012-09-01, reason: x}", True),
        ("{by: DWP, authorities: [Bradford], from: 2012-09-01, reason: x}", False),
        ("{by: provider, provider: Other, authorities: all, from: 2012-09-01, reason: x}", False),
        ("{by: provider, provider: northern example ltd, authorities: all, from: 2012-09-01, reason: x}", True),
    ],
)
def test_whom_a_suspension_concerns(write: Write, entry: str, concerns: bool) -> None:
    (row,) = facts_of(write(register=(("approvers:\n", f"suspensions:\n  - {entry}\napprovers:\n"),)), "suspension")
    assert (row["concerns"], row["starts"], row["ends"]) == (concerns, "2012-09-01", None)


def test_items_that_are_listed_missing_unlisted_or_changed(write: Write) -> None:
    right = hashlib.sha256(TABLE.encode()).hexdigest()
    item = "label: internal\n    sha256: " + right.upper() + "\n  - path: gone.csv\n    label: published"
    folder = write(manifest=(("label: internal", item),), files={"referrals.csv": TABLE, "sub/extra.csv": TABLE})
    rows = facts_of(folder, "item", {"referrals.csv": right})
    assert [(row["path"], row["listed"], row["found"], row["unchanged"]) for row in rows] == [
        ("referrals.csv", True, True, True),
        ("sub/extra.csv", False, True, None),
        ("gone.csv", True, False, None),
    ]
    (row, *_) = facts_of(folder, "item", {"referrals.csv": "0" * 64})
    assert row["unchanged"] is False


def test_what_the_tool_reads_is_no_item_and_what_lies_below_is(write: Write) -> None:
    folder = write(files={"referrals.csv": TABLE, "a/waivers.yaml": "", "x.receipt.json": "{}", ".DS_Store": ""})
    (folder / "wpmi-lint.yaml").write_text("")
    (folder / ".hidden.csv").write_text("")
    found = [row["path"] for row in facts_of(folder, "item")]
    assert found == [
        ".hidden.csv",
        "a/waivers.yaml",
        "referrals.csv",
        "x.receipt.json",
    ]  # which only says that it is one


def test_the_item_that_names_a_table_most_exactly_marks_it(write: Write) -> None:
    more = "label: internal\n  - path: '*.csv'\n    table: Job*\n    label: published"
    folder = write(manifest=(("label: internal", more),))
    tables = [
        Marked("referrals.csv", "A1:B4", "", "Referrals", "A1:B4", "internal"),
        Marked("referrals.csv", "A6:B9", "", "Job starts", "A6:B9", None),
    ]
    rows = facts_of(folder, "marking", tables=tables)
    assert [(row["stated"], row["label"], row["other_label"]) for row in rows] == [
        ("internal", "internal", None),
        (None, "published", None),
    ]


def test_two_items_that_contradict_each_other(write: Write) -> None:
    more = "label: internal\n  - path: '*.csv'\n    label: published"
    table = Marked("referrals.csv", "A1:B4", "", "Referrals", "A1:B4", None)
    (row,) = facts_of(write(manifest=(("label: internal", more),)), "marking", tables=[table])
    assert (row["label"], row["other_label"]) == ("internal", "published")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Referrals. Internal MI for Leeds City Council only", True),
        ("Referrals. Internal MI for the City of Leeds only", True),
        ("Referrals. Internal MI for Bradford only", False),
        ("Referrals. For internal use only", None),
        ("Referrals for Bradford", None),
    ],
)
def test_whom_a_table_says_to_be_for(write: Write, title: str, expected: bool | None) -> None:
    table = Marked("referrals.csv", "A1:B4", "", title, "A1:B4", "internal")
    (row,) = facts_of(write(), "marking", tables=[table])
    assert row["for_recipient"] is expected


def test_facts_stand_at_their_line(write: Write) -> None:
    folder = write()
    place = NOUNS["agreement"].find(ReleaseContext(gather(str(folder)), {}, ())).place(0)
    assert (place.path, place.line, place.column) == (f"{folder}/release.yaml", 7, 1)


def test_earlier_releases_count(write: Write, tmp_path: Path) -> None:
    folder = write()
    old = tmp_path / "2012-06"
    old.mkdir()
    (old / "release.yaml").write_text((folder / "release.yaml").read_text().replace("2012-09-28", "2012-06-28"))
    folder = write(manifest=(("kind: routine", "kind: bespoke\ncompare_with: ../2012-06"),))
    (row,) = facts_of(folder, "release")
    assert (row["kind"], row["earlier"], row["agreement.signed"]) == ("bespoke", 1, "2012-07-05")
