"""What a noun is: what finds its facts, its fields, and what fills each of them. A noun that is not whole is refused.

Facts are columns: a field is filled for all facts of a noun at once, and only where a rule uses the field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from wpmi_lint.model import Statistic
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from wpmi_lint.model import Arithmetic, Codes, Index, Matrix, Place

Row = TypeVar("Row")
Context = TypeVar("Context")
Entry = TypeVar("Entry", "Noun", "Check")

# Domains whose words are fixed; the words of the others are the policy's own.
DOMAINS: dict[str, tuple[str, ...]] = {
    "statistic": tuple(statistic.name.lower() for statistic in list(Statistic)[1:]),
    "marker meaning": ("suppressed", "nil", "missing", "zero", "not applicable"),
}
TYPES = frozenset({"number", "text", "truth", "date", "measure", "kind", "dimension", "label", *DOMAINS})
SCOPES = ("table", "file", "release")


class Numbers(NamedTuple):
    """A column of numbers; NaN is absent."""

    values: Matrix


class Coded(NamedTuple):
    """A column of words or ISO dates as codes into a short list; None, "" and () are absent.

    Where the field holds many words, an entry of `words` is a tuple of them.
    """

    codes: Index
    words: tuple[str | tuple[str, ...] | None, ...]


class Truths(NamedTuple):
    """A column of truths: 1 true, 0 false, -1 not known."""

    values: Codes


Column = Numbers | Coded | Truths
Type = str | tuple[str, ...]  # one of TYPES, or the words that are allowed


def column(type: Type, values: Sequence[object]) -> Column:
    """A column from one value a fact: a number, bool, word, ISO date or tuple of words; None is absent."""
    if type == "number":
        return Numbers(np.array([np.nan if v is None else float(str(v)) for v in values], np.float64))
    if type == "truth":
        return Truths(np.array([-1 if v is None else int(bool(v)) for v in values], np.int8))
    seen: dict[Any, int] = {}
    codes = np.fromiter((seen.setdefault(v or None, len(seen)) for v in values), np.int32, len(values))
    return Coded(codes, tuple(seen))


class Subjects(NamedTuple):
    """The facts of one noun in one scope, before any field is asked for.

    `figure` says which figures of the table's flattened body they speak of: fact i of
    figure[first[i]:first[i + 1]], or of figure[i] where `first` is None; None: of no figure of a body.
    """

    size: int
    of: Any  # what the fillers of the fields are given
    place: Callable[[int], Place]
    figure: Index | None = None
    first: Index | None = None


class Field(NamedTuple):
    """A field of a noun; `fill` gives its whole column from `Subjects.of`."""

    type: Type
    doc: str
    fill: Callable[[Any], Column]
    many: bool = False  # it holds several words, and `is X` means that X is among them
    figure: bool = False  # it holds a figure of the file, masked where figures are not to be shown
    deduced: bool = False  # the figure is the tool's own arithmetic
    definite: bool = False  # absent is known (a measure of no kind): a comparison is then false and not undecided


class Each(Generic[Row, Context]):
    """The fields of a noun that has few facts: one record a fact, and the context in which they were found."""

    def field(self, type: Type, doc: str, take: Callable[[Row, Context], object], **traits: bool) -> Field:
        """A field with what it takes of one record."""
        return Field(type, doc, lambda of: column(type, [take(row, of[1]) for row in of[0]]), **traits)

    def facts(self, rows: Sequence[Row], context: Context, place: Callable[[Row], Place]) -> Subjects:
        """The facts, with the place of a record."""
        return Subjects(len(rows), (rows, context), lambda i: place(rows[i]))


class Noun(NamedTuple):
    """What a policy can speak of: `for every NAME`."""

    name: str
    each: str  # what one fact is, as the docs say it
    scope: str  # where facts are found: "table", "file", "release"
    find: Callable[[Any], Subjects]  # from the context of that scope
    fields: Mapping[str, Field]
    given: bool = False  # an example can give one fact, field by field
    # how fact i can be followed by hand, given the fields that the rule compared
    worked: Callable[[Any, int, Collection[str]], Arithmetic | None] | None = None


class Check(NamedTuple):
    """A named check: `check NAME(parameter: value)`."""

    name: str
    doc: str
    noun: str
    parameters: Mapping[str, str]  # name -> type
    run: Callable[[Any, Mapping[str, Any]], Truths]  # what holds of each fact, from `Subjects.of` and the parameters


class NounError(Exception):
    """A noun or check that is not whole: an error of the package, which no policy and no file can cause."""


def register(nouns: Sequence[Noun]) -> Mapping[str, Noun]:
    """The nouns by name. Raises NounError where one is not whole."""
    for noun in nouns:
        _demand(noun.name, bool(noun.each and noun.fields), "say what one fact is, and give it fields")
        _demand(noun.name, noun.scope in SCOPES, f"there is no scope {noun.scope!r}")
        _demand(noun.name, callable(noun.find), "nothing finds its facts")
        for name, field in noun.fields.items():
            _check_field(f"{noun.name}.{name}", field)
    return _by_name(nouns)


def _check_field(name: str, field: Field) -> None:
    _demand(name, bool(field.doc), "say in a few words what it holds")
    _demand(name, callable(field.fill), "nothing fills it")
    _demand(name, isinstance(field.type, tuple) or field.type in TYPES, f"there is no type {field.type!r}")
    _demand(name, not field.figure or field.type in ("number", "text"), f"a {field.type} is not a figure")
    _demand(name, not field.deduced or field.figure, "only a figure can be deduced")


def register_checks(checks: Sequence[Check], nouns: Mapping[str, Noun]) -> Mapping[str, Check]:
    """The named checks by name. Raises NounError where one is not whole."""
    for check in checks:
        _demand(check.name, bool(check.doc), "say in a few words what it checks")
        _demand(check.name, check.noun in nouns, f"there is no noun {check.noun!r}")
        _demand(check.name, callable(check.run), "nothing runs it")
        _demand(check.name, TYPES.issuperset(check.parameters.values()), "a parameter has no such type")
    return _by_name(checks)


def _demand(name: str, holds: bool, fault: str) -> None:
    if not holds:
        raise NounError(f"{name}: {fault}")


def _by_name(entries: Sequence[Entry]) -> Mapping[str, Entry]:
    table: dict[str, Entry] = {}
    for entry in entries:
        _demand(entry.name, entry.name not in table, "this name is used twice")
        table[entry.name] = entry
    return table


def stated(noun: Noun, rows: Sequence[Mapping[str, object]], place: Callable[[int], Place]) -> tuple[Noun, Subjects]:
    """A noun whose facts are written down, one mapping of field to value a fact; a missing field is absent."""

    def from_rows(name: str, field: Field) -> Field:
        return field._replace(fill=lambda rows: column(field.type, [row.get(name) for row in rows]))

    fields = {name: from_rows(name, field) for name, field in noun.fields.items()}
    return noun._replace(fields=fields, worked=None), Subjects(len(rows), rows, place)
