"""The one layout of a policy."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wpmi_lint.cli import main
from wpmi_lint.errors import PolicyError
from wpmi_lint.policy.format import formatted, means_the_same, rewritten
from wpmi_lint.policy.parse import parse

POLICIES = sorted((Path(__file__).parent.parent.parent / "policies").rglob("*.wpmi"))

MESSY = """POLICY   mine "Mine"  version 1.0
-- about the book
source S is “A book”
   edition "1"
let base is 20   --  our choice
measure referrals named "referral*" ,
"refs"
not "ref  date"
rule AA1 one "One"
    cites S "Part" :
    "a  sentence -- with hyphens"
  For every count where value is present
  and ( label is absent or value is at least 5 )
      -- why
  require value is a multiple of base
  check smallest_base ( at_least : base )



example "x"
| a | Referrals |
  | long name | 3 |
  expect AA1 at "B2"
"""

NEAT = """policy mine "Mine" version 1.0
-- about the book
source S is "A book"
  edition "1"
let base is 20  --  our choice
measure referrals named "referral*",
    "refs"
  not "ref  date"

rule AA1 one "One"
  cites S "Part":
    "a  sentence -- with hyphens"
  for every count where value is present
    and (label is absent or value is at least 5)
  -- why
  require value is a multiple of base
  check smallest_base(at_least: base)

example "x"
  | a         | Referrals |
  | long name | 3         |
  expect AA1 at "B2"
"""


def test_layout() -> None:
    assert formatted(MESSY) == NEAT
    assert formatted(NEAT) == NEAT
    assert means_the_same(parse(MESSY).tree, parse(NEAT).tree)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_bundled_policies_are_in_their_one_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_spacing_gives_the_same_layout(data: st.DataObject) -> None:
    gaps = st.sampled_from([" ", "  ", " \t "])
    lines = []
    for line in NEAT.splitlines():
        if line.startswith("  |") or '"' in line or "--" in line:
            lines.append(data.draw(st.sampled_from(["", " ", "\t"])) + line)
        else:
            lines.append(data.draw(gaps).join(line.split(" ")) if line.strip() else line)
        lines += [""] * data.draw(st.integers(0, 2)) if line == "" else []
    text = "\n".join(lines)
    assert formatted(text) == NEAT
    assert means_the_same(parse(text).tree, parse(NEAT).tree)


def test_a_policy_that_does_not_parse_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.wpmi"
    path.write_text("policy mine\n")
    with pytest.raises(PolicyError, match="version"):
        rewritten(str(path))


def test_a_file_is_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.wpmi"
    path.write_text(MESSY.replace("\n", "\r\n"))
    assert main(["policy", "fmt", "--check", str(path)]) == 1
    assert main(["policy", "fmt", str(path)]) == 0
    assert path.read_bytes() == NEAT.encode()
    assert main(["policy", "fmt", "--check", str(path)]) == 0


def test_a_long_text_takes_no_time() -> None:
    for words in ("word " * 20_000, "x" * 3_000 + " word" * 20_000, "for every word " * 5_000):
        text = f'policy x version 1\nsummary "{words}"\n'
        begun = time.perf_counter()
        after = formatted(text)
        assert time.perf_counter() - begun < 5
        assert sorted(map(len, after.split("\n")))[-2] <= 120
        assert means_the_same(parse(after).tree, parse(text).tree)


def test_many_comments_take_no_time() -> None:
    text = NEAT + "-- why\n\n" * 50_000
    begun = time.perf_counter()
    assert formatted(text).count("-- why") == 50_001
    assert time.perf_counter() - begun < 10
