"""What commands and their options are, each option written down once, and the typed record that they become.

Parser, help, man page and completion are made from these tables.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from wpmi_lint.closest import closest
from wpmi_lint.config import FAIL_LEVELS, VALUES, Overrides
from wpmi_lint.errors import UsageError
from wpmi_lint.records import NamedTuple
from wpmi_lint.report import REPORTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Output(NamedTuple):
    """A report that was asked for. `file` is None for standard output."""

    format: str
    file: str | None = None


class Settings(NamedTuple):
    """A command line. None, () and "" where it says nothing; each field but the first two is an option's."""

    command: str
    operands: tuple[str, ...] = ()
    # the policy, and which of its rules
    policy: str | None = None
    config: str | None = None
    isolated: bool = False
    as_at: str | None = None  # ISO date
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    waivers: str | None = None
    fail_level: str | None = None
    # what is read, and with how many processes
    stdin_filename: str = "-"
    jobs: int | None = None
    # what is shown, and where
    output: tuple[Output, ...] = ()
    format: str = "full"  # of a command that has one output
    values: str | None = None
    color: str = "auto"
    width: int | None = None
    statistics: bool = False
    quiet: bool = False
    verbose: bool = False
    # of one command each
    as_layout: bool = False
    check: bool = False
    if_any: bool = False
    prune: bool = False
    receipt: str | None = None
    release: bool = False
    # answered before any command runs
    help: bool = False
    version: bool = False

    @property
    def machine(self) -> bool:
        """A program reads what is printed."""
        return self.format == "json" or self.as_layout

    @property
    def overrides(self) -> Overrides:
        """What the command line states of the configuration."""
        return Overrides(**{field: getattr(self, field) for field in Overrides._fields})


class Option(NamedTuple):
    """An option. What its value is turned into is put into a field of Settings."""

    name: str
    help: str  # {bundled} stands for the names of the policies that ship
    value: str = ""  # what help calls the value; "" for a flag
    short: str = ""
    field: str = ""  # of Settings; "": the name, with _ for -
    choices: tuple[str, ...] = ()  # the values allowed; for `many`, those that a value begins with
    convert: Callable[[str, str], object] | None = None  # from the name and a word to a value; raises UsageError
    many: bool = False  # may be repeated; `convert` gives a tuple
    suggest: str = ""  # what completion offers besides choices: "file", "folder", "policy" or "rule"


class Command(NamedTuple):
    """A command: what it takes, what it is for, its options, examples, and what runs it."""

    operands: str
    summary: str
    options: tuple[Option, ...]
    examples: tuple[str, ...]
    run: Callable[[Settings], int]
    more: str = ""  # a paragraph of help
    suggest: str = "file"  # what completion offers for an operand: as in Option, or "shell"
    actions: tuple[str, ...] = ()  # the words allowed for the first operand
    statuses: bool = False  # help explains the exit statuses


# ---------------------------------------------------------------- from words to values


def word_of(name: str, word: str, choices: Sequence[str]) -> str:
    """One of the words that an option allows."""
    if word not in choices:
        near = closest(word, choices, "; did you mean {}?")
        raise UsageError(f'--{name}: "{word}" is not one of {", ".join(choices)}{near}')
    return word


def _any_of(first: str, *words: str) -> str:
    """As a sentence names them: full, json or sarif."""
    return " or ".join(filter(None, (", ".join((first, *words[:-1])), *words[-1:])))


def _words(_: str, word: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in word.split(",") if part.strip())


def _number(of: str, likely: int) -> Callable[[str, str], int]:
    def number(name: str, word: str) -> int:
        if not (word.isascii() and word.isdigit() and int(word[:9]) > 0 and len(word) < 10):
            raise UsageError(f'--{name}: "{word}" is not a number of {of}', f"for instance --{name} {likely}")
        return int(word)

    return number


def _date(name: str, word: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(word).isoformat()
    except ValueError:
        raise UsageError(f'--{name}: "{word}" is not a date', f"for instance --{name} 2012-10-01") from None


def output(word: str) -> Output:
    """A report as `FORMAT[:FILE]` asks for it."""
    name, colon, file = word.partition(":")
    if name not in REPORTERS:
        near = closest(name, REPORTERS, "; did you mean {}?")
        raise UsageError(f'unknown format "{name}": known are {", ".join(REPORTERS)}{near}')
    if colon and not file:
        raise UsageError(f"--output {word}: a file name is missing after the colon")
    return Output(format=name, file=file or None)


# ---------------------------------------------------------------- the options

HELP = Option("help", "show this help", short="h")
VERSION = Option("version", "show the version", short="V")
VERBOSE = Option("verbose", "say more; after an internal failure, show the trace", short="v")
COLOR = Option(
    name="color",
    help="auto, always or never (default auto: on a terminal, unless NO_COLOR is set, and where FORCE_COLOR is)",
    value="WHEN",
    choices=("auto", "always", "never"),
)
WIDTH = Option(
    name="width",
    help="columns to use (default: those of the terminal, at most 120; 80 elsewhere)",
    value="N",
    convert=_number("columns", 100),
)
POLICY = Option(
    name="policy",
    help="a bundled policy ({bundled}) or the path of a .wpmi file (default work-programme)",
    value="NAME|PATH",
    short="p",
    suggest="policy",
)
CONFIG = Option(
    name="config",
    help="use this configuration file (default: the nearest wpmi-lint.yaml upwards)",
    value="FILE",
    suggest="file",
)
ISOLATED = Option("isolated", "use no configuration file")
AS_AT = Option("as-at", "check as of this date, YYYY-MM-DD (default: today)", "DATE", convert=_date)
OUTPUT = Option(
    name="output",
    help=f"{_any_of(*REPORTERS)} (default full); with :FILE, write it to a file; may be repeated",
    value="FORMAT[:FILE]",
    short="o",
    choices=tuple(REPORTERS),
    convert=lambda _, word: (output(word),),
    many=True,
)
FORMAT = Option("output", "full or json (default full)", "FORMAT", "o", field="format", choices=("full", "json"))
SELECT = Option(
    name="select",
    help="run only these rules: codes (WP102), beginnings of codes (WP1), names (stale-total) or families "
    "(hidden-content), separated by commas; may be repeated",
    value="RULES",
    convert=_words,
    many=True,
    suggest="rule",
)
IGNORE = Option("ignore", "do not run these rules", "RULES", convert=_words, many=True, suggest="rule")
FAIL_LEVEL = Option(
    name="fail-level",
    help="exit with status 1 for findings at this level or above: error, warning or review (default error)",
    value="LEVEL",
    choices=FAIL_LEVELS,
)
FIGURES = Option(
    name="values",
    help="figures to show: all, published (those of failing cells are masked) or none (default: all on a terminal, "
    "published elsewhere)",
    value="WHICH",
    choices=VALUES,
)
WAIVERS = Option(
    name="waivers",
    help="the file of waivers (default: as the configuration says)",
    value="FILE",
    suggest="file",
)
JOBS = Option(
    name="jobs",
    help="processes to use (default: chosen by workload)",
    value="N",
    short="j",
    convert=_number("processes", 4),
)
STATISTICS = Option("statistics", "also show how often each rule was broken")
QUIET = Option("quiet", "show findings only, no summary", short="q")
STDIN_FILENAME = Option("stdin-filename", "the name to use for standard input (-)", "NAME", suggest="file")

COMMON = (HELP, VERSION, VERBOSE, COLOR, WIDTH)
SETTINGS = (POLICY, CONFIG, ISOLATED, AS_AT)
CHECKING = (*SETTINGS, OUTPUT, SELECT, IGNORE, FAIL_LEVEL, FIGURES, WAIVERS, JOBS, STATISTICS, QUIET)

# ---------------------------------------------------------------- the commands

COMMANDS = (
    "check",
    "tables",
    "explain",
    "rules",
    "release",
    "verify",
    "waivers",
    "policy",
    "init",
    "demo",
    "completion",
)


def command(name: str) -> Command:
    """The COMMAND of a module of this room, which is imported when it is asked for."""
    found: Command = import_module(f"wpmi_lint.cli.{name}").COMMAND
    return found
