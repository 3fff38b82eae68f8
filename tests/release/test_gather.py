"""What belongs to a release, and where register and waivers are found."""

import os
from pathlib import Path

import pytest

from wpmi_lint.errors import UsageError
from wpmi_lint.release.gather import find_manifests, gather

from .conftest import Write


def test_register_and_waivers_are_found_upwards_within_the_repository(write: Write, tmp_path: Path) -> None:
    folder = write()
    (tmp_path / "waivers.yaml").write_text("waivers: []\n")
    release = gather(str(folder))
    assert os.path.samefile(release.register.path, tmp_path / "register.yaml")
    assert os.path.samefile(release.waivers, tmp_path / "waivers.yaml")


def test_nothing_beyond_the_repository_is_read(write: Write, tmp_path: Path) -> None:
    folder = write()
    (folder / ".git").mkdir()
    release = gather(str(folder))
    assert (release.register.path, release.waivers) == ("", "")


def test_the_manifest_itself_may_be_named(write: Write) -> None:
    folder = write()
    assert gather(str(folder / "release.yaml")).files == gather(str(folder)).files


def test_no_release_there(write: Write, tmp_path: Path) -> None:
    write()
    with pytest.raises(UsageError, match="no such file or folder"):
        gather(str(tmp_path / "nowhere"))


def test_all_releases_below_a_folder(write: Write, tmp_path: Path) -> None:
    folder = write()
    (tmp_path / "2012-12" / "inner").mkdir(parents=True)
    for path in ("2012-12", "2012-12/inner"):
        (tmp_path / path / "release.yaml").write_text("")
    assert find_manifests(str(tmp_path)) == (f"{folder}/release.yaml", f"{tmp_path}/2012-12/release.yaml")
    assert find_manifests(str(folder)) == (f"{folder}/release.yaml",)


def test_a_manifest_of_nearly_the_right_name(tmp_path: Path) -> None:
    (tmp_path / "Release.yml").write_text("")
    with pytest.raises(UsageError) as caught:
        gather(str(tmp_path))
    assert caught.value.help == "there is Release.yml: rename it, or name it"


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no release\.yaml"):
        gather(str(tmp_path))


def test_a_linked_folder_is_not_passed_over(write: Write, tmp_path: Path) -> None:
    folder = write()
    (tmp_path / "elsewhere").mkdir()
    (folder / "more").symlink_to(tmp_path / "elsewhere")
    assert [file.name for file in gather(str(folder)).files] == ["more", "referrals.csv"]
