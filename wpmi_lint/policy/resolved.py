"""A policy after names and types were resolved: what the evaluator runs. Plain data, storable as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpmi_lint.terms import Vocabulary

Scalar = float | str | bool | None  # a date is an ISO string


class FieldOf(NamedTuple):
    """The value of a field of the fact."""

    name: str


class Literal(NamedTuple):
    """A constant; `name` is the `let` it came from, "" where it was written in place."""

    value: Scalar
    name: str = ""


Operand = FieldOf | Literal


class Compare(NamedTuple):
    """One comparison. op: "is", "is not", "equals", "at least", "at most", "more than", "less than",
    "multiple of", "not multiple of", "matches", "not matches". `equals` is equality of figures at the precision
    shown; `is` is identity of words or numbers (membership where the field holds many)."""

    op: str
    left: FieldOf
    right: Operand


class OneOf(NamedTuple):
    """Membership in a list of constants."""

    left: FieldOf
    values: tuple[Scalar, ...]
    negated: bool = False


class Between(NamedTuple):
    """low <= left <= high."""

    left: FieldOf
    low: Operand
    high: Operand
    negated: bool = False


class Present(NamedTuple):
    """The field has a value."""

    left: FieldOf
    negated: bool = False


class Not(NamedTuple):
    """Negation; what is not known stays not known."""

    term: Expression


class And(NamedTuple):
    """All terms hold."""

    terms: tuple[Expression, ...]


class Or(NamedTuple):
    """Some term holds."""

    terms: tuple[Expression, ...]


Expression = Compare | OneOf | Between | Present | Not | And | Or


class Citation(NamedTuple):
    """The sentence that a rule rests on."""

    source: str
    section: str
    quote: str
    clause: str = ""  # its name, where the policy lists it


class Clause(NamedTuple):
    """A sentence of a source: cited by rules, left to a person (a question), or unchecked for a reason."""

    name: str
    source: str
    section: str
    quote: str
    person: str = ""
    unchecked: str = ""
    line: int = 0
    path: str = ""  # as of a rule
    code: str = ""  # as people number it: N10; "" where it has none


class Slot(NamedTuple):
    """A field of the fact inside a message."""

    name: str


Template = tuple["str | Slot", ...]


class Sentence(NamedTuple):
    """`for every NOUN where P require Q`, `… ask "…"`, `… check NAME(…)`: exactly one of the three is set."""

    noun: str
    where: Expression | None
    require: Expression | None = None
    ask: Template = ()
    check: str = ""
    parameters: tuple[tuple[str, Scalar], ...] = ()


class Rule(NamedTuple):
    """A rule: one or more sentences under one code."""

    code: str
    name: str
    title: str
    severity: str  # "error", "warning", "review", "note"
    sentences: tuple[Sentence, ...]
    cites: tuple[Citation, ...]
    say: Template
    because: str
    fix: Template
    line: int
    path: str = ""  # of the part or of the parent policy that has it, "" where it is in the policy itself
    waivable: bool = True
    family: str = ""  # the name of the family that it is a row of


class Leave(NamedTuple):
    """`leave every NOUN where P because "…"`: figures that no rule needs to judge."""

    noun: str
    where: Expression | None
    because: str
    line: int = 0
    path: str = ""


class Source(NamedTuple):
    """A document that rules cite."""

    name: str
    title: str
    edition: str = ""
    dated: str = ""
    at: str = ""
    read: str = ""  # "full" or "excerpt": how much of it was at hand when the policy was written


class Expectation(NamedTuple):
    """What an example must give: a rule at cells, or nothing else."""

    rule: str
    cells: tuple[str, ...]  # () : somewhere
    verdict: str = ""  # "" : any
    negated: bool = False
    line: int = 0


class Example(NamedTuple):
    """A small table and the findings it must give."""

    name: str
    given: tuple[tuple[str, str], ...]  # ("label", "internal"), ("title", …), ("file", …), ("sheet", …)
    rows: tuple[tuple[str, ...], ...]
    expect: tuple[Expectation, ...]
    nothing_else: bool
    line: int
    of: tuple[str, ...] = ()  # the codes of the rule or family that it is below
    path: str = ""


class Policy(NamedTuple):
    """A policy, ready to run."""

    name: str
    title: str
    version: str
    language: int
    status: str  # "in force", "draft", "withdrawn", ...
    from_date: str | None
    until_date: str | None
    sources: tuple[Source, ...]
    lets: Mapping[str, Scalar]
    vocabulary: Vocabulary
    rounding: tuple[tuple[str, Scalar], ...]  # ("method", "nearest"), ("base", 20), ("halves", "unstated"); () unsaid
    totals: str  # "recalculated", "independent", "perturbed", "" where the policy does not say
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]
    path: str
    sha256: str
    notes: tuple[str, ...] = ()  # what a reader of the policy should know of it
    owner: str = ""
    summary: str = ""
    clauses: tuple[Clause, ...] = ()
    leaves: tuple[Leave, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()  # the files that it includes: path, SHA-256


def is_meant(rule: Rule, selector: str) -> bool:
    """Whether a selector means a rule: by its code or the beginning of it, its name, or its family."""
    return selector.lower() in (rule.name, rule.family) or rule.code.startswith(selector.upper())


def place(policy: Policy, item: Rule | Example | Clause | Leave) -> str:
    """The place of a rule, example, clause or exemption: path:line."""
    return f"{item.path or policy.path}:{item.line}"
