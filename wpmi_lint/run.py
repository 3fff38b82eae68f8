"""The pipeline on one page: files to sheets, tables, facts, findings, report. Read this first."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from wpmi_lint.a1 import parse_address
from wpmi_lint.evaluate import own
from wpmi_lint.evaluate.file import evaluate, plan
from wpmi_lint.formats import not_inspected, open_file
from wpmi_lint.model import FileResult
from wpmi_lint.nouns.context import FileContext
from wpmi_lint.outcome import report
from wpmi_lint.policy.resolved import is_meant
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables import understand
from wpmi_lint.terms import Matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wpmi_lint.evaluate.file import Plan, Verdicts
    from wpmi_lint.layouts import Layout
    from wpmi_lint.model import Document, Excerpt, Finding, Report, Table, Text
    from wpmi_lint.policy.resolved import Policy, Rule


class Task(NamedTuple):
    """One candidate file; `data` is given for standard input."""

    path: str
    data: bytes | None = None
    layouts: tuple[Layout, ...] = ()


class Options(NamedTuple):
    """What changes the result of a run."""

    as_at: str  # ISO date
    select: tuple[str, ...] = ()  # codes or beginnings of them, names, families; empty: all
    ignore: tuple[str, ...] = ()
    excerpts: bool = False  # only the full format shows them
    describe: bool = False  # only JSON shows the tables
    values: str = "published"
    jobs: int = 1


class Checker(NamedTuple):
    """A policy made ready; one serves all files."""

    plan: Plan
    matcher: Matcher
    options: Options


def checker(policy: Policy, options: Options) -> Checker:
    """A policy with its terms and the plan of the rules that were chosen."""
    return Checker(plan(policy, lambda rule: wanted(rule, options)), Matcher(policy.vocabulary), options)


def wanted(rule: Rule, options: Options) -> bool:
    """Whether a rule was chosen: selectors are codes, beginnings of codes, names, or families."""
    chosen = not options.select or any(is_meant(rule, selector) for selector in options.select)
    return chosen and not any(is_meant(rule, selector) for selector in options.ignore)


def check(tasks: Sequence[Task], policy: Policy, options: Options, done: Callable[[], None] = lambda: None) -> Report:
    """Check files against a policy. A file that cannot be read is a finding, never an exception."""
    ready = checker(policy, options)
    if options.jobs > 1 and len(tasks) > 1:
        from functools import partial

        from wpmi_lint.parallel import ordered

        first = check_file(tasks[0], ready)  # here, so that the other processes begin with what it has set up
        done()
        files = [first, *ordered(partial(check_file, ready=ready), tasks[1:], options.jobs, done)]
    else:
        files = []
        for task in tasks:
            files.append(check_file(task, ready))
            done()
    return report(policy, options.as_at, options.values, files)


def check_file(task: Task, ready: Checker) -> FileResult:
    """Everything there is to find out about one file."""
    document = open_file(task.path, task.data)
    if document.unread:
        return FileResult(task.path, document.format, document.sha256, (), own.refusals(document), 0, frozenset(), 0)
    tables, findings, verdicts = judge_document(document, ready, task.layouts)
    result = _result(document, tables, _located(document, tables, findings), ready)
    return result._replace(rules_run=verdicts.rules_run, not_checked=verdicts.not_checked)


def judge_document(
    document: Document, ready: Checker, layouts: tuple[Layout, ...] = ()
) -> tuple[tuple[Table, ...], tuple[Finding, ...], Verdicts]:
    """The tables of a document and all findings about it."""
    tables, texts = understand_document(document, ready.matcher, layouts)
    file = FileContext(document, tables, texts, ready.matcher)
    verdicts = evaluate(ready.plan, chain(file.each_table(), (file,)))
    others = own.doubts(document, tables) if tables or document.refusals else (own.no_table(document),)
    reason = not_inspected(document)
    unseen = (own.not_inspected(document, reason),) if reason else ()
    return tables, (*verdicts.findings, *others, *own.refusals(document), *unseen), verdicts


def understand_document(
    document: Document, matcher: Matcher, layouts: tuple[Layout, ...] = ()
) -> tuple[tuple[Table, ...], tuple[Text, ...]]:
    """The tables and texts of all sheets."""
    tables: list[Table] = []
    texts: list[Text] = []
    for index, sheet in enumerate(document.sheets):
        understood = understand(sheet, index, matcher, document.path, layouts)
        tables += understood.tables
        texts += understood.texts
    return tuple(tables), tuple(texts)


def _located(document: Document, tables: Sequence[Table], findings: Sequence[Finding]) -> tuple[Finding, ...]:
    if not findings:
        return ()
    from wpmi_lint.formats import locate

    sheets = {table.id: table.sheet for table in tables} | {s.name or None: i for i, s in enumerate(document.sheets)}
    order = {table.id: i for i, table in enumerate(tables)}
    keyed = []
    for finding in findings:
        place = finding.place
        cell = parse_address(place.cell) if place.cell else None
        sheet = sheets.get(place.table or place.sheet, 0)
        if cell is not None:
            place = place._replace(**locate(document, sheet, *cell)._asdict())
        keyed.append(
            ((sheet, order.get(place.table or "", -1), cell or (-1, -1), finding.rule), finding._replace(place=place))
        )
    return tuple(finding for _, finding in sorted(keyed, key=lambda pair: pair[0]))


def _result(document: Document, tables: Sequence[Table], findings: tuple[Finding, ...], ready: Checker) -> FileResult:
    described: tuple[dict[str, object], ...] = ()
    if ready.options.describe:
        from wpmi_lint.tables.describe import describe

        described = tuple(describe(table, document.sheets[table.sheet].name or None) for table in tables)
    excerpts: dict[int, Excerpt] = {}
    if ready.options.excerpts:
        from wpmi_lint.report.excerpt import excerpts as cut

        excerpts = cut(document, tables, findings)
    return FileResult(
        document.path,
        document.format,
        document.sha256,
        described,
        findings,
        sum(table.value.size for table in tables),
        frozenset(),
        0,
        len(tables),
        excerpts,
        document.remarks,
    )
