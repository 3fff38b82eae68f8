"""The man page, from the commands and their options: what `wpmi-lint --man` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint import __version__
from wpmi_lint.cli import help
from wpmi_lint.cli.options import COMMANDS, COMMON, command
from wpmi_lint.status import MEANING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wpmi_lint.cli.options import Option

FILES = {
    "wpmi-lint.yaml": "settings for a folder and everything below it; wpmi-lint init writes a commented one",
    "release.yaml": "the manifest of a release",
    "register.yaml": "agreements, representatives, contracts and suspensions, for all releases",
    "waivers.yaml": "findings that somebody answers for",
}
ENVIRONMENT = {
    "NO_COLOR": "no colour, where --color does not say otherwise",
    "FORCE_COLOR": "colour also where the output is not a terminal",
    "CI, GITHUB_ACTIONS, GITLAB_CI, PRE_COMMIT": "the output is a log: figures of failing cells are masked",
}


def page() -> Iterator[str]:
    """The page in man's own markup, section 1, line by line; it holds no date, so that it is the same for a version."""
    yield f'.TH WPMI\\-LINT 1 "" "wpmi\\-lint {__version__}" "User Commands"'
    yield from (".SH NAME", r"wpmi\-lint \- check tables against a disclosure policy before they are shared")
    yield from (".SH SYNOPSIS", r".B wpmi\-lint", _text("[COMMAND] [OPTIONS] PATH..."))
    yield from (".SH DESCRIPTION", _text(help.WHAT))
    yield ".SH COMMANDS"
    for name in COMMANDS:
        asked = command(name)
        yield f".SS {_text(f'wpmi-lint {name} {asked.operands}'.rstrip())}"
        yield _text(help.described(name))
        yield from _entries(option for option in asked.options if option not in COMMON)
    yield ".SH COMMON OPTIONS"
    yield from _entries(COMMON)
    yield ".SH EXIT STATUS"
    for number, meaning in MEANING.items():
        yield from _entry(str(number), meaning)
    for heading, table in (("FILES", FILES), ("ENVIRONMENT", ENVIRONMENT), ("EXAMPLES", help.EXAMPLES)):
        yield f".SH {heading}"
        for term, meaning in table.items():
            yield from _entry(term, meaning)


def _entries(options: Iterable[Option]) -> Iterator[str]:
    for option in options:
        yield from _entry(help.spelt(option), help.filled(option.help))


def _entry(term: str, meaning: str) -> Iterator[str]:
    yield from (".TP", rf"\fB{_text(term)}\fR", _text(meaning))


def _text(words: str) -> str:
    """Words that are not taken for markup."""
    escaped = words.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
