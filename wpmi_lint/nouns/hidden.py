"""The noun hidden: what a file carries and does not show."""

from wpmi_lint.a1 import parse_address
from wpmi_lint.carried.ways import WAYS, Hidden
from wpmi_lint.model import Place
from wpmi_lint.nouns.context import FileContext
from wpmi_lint.nouns.contract import Each, Noun, Subjects


def _volume(hidden: Hidden, context: FileContext) -> str | None:
    from wpmi_lint.deduce.volumes import volume_of_kind

    return next(filter(None, (volume_of_kind(words, context.matcher) for words in hidden.words)), None)


_UNSEEN = "how many of them no visible cell shows; absent where they were not compared"
_TELLING = "false where it tells a reader nothing: a template, a program's name, repeated text"
each = Each[Hidden, FileContext]()
FIELDS = {
    "what": each.field(tuple(WAYS), "the way in which it is carried", lambda h, _: h.what),
    "where": each.field("text", "where, in words", lambda h, _: h.where),
    "figures": each.field(
        "number", "how many figures it carries; absent where its part was not read", lambda h, _: h.figures
    ),
    "unseen": each.field("number", _UNSEEN, lambda h, _: h.unseen),
    "telling": each.field("truth", _TELLING, lambda h, _: h.telling),
    "words": each.field("text", "the words carried", lambda h, _: " | ".join(h.words), figure=True),
    "volume": each.field("text", "the figure that they give for a measure of some kind", _volume, figure=True),
    "sheet": each.field("text", "the sheet that it is in", lambda h, _: h.sheet),
    "visible_name": each.field("text", "the way, in words", lambda h, _: h.way.visible_name),
    "see": each.field("text", "where to click to see it", lambda h, _: h.way.see),
    "remove": each.field("text", "how to remove it", lambda h, _: h.way.remove),
}


def find(context: FileContext) -> Subjects:
    """One fact for each thing, or sensible group of things, placed at its first cell."""

    def place(hidden: Hidden) -> Place:
        return context.place(hidden.sheet, parse_address(hidden.range.partition(":")[0]) if hidden.range else None)

    return each.facts(context.hidden, context, place)


EACH = "thing that a file carries and does not show"
NOUNS = (Noun("hidden", each=EACH, scope="file", find=find, fields=FIELDS, given=True),)
