"""Typed resolution of conditions: each field exists, each comparison fits its type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wpmi_lint.nouns.contract import DOMAINS, Field, Noun
from wpmi_lint.policy import resolved as r
from wpmi_lint.policy.problems import did_you_mean, hint, listed
from wpmi_lint.policy.syntax import Test, Word

if TYPE_CHECKING:
    from wpmi_lint.policy.scope import Scope
    from wpmi_lint.policy.syntax import Condition

Fields = Mapping[str, Field]

# the grammar's relations as comparisons, and what each is when it does not hold: what is not known stays not known
OPERATORS = {
    "same": ("is", "is not"),
    "equals": ("equals", "not equals"),
    "at_least": ("at least", "less than"),
    "at_most": ("at most", "more than"),
    "more_than": ("more than", "at most"),
    "less_than": ("less than", "at least"),
    "multiple_of": ("multiple of", "not multiple of"),
    "matches": ("matches", "not matches"),
}
_OPPOSITE = {op: opposite for pair in OPERATORS.values() for op, opposite in (pair, pair[::-1])}
_ORDER = (("number", "date"), ": it has no order")
_FIGURE = (("number",), ", not a number")
# the types of field that a relation fits, and what to say of another
_FITS: dict[str, tuple[tuple[str, ...], str]] = {
    **dict.fromkeys(("at_least", "at_most", "more_than", "less_than", "between"), _ORDER),
    **dict.fromkeys(("equals", "multiple_of"), _FIGURE),
    "matches": (("text",), ", not text"),
    "holds": (("truth",), ": compare it"),
}
_TERMS = ("measure", "kind", "dimension", "label")
_NAMED = {"number": "a number", "text": "text", "truth": "true or false", "date": "a date"}


def condition(scope: Scope, noun: Noun, node: Condition | None) -> r.Expression | None:
    """The typed expression of a condition; None where there is none or something in it is wrong (noted in the scope).

    Every term is resolved, so that all mistakes of a sentence are reported at once.
    """
    if node is None or isinstance(node, Test):
        return _test(scope, noun, node) if node else None
    terms = [condition(scope, noun, term) for term in node.terms]
    good = tuple(term for term in terms if term is not None)
    if len(good) < len(terms):
        return None
    if node.op == "negation":
        alone = isinstance(node.terms[0], Test) and node.terms[0].op == "holds"
        return opposite(good[0]) if alone else r.Not(good[0])
    return r.And(good) if node.op == "all_of" else r.Or(good)


def opposite(expression: r.Expression) -> r.Expression:
    """What holds where an expression does not, and the other way round; what is not known stays not known."""
    match expression:
        case r.Compare(op="is", right=r.Literal(value=bool() as value)):
            return expression._replace(right=r.Literal(not value))
        case r.Compare():
            return expression._replace(op=_OPPOSITE[expression.op])
        case r.OneOf() | r.Between() | r.Present():
            return expression._replace(negated=not expression.negated)
        case r.Not():
            return expression.term
    return r.Not(expression)


def _field(scope: Scope, noun: Noun, word: Word) -> Field | None:
    """The field that a word names; notes the categories that its values come from as used."""
    name = field_name(word)
    declared = noun.fields.get(name)
    if declared is None:
        scope.report(word, f"{noun.name} has no field `{name}`", hint(name, noun.fields, f"fields of {noun.name}:"))
        return None
    if isinstance(declared.type, str):
        scope.use_all({"kind": "measure"}.get(declared.type, declared.type))
    return declared


def field_name(word: Word) -> str:
    """`sum of parts` is the field sum_of_parts."""
    return "_".join(word.text.lower().split()) if word.type == "SUM_OF_PARTS" else word.text


def _test(scope: Scope, noun: Noun, test: Test) -> r.Expression | None:
    declared = _field(scope, noun, test.field)
    if declared is None or not _allows(scope, test, declared):
        _names_exist(scope, noun.fields, test)
        return None
    left = r.FieldOf(field_name(test.field))
    operands = [_operand(scope, noun.fields, declared, word=word, test=test) for word in test.operands]
    good = [operand for operand in operands if operand is not None]
    if len(good) < len(operands):
        return None
    expression = _compare(scope, test, left, operands=good)
    return opposite(expression) if test.negated else expression


def _names_exist(scope: Scope, fields: Fields, test: Test) -> None:
    """Of a comparison that is wrong already: notes the names that nothing at all is called."""
    words = {word for declared in fields.values() if isinstance(declared.type, tuple) for word in declared.type}
    for word in test.operands:
        name = field_name(word)
        if word.type == "NAME" and name not in fields and name not in words and not scope.means_something(name):
            help = did_you_mean(name, [*scope.lets, *fields])
            scope.report(word, f"there is no field or constant `{name}`", help)


def _compare(scope: Scope, test: Test, left: r.FieldOf, *, operands: list[r.Operand]) -> r.Expression:
    if test.op == "holds":
        return r.Compare("is", left, r.Literal(True))
    if test.op in ("present", "absent"):
        return r.Present(left, negated=test.op == "absent")
    values = tuple(operand.value for operand in operands if isinstance(operand, r.Literal))
    if test.op == "one_of":
        if len(set(values)) < len(values):
            scope.report(test.operands[-1], "a value is in this list twice", "delete one")
        return r.OneOf(left, values)
    if test.op == "multiple_of" and values == (0.0,):
        scope.report(test.operands[-1], "nothing but 0 is a multiple of 0", "write a number above 0")
    if test.op == "between":
        match values:
            case (float() as low, float() as high) if low > high:
                scope.report(test.operands[0], "nothing is between these two", "write the smaller number first")
        return r.Between(left, operands[0], operands[1])
    return r.Compare(OPERATORS[test.op][0], left, operands[0])


def _allows(scope: Scope, test: Test, declared: Field) -> bool:
    """Whether a comparison can be made of a field of this type."""
    types, reason = _FITS.get(test.op, ((declared.type,), ""))
    name = field_name(test.field)
    if declared.type not in types:
        help = f"for instance: {name} is present" if test.op == "holds" else "use `is`, `is not` or `is one of`"
        scope.report(test.field, f"`{name}` is {describe(declared)}{reason}", help)
    return declared.type in types


def describe(declared: Field) -> str:
    """The type of a field in words."""
    if isinstance(declared.type, tuple):
        return f"one of {listed(declared.type, 6)}"
    return _NAMED.get(declared.type, f"a {declared.type}")


def _operand(scope: Scope, fields: Fields, left: Field, *, word: Word, test: Test) -> r.Operand | None:
    """What a field is compared with: a word of its domain, a constant of the policy, another field, or a literal."""
    if word.type == "UNKNOWN":
        return None
    name, words = field_name(word), domain(scope, left)
    named = word.type in ("NAME", "SUM_OF_PARTS")
    if name in words and (named or word.type == "STRING"):
        if isinstance(left.type, str):
            scope.knows(left.type, name)
        return r.Literal(name)
    if word.type == "STRING":
        if left.type == "text":
            return r.Literal(word.text)
        help = hint(name, words, "allowed:") if words else ""
        message = f"is not {describe(left)}" if words else f"is text, compared with {describe(left)}"
        scope.report(word, f'"{word.text}" {message}', help)
        return None
    if named and name not in scope.lets:
        if name in fields and fields[name].type == left.type and test.op != "one_of":
            return r.FieldOf(name)
        _unknown(scope, fields, left, word=word)
        return None
    if named:
        scope.knows("let", name)
    value = scope.lets[name] if named else literal(word)
    if type_of(value) != ("text" if words else left.type):
        other = field_name(test.field)
        scope.report(word, f"`{word.text}` cannot be compared with `{other}`, which is {describe(left)}")
        return None
    return r.Literal(value, name if named else "")


def _unknown(scope: Scope, fields: Fields, left: Field, *, word: Word) -> None:
    name, names = field_name(word), domain(scope, left)
    if name in fields:
        scope.report(word, f"`{name}` is {describe(fields[name])}, compared with {describe(left)}")
    elif isinstance(left.type, str) and left.type in _TERMS:
        scope.lookup(left.type, word)
    elif names:
        scope.report(word, f"`{name}` is not {describe(left)}", hint(name, names, "allowed:"))
    else:
        names = [*scope.lets, *(other for other in fields if fields[other].type == left.type)]
        help = did_you_mean(name, names) or "a constant is defined with: let name is value"
        scope.report(word, f"there is no field or constant `{name}`", help)


def domain(scope: Scope, declared: Field) -> list[str]:
    """The words that a field can hold; none where it is a number, text, date or truth."""
    if isinstance(declared.type, tuple):
        return list(declared.type)
    if declared.type in DOMAINS or declared.type in _TERMS:
        return scope.names(declared.type) or [""]
    return []


def literal(word: Word) -> r.Scalar:
    """The value of a literal; a percentage is its number, in percent."""
    if word.type in ("NUMBER", "PERCENT"):
        return float(word.text.rstrip("%"))
    if word.type in ("TRUE", "FALSE"):
        return word.type == "TRUE"
    return word.text


def type_of(value: r.Scalar) -> str:
    """The type of a constant."""
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, float | int):
        return "number"
    text = str(value)
    return "date" if len(text) == 10 and text[4] == text[7] == "-" and text[:4].isdigit() else "text"


def contradictions(noun: str, expression: r.Expression | None) -> str:
    """The field of which a `where` says two things that cannot both hold, "" where there is none."""
    possible: dict[str, set[r.Scalar]] = {"statistic": {noun}} if noun in DOMAINS["statistic"] else {}
    low: dict[str, float] = {}
    high: dict[str, float] = {}
    for term in expression.terms if isinstance(expression, r.And) else (expression,):
        match term:
            case r.Compare(op="is", left=left, right=r.Literal(value=value)):
                possible[left.name] = possible.get(left.name, {value}) & {value}
            case r.OneOf(left=left, values=values, negated=False):
                possible[left.name] = possible.get(left.name, set(values)) & set(values)
            case r.Compare(op="at least" | "more than", left=left, right=r.Literal(value=float() as value)):
                low[left.name] = max(low.get(left.name, value), value)
            case r.Compare(op="at most" | "less than", left=left, right=r.Literal(value=float() as value)):
                high[left.name] = min(high.get(left.name, value), value)
    empty = [name for name, values in possible.items() if not values]
    crossed = [name for name in low if name in high and low[name] > high[name]]
    return next(iter(empty + crossed), "")
