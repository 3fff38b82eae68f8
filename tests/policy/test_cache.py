"""Resolved policies on disk: private, never trusted blindly, never in the way."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from wpmi_lint import policy, resources
from wpmi_lint.policy import cache, loading
from wpmi_lint.policy.loading import write_compiled

TEXT = 'policy mine version 1.0\nsource S is "Book"\nrule AA1 a "A"\n cites S "P"\n for every table ask "Is {title}?"\n'


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "mine.wpmi"
    path.write_text(TEXT)
    return path


def entries() -> list[Path]:
    return list(Path(cache.folder()).iterdir()) if Path(cache.folder()).exists() else []


def test_an_installed_policy_needs_no_cache_and_no_parser(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_compiled(str(mine.parent / "compiled"))  # as the build of a wheel does
    monkeypatch.setattr(cache, "compiled", lambda: str(mine.parent / "compiled"))
    monkeypatch.setattr(loading, "compile_text", lambda _: pytest.fail("parsed"))
    assert policy.load("work-programme").path == "policies/work-programme/policy.wpmi"
    assert entries() == []


def test_a_compiled_form_of_another_text_is_passed_over(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in map(Path, write_compiled(str(mine.parent / "compiled"))):
        path.write_text("0" * 64 + "\n" + path.read_text().partition("\n")[2])
    monkeypatch.setattr(cache, "compiled", lambda: str(mine.parent / "compiled"))
    assert policy.load("work-programme").name == "work-programme"


@pytest.mark.parametrize("name", resources.bundled())
def test_a_policy_survives_json(name: str) -> None:
    whole = loading.compile_text(loading.find(name))
    again = cache.decode(cache.encode(whole))
    assert again == whole
    assert type(again.rules[0].sentences[0]) is type(whole.rules[0].sentences[0])


def test_the_second_load_comes_from_the_cache(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = policy.load(str(mine))
    monkeypatch.setattr(loading, "compile_text", lambda _: pytest.fail("parsed again"))
    assert policy.load(str(mine)) == first
    mine.write_text(TEXT.replace('"A"', '"B"'))
    with pytest.raises(BaseException, match="parsed again"):
        policy.load(str(mine))


def test_the_oldest_entries_are_forgotten(mine: Path) -> None:
    for number in range(cache.MOST_ENTRIES + 3):
        mine.write_text(TEXT.replace('"A"', f'"A {number}"'))
        policy.load(str(mine))
    assert len(entries()) == cache.MOST_ENTRIES
    assert "A 52" in "".join(entry.read_text() for entry in entries())


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_only_its_owner_can_read_it(mine: Path) -> None:
    policy.load(str(mine))
    (entry,) = entries()
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    assert stat.S_IMODE(entry.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", "[99]", "[[99]]", "[[0,[7]]]", '{"a": 1}', "[17, 1]", "[[17, 1]]", "null", "[" * 5000]
)
def test_a_damaged_entry_is_passed_over(mine: Path, damage: str) -> None:
    first = policy.load(str(mine))
    (entry,) = entries()
    key = entry.read_text().partition("\n")[0]
    entry.write_text(f"{key}\n{damage}")
    assert policy.load(str(mine)) == first


def test_an_entry_under_a_wrong_name_is_passed_over(mine: Path) -> None:
    policy.load(str(mine))
    (entry,) = entries()
    entry.write_text("0" * 64 + "\n" + entry.read_text().partition("\n")[2])
    assert policy.load(str(mine)).name == "mine"


def test_no_cache_can_be_written(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = mine.parent / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert policy.load(str(mine)).name == "mine"


def test_an_entry_is_json_and_holds_no_path(mine: Path) -> None:
    policy.load(str(mine))
    (entry,) = entries()
    body = entry.read_text().partition("\n")[2]
    for line in body.splitlines():
        json.loads(line)
    assert str(mine.parent) not in body


def test_a_warm_load_imports_no_parser(mine: Path) -> None:
    policy.load(str(mine))
    code = f"import sys; from wpmi_lint import policy; policy.load({str(mine)!r}); sys.exit('lark' in sys.modules)"
    root = Path(policy.__file__).parent.parent.parent
    assert subprocess.run([sys.executable, "-c", code], cwd=root, env=dict(os.environ), check=False).returncode == 0
