"""Typed resolution of conditions: each field exists, each comparison fits its type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wpmi_lint.nouns.contract import DOMAINS, Field
from wpmi_lint.policy import resolved as r
from wpmi_lint.policy.problems import did_you_mean, listed
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
_ORDERED = ("at_least", "at_most", "more_than", "less_than", "between")
_NUMERIC = ("equals", "multiple_of")
_TYPE_OF = {"NUMBER": "number", "PERCENT": "number", "DATE": "date", "TRUE": "truth", "FALSE": "truth"}
_NAMED = {"number": "a number", "text": "text", "truth": "true or false", "date": "a date"}


def condition(scope: Scope, noun: str, fields: Fields, node: Condition) -> r.Expression | None:
    """The typed expression of a condition; None, not known, where something in it is wrong (noted in the scope).

    Every term is resolved, so that all mistakes of a sentence are told at once.
    """
    if isinstance(node, Test):
        return _test(scope, noun, fields, node)
    terms = [condition(scope, noun, fields, term) for term in node.terms]
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


def field(scope: Scope, noun: str, fields: Fields, word: Word) -> Field | None:
    """The field that a word names; notes the categories that its values come from as used."""
    name = field_name(word)
    declared = fields.get(name)
    if declared is None:
        help = did_you_mean(name, fields) or f"fields of {noun}: {listed(fields, 20)}"
        scope.report(word, f"{noun} has no field `{name}`", help)
        return None
    if isinstance(declared.type, str):
        scope.use_all({"kind": "measure"}.get(declared.type, declared.type))
    return declared


def field_name(word: Word) -> str:
    """`sum of parts` is the field sum_of_parts."""
    return "_".join(word.text.lower().split()) if word.type == "SUM_OF_PARTS" else word.text


def _test(scope: Scope, noun: str, fields: Fields, test: Test) -> r.Expression | None:
    declared = field(scope, noun, fields, test.field)
    if declared is None or not _allows(scope, test, declared):
        _names_exist(scope, fields, test)
        return None
    left = r.FieldOf(field_name(test.field))
    operands = [_operand(scope, fields, declared, word, test) for word in test.operands]
    good = [operand for operand in operands if operand is not None]
    if len(good) < len(operands):
        return None
    expression = _compare(scope, test, left, good)
    return opposite(expression) if test.negated else expression


def _names_exist(scope: Scope, fields: Fields, test: Test) -> None:
    """Of a comparison that is wrong already: notes the names that nothing at all is called."""
    for word in test.operands:
        name = field_name(word)
        if word.type == "NAME" and not (name in fields or scope.means_something(name) or _is_allowed(fields, name)):
            help = did_you_mean(name, [*scope.lets, *fields])
            scope.report(word, f"there is no field or constant `{name}`", help)


def _is_allowed(fields: Fields, name: str) -> bool:
    return any(name in declared.type for declared in fields.values() if isinstance(declared.type, tuple))


def _compare(scope: Scope, test: Test, left: r.FieldOf, operands: list[r.Operand]) -> r.Expression:
    if test.op == "holds":
        return r.Compare("is", left, r.Literal(True))
    if test.op in ("present", "absent"):
        return r.Present(left, negated=test.op == "absent")
    if test.op == "one_of":
        values = tuple(o.value for o in operands if isinstance(o, r.Literal))
        if len(set(values)) < len(values):
            scope.report(test.operands[-1], "a value stands twice in this list", "delete one")
        return r.OneOf(left, values)
    if test.op == "between":
        return r.Between(left, operands[0], operands[1])
    return r.Compare(OPERATORS[test.op][0], left, operands[0])


def _allows(scope: Scope, test: Test, declared: Field) -> bool:
    """Whether a comparison can be made of a field of this type."""
    says = describe(declared)
    name = field_name(test.field)
    if test.op in _ORDERED and declared.type not in ("number", "date"):
        scope.report(test.field, f"`{name}` is {says}: it has no order", "use `is`, `is not` or `is one of`")
    elif test.op in _NUMERIC and declared.type != "number":
        scope.report(test.field, f"`{name}` is {says}, not a number", "use `is`, `is not` or `is one of`")
    elif test.op == "matches" and declared.type != "text":
        scope.report(test.field, f"`{name}` is {says}, not text", "use `is`, `is not` or `is one of`")
    elif test.op == "holds" and declared.type != "truth":
        scope.report(test.field, f"`{name}` is {says}: compare it", f"for instance: {name} is present")
    else:
        return True
    return False


def describe(declared: Field) -> str:
    """The type of a field in words."""
    if isinstance(declared.type, tuple):
        return f"one of {listed(declared.type)}"
    return _NAMED.get(declared.type, f"a {declared.type}")


def _operand(scope: Scope, fields: Fields, left: Field, word: Word, test: Test) -> r.Operand | None:
    if word.type in ("NAME", "SUM_OF_PARTS"):
        return _name(scope, fields, left, word, test)
    if word.type == "STRING":
        return _string(scope, left, word)
    if word.type == "UNKNOWN":
        return None
    if _TYPE_OF[word.type] != left.type:
        _mismatch(scope, left, word, test)
        return None
    return r.Literal(literal(word))


def _name(scope: Scope, fields: Fields, left: Field, word: Word, test: Test) -> r.Operand | None:
    """A bare word: a word of the field's domain, a constant of the policy, or another field."""
    name = field_name(word)
    if domain(scope, left) and _knows(scope, left, name):
        return r.Literal(name)
    if name in scope.lets:
        scope.knows("let", name)
        value = scope.lets[name]
        if type_of(value) != ("text" if domain(scope, left) else left.type):
            _mismatch(scope, left, word, test)
            return None
        return r.Literal(value, name)
    if name in fields and fields[name].type == left.type and test.op != "one_of":
        return r.FieldOf(name)
    _unknown(scope, fields, left, word, name)
    return None


def _unknown(scope: Scope, fields: Fields, left: Field, word: Word, name: str) -> None:
    if name in fields:
        scope.report(word, f"`{name}` is {describe(fields[name])}, compared with {describe(left)}")
    elif isinstance(left.type, str) and left.type in ("measure", "kind", "dimension", "label"):
        scope.lookup(left.type, word)
    elif domain(scope, left):
        names = domain(scope, left)
        help = did_you_mean(name, names) or f"allowed: {listed(names)}"
        scope.report(word, f"`{name}` is not {describe(left)}", help)
    else:
        names = [*scope.lets, *(f for f in fields if fields[f].type == left.type)]
        help = did_you_mean(name, names) or "a constant is defined with: let name is value"
        scope.lookup("let", word) if not names else scope.report(word, f"there is no field or constant `{name}`", help)


def _knows(scope: Scope, left: Field, name: str) -> bool:
    if isinstance(left.type, tuple):
        return name in left.type
    return scope.knows(left.type, name)


def domain(scope: Scope, declared: Field) -> list[str]:
    """The words that a field can hold; none where it is a number, text, date or truth."""
    if isinstance(declared.type, tuple):
        return list(declared.type)
    if declared.type in DOMAINS or declared.type in ("measure", "kind", "dimension", "label"):
        return scope.names(declared.type) or [""]
    return []


def _string(scope: Scope, left: Field, word: Word) -> r.Operand | None:
    if left.type == "text":
        return r.Literal(word.text)
    words = domain(scope, left)
    if word.text in words:
        _knows(scope, left, word.text)
        return r.Literal(word.text)
    if words:
        help = did_you_mean(word.text, words) or f"allowed: {listed(words)}"
        scope.report(word, f'"{word.text}" is not {describe(left)}', help)
    else:
        scope.report(word, f'"{word.text}" is text, compared with {describe(left)}')
    return None


def _mismatch(scope: Scope, left: Field, word: Word, test: Test) -> None:
    scope.report(word, f"`{word.text}` cannot be compared with `{field_name(test.field)}`, which is {describe(left)}")


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
    terms = expression.terms if isinstance(expression, r.And) else (expression,)
    possible: dict[str, set[r.Scalar]] = {}
    if noun in DOMAINS["statistic"]:
        possible["statistic"] = {noun}
    for term in terms:
        allowed = _allowed(term)
        if allowed is not None:
            name, values = allowed
            possible[name] = possible[name] & values if name in possible else values
    ranges = _ranges(terms)
    empty = [name for name, values in possible.items() if not values]
    return next(iter(empty + [name for name, (low, high) in ranges.items() if low > high]), "")


def _allowed(term: r.Expression | None) -> tuple[str, set[r.Scalar]] | None:
    if isinstance(term, r.Compare) and term.op == "is" and isinstance(term.right, r.Literal):
        return term.left.name, {term.right.value}
    if isinstance(term, r.OneOf) and not term.negated:
        return term.left.name, set(term.values)
    return None


def _ranges(terms: tuple[r.Expression | None, ...]) -> Mapping[str, tuple[float, float]]:
    ranges: dict[str, tuple[float, float]] = {}
    for term in terms:
        if isinstance(term, r.Compare) and isinstance(term.right, r.Literal) and isinstance(term.right.value, float):
            low, high = ranges.get(term.left.name, (float("-inf"), float("inf")))
            if term.op in ("at least", "more than"):
                low = max(low, term.right.value)
            if term.op in ("at most", "less than"):
                high = min(high, term.right.value)
            ranges[term.left.name] = (low, high)
    return ranges
