"""Examples inside a policy: tables and what they must give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.a1 import parse_address
from wpmi_lint.nouns import NOUNS
from wpmi_lint.policy import resolved as r
from wpmi_lint.policy.conditions import describe
from wpmi_lint.policy.families import cells as row_cells
from wpmi_lint.policy.problems import did_you_mean, listed
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpmi_lint.nouns.contract import Field
    from wpmi_lint.policy.scope import Scope
    from wpmi_lint.policy.syntax import ExampleItem, Expect, Word

GIVEN = ("label", "title", "sheet", "file", "date", "note")
VERDICTS = ("fail", "review", "not-checked")
# how a value of a type is written, and one of them
_FORMS = {
    "truth": ("true|false", "true"),
    "date": (r"\d{4}-\d\d-\d\d", "2012-06-28"),
    "number": (r"-?\d+(?:\.\d+)?", "1"),
}
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")


def example(scope: Scope, item: ExampleItem, of: tuple[str, ...], *, codes: list[str]) -> r.Example:
    """An example; what is wrong with it is noted in the scope. `codes` are those of the policy's rules."""
    line, part = scope.place(item.name)
    for what, value in item.given:
        if what.text not in GIVEN:
            _given_fact(scope, what, value)
        if what.text == "label":
            scope.lookup("label", value)
    rows = tuple(_row(scope, word) for word in item.rows)
    if not rows and not any(is_fact(what.text) for what, _ in item.given):
        scope.report(item.name, "this example has no table", "write its rows as | a | b |")
    expect = tuple(_expect(scope, e, rows, codes=codes) for e in item.expect if e.code and e.code.type != "UNKNOWN")
    return r.Example(
        name=item.name.text,
        given=tuple((what.text, value.text) for what, value in item.given),
        rows=rows,
        expect=expect,
        nothing_else=any(e.code is None for e in item.expect),
        line=line,
        of=of,
        path=part,
    )


def is_fact(name: str) -> bool:
    """Whether a name is NOUN.FIELD of a noun that an example can give a fact of."""
    noun, _, field = name.partition(".")
    return field in _fields(noun)


def _fields(noun: str) -> Mapping[str, Field]:
    """The fields that an example can give of a noun."""
    return NOUNS[noun].fields if noun in NOUNS and NOUNS[noun].given else {}


def _given_fact(scope: Scope, what: Word, value: Word) -> None:
    """Note what is wrong with `given NOUN.FIELD value`."""
    if value.type == "UNKNOWN":
        return
    noun, _, name = what.text.partition(".")
    if not is_fact(what.text):
        names = [f"{noun}.{field}" for field in _fields(noun)] or GIVEN
        help = did_you_mean(what.text, names) or f"write: given {listed(GIVEN)}"
        scope.report(what, f"`{what.text}` cannot be given", help)
        return
    field = NOUNS[noun].fields[name]
    kind = field.type
    if kind == "label":
        scope.lookup("label", value)
    elif kind in _FORMS and not re.fullmatch(_FORMS[kind][0], value.text):
        scope.report(value, f"`{what.text}` is {describe(field)}", f"write: given {what.text} {_FORMS[kind][1]}")
    elif isinstance(kind, tuple) and value.text not in kind:
        scope.report(value, f"`{what.text}` cannot be `{value.text}`", f"it is {listed(kind)}")


def _row(scope: Scope, word: Word) -> tuple[str, ...]:
    text = word.text.rstrip()
    if not text.endswith("|") or len(text) < 2:
        scope.report(word, "this table row does not end with |", "write the row as | a | b |")
    return tuple(cell.replace("\\|", "|") for _, cell in row_cells(text, False))


def _expect(scope: Scope, expect: Expect, rows: tuple[tuple[str, ...], ...], *, codes: list[str]) -> r.Expectation:
    code = expect.code
    assert code is not None
    if code.text not in codes:
        scope.report(code, f"there is no rule {code.text}", did_you_mean(code.text, codes))
    if expect.verdict is not None:
        scope.is_one_of(expect.verdict, VERDICTS, "verdict", label="verdicts:")
    columns = max(map(len, rows), default=0)
    for cell in expect.cells or ():
        if not _CELL.fullmatch(cell.text):
            scope.report(cell, f'"{cell.text}" is not a cell', 'cells are written as in a workbook: "B2"')
        elif not ((place := parse_address(cell.text)) and place[0] < len(rows) and place[1] < columns):
            scope.report(cell, f'"{cell.text}" lies outside the table of this example', "the header row is row 1")
    verdict = expect.verdict.text if expect.verdict else ""
    cells = tuple(cell.text for cell in expect.cells or ())
    return r.Expectation(code.text, cells, verdict, negated=expect.negated, line=scope.place(code)[0])


class Uncovered(NamedTuple):
    """A rule that no example proves: `missing` says what kind of example."""

    code: str
    place: str  # path:line
    missing: str  # "breaks", "passes"


def uncovered(policy: r.Policy) -> tuple[Uncovered, ...]:
    """Rules without an example that breaks them, or without one that they pass.

    An example breaks a rule where it expects the rule; it passes a rule where it says `expect no CODE`, or
    `expect nothing` (`else`) without expecting the rule.
    """
    codes = {rule.code for rule in policy.rules}
    breaks, passes = set[str](), set[str]()
    for example in policy.examples:
        breaks |= {expectation.rule for expectation in example.expect if not expectation.negated}
        passes |= {expectation.rule for expectation in example.expect if expectation.negated}
        passes |= codes - {expectation.rule for expectation in example.expect} if example.nothing_else else set()
    parts = {path for path, _ in policy.parts}
    own = [rule for rule in policy.rules if not rule.path or rule.path in parts]  # others: in their own policy
    kinds = {"breaks": breaks, "passes": passes}
    missing = ((rule, kind) for rule in own for kind, covered in kinds.items() if rule.code not in covered)
    return tuple(Uncovered(rule.code, r.place(policy, rule), kind) for rule, kind in missing)
