"""The syntax tree of a policy: what was written, and where. Names are not resolved yet.

The fields of a record are the children of its rule in the grammar, in that order; build.py makes them.
"""

from __future__ import annotations

from wpmi_lint.records import NamedTuple


class Word(NamedTuple):
    """A word, number or text of the policy; `text` of a text is without its quotes, its lines joined."""

    text: str
    type: str  # the terminal of the grammar: "NAME", "STRING", "NUMBER", ...
    line: int  # 1-based, counted on from the parts before this one (see pages.py)
    column: int  # 1-based
    width: int


Words = tuple[Word, ...]


class Head(NamedTuple):
    """`policy NAME "title" version 1.0.0`, or `part NAME`, whose version may be left out."""

    what: str
    name: Word
    title: Word | None
    version: Word | None


class Setting(NamedTuple):
    """A keyword and what follows it: language, status, owner, summary, note, include, totals; severity, say, because,
    fix; edition, dated, at, read_in; person, unchecked. None follows `in force`, `unwaivable` and `only_tighten`."""

    what: str
    value: Word | None = None


class Extends(NamedTuple):
    """`extends "name" version 1.0 may only tighten`."""

    parent: Word
    version: Word
    only_tighten: Setting | None


class Force(NamedTuple):
    """`in force from DATE until DATE`."""

    start: Word
    until: Word | None


class SourceItem(NamedTuple):
    """A document that rules cite."""

    name: Word
    title: Word
    details: tuple[Setting, ...]


class ClauseItem(NamedTuple):
    """`clause CODE NAME is SOURCE "section": "sentence"`, left to a person, or with nothing to check."""

    code: Word | None
    name: Word
    source: Word
    section: Word
    quote: Word
    left: Setting | None


class TermItem(NamedTuple):
    """A constant, measure, kind, dimension, label or marker: a name (a marker has its meaning) and what it names."""

    what: str  # "let", "measure", "kind", "dimension", "label", "marker"
    name: Word
    named: Words  # patterns or texts; of a kind its measures, of a constant its value
    unless: Words | None = None
    values: tuple[tuple[Word, Word | None], ...] | None = None  # a value has an end where it is a range


class Figures(NamedTuple):
    """`figures are rounded to nearest 20 halves up`, or `figures are perturbed`."""

    method: Word
    base: Word | None = None
    halves: Word | None = None


class Test(NamedTuple):
    """One comparison; `op` is the name of the grammar's rule: "same", "at_least", "one_of", "holds", ..."""

    field: Word
    op: str
    operands: Words
    negated: bool = False


class Group(NamedTuple):
    """`all_of`, `any_of` or `negation` of terms."""

    op: str
    terms: tuple[Condition, ...]


Condition = Test | Group


class Demand(NamedTuple):
    """What a sentence asks: `require`, `forbid`, `ask` or `check`."""

    what: str
    condition: Condition | None = None
    word: Word | None = None  # the question, or the name of the check
    arguments: tuple[Words, ...] = ()


class SentenceItem(NamedTuple):
    """`for every NOUN where … require …`."""

    noun: Word
    where: Condition | None
    demands: tuple[Demand, ...]


class Leave(NamedTuple):
    """`leave every NOUN where … because "…"`."""

    noun: Word
    where: Condition | None
    because: Word


class Cites(NamedTuple):
    """`cites CLAUSE`, or `cites SOURCE "section": "quotation"`."""

    name: Word
    section: Word | None
    quote: Word | None


class RuleItem(NamedTuple):
    """A rule, a change of one, or a family of them: `verb` is rule, tighten, replace or rules."""

    verb: str
    code: Word  # of a family its name
    name: Word | None
    title: Word | None
    cites: tuple[Cites, ...]
    sentences: tuple[SentenceItem, ...]
    settings: tuple[Setting, ...]
    rows: Words  # the table of a family
    family: Word | None = None  # the name of the family that this rule is a row of


class Withdraw(NamedTuple):
    """`withdraw CODE because "…"`."""

    code: Word
    because: Word


class Expect(NamedTuple):
    """One line of what an example must give; `code` None: nothing (else)."""

    code: Word | None
    verdict: Word | None = None
    cells: Words | None = None
    negated: bool = False


class ExampleItem(NamedTuple):
    """An example: given, table rows, expectations."""

    name: Word
    given: tuple[Words, ...]
    rows: Words
    expect: tuple[Expect, ...]


Item = (
    (Extends | Setting | Force | SourceItem | ClauseItem | TermItem | Figures)
    | (RuleItem | Leave | Withdraw | ExampleItem)
)  # fmt: skip


class Tree(NamedTuple):
    """A whole policy or part as written."""

    head: Head
    items: tuple[Item, ...]
