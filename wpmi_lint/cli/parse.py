"""From the words of a command line to Settings, by argparse; what it did not understand is said in our own words."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from wpmi_lint.cli.options import Settings, word_of
from wpmi_lint.closest import closest
from wpmi_lint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from wpmi_lint.cli.options import Option


def parse(command: str, words: Sequence[str], options: Sequence[Option]) -> Settings:
    """Take the words after a command apart. Raises UsageError."""
    end = words.index("--") if "--" in words else len(words)
    parser = argparse.ArgumentParser(
        prog="wpmi-lint", add_help=False, allow_abbrev=False, exit_on_error=False, formatter_class=_FORMATTER
    )
    add(parser, options)
    help = f"see wpmi-lint {command} --help"
    try:
        known, rest = parser.parse_known_args(words[:end])
    except argparse.ArgumentError as error:
        raise UsageError(_refused(error, words[:end], options), help) from None
    for word in rest:
        if word.startswith("-") and word != "-":
            raise UsageError(_unknown(word, options), help)
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in vars(known).items()
    }
    return Settings(command, (*rest, *words[end + 1 :]), **fields)


def add(parser: argparse.ArgumentParser, options: Sequence[Option]) -> dict[str, argparse.Action]:
    """Give a parser these options; the actions by name, for whoever documents them."""
    return {option.name: parser.add_argument(*_flags(option), **_keywords(option)) for option in options}


# A formatter asks for the terminal's width, and imports shutil for it, for every option that is added.
_FORMATTER = partial(argparse.HelpFormatter, width=80)


def _flags(option: Option) -> list[str]:
    return [f"-{option.short}"] * bool(option.short) + [f"--{option.name}"]


def _keywords(option: Option) -> dict[str, Any]:
    keywords: dict[str, Any] = {
        "dest": option.field or option.name.replace("-", "_"),
        "default": argparse.SUPPRESS,
        "help": option.help.replace("%", "%%"),
    }
    if not option.value:
        return {**keywords, "action": "store_true"}
    keywords |= {"metavar": option.value, "action": "extend" if option.many else "store"}
    if option.convert:
        keywords["type"] = partial(option.convert, option.name)
    elif option.choices:
        keywords["type"] = partial(_chosen, option)
    return keywords


def _chosen(option: Option, word: str) -> str:
    return word_of(option.name, word, option.choices)


def _refused(error: argparse.ArgumentError, words: Sequence[str], options: Sequence[Option]) -> str:
    """An option whose value is missing, a flag with one, or an unknown letter behind a flag's."""
    name = (error.argument_name or "").rpartition("--")[2]
    option = next(option for option in options if option.name == name)
    if option.value:
        return f"--{name} needs a value: {option.value}"
    if any(word.startswith(f"--{name}=") for word in words):
        return f"--{name} takes no value"
    strays = (_stray(word[1:], options) for word in words if word[:1] == "-" and word[:2] != "--")
    return _unknown(f"-{next(filter(None, strays), '')}", options)


def _stray(letters: str, options: Sequence[Option]) -> str:
    """The first of some short options together that does not exist."""
    known = {option.short: option for option in options if option.short}
    for letter in letters:
        if letter not in known:
            return letter
        if known[letter].value:
            return ""
    return ""


def _unknown(word: str, options: Sequence[Option]) -> str:
    names = [option.name for option in options]
    name = word.lstrip("-").partition("=")[0]
    near = closest(name, names, "; did you mean --{}?")
    return f"unknown option {word.partition('=')[0] if word.startswith('--') else word[:2]}{near}"
