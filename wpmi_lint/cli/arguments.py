"""Command-line arguments: an explicit table of options and a parser that says what it did not understand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.errors import UsageError
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Option(NamedTuple):
    """An option. `value` is what help calls its value, "" for a flag; `choices` are the values allowed."""

    name: str
    doc: str
    value: str = ""
    short: str = ""
    choices: tuple[str, ...] = ()
    many: bool = False  # may be repeated, and a value may be a comma-separated list


class Arguments:
    """What was said: operands, and the values of each option in the order given."""

    def __init__(self, operands: tuple[str, ...], values: dict[str, list[str]]) -> None:
        self.operands = operands
        self._values = values

    def flag(self, name: str) -> bool:
        """The option was given."""
        return name in self._values

    def text(self, name: str) -> str | None:
        """The option's last value."""
        values = self._values.get(name)
        return values[-1] if values else None

    def words(self, name: str) -> tuple[str, ...]:
        """All values of a repeatable option, lists taken apart."""
        return tuple(word.strip() for value in self._values.get(name, ()) for word in value.split(",") if word.strip())

    def given(self, name: str) -> tuple[str, ...]:
        """All values of a repeatable option, as they were given."""
        return tuple(self._values.get(name, ()))


def parse(words: Sequence[str], options: Sequence[Option]) -> Arguments:
    """Take the words of a command apart. Raises UsageError."""
    operands: list[str] = []
    values: dict[str, list[str]] = {}
    rest = iter(words)
    for word in rest:
        if word == "--":
            operands += rest
        elif word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            option = _named(name, options)
            values.setdefault(option.name, []).append(_value(option, value if equals else None, rest))
        elif word.startswith("-") and word != "-":
            for option, value in _short(word[1:], options, rest):
                values.setdefault(option.name, []).append(value)
        else:
            operands.append(word)
    return Arguments(tuple(operands), values)


def _named(name: str, options: Sequence[Option]) -> Option:
    for option in options:
        if option.name == name:
            return option
    raise UsageError(f"unknown option --{name}{closest(name, [option.name for option in options], '--')}")


def _short(letters: str, options: Sequence[Option], rest: Iterator[str]) -> Iterator[tuple[Option, str]]:
    for place, letter in enumerate(letters):
        option = next((one for one in options if one.short == letter), None)
        if option is None:
            raise UsageError(f"unknown option -{letter}{closest(letters, [one.name for one in options], '--')}")
        if option.value:
            yield option, _value(option, letters[place + 1 :] or None, rest)
            return
        yield option, ""


def _value(option: Option, value: str | None, rest: Iterator[str]) -> str:
    if not option.value:
        if value is not None:
            raise UsageError(f"--{option.name} takes no value")
        return ""
    value = next(rest, None) if value is None else value
    if value is None:
        raise UsageError(f"--{option.name} needs a value: {option.value}")
    if option.choices and value not in option.choices:
        wanted = ", ".join(option.choices)
        near = closest(value, list(option.choices), "")
        raise UsageError(f'--{option.name}: "{value}" is not one of {wanted}{near}')
    return value


def closest(word: str, known: list[str], before: str) -> str:
    """ "; did you mean …?" where something known is close."""
    from wpmi_lint.closest import closest

    return closest(word, known, f"; did you mean {before}{{}}?")
