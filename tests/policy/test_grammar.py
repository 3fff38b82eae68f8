"""The grammar: no conflict is settled in silence, and what it can say survives formatting."""

import logging
import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from lark import Lark, logger

from wpmi_lint.policy.format import LONGEST, formatted, means_the_same
from wpmi_lint.policy.parse import grammar_path, parse, parser

with open(grammar_path(), encoding="utf-8") as file:
    GRAMMAR = file.read()


def conflicts(grammar: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The conflicts that lark settles by itself and tells nobody of, but for its debug log."""
    lines: list[str] = []
    listener = logging.Handler()
    monkeypatch.setattr(listener, "emit", lambda record: lines.append(record.getMessage()))
    monkeypatch.setattr(logger, "level", logging.DEBUG)
    logger.addHandler(listener)
    try:
        Lark(grammar, parser="lalr", maybe_placeholders=True, debug=True)
    finally:
        logger.removeHandler(listener)
    return [line for line in lines if "conflict" in line.lower()]


def test_no_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    assert conflicts(GRAMMAR, monkeypatch) == []


def test_an_ambiguous_grammar_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    ambiguous = 'start: "if" start ["else" start] | "x"\n%ignore " "'
    assert conflicts(ambiguous, monkeypatch)


def test_no_keyword_is_glued_to_a_word() -> None:
    keywords = [terminal.pattern for terminal in parser().terminals if re.fullmatch("_[A-Z]+", terminal.name)]
    assert len(keywords) > 80
    for pattern in keywords:
        word = pattern.value.removesuffix("\\b")
        assert re.fullmatch(pattern.to_regexp(), word.upper()), word
        assert not re.match(pattern.to_regexp(), word + "x"), word


def _terminals() -> dict[str, st.SearchStrategy[str]]:
    """A few words for each terminal, with a gap behind it; now and then a comment."""
    words = {
        "NAME": ["value", "hidden-rows", "a.b", "x_1", "nearest"],
        "CODE": ["WP101", "A1"],
        "NUMBER": ["20", "-1.5"],
        "PERCENT": ["5%"],
        "DATE": ["2012-06-28"],
        "RELEASE": ["1.0.0", "2"],
        "HOLE": ["{name}"],
        "TRUE": ["true"],
        "FALSE": ["false"],
        "ELSE": ["else"],
        "SUM_OF_PARTS": ["sum of parts", "sum  of\n  parts"],
        "ROW": ["\n| a | b c |\n", "\n|a|b|\n", '\n| "x" | y |\n'],
        "STRING": [
            '""',
            '"a text -- no comment"',
            "“curly”",
            '"one\n   two"',
            '"' + "word " * 40 + '"',
            '"a  b | {c}"',
        ],
    }
    gaps = st.sampled_from([" ", " ", "  ", "\n", "\n  ", "\t", " -- why\n"])
    explicit = {}
    for terminal in parser().terminals:
        keyword = re.search(r"[a-z]+", terminal.pattern.value)
        texts = words.get(terminal.name) or ([keyword.group()] if keyword and terminal.name[0] == "_" else [])
        if texts:
            explicit[terminal.name] = st.tuples(st.sampled_from(texts), gaps).map("".join)
    return explicit


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(from_lark(Lark(GRAMMAR, parser="lalr"), explicit=_terminals()))
def test_formatting_changes_no_meaning(text: str) -> None:
    parsed = parse(text)
    assume(parsed.tree is not None and not parsed.problems)
    after = formatted(text)
    assert means_the_same(parse(after).tree, parsed.tree), after
    assert formatted(after) == after


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters='"“”\n\r\t')), max_size=60))
def test_a_text_survives_being_broken(words: list[str]) -> None:
    text = f'policy x version 1\nsummary "{" ".join(words)}"\n'
    parsed = parse(text)
    assume(not parsed.problems)
    after = formatted(text)
    assert means_the_same(parse(after).tree, parsed.tree)
    assert formatted(after) == after


def test_long_lines_are_broken() -> None:
    words = (
        "for every word of a long text that goes on over lines say what it is because it is so, or where where is it"
    )
    head = 'policy x version 1\nsource S is "S"\n'
    text = head + f'clause c is S "{words}": "{words} {words}"\n  for a person "{words} {words} {words}"\n'
    after = formatted(text)
    assert max(map(len, after.split("\n"))) <= LONGEST
    assert means_the_same(parse(after).tree, parse(text).tree)
    assert after.count("\n") == 8
