"""The named checks that a policy can call, with their parameters; evaluate/ holds what they do."""

from __future__ import annotations

from wpmi_lint.records import NamedTuple


class Check(NamedTuple):
    """A check: the noun that it is for, and its parameters with their types."""

    noun: str
    parameters: tuple[tuple[str, str], ...]
    doc: str


CHECKS: dict[str, Check] = {
    "smallest_base": Check(
        "breakdown",
        (("at_least", "number"),),
        "fails where a whole of fewer than `at_least` explains all the shares as they are shown",
    ),
}
