"""CSVW and Frictionless metadata beside a CSV file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wpmi_lint.formats import open_file
from wpmi_lint.model import Sheet

CSVW = {
    "@context": "http://www.w3.org/ns/csvw",
    "url": "table.csv",
    "dc:title": {"en": "Referrals by area"},
    "dc:description": "Rounded to 20",
    "notes": ["Source: DWP"],
    "label": "published",
    "tableSchema": {
        "columns": [
            {"name": "area", "titles": "Area", "datatype": "string"},
            {"name": "ref", "titles": {"en": ["ref", "Referrals"]}, "datatype": {"base": "integer"}, "unit": "persons"},
        ]
    },
}
FRICTIONLESS = {
    "title": "Work Programme",
    "resources": [
        {"path": "other.csv", "title": "Other"},
        {
            "path": "data/table.csv",
            "title": "Referrals by area",
            "description": "Rounded to 20",
            "sources": [],
            "schema": {"fields": [{"name": "ref", "title": "Referrals", "type": "integer", "unit": "persons"}]},
        },
    ],
}


def sheet(folder: Path, beside: str, value: object) -> Sheet:
    file = folder / "table.csv"
    file.write_text("area,ref\nLeeds,40\n")
    (folder / beside).write_text(value if isinstance(value, str) else json.dumps(value))
    found = open_file(str(file))
    assert not found.unread
    return found.sheets[0]


@pytest.mark.parametrize("beside", ["table.csv-metadata.json", "table-metadata.json", "csv-metadata.json"])
def test_csvw(tmp_path: Path, beside: str) -> None:
    for value in (CSVW, {"@context": "http://www.w3.org/ns/csvw", "tables": [CSVW]}):
        found = sheet(tmp_path, beside, value)
        assert found.title == "Referrals by area"
        assert found.notes == ("Source: DWP", "Rounded to 20")
        assert found.label == "published"
        assert found.units == {"ref": "persons"}


def test_frictionless(tmp_path: Path) -> None:
    found = sheet(tmp_path, "datapackage.json", FRICTIONLESS)
    assert found.title == "Referrals by area"
    assert found.notes == ("Rounded to 20",)
    assert found.units == {"ref": "persons"}


@pytest.mark.parametrize("value", ["{", "[]", {"tableSchema": 4, "url": 5}, {"resources": {"path": ["table.csv"]}}])
def test_metadata_that_say_nothing(tmp_path: Path, value: object) -> None:
    found = sheet(tmp_path, "table.csv-metadata.json", value)
    assert (found.title, found.notes, found.units) == ("", (), {})


def test_broken_metadata_are_said(tmp_path: Path) -> None:
    (tmp_path / "table.csv-metadata.json").write_text("{")
    file = tmp_path / "table.csv"
    file.write_text("area,ref\nLeeds,40\n")
    found = open_file(str(file))
    assert not found.unread
    assert "metadata" in found.remarks[0].words


def test_metadata_of_another_file_are_not_used(tmp_path: Path) -> None:
    assert sheet(tmp_path, "csv-metadata.json", {**CSVW, "url": "other.csv"}).title == ""


def test_given_data_have_nothing_beside_them(tmp_path: Path) -> None:
    (tmp_path / "table.csv-metadata.json").write_text(json.dumps(CSVW))
    found = open_file(str(tmp_path / "table.csv"), b"area,ref\nLeeds,40\n")
    assert not found.unread
    assert found.sheets[0].title == ""
