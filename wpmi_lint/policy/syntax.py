"""The syntax tree of a policy: what was written, and where. Names are not resolved yet."""

from __future__ import annotations

from wpmi_lint.records import NamedTuple


class Word(NamedTuple):
    """A word, number or string of the policy; `text` of a string is without its quotes."""

    text: str
    type: str  # the terminal of the grammar: "NAME", "STRING", "NUMBER", ...
    line: int  # 1-based
    column: int  # 1-based
    width: int


Words = tuple[Word, ...]


class Head(NamedTuple):
    """`policy NAME "title" version 1.0.0`."""

    name: Word
    title: Word | None
    version: Word


class Extends(NamedTuple):
    """`extends "name" version 1.0 may only tighten`."""

    parent: Word
    version: Word
    only_tighten: bool


class Setting(NamedTuple):
    """One line of the head: language, status, owner, summary or note; `totals are …` too."""

    what: str
    value: Word | None  # None: `status in force`


class Force(NamedTuple):
    """`in force from DATE until DATE`."""

    start: Word
    until: Word | None


class SourceItem(NamedTuple):
    """A document that rules cite; `details` holds edition, dated, at, read_in."""

    name: Word
    title: Word
    details: tuple[tuple[str, Word], ...]


class Let(NamedTuple):
    """`let NAME is VALUE`."""

    name: Word
    value: Word


class TermItem(NamedTuple):
    """`measure NAME named … not …`; `what` is "measure" or "label"."""

    what: str
    name: Word
    named: Words
    unless: Words


class KindItem(NamedTuple):
    """`kind NAME is MEASURE, …`."""

    name: Word
    members: Words


class DimensionItem(NamedTuple):
    """`dimension NAME named … with values "a" to "b", "c"`: a value has an end where it is a range."""

    name: Word
    named: Words
    values: tuple[tuple[Word, Word | None], ...]


class MarkerItem(NamedTuple):
    """`marker "*" means suppressed`."""

    texts: Words
    meaning: Word


class Figures(NamedTuple):
    """`figures are rounded to nearest 20 halves up`, or `figures are perturbed`."""

    method: Word
    base: Word | None
    halves: Word | None


class Test(NamedTuple):
    """One comparison; `op` is the name of the grammar's alias."""

    op: str
    field: Word
    operands: Words


class Group(NamedTuple):
    """`all_of`, `any_of` or `negation` of terms."""

    op: str
    terms: tuple[Condition, ...]


Condition = Test | Group


class Demand(NamedTuple):
    """What a sentence asks: `require`, `ask` or `check`."""

    what: str
    word: Word | None  # the question, or the name of the check
    condition: Condition | None = None
    arguments: tuple[tuple[Word, Word], ...] = ()


class SentenceItem(NamedTuple):
    """`for every NOUN where … require …`."""

    noun: Word
    where: Condition | None
    demands: tuple[Demand, ...]


class Cites(NamedTuple):
    """`cites SOURCE "section": "quotation"`."""

    source: Word
    section: Word
    quote: Word | None


class Clause(NamedTuple):
    """severity, say, because or fix of a rule."""

    what: str
    value: Word


class RuleItem(NamedTuple):
    """A rule, or the change of an inherited one: `verb` is rule, tighten or replace."""

    verb: str
    code: Word
    name: Word | None
    title: Word | None
    cites: tuple[Cites, ...]
    sentences: tuple[SentenceItem, ...]
    clauses: tuple[Clause, ...]


class Withdraw(NamedTuple):
    """`withdraw CODE because "…"`."""

    code: Word
    because: Word


class Expect(NamedTuple):
    """One line of what an example must give; `code` None: nothing (else)."""

    code: Word | None
    verdict: Word | None = None
    cells: Words = ()
    negated: bool = False


class ExampleItem(NamedTuple):
    """An example: given, table rows, expectations."""

    name: Word
    given: tuple[tuple[Word, Word], ...]
    rows: Words
    expect: tuple[Expect, ...]


Item = (
    Extends
    | Setting
    | Force
    | SourceItem
    | Let
    | TermItem
    | KindItem
    | DimensionItem
    | MarkerItem
    | Figures
    | RuleItem
    | Withdraw
    | ExampleItem
)


class Tree(NamedTuple):
    """A whole policy as written."""

    head: Head | None
    items: tuple[Item, ...]
