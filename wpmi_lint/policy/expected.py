"""What the parser expected, in people's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STATEMENTS = (
    "policy part extends language status in owner summary note source clause include let measure kind dimension label "
    "marker figures totals rule rules leave tighten replace withdraw example"
)
_CLAUSES = "cites for where require forbid ask check severity say because fix may given expect"
STATEMENTS = tuple(_STATEMENTS.split())
CLAUSES = tuple(_CLAUSES.split())

_TERMINALS = {
    "STRING": 'text in double quotes ("...")',
    "NUMBER": "a number",
    "PERCENT": "a percentage (5%)",
    "DATE": "a date (2012-06-28)",
    "NAME": "a name",
    "CODE": "a rule code such as WP101",
    "RELEASE": "a version such as 1.0.0",
    "HOLE": "a {hole} of a family",
    "ROW": "a table row | a | b |",
    "$END": "the end of the file",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "COMMA": "a comma",
    "COLON": "a colon",
    "SUM_OF_PARTS": "`sum of parts`",
}
_GROUPS = (
    ("the next statement (rule, measure, label, example ...)", {f"_{w.upper()}" for w in STATEMENTS}, 4),
    (
        "the next line of the rule (cites, for, severity, say, because, fix)",
        {"_CITES", "_FOR", "_SEVERITY", "_SAY", "_BECAUSE", "_FIX", "_MAY"},
        4,
    ),
    ("what must hold (`require`, `forbid`, `ask` or `check`)", {"_REQUIRE", "_FORBID", "_ASK", "_CHECK"}, 3),
    (
        "a value (a number, a date, a word, text in double quotes, true or false)",
        {"NUMBER", "PERCENT", "DATE", "STRING", "NAME", "TRUE", "FALSE"},
        6,
    ),
    (
        "a comparison (is, is not, is at least, is one of, equals, matches ...)",
        {"_IS", "_EQUALS", "_MATCHES", "_DOES"},
        4,
    ),
    (
        "the rest of the comparison (a value, at least, at most, a multiple of, one of, between, present ...)",
        {"_AT", "_MORE", "_LESS", "_A", "_ONE", "_BETWEEN", "_PRESENT", "_ABSENT", "NAME", "NUMBER", "STRING"},
        8,
    ),
)

# by what was just read, never by the parser's states: an edit of the grammar does not scramble these
AFTER = {
    "_RULE": 'a rule starts with its code, its name and its title: rule WP101 unrounded-count "Counts are rounded"',
    "_EVERY": "say what the rule looks at: cell, count, total, table, measure ...",
    "_SEVERITY": "severity is error, warning, review or note",
    "_CITES": 'a citation names a clause, or a source and its section: cites PG21 "Section": "the sentence"',
    "_CLAUSE": 'a clause is written: clause rounding is PG21 "Section": "the sentence"',
    "_RULES": 'a family starts with its name and title, and ends in a table: rules hidden "Nothing is hidden"',
    "_LEAVE": 'write: leave every cell where ... because "a reason"',
    "_INCLUDE": 'write: include "the name of a part"',
    "_NOTHING": 'write: nothing to check because "a reason"',
    "_PART": "a part starts with: part its-name",
    "_FORBID": "say what must not be: forbid value is 0",
    "_POLICY": 'a policy starts with: policy its-name "Its title" version 1.0.0',
    "_VERSION": "a version is numbers and dots: 1.0.0",
    "_FROM": "dates are written year-month-day: 2012-06-28",
    "_UNTIL": "dates are written year-month-day: 2012-06-28",
    "_LET": "a constant is written: let rounding_base is 20",
    "_A": "the only form here is: is a multiple of 20",
    "_FIGURES": "write: figures are rounded to nearest 20 halves up",
    "_ARE": "write: figures are rounded to nearest 20 halves up, or: totals are recalculated",
    "_EXPECT": 'write: expect WP101 at "B2", or: expect no WP101, or: expect nothing else',
    "_GIVEN": "write: given label internal",
    "_MEANS": "a marker means suppressed, nil, missing, zero or not applicable",
}


def words(accepts: Iterable[str], keywords: Mapping[str, str]) -> str:
    """The terminals that the parser would accept, grouped and named."""
    left = set(accepts)
    named: list[str] = []
    for label, members, least in _GROUPS:
        if len(left & members) >= least:
            named.append(label)
            left -= members
    named += sorted(f"`{keywords[t]}`" if t in keywords else _TERMINALS.get(t, t.lower()) for t in left)
    if len(named) > 6:
        named = [*named[:6], "..."]
    return " or ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)
