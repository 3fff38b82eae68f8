"""The noun text: words of a file that are not figures of a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from wpmi_lint.model import Arithmetic, Figure, Place, Statistic, Text
from wpmi_lint.nouns.context import FileContext
from wpmi_lint.nouns.contract import Each, Noun, Subjects
from wpmi_lint.records import NamedTuple

_QUOTED = 60  # characters of a text on each side of its figure


class Spoken(NamedTuple):
    """A text with a kind of measure that it names, and the figure that it gives for one."""

    text: Text
    kind: str | None
    volume: str | None


_WHERE = "title, note, header, sheet name, file name, comment, property"
each = Each[Spoken, FileContext]()
FIELDS = {
    "words": each.field("text", "the words", lambda s, _: s.text.words, figure=True),
    "where": each.field("text", _WHERE, lambda s, _: s.text.where),
    "kind": each.field("kind", "kinds of measure that it names", lambda s, _: s.kind and (s.kind,), many=True),
    "volume": each.field("text", "the figure that it gives for such a measure", lambda s, _: s.volume, figure=True),
}


def find(context: FileContext) -> Subjects:
    """One fact for each kind of measure that a text names, or one where it names none."""
    near = {sheet: _shares_near(context, sheet) for sheet in {text.sheet for text in context.texts}}
    found = [(text, _volumes(context, text, near[text.sheet])) for text in context.texts]
    rows = [Spoken(text, *pair) for text, volumes in found for pair in volumes.items() or [(None, None)]]

    def place(spoken: Spoken) -> Place:
        sheet, cell = spoken.text.sheet, spoken.text.cell
        return context.place(None if sheet is None else context.document.sheets[sheet].name, cell)

    return each.facts(rows, context, place)


def _volumes(context: FileContext, text: Text, near: Sequence[str]) -> Mapping[str, str | None]:
    """The kinds that a text names, each with the figure that it gives; `near` are those of the shares beside it."""
    from wpmi_lint.deduce.volumes import volumes

    matcher = context.matcher
    kinds = [kind for measure in matcher.find(text.words).measures if (kind := matcher.kind(measure))]
    figures: dict[str, str | None] = dict.fromkeys(kinds)
    for volume in volumes(text.words, matcher) if kinds or near else ():
        # a base that does not say of what is the base of the shares beside it
        for kind in (matcher.kind(volume.measure),) if volume.measure else (*kinds, *near):
            if kind and not figures.get(kind):
                figures[kind] = volume.figure
    return figures


def _shares_near(context: FileContext, sheet: int | None) -> tuple[str, ...]:
    """Kinds of the shares on a sheet; of the whole file where the text is on none."""
    tables = (table for table in context.tables if sheet is None or table.sheet == sheet)
    shares = (m for table in tables for m in table.measures if m.statistic == Statistic.PERCENTAGE)
    return tuple(dict.fromkeys(m.kind for m in shares if m.kind))


def _worked(of: tuple[Sequence[Spoken], FileContext], i: int, compared: Collection[str]) -> Arithmetic | None:  # noqa: ARG001
    """The words around the figure, which stands apart so that it can be masked."""
    words, volume = of[0][i].text.words, of[0][i].volume
    if not volume or volume not in words:
        return None
    before, _, after = words.partition(volume)
    return Arithmetic((f'"{before[-_QUOTED:]}', Figure(volume), f'{after[:_QUOTED]}"'), what="text")


EACH = "title, note, header, name, comment or property, once for each kind of measure that it names"
NOUNS = (Noun("text", each=EACH, scope="file", find=find, fields=FIELDS, worked=_worked),)
