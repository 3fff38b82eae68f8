"""Policies by name and path."""

from pathlib import Path

import pytest

from wpmi_lint import policy, resources
from wpmi_lint.errors import PolicyError, UsageError
from wpmi_lint.policy.examples import uncovered


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize("name", resources.bundled())
def test_bundled_policies_load_and_every_rule_has_examples(name: str) -> None:
    loaded = policy.load(name)
    assert loaded.name == name
    assert loaded.rules
    assert uncovered(loaded) == ()


def test_a_policy_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="neither a bundled policy nor a file"):
        policy.load("no-such-policy")


def test_a_policy_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "mine.wpmi"
    path.write_text('policy mine version 1.0\nrule WP1 x "X"\n  for every cel require value is 1\n')
    with pytest.raises(PolicyError, match="did you mean `cell`"):
        policy.load(str(path))
