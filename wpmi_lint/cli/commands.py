"""The commands and their options: one table, which the parser and the help are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.cli.arguments import Option
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from wpmi_lint.cli.arguments import Arguments


class Command(NamedTuple):
    """A command: what it takes, what it is for, an example or two, its options, and what runs it."""

    operands: str
    doc: str
    options: tuple[Option, ...]
    examples: tuple[str, ...]
    run: Callable[[Arguments], int]
    more: str = ""  # a paragraph of help


HELP = Option("help", "show this help", short="h")
VERSION = Option("version", "show the version", short="V")
VERBOSE = Option("verbose", "say more; with an internal failure, the trace", short="v")
POLICY = Option("policy", "the policy: a bundled name or a .wpmi file (default work-programme)", "NAME|PATH", "p")
OUTPUT = Option(
    "output",
    "full, concise, json, sarif, junit, github or gitlab; with :FILE into a file; may be repeated",
    "FORMAT[:FILE]",
    "o",
    many=True,
)
COLOR = Option(
    "color", "auto, always or never; NO_COLOR and FORCE_COLOR are heeded", "WHEN", choices=("auto", "always", "never")
)
WIDTH = Option("width", "columns to use (default: the terminal's; 80 elsewhere)", "N")
CONFIG = Option("config", "use this configuration instead of the nearest wpmi-lint.yaml", "FILE")
ISOLATED = Option("isolated", "use no configuration file")
STDIN_FILENAME = Option("stdin-filename", "the name that standard input (-) goes by", "NAME")
AS_AT = Option("as-at", "judge as on this date (YYYY-MM-DD)", "DATE")

COMMON = (HELP, VERSION, VERBOSE, COLOR, WIDTH)
SETTINGS = (POLICY, CONFIG, ISOLATED, AS_AT)
CHECKING = (
    *SETTINGS,
    OUTPUT,
    Option("select", "run only these rules: codes, names or starts of codes (WP1)", "RULES", many=True),
    Option("ignore", "do not run these rules", "RULES", many=True),
    Option(
        "fail-level",
        "exit 1 for findings at this level or above (default error)",
        "LEVEL",
        choices=("error", "warning", "review"),
    ),
    Option(
        "values",
        "figures that the report shows: all, published (those of failing cells masked) or none",
        "WHICH",
        choices=("all", "published", "none"),
    ),
    Option("waivers", "the waivers (default: waivers.yaml of the configuration)", "FILE"),
    Option("jobs", "processes to use (default: as many as help)", "N", "j"),
    Option("statistics", "also show how often each rule was broken"),
    Option("quiet", "findings only, no summary", short="q"),
)


def _check(arguments: Arguments) -> int:
    from wpmi_lint.cli.check import run

    return run(arguments)


def _tables(arguments: Arguments) -> int:
    from wpmi_lint.cli.tables import run

    return run(arguments)


def _explain(arguments: Arguments) -> int:
    from wpmi_lint.cli.rules import explain

    return explain(arguments)


def _rules(arguments: Arguments) -> int:
    from wpmi_lint.cli.rules import rules

    return rules(arguments)


def _release(arguments: Arguments) -> int:
    from wpmi_lint.cli.release import run

    return run(arguments)


def _verify(arguments: Arguments) -> int:
    from wpmi_lint.cli.verify import run

    return run(arguments)


def _waivers(arguments: Arguments) -> int:
    from wpmi_lint.cli.waivers import run

    return run(arguments)


def _policy(arguments: Arguments) -> int:
    from wpmi_lint.cli.policy import run

    return run(arguments)


def _init(arguments: Arguments) -> int:
    from wpmi_lint.cli.init import run

    return run(arguments)


def _demo(arguments: Arguments) -> int:
    from wpmi_lint.cli.demo import run

    return run(arguments)


COMMANDS: dict[str, Command] = {
    "check": Command(
        "PATH...",
        "check files, or all candidate files of folders, against the policy",
        (*COMMON, *CHECKING, STDIN_FILENAME),
        (
            "wpmi-lint referrals.csv starts.xlsx",
            "wpmi-lint check reports/ --output concise --output json:report.json",
            "export.py | wpmi-lint - --stdin-filename referrals.csv",
        ),
        _check,
        "The word check may be left out. Folders are searched for .csv, .tsv, .xlsx, .xlsm, .ods and .json files.",
    ),
    "tables": Command(
        "PATH...",
        "show how files were understood: tables, roles, statistics, totals, and why",
        (
            *COMMON,
            *SETTINGS,
            STDIN_FILENAME,
            Option("output", "full or json", "FORMAT", "o", choices=("full", "json")),
            Option("as-layout", "print the present understanding as a layout for wpmi-lint.yaml"),
            Option("values", "figures to show: all or none", "WHICH", choices=("all", "published", "none")),
        ),
        ("wpmi-lint tables starts.xlsx", "wpmi-lint tables starts.xlsx --output json"),
        _tables,
    ),
    "explain": Command(
        "RULE...",
        "a rule: what it asks, the clause it rests on, why, how to put it right",
        (*COMMON, *SETTINGS),
        ("wpmi-lint explain WP102", "wpmi-lint explain stale-total"),
        _explain,
    ),
    "rules": Command(
        "",
        "all rules of the policy in force",
        (*COMMON, *SETTINGS, Option("output", "full or json", "FORMAT", "o", choices=("full", "json"))),
        ("wpmi-lint rules", "wpmi-lint rules --policy nhs-hes"),
        _rules,
    ),
    "release": Command(
        "[PATH...]",
        "check release folders or manifests: files, labels, agreement, recipient, together",
        (*COMMON, *CHECKING, Option("receipt", "write a record of what was checked, and what came of it", "FILE")),
        ("wpmi-lint release releases/2012-q3", "wpmi-lint release releases"),
        _release,
        "A folder without a release.yaml means all releases below it. A release is judged as on its own date.",
    ),
    "verify": Command(
        "RECEIPT [FOLDER]",
        "say whether the files of a release are still the ones that its receipt cleared",
        COMMON,
        ("wpmi-lint verify 2012-q3.receipt.json",),
        _verify,
    ),
    "waivers": Command(
        "[PATH...]",
        "list the waivers of releases with what they cover, and which can go",
        (*COMMON, *SETTINGS, Option("prune", "take out those that are unused or expired")),
        ("wpmi-lint waivers releases", "wpmi-lint waivers releases --prune"),
        _waivers,
    ),
    "policy": Command(
        "check|test|fmt|show PATH...",
        "check a policy, run its examples, format it, or show it resolved",
        (
            *COMMON,
            Option("check", "fmt: change nothing, exit 1 where something would change"),
            Option("output", "full or json", "FORMAT", "o", choices=("full", "json")),
        ),
        ("wpmi-lint policy check my.wpmi", "wpmi-lint policy test my.wpmi", "wpmi-lint policy fmt --check my.wpmi"),
        _policy,
    ),
    "init": Command(
        "[FOLDER]",
        "write a commented wpmi-lint.yaml to start from",
        (*COMMON, Option("release", "also a release.yaml, a register.yaml and a waivers.yaml")),
        ("wpmi-lint init", "wpmi-lint init reports --release"),
        _init,
    ),
    "demo": Command(
        "",
        "check a bundled example that breaks several rules, and explain what you see",
        (*COMMON, Option("output", "full, concise or json", "FORMAT", "o", choices=("full", "concise", "json"))),
        ("wpmi-lint demo",),
        _demo,
    ),
}
