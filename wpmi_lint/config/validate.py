"""Checks a marked YAML document against a JSON Schema that ships, and says what is wrong in a person's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wpmi_lint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jsonschema import ValidationError

    from wpmi_lint.config.marked import Marked, Route


def check(document: Marked, schema: Mapping[str, object]) -> None:
    """Raise UsageError with one line for each problem: file:line:column, key, what was expected, what is closest."""
    problems = sorted(set(_problems(document, schema)))
    if problems:
        raise UsageError("\n".join(text for _, text in problems))


class _Fault(NamedTuple):
    """What a schema says is wrong, in plain types."""

    route: Route
    rule: str  # the keyword of the schema
    wanted: object  # its value
    found: object
    schema: Mapping[str, object]
    message: str


def _problems(document: Marked, schema: Mapping[str, object]) -> Iterator[tuple[tuple[int, int], str]]:
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(schema).iter_errors(document.value):
        for leaf in _leaves(error):
            for route, words in _said(_fault(leaf)):
                mark = document.marks.get(route) or document.marks.get(route[:-1])
                place = (mark.line, mark.column) if mark else (1, 1)
                yield place, f"{document.where(route)}: {words}"


def _leaves(error: ValidationError) -> Iterable[ValidationError]:
    """Of alternatives, the errors of the one that came closest."""
    if error.validator not in ("anyOf", "oneOf") or not error.context:
        return (error,)
    depth = max(len(one.absolute_path) for one in error.context)
    deepest = [one for one in error.context if len(one.absolute_path) == depth]
    return deepest if depth > len(error.absolute_path) else (error,)


def _fault(error: ValidationError) -> _Fault:
    schema = error.schema if isinstance(error.schema, dict) else {}
    route: Route = tuple(error.absolute_path)
    return _Fault(route, str(error.validator), error.validator_value, error.instance, schema, error.message)


def _said(fault: _Fault) -> Iterator[tuple[Route, str]]:
    route, key, found = fault.route, _key(fault.route), _shown(fault.found)
    described = fault.schema.get("description")
    if fault.rule == "additionalProperties":
        known = _names(fault.schema.get("properties"))
        for name in _names(fault.found):
            if name not in known:
                yield (*route, name), f'unknown key "{name}"{_closest(name, known)}'
    elif fault.rule == "required":
        for name in _names(fault.wanted):
            if name not in _names(fault.found):
                yield route, f'the key "{name}" is missing{key and " from " + key}'
    elif fault.rule in ("enum", "const"):
        known = _names(fault.wanted) if fault.rule == "enum" else [str(fault.wanted)]
        yield route, f"{key} is {found}, expected {_either(known)}{_closest(str(fault.found), known)}"
    elif fault.rule == "type":
        yield route, f"{key or 'this file'} is {found}, expected {_types(fault.wanted, described)}"
    else:
        yield route, f"{key} is {found}, expected {described or fault.message}"


def _names(found: object) -> list[str]:
    return [str(name) for name in found] if isinstance(found, dict | list) else []


def _key(route: Route) -> str:
    """A route as people write it: files."a.csv".label, exclude[2]."""
    text = ""
    for step in route:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        else:
            text += ("." if text else "") + (step if step.replace("-", "").replace("_", "").isalnum() else f'"{step}"')
    return text


_TYPES = {
    "object": "keys and values",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


def _types(wanted: object, described: object) -> str:
    names = [_TYPES.get(name, name) for name in ([wanted] if isinstance(wanted, str) else _names(wanted))]
    return " or ".join(names) + (f" ({described})" if described else "")


def _either(words: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _shown(found: object) -> str:
    if found is None:
        return "empty"
    if isinstance(found, dict):
        return "keys and values"
    if isinstance(found, list):
        return "a list"
    if isinstance(found, bool):
        return "true" if found else "false"
    return f'"{found}"' if isinstance(found, str) else str(found)


def _closest(word: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, 1, 0.6)
    if near and near[0] != word:
        return f'; did you mean "{near[0]}"?'
    return f"; known here: {', '.join(known)}" if known and len(known) <= 20 else ""
