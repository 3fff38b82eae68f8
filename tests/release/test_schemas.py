"""Every fault of manifest, register and waivers is one line that a person can act on."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from wpmi_lint import resources
from wpmi_lint.errors import UsageError
from wpmi_lint.release.gather import gather
from wpmi_lint.release.waivers import load_waivers

from .conftest import Write

SCHEMAS = ("config.schema.json", "manifest.schema.json", "register.schema.json", "waivers.schema.json")

MANIFEST_FAULTS = [
    (("provider: Northern Example Ltd\n", ""), '1:1: the key "provider" is missing: the provider that shares'),
    (("purpose: To", "porpose: To"), '10:1: porpose: unknown key "porpose"; did you mean "purpose"?'),
    (("provider: Northern Example Ltd", "provider: [a, b]"), "3:1: provider: expected words: the provider that shares"),
    (("kind: routine", "kind: adhoc"), '9:1: kind: expected routine or ad hoc or bespoke, found "adhoc"; did you mean'),
    (("date: 2012-09-28", "date: 2012-09-31"), 'found "2012-09-31"; there is no such day'),
    (("date: 2012-09-28", "date: 28/09/2012"), 'found "28/09/2012"; did you mean 2012-09-28?'),
    (("date: 2012-09-28", "date: 9/8/2012"), 'found "9/8/2012"; write year, month, day'),
    (("date: 2012-09-28", "date: 28 September 2012"), "did you mean 2012-09-28?"),
    (("date: 2012-09-28", "date: 2012-09-28T10:00"), "without the time (days are those of Europe/London)"),
    (("date: 2012-09-28", "date:"), "8:1: date: expected words: the day of the release, as 2012-06-28, found nothing"),
    (("authority: Leeds City", "authority: Leads City"), '5:1: authority: "Leads City Council" is not an authority'),
    (("area: West Yorkshire", "area: West Yorks"), '4:1: area: "West Yorks" is not a contract package area of Work Pr'),
    (("label: internal", "lable: internal"), '12:5: items[1]: the key "label" is missing: published'),
    (("label: internal", "lable: internal"), '13:5: items[1].lable: unknown key "lable"; did you mean "label"?'),
    (("label: internal", "label: secret"), 'items[1].label: expected published or internal, found "secret"'),
    (("label: internal", "label: internal\n    sha256: abc"), "expected the SHA-256 of the file, 64 characters"),
    (("path: referrals.csv", "path: ../referrals.csv"), "must lie in the manifest's folder"),
    (("path: referrals.csv", "path: /etc/passwd"), "must lie in the manifest's folder"),
    (("path: referrals.csv", 'path: "*.csv"\n    sha256: ' + "a" * 64), "a glob can name many files"),
    (("kind: routine", "kind: routine\nregister: none.yaml"), 'register: there is no file "none.yaml" beside'),
    (("kind: routine", "kind: routine\ncompare_with: ../old"), 'compare_with: there is no manifest "../old"'),
    (
        ("kind: routine", "kind: routine\ncompare_with: [../2012-09]"),
        '"../2012-09" of 2012-09-28 is not earlier than this one',
    ),
]

REGISTER_FAULTS = [
    (("id: LCA-014\n    version", "version"), '2:5: agreements[1]: the key "id" is missing: the id that manifests'),
    (("signed:", "signd:"), 'agreements[1].signd: unknown key "signd"; did you mean "signed"?'),
    (("agreed: 2012-07-02", "agreed: [2012-07-02]"), "agreements[1].agreed: expected words: the day on which"),
    (("agreed: 2012-07-02", "agreed: July 2012"), 'expected a date such as 2012-06-28, found "July 2012"'),
    (
        ("authority: Leeds\n", "authority: Leads\n"),
        'representatives[1].authority: "Leads" is not an authority of the reg',
    ),
    (("    to: 2013-06-30", "    to: 2012-06-30"), "ends on 2012-06-30, before it begins on 2012-07-01"),
    (("approvers:\n", "suspensions: soon\napprovers:\n"), "suspensions: expected a list (each line begins with -)"),
]


def one_line(folder: Path, words: str) -> str:
    """The one line of the errors that has the words."""
    with pytest.raises(UsageError) as caught:
        gather(str(folder))
    lines = [line for line in str(caught.value).splitlines() if words in line]
    assert len(lines) == 1, str(caught.value)
    return lines[0]


@pytest.mark.parametrize(("change", "words"), MANIFEST_FAULTS)
def test_faults_of_a_manifest(write: Write, change: tuple[str, str], words: str) -> None:
    folder = write(manifest=(change,))
    assert one_line(folder, words).startswith(f"{folder}/release.yaml:")


@pytest.mark.parametrize(("change", "words"), REGISTER_FAULTS)
def test_faults_of_a_register(write: Write, change: tuple[str, str], words: str) -> None:
    assert "register.yaml:" in one_line(write(register=(change,)), words)


def test_an_agreement_written_twice(write: Write) -> None:
    twice = "agreements:\n  - {id: LCA-014, version: 1, authority: Leeds}\n"
    with pytest.raises(
        UsageError,
        match=r'register\.yaml:3:5: agreements\[2\]\.id: duplicate "LCA-014" of the same version \(first in line 2\)',
    ):
        gather(str(write(register=(("agreements:\n", twice),))))


def test_two_faults_of_a_file_are_said_in_one_run_in_its_order(write: Write) -> None:
    folder = write(manifest=(("date: 2012-09-28", "date: soon"), ("kind: routine", "kind: x")))
    with pytest.raises(UsageError) as caught:
        gather(str(folder))
    assert [line.split(":")[1] for line in str(caught.value).splitlines()] == ["8", "9"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("waivers:\n  - rule: WP101\n", 'the key "reason" is missing: why this finding does no harm'),
        ("waiver: []\n", 'unknown key "waiver"; did you mean "waivers"?'),
        (
            "waivers: [{rule: A, file: a.csv, reason: x, approver: y, approved: 2012-02-01, expires: 2012-01-01}]\n",
            "waivers[1].expires: expires on 2012-01-01, before it was approved",
        ),
    ],
)
def test_faults_of_waivers(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(text)
    with pytest.raises(UsageError) as caught:
        load_waivers(str(path))
    assert sum(words in line for line in str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas_and_describe_every_key(name: str) -> None:
    schema = json.loads(Path(resources.schema(name)).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"

    def described(part: object) -> None:
        if isinstance(part, dict):
            for key, value in part.get("properties", {}).items():
                assert value.get("description"), key
            for value in part.values():
                described(value)

    described(schema)
