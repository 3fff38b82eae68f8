"""Every field of every noun is filled, for every fact, with a column of its type."""

from pathlib import Path

import pytest

from wpmi_lint.formats import open_file
from wpmi_lint.nouns import NOUNS
from wpmi_lint.nouns.context import FileContext, TableContext
from wpmi_lint.nouns.contract import DOMAINS, Coded, Noun, Numbers, Subjects, Truths
from wpmi_lint.nouns.release_context import Marked, ReleaseContext
from wpmi_lint.policy import load
from wpmi_lint.release.gather import gather
from wpmi_lint.run import understand_document
from wpmi_lint.terms import Matcher

RELEASES = Path(__file__).parents[2] / "examples" / "release-repository" / "releases"
MATCHER = Matcher(load("work-programme").vocabulary)
EVERY_STATISTIC = b"""Area,Referrals,Rate per head,Average weeks,Cost (\xc2\xa3)
North,120,3.1,12.5,\xc2\xa31200
South,60,2.4,11.5,\xc2\xa3800
"""
KINDS = {"number": Numbers, "truth": Truths}


def contexts(scope: str) -> list[object]:
    """Every table, file and release of the repository that ships."""
    if scope == "release":
        tables = [Marked("table", "A1:B2", "", "for Leeds only", "A1:B2", None)]
        releases = [gather(str(folder)) for folder in sorted(RELEASES.iterdir())]
        marked = [[t._replace(name=file.name) for file in release.files for t in tables] for release in releases]
        return [ReleaseContext(release, {}, own) for release, own in zip(releases, marked, strict=True)]
    paths = [path for path in sorted(RELEASES.rglob("*")) if path.suffix in (".csv", ".xlsx", ".ods", ".json")]
    found = [*(open_file(str(path)) for path in paths), open_file("every.csv", EVERY_STATISTIC)]
    understood = [(document, *understand_document(document, MATCHER)[:2]) for document in found]
    if scope == "file":
        return [FileContext(document, tables, texts, MATCHER) for document, tables, texts in understood]
    return [TableContext(document, table, MATCHER) for document, tables, _ in understood for table in tables]


@pytest.fixture(scope="module")
def found() -> dict[str, list[Subjects]]:
    by_scope = {scope: contexts(scope) for scope in ("table", "file", "release")}
    return {noun.name: [noun.find(context) for context in by_scope[noun.scope]] for noun in NOUNS.values()}


@pytest.mark.parametrize("noun", NOUNS.values(), ids=NOUNS)
def test_every_field_is_filled(noun: Noun, found: dict[str, list[Subjects]]) -> None:
    if not any(subjects.size for subjects in found[noun.name]):
        pytest.skip("no release that ships has one")
    for subjects in found[noun.name]:
        for name, field in noun.fields.items():
            column = field.fill(subjects.of)
            kind = field.type if isinstance(field.type, str) else "text"
            assert isinstance(column, KINDS.get(kind, Coded)), name
            codes = column.codes if isinstance(column, Coded) else column.values
            assert codes.shape == (subjects.size,), name
            if isinstance(column, Coded) and subjects.size:
                assert set(codes.tolist()) <= set(range(-len(column.words), len(column.words))), name
                allowed = field.type if isinstance(field.type, tuple) else DOMAINS.get(field.type)
                words = {column.words[code] for code in codes.tolist()}
                assert not allowed or words <= {*allowed, None}, name
        for i in range(min(subjects.size, 20)):
            assert subjects.place(i).path


@pytest.mark.parametrize("noun", [noun for noun in NOUNS.values() if noun.scope == "table"], ids=lambda noun: noun.name)
def test_facts_of_a_table_say_of_which_figures_they_speak(noun: Noun, found: dict[str, list[Subjects]]) -> None:
    for subjects in found[noun.name]:
        if subjects.figure is not None and subjects.first is None:
            assert len(subjects.figure) == subjects.size
        elif subjects.figure is not None:
            assert len(subjects.first) == subjects.size + 1
            assert subjects.first[-1] == len(subjects.figure)


def test_cells_totals_and_breakdowns_speak_of_figures(found: dict[str, list[Subjects]]) -> None:
    for noun in ("cell", "count", "percentage", "rate", "mean", "money", "total", "breakdown"):
        assert all(subjects.figure is not None for subjects in found[noun]), noun
