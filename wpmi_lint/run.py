"""The pipeline on one page: files to sheets, tables, facts, findings, report. Read this first."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from wpmi_lint.a1 import parse_address
from wpmi_lint.evaluate import own
from wpmi_lint.evaluate.file import evaluate, plan
from wpmi_lint.formats import locate, not_inspected, open_file
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
    from wpmi_lint.model import Document, Excerpt, Finding, Refusal, Report, Table, Text
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
    verbose: bool = False  # after a failure of the tool itself, the trace is written to standard error


class Checker(NamedTuple):
    """A policy made ready; one serves all files."""

    plan: Plan
    matcher: Matcher
    options: Options


def checker(policy: Policy, options: Options) -> Checker:
    """A policy with its terms and the plan of the rules that were chosen."""
    return Checker(
        plan=plan(policy, lambda rule: wanted(rule, options)), matcher=Matcher(policy.vocabulary), options=options
    )


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
        files = [first, *ordered(partial(check_file, ready=ready), tasks[1:], jobs=options.jobs, done=done)]
    else:
        files = []
        for task in tasks:
            files.append(check_file(task, ready))
            done()
    return report(policy, files, as_at=options.as_at, values=options.values)


def check_file(task: Task, ready: Checker) -> FileResult:
    """Everything there is to find out about one file; a failure of the tool itself is a finding of this file alone."""
    try:
        return _checked(task, ready)
    except Exception as error:
        if ready.options.verbose:
            import traceback

            traceback.print_exc()
        return FileResult(path=task.path, format="", sha256="", findings=(own.failed(task.path, error),))


def _checked(task: Task, ready: Checker) -> FileResult:
    document = open_file(task.path, task.data)
    result = FileResult(path=document.path, format=document.format, sha256=document.sha256)
    if document.unread:
        return result._replace(findings=own.refusals(document))
    tables, findings, verdicts = judge_document(document, ready, task.layouts)
    placed = _placed(document, tables, findings)
    return result._replace(
        tables=_described(document, tables) if ready.options.describe else (),
        findings=placed,
        cells=sum(table.value.size for table in tables),
        rules_run=verdicts.rules_run,
        not_checked=verdicts.not_checked,
        tables_found=len(tables),
        excerpts=_excerpts(document, tables, placed) if ready.options.excerpts else {},
        remarks=document.remarks,
    )


def judge_document(
    document: Document, ready: Checker, layouts: tuple[Layout, ...] = ()
) -> tuple[tuple[Table, ...], tuple[Finding, ...], Verdicts]:
    """The tables of a document and all findings about it."""
    tables, texts, limits = understand_document(document, ready.matcher, layouts)
    file = FileContext(document, tables, texts, matcher=ready.matcher)
    verdicts = evaluate(ready.plan, chain(file.each_table(), (file,)))
    others = own.doubts(document, tables) if tables or document.refusals else (own.no_table(document),)
    reason = not_inspected(document)
    unseen = (own.not_inspected(document, reason),) if reason else ()
    return tables, (*verdicts.findings, *others, *own.refusals(document, limits), *unseen), verdicts


def understand_document(
    document: Document, matcher: Matcher, layouts: tuple[Layout, ...] = ()
) -> tuple[tuple[Table, ...], tuple[Text, ...], tuple[Refusal, ...]]:
    """The tables and texts of all sheets, and the limits that were reached in them."""
    tables: list[Table] = []
    texts: list[Text] = []
    limits: list[Refusal] = []
    for index, sheet in enumerate(document.sheets):
        understood = understand(sheet, index, matcher, file_name=document.path, layouts=layouts)
        tables += understood.tables
        texts += understood.texts
        limits += understood.limits
    return tuple(tables), tuple(texts), tuple(limits)


def _placed(document: Document, tables: Sequence[Table], findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the file, each with its line or pointer where the format has such."""
    sheets = {table.id: table.sheet for table in tables} | {s.name or None: i for i, s in enumerate(document.sheets)}
    order = {table.id: i for i, table in enumerate(tables)}
    keyed = []
    for finding in findings:
        place = finding.place
        cell = parse_address(place.cell or "")
        sheet = sheets.get(place.table or place.sheet, 0)
        if cell is not None:
            place = place._replace(**locate(document, sheet, *cell)._asdict())
        key = (sheet, order.get(place.table or "", -1), cell or (-1, -1), finding.rule)
        keyed.append((key, finding._replace(place=place)))
    return tuple(finding for _, finding in sorted(keyed, key=lambda pair: pair[0]))


def _described(document: Document, tables: Sequence[Table]) -> tuple[dict[str, object], ...]:
    from wpmi_lint.tables.describe import describe

    return tuple(describe(table, document.sheets[table.sheet].name or None) for table in tables)


def _excerpts(document: Document, tables: Sequence[Table], findings: Sequence[Finding]) -> dict[int, Excerpt]:
    from wpmi_lint.report.excerpt import excerpts

    return excerpts(document, tables, findings)
