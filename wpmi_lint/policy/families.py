"""Families: `rules NAME "title" ...` with a table is a rule for each row. Nothing after this knows of families.

A hole {column} is written in place of an operand, a severity or a text; examples below a family may have holes too, and
are then run for each row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.nouns import NOUNS
from wpmi_lint.policy import syntax as s
from wpmi_lint.policy.problems import did_you_mean, hint, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from wpmi_lint.policy.scope import Scope

OWN = ("severity", "say", "because", "fix")  # columns that are the rule's own, where the family does not write them
NAMES = ("code", "name", "title")  # columns that are the rule's own in any case
_CODE = re.compile(r"[A-Z]{1,6}[0-9]{1,4}")
_NAME = r"[A-Za-z][A-Za-z0-9_]*(?:[.-][A-Za-z0-9_]+)*"
_HOLE = re.compile(rf"\{{({_NAME})\}}")
_KIND = re.compile(
    r"(?P<DATE>\d{4}-\d{2}-\d{2})|(?P<PERCENT>-?\d+(?:\.\d+)?%)|(?P<NUMBER>-?\d+(?:\.\d+)?)"
    rf"|(?P<TRUE>(?i:true))|(?P<FALSE>(?i:false))|(?P<NAME>{_NAME})"
)
# a cell of a family may have bars inside quotes, a cell of an example has them behind a backslash
_CELL = {True: re.compile(r'(?:[^|"]|"[^"]*"|"(?=[^"]*$))*'), False: re.compile(r"(?:\\\||[^|])*")}

Row = dict[str, s.Word]
Example = tuple[s.ExampleItem, tuple[str, ...]]  # with the codes of the rule or family that it is below


def cells(row: str, family: bool) -> list[tuple[int, str]]:
    """The cells of a row of a family or an example, each with its place in the row."""
    at, split, end = 1, [], len(row.rstrip().removesuffix("|"))
    while at <= end:
        text = match.group() if (match := _CELL[family].match(row, at, end)) else ""
        split.append((at + len(text) - len(text.lstrip()), text.strip()))
        at += len(text) + 1
    return split


def expanded(scope: Scope, items: Sequence[s.Item]) -> tuple[list[s.RuleItem], list[Example]]:
    """Rules, a rule for each row of a family, and examples, both in their order.

    What is wrong with a table or a hole is noted in the scope.
    """
    rules: list[s.RuleItem] = []
    examples: list[Example] = []
    above: list[tuple[s.RuleItem, Row]] = []  # the rule that an example is below; of a family each with its row
    columns: list[str] = []
    for item in items:
        if isinstance(item, s.RuleItem):
            columns, rows = _table(scope, item) if item.rows else ([], [{}])
            above = [(_rule(scope, item, row), row) for row in rows]
            rules += [rule for rule, _ in above]
        elif isinstance(item, s.ExampleItem):
            if above and scope.page(item.name) is not scope.page(above[0][0].code):
                above, columns = [], []
            if above and not set(columns).isdisjoint(_holes(item)):
                examples += [(_filled(scope, item, row), (rule.code.text,)) for rule, row in above]
            else:
                codes = tuple(rule.code.text for rule, _ in above)
                examples.append((_filled(scope, item, dict.fromkeys(columns)), codes))
    return rules, examples


def _table(scope: Scope, family: s.RuleItem) -> tuple[list[str], list[Row]]:
    """The columns of a family's table and its rows, each cell a word in its place; without those that are not whole."""
    head, *body = ([_word(scope, row, at, text=text) for at, text in cells(row.text, True)] for row in family.rows)
    columns, rows = [column.text for column in head], []
    if not _has_columns(scope, family, head):
        return columns, []
    for words, line in zip(body, family.rows[1:], strict=True):
        if len(words) != len(head):
            message = f"this row has {len(words)} cells, the table has {len(head)} columns"
            scope.report(line, message, "a text with a bar in it is written in quotes")
            continue
        row = dict(zip(columns, words, strict=True))
        broken = [column for column, word in row.items() if not _is_whole(scope, column, word)]
        rows += [] if broken else [row]
    if not body:
        scope.report(family.rows[0], "this table has no rows", "write a row for each rule")
    return columns, rows


def _word(scope: Scope, row: s.Word, at: int, *, text: str) -> s.Word:
    """A cell as the word that it would be in the place of a hole."""
    kind = match.lastgroup if (match := _KIND.fullmatch(text)) else None
    word = s.Word(text, kind or "STRING", row.line, column=row.column + at, width=max(len(text), 1))
    if len(text) > 1 and text[0] in '"“”' and text[-1] in '"“”':
        return word._replace(text=text[1:-1], type="STRING")
    if text[:1] in ('"', "“", "”"):
        scope.report(word, "this text has no closing quote", "close it in its cell")
    return word


def _has_columns(scope: Scope, family: s.RuleItem, head: Sequence[s.Word]) -> bool:
    """Whether a table has the columns that it must have; notes what is wrong with any."""
    names = [column.text for column in head]
    missing = [name for name in ("code", "name") if name not in names]
    if missing:
        scope.report(family.rows[0], f"this table has no column {listed(missing)}", "every rule needs one")
    nouns = [NOUNS[written.noun.text] for written in family.sentences if written.noun.text in NOUNS]
    fields = {name for noun in nouns for name in noun.fields}
    holes = set(_holes(family._replace(rows=())))
    written = {setting.what for setting in family.settings}
    own = {*NAMES, *(name for name in OWN if name not in written)}
    for place, column in enumerate(head):
        name = column.text
        if name in names[:place]:
            scope.report(column, f"two columns are named `{name}`")
        elif name in fields and (name in holes or name not in own):
            owners = " and ".join(dict.fromkeys(noun.name for noun in nouns))
            scope.report(
                column, f"{owners} has a field `{name}`: {{{name}}} would mean two things", "rename the column"
            )
        elif name not in own and name not in holes:
            near = did_you_mean(name, [*own, *holes] if name not in written else [])
            scope.report(column, f"nothing uses the column `{name}`", near or f"write {{{name}}} in the sentence")
    return not missing


def _is_whole(scope: Scope, column: str, word: s.Word) -> bool:
    if not word.text and word.width == 1 and column not in OWN:
        scope.report(word, f"this cell of the column `{column}` is empty", 'an empty text is written ""')
    elif column == "code" and not _CODE.fullmatch(word.text):
        scope.report(word, f"`{word.text}` is not a code", "a code is letters and a number: WP101")
    elif column == "name" and word.type != "NAME":
        scope.report(word, f"`{word.text}` is not a name", "names have letters, digits and hyphens, and no quotes")
    else:
        return True
    return False


def _rule(scope: Scope, item: s.RuleItem, row: Row) -> s.RuleItem:
    """A rule with its holes filled; of a family with the columns of its row that are the rule's own."""
    filled: s.RuleItem = _filled(scope, item._replace(rows=()), row)
    if not row:
        return filled
    written = {setting.what for setting in item.settings}
    own = (s.Setting(name, row[name]) for name in OWN if name not in written and name in row and row[name].text)
    return filled._replace(
        verb="rule",
        code=row["code"]._replace(type="CODE"),
        name=row["name"],
        title=row.get("title", filled.title),
        settings=(*filled.settings, *own),
        family=item.code,
    )


def _holes(node: object) -> Iterator[str]:
    if isinstance(node, s.Word):
        yield from _HOLE.findall(node.text) if node.type in ("HOLE", "STRING", "ROW") else ()
    elif isinstance(node, tuple):
        for part in node:
            yield from _holes(part)


def _filled(scope: Scope, node: Any, row: Mapping[str, s.Word | None]) -> Any:  # noqa: ANN401
    """A copy of what was written with its holes filled; a hole of no column is noted and becomes unknown."""
    if isinstance(node, s.Word):
        if node.type == "HOLE":
            return _hole(scope, node, row)
        if node.type in ("STRING", "ROW") and "{" in node.text:
            texts = {name: word.text for name, word in row.items() if word}
            return node._replace(text=_HOLE.sub(lambda hole: texts.get(hole.group(1), hole.group()), node.text))
        return node
    if not isinstance(node, tuple):
        return node
    parts = [_filled(scope, part, row) for part in node]
    return type(node)(*parts) if hasattr(node, "_fields") else tuple(parts)


def _hole(scope: Scope, hole: s.Word, row: Mapping[str, s.Word | None]) -> s.Word:
    name = hole.text[1:-1]
    if row and name not in row:
        scope.report(hole, f"the table has no column `{name}`", hint(name, row, "columns:"))
    elif not row:
        scope.report(
            hole, f"there is no table to fill {hole.text}", "the table of a family fills holes: rules NAME ..."
        )
    return row.get(name) or hole._replace(type="UNKNOWN")
