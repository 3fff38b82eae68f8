"""The list of nouns in docs/policies.md is written from the nouns themselves: --rewrite writes it anew."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from textwrap import fill

import pytest

from wpmi_lint.nouns import CHECKS, NOUNS
from wpmi_lint.nouns.contract import DOMAINS, Field, Noun

PAGE = Path(__file__).parents[2] / "docs" / "policies.md"
MARK = "<!-- From here on written by: python -m pytest tests/nouns/test_docs.py --rewrite -->\n"
GIVEN = "; an example can give one"
WORDS = (
    "The words of a measure, kind, dimension or label are the policy's own. The fields of a total are those of a cell, "
    "and three more.\nThese words are fixed:"
)
MANY = 12  # words that a field can be: more are listed below the table


def section() -> str:
    """What the page says below its mark."""
    nouns = ("\n".join(noun_lines(list(alike))) for _, alike in groupby(NOUNS.values(), lambda noun: id(noun.fields)))
    domains = [f"* {name}: {', '.join(words)}" for name, words in DOMAINS.items()]
    return "\n" + "\n\n".join(["\n".join([WORDS, "", *domains]), *nouns, "\n".join(check_lines())]) + "\n"


def noun_lines(alike: list[Noun]) -> Iterator[str]:
    """Nouns that share their fields, in one table."""
    yield f"### {', '.join(f'`{noun.name}`' for noun in alike)}"
    yield ""
    yield from (f"* `{noun.name}`: one for each {noun.each}{GIVEN if noun.given else ''}" for noun in alike)
    yield from ("", "| field | type | what it holds |", "|---|---|---|")
    fields, long = own_fields(alike[0]), []
    for name, field in fields.items():
        words = isinstance(field.type, tuple) and len(field.type) > MANY
        long += [name] if words else []
        yield f"| `{name}` | {'one of the words below' if words else kind(field)} | {field.doc} |"
    for name in long:
        yield ""
        yield fill(f"`{name}` is one of {kind(fields[name])}.", 120, break_on_hyphens=False, break_long_words=False)


def own_fields(noun: Noun) -> dict[str, Field]:
    """The fields that the cell does not have: a total has those of a cell and more."""
    cell = NOUNS["cell"].fields
    return dict(noun.fields) if noun.fields is cell else {n: f for n, f in noun.fields.items() if cell.get(n) is not f}


def kind(field: Field) -> str:
    """The type of a field."""
    words = ", ".join(field.type) if isinstance(field.type, tuple) else field.type
    return f"several of {words}" if field.many else words


def check_lines() -> Iterator[str]:
    yield from ("### Named checks", "", "| check | of a | what it does |", "|---|---|---|")
    for check in CHECKS.values():
        parameters = ", ".join(f"{name}: {kind}" for name, kind in check.parameters.items())
        yield f"| `{check.name}({parameters})` | `{check.noun}` | {check.doc} |"


def test_the_page_lists_every_noun_and_field(request: pytest.FixtureRequest) -> None:
    before, mark, after = PAGE.read_text().partition(MARK)
    assert mark, f"{PAGE} has lost the line that says where the list begins"
    if request.config.getoption("rewrite"):
        PAGE.write_text(before + mark + section())
        return
    assert after == section(), "python -m pytest tests/nouns/test_docs.py --rewrite"
