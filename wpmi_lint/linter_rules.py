"""The linter's own rules, which no policy can switch off: on what could not be read or understood, and on policies."""

from __future__ import annotations

from wpmi_lint.records import NamedTuple


class LinterRule(NamedTuple):
    """A rule of the linter itself."""

    code: str
    name: str
    title: str
    why: str
    fix: str


_RULES = (
    LinterRule(
        code="WL001",
        name="unreadable",
        title="Every file given can be read",
        why="a file that was not read was not checked",
        fix="mend or replace the file, then check again",
    ),
    LinterRule(
        code="WL002",
        name="no-table",
        title="Every file given holds a table",
        why="a file without a table was not checked",
        fix="if the file is not meant to be released, exclude it in wpmi-lint.yaml; else describe its layout there",
    ),
    LinterRule(
        code="WL003",
        name="policy-status",
        title="The policy is in force on the date",
        why="a policy out of force says nothing about a release",
        fix="choose the policy in force, or give the date with --as-at",
    ),
    LinterRule(
        code="WL004",
        name="waiver",
        title="Every waiver is in order",
        why="a waiver that is expired, unused or too wide hides what it should not",
        fix="correct or remove the waiver",
    ),
    LinterRule(
        code="WL005",
        name="not-understood",
        title="Every part of a table is understood",
        why="rules were not run on what was not understood",
        fix="run `wpmi-lint tables` on the file, and state the layout in wpmi-lint.yaml where the tool got it wrong",
    ),
    LinterRule(
        code="WL007",
        name="limit",
        title="Nothing given lies beyond a limit of the tool",
        why="what lies beyond a limit was not checked",
        fix="make the file smaller, or check by hand what the tool did not",
    ),
)
LINTER_RULES = {rule.code: rule for rule in _RULES}
