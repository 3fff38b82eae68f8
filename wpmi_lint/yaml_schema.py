"""A YAML file against its JSON Schema: every fault as one line that says what was expected and what is closest."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from wpmi_lint.closest import closest
from wpmi_lint.resources import schema as schema_path
from wpmi_lint.yaml_file import Fault, YamlFile, read_yaml, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonschema.exceptions import ValidationError

ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FORMS = ("%Y/%m/%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y")  # in which people write dates


def load_checked(path: str, schema_name: str) -> YamlFile:
    """Read a file and check it by a schema of the package. Raises UsageError with every fault."""
    file = read_yaml(path)
    with open(schema_path(schema_name), encoding="utf-8") as stream:
        rules = json.load(stream)
    help = f"the keys are described in {schema_name}; `wpmi-lint init --release` writes commented templates"
    refuse(file, check_schema(file, rules), help)
    return file


def check_schema(file: YamlFile, rules: Mapping[str, object]) -> list[Fault]:
    """What is wrong with a file by its schema."""
    from jsonschema import Draft202012Validator, FormatChecker

    formats = FormatChecker(formats=())
    formats.checks("date")(lambda text: not isinstance(text, str) or parse_date(text) is not None)
    validator = Draft202012Validator(rules, format_checker=formats)
    errors = sorted(validator.iter_errors(file.value), key=lambda error: error.validator != "type")
    seen: set[tuple[object, ...]] = set()
    faults: list[Fault] = []
    for error in errors:  # a list where a word should be is one fault, not two
        own = (*error.absolute_path, error.message) if error.validator == "required" else (*error.absolute_path,)
        if own not in seen:
            faults += _problems(error)
        seen.add(own)
    return faults


def parse_date(text: str) -> date | None:
    """A date written as 2012-06-28; None where the text is not one, or is in another form."""
    try:
        return date.fromisoformat(text) if ISO.fullmatch(text) else None
    except ValueError:
        return None


def _problems(error: ValidationError) -> Iterable[Fault]:
    at = tuple(error.absolute_path)
    instance: Any = error.instance
    value: Any = error.validator_value
    keyword, rules = error.validator, _rules(error)
    if keyword == "required":
        key = re.sub(r"^'(.*)' is a required property$", r"\1", error.message)
        expected = rules.get("properties", {}).get(key, {}).get("description", "")
        yield Fault(at, f'the key "{key}" is missing' + (f": {expected}" if expected else ""))
    elif keyword == "additionalProperties":
        allowed = list(rules.get("properties", {}))
        missing = [key for key in rules.get("required", []) if key not in instance]
        for key in instance:
            if key not in allowed:
                yield Fault((*at, key), f'unknown key "{key}"{closest(key, missing) or closest(key, allowed)}')
    elif keyword == "enum":
        allowed = [str(choice) for choice in value]
        yield Fault(at, f"expected {' or '.join(allowed)}, found {_shown(instance)}{closest(str(instance), allowed)}")
    elif keyword == "format" and value == "date":
        yield Fault(at, f"expected a date such as 2012-06-28, found {_shown(instance)}{_date_help(str(instance))}")
    else:
        yield Fault(at, f"expected {_expected(error)}, found {_shown(instance)}")


def _expected(error: ValidationError) -> str:
    if error.validator in ("minLength", "minItems", "minProperties") and error.instance in ("", [], {}):
        return "something here: it must not be empty"
    description, kind = _rules(error).get("description", ""), _rules(error).get("type", "")
    words = {"string": "words", "array": "a list (each line begins with -)", "object": "keys with values (key: value)"}
    kinds = [words.get(k, "") for k in ([kind] if isinstance(kind, str) else kind)]
    form = " or ".join(k for k in kinds if k)
    if error.validator == "type" and form:
        return f"{form}: {description}" if description else form
    return str(description or form or error.validator_value)


def _rules(error: ValidationError) -> dict[str, Any]:
    """The part of the schema that was broken: JSON, so of no static type."""
    return error.schema if isinstance(error.schema, dict) else {}


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return '"' + (value if len(value) <= 60 else value[:57] + "...") + '"'
    return "a list" if isinstance(value, list) else "keys with values"


def _date_help(text: str) -> str:
    guess = _guess(text)
    if guess:
        return f"; did you mean {guess.isoformat()}?"
    if re.match(r"\d{4}-\d\d-\d\d[T ]", text):
        return f"; write {text[:10]} without the time (days are those of Europe/London)"
    if ISO.fullmatch(text):
        return "; there is no such day"
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text):
        return "; write year, month, day"
    return ""


def _guess(text: str) -> date | None:
    """The date that was meant, where only one can be: 28/06/2012, 2012/6/28, 28 June 2012."""
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", re.sub(r"(?<=\d)[/.-](?=\d)", "/", text))
    for form in FORMS:
        try:
            day = datetime.strptime(plain, form).date()
        except ValueError:
            continue
        return None if form == "%d/%m/%Y" and day.day <= 12 else day
    return None
