"""One dialect of globs, with what each place adds to it."""

from pathlib import Path

import pytest

from wpmi_lint.paths import any_file, glob_fault, matches, matches_file


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        ("a.csv", "*.csv", True),
        ("deep/down/a.csv", "*.csv", True),
        ("build/a.csv", "build", True),
        ("build/a.csv", "build/", True),
        ("x/build/a.csv", "build", True),
        ("x/build/a.csv", "/build", False),
        ("x/build/a.csv", "build/*", False),
        ("rebuild/a.csv", "build", False),
        ("a/b/c.csv", "a/*/c.csv", True),
        ("a/b/b/c.csv", "a/*/c.csv", False),
        ("a/b/b/c.csv", "a/**/c.csv", True),
        ("a/c.csv", "a/**/c.csv", True),
        ("a/c.csv", "a/**", True),
        ("ab.csv", "a?.csv", True),
        ("a.b+c.csv", "a.b+c.csv", True),
        ("axb+c.csv", "a.b+c.csv", False),
        ("A.CSV", "*.csv", False),
        ("a.csv", "./a.csv", True),
        ("a/b.csv", "a\\b.csv", True),
        ("a\\b.csv", "a/b.csv", True),
        ("build/", "build/", True),
        ("build", "build/", False),
    ],
)
def test_globs(path: str, pattern: str, expected: bool) -> None:
    assert matches(path, [pattern]) is expected


@pytest.mark.parametrize("name", ["data [1].csv", "[1.csv", "[z-a].csv", "[[:alpha:]].csv", "#1.csv", "!1.csv", "1 "])
def test_signs_of_file_names_mean_themselves(name: str) -> None:
    assert matches(name, [name])
    assert matches(f"deep/{name}", [name])
    assert matches_file(name, name)
    assert matches_file(f"deep/{name}", f"*/{name}")
    assert not matches("data 1.csv", [name])


@pytest.mark.parametrize(
    ("name", "pattern", "fits"),
    [
        ("a.csv", "a.csv", True),
        ("a.csv", "/a.csv", True),
        ("a.csv", "*.csv", True),
        ("b/a.csv", "*.csv", False),
        ("b/a.csv", "a.csv", False),
        ("b/a.csv", "*", False),
        ("b/a.csv", "b", False),
        ("b/a.csv", "b/", True),
        ("x/b/a.csv", "b/", False),
        ("b/a.csv", "**/*.csv", True),
        ("a.csv", "**/*.csv", True),
        ("b.csv/a.txt", "**/*.csv", False),
        ("b/c/a.csv", "b/**", True),
        ("b/c/a.csv", "b/*/a.csv", True),
        ("b/c/a.csv", "b/*", False),
        ("b/a.csv", "./b/a.csv", True),
        ("b/a.csv", "b/./a.csv", True),
        ("/".join("a" * 40), "/".join(["**"] * 40) + "/b", False),
    ],
)
def test_paths_of_manifests_and_waivers_begin_at_their_folder_and_name_files(
    name: str, pattern: str, fits: bool
) -> None:
    assert matches_file(name, pattern) is fits


@pytest.mark.parametrize(
    ("glob", "words"),
    [
        ("*a" * 20 + "b", "more than 3 * in a name"),
        ("**/a/**/a/**/b", "2 ** in all"),
        ("/", "names no file"),
        ("./", "names no file"),
        ("*2012*q3*.csv", ""),
        ("a/**/b/**/*.csv", ""),
    ],
)
def test_globs_that_would_take_too_long_or_name_nothing_are_refused(glob: str, words: str) -> None:
    assert words in glob_fault(glob)
    assert bool(words) == bool(glob_fault(glob))


def test_the_worst_glob_that_is_read_is_not_slow() -> None:
    assert not matches("a" * 255, ["*a*a*ab"])
    assert not matches("a/" * 500 + "c", ["**/a/**/b"])


def test_whether_any_file_is_there(tmp_path: Path) -> None:
    (tmp_path / "a" / ".hidden").mkdir(parents=True)
    (tmp_path / "a" / "data [1].csv").write_text("")
    (tmp_path / "a" / ".hidden" / "x.tsv").write_text("")
    for glob in ("a/data [1].csv", "a/*.csv", "*/data [1].csv", "**/*.csv", "a/"):
        assert any_file(str(tmp_path), glob), glob
    for glob in ("a/data 1.csv", "*.csv", "b/*.csv", "**/*.tsv"):
        assert not any_file(str(tmp_path), glob), glob
