"""Whatever stands in a YAML file, the answer is data or one UsageError; prune cuts exactly what it should."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wpmi_lint.errors import UsageError
from wpmi_lint.release.gather import gather
from wpmi_lint.release.waivers import prune
from wpmi_lint.yaml_file import parse_yaml

from .conftest import MANIFEST, REGISTER, Write

SCRAPS = st.sampled_from(
    [
        "a",
        "-",
        ":",
        " ",
        "\n",
        "  ",
        "[",
        "]",
        "{",
        "}",
        "&x",
        "*x",
        "!t",
        "'",
        '"',
        "#",
        "|",
        ">",
        "?",
        "\t",
        "1",
        ",",
        "é",
    ]
)
LINES = (MANIFEST + REGISTER).splitlines()


@given(st.lists(SCRAPS, max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(UsageError):
        file = parse_yaml("f.yaml", text)
        assert file.mark(()).line >= 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(data=st.data())
def test_a_damaged_manifest_or_register_is_read_or_refused(write: Write, data: st.DataObject) -> None:
    folder = write()
    for path in (folder / "release.yaml", folder.parent / "register.yaml"):
        lines = path.read_text().splitlines()
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at] = data.draw(
            st.sampled_from([*LINES, "", lines[at] + " x", lines[at].replace(": ", ":"), "  - {}", "a: [b"])
        )
        path.write_text("\n".join(lines) + "\n")
    with contextlib.suppress(UsageError):
        gather(str(folder))


BETWEEN = st.sampled_from(["", "\n", "  # said\n", "# far left\n", "\n  # said\n  # and more\n"])


@given(st.lists(st.tuples(BETWEEN, st.booleans()), min_size=1, max_size=6), st.sampled_from(["", "  "]), BETWEEN)
def test_prune_leaves_exactly_the_others(entries: list[tuple[str, bool]], indent: str, tail: str) -> None:
    text = "# head\n\nwaivers:\n" + "".join(
        f"{before}{indent}- rule: R{i}\n{indent}  row:\n{indent}    - a  # why\n"
        for i, (before, _) in enumerate(entries)
    )
    left = prune("w.yaml", text + tail, {i for i, (_, gone) in enumerate(entries) if gone})
    value = parse_yaml("w.yaml", left).value
    assert isinstance(value, dict)
    kept = [{"rule": f"R{i}", "row": ["a"]} for i, (_, gone) in enumerate(entries) if not gone]
    assert value["waivers"] == kept
    assert left.startswith("# head\n\nwaivers:")


@pytest.mark.parametrize("text", ["waivers: [{rule: A}, {rule: B}]\n", "waivers:\n  - {rule: A}\n  -\n    rule: B\n"])
def test_prune_refuses_what_it_cannot_cut(text: str) -> None:
    with pytest.raises(UsageError, match="do not begin with a line"):
        prune("w.yaml", text, {0})
