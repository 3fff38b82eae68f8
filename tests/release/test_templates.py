"""The templates that `init` writes are a release that the tool reads, and name schemas that are there."""

import json
import re
from pathlib import Path

import pytest

from wpmi_lint.release.gather import gather
from wpmi_lint.release.templates import NAMES, files
from wpmi_lint.release.waivers import load_waivers


@pytest.fixture
def started(tmp_path: Path) -> Path:
    for name, text in files():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_they_are_read_as_they_are(started: Path) -> None:
    release = gather(str(started))
    assert [item.path for item in release.missing] == ["referrals.csv"]
    assert release.files == ()
    assert load_waivers(str(started / "waivers.yaml")).waivers == ()


@pytest.mark.parametrize("name", NAMES)
def test_their_first_line_names_a_schema_beside_them(started: Path, name: str) -> None:
    first = (started / name).read_text().splitlines()[0]
    schema = json.loads((started / first.removeprefix("# yaml-language-server: $schema=")).read_text())
    assert schema["$schema"].endswith("2020-12/schema")


def test_what_is_commented_out_is_right_too(started: Path) -> None:
    for name in NAMES:
        path = started / name
        head, _, body = path.read_text().partition("\n\n")
        body = re.sub(r"(?m)^( *)# (?!sha256)", r"\1", body)
        body = re.sub(r"(?m)^(suspensions|authorities|waivers): \[\]", r"\1:", body)
        path.write_text(f"{head}\n\n{body}".replace(": ../", ": ").replace("[../2012-06]", "[]"))
    release = gather(str(started))
    assert release.manifest.copies_to == ("Leeds City Region LEP",)
    assert [item.label for item in release.manifest.items] == ["internal", "published"]
    assert [row.by for row in release.register.suspensions] == ["DWP"]
    assert [waiver.rule for waiver in load_waivers(release.waivers).waivers] == ["WP303"]
