"""Facts about what a file carries beside its tables: words, hidden things, personal identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.a1 import address
from wpmi_lint.deduce.volumes import volume_of_kind, volumes
from wpmi_lint.facts import Facts, from_rows
from wpmi_lint.formats import hidden
from wpmi_lint.model import Place, Statistic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wpmi_lint.carried import Hidden
    from wpmi_lint.model import Document, Table, Text
    from wpmi_lint.terms import Matcher


class Carried:
    """What one file carries; the archive is looked through once, whatever many nouns are asked for."""

    def __init__(self, document: Document, tables: Sequence[Table], texts: Sequence[Text], matcher: Matcher) -> None:
        self.document = document
        self.tables = tables
        self.texts = texts
        self.matcher = matcher
        self._hidden: tuple[Hidden, ...] | None = None
        self._near: dict[int | None, tuple[str, ...]] = {}

    def hidden(self) -> tuple[Hidden, ...]:
        """Everything that the file carries and does not show."""
        if self._hidden is None:
            self._hidden = hidden(self.document)
        return self._hidden

    def hidden_facts(self) -> Facts:
        """The noun hidden."""
        found = self.hidden()
        rows = [
            {
                "what": thing.what,
                "where": thing.where,
                "figures": thing.figures,
                "unseen": thing.unseen,
                "telling": thing.telling,
                "words": " | ".join(thing.words) or None,
                "volume": self._volume_in(thing.words),
                "sheet": thing.sheet,
                "visible_name": thing.visible_name,
                "see": thing.see,
                "remove": thing.remove,
            }
            for thing in found
        ]
        places = [self._place(thing.sheet, thing.range) for thing in found]
        return from_rows("hidden", rows, lambda i: places[i])

    def _volume_in(self, words: Iterable[str]) -> str | None:
        return next((volume for text in words if (volume := volume_of_kind(text, self.matcher))), None)

    def _kind(self, measure: str | None) -> str | None:
        return self.matcher.kind(measure) if measure else None

    def _place(self, sheet: str | None, area: str | None) -> Place:
        cell = area.partition(":")[0] if area else None
        return Place(self.document.path, sheet or None, cell)

    def text_facts(self) -> Facts:
        """The noun text: one fact for each kind of measure that the words name, or one where they name none."""
        rows: list[Mapping[str, object]] = []
        places = []
        for text in self.texts:
            sheet = self.document.sheets[text.sheet].name if text.sheet is not None else None
            place = Place(self.document.path, sheet or None, address(*text.cell) if text.cell else None)
            for kind, volume in self._volumes(text):
                rows.append(
                    {"words": text.words, "where": text.where, "kind": (kind,) if kind else None, "volume": volume}
                )
                places.append(place)
        return from_rows("text", rows, lambda i: places[i])

    def _volumes(self, text: Text) -> list[tuple[str | None, str | None]]:
        named = (self.matcher.kind(measure) for measure in self.matcher.measures(text.words))
        kinds = {kind: None for kind in named if kind}
        near = self._shares_near(text.sheet)
        found: dict[str | None, str | None] = dict.fromkeys(kinds)
        for volume in volumes(text.words, self.matcher) if kinds or near else ():
            # a base that does not say of what is the base of the shares beside it
            of = [self._kind(volume.measure)] if volume.measure else [*kinds, *near]
            for kind in of:
                if kind and not found.get(kind):
                    found[kind] = volume.figure
        return list(found.items()) or [(None, None)]

    def _shares_near(self, sheet: int | None) -> tuple[str, ...]:
        if sheet not in self._near:
            tables = (table for table in self.tables if sheet is None or table.sheet == sheet)
            shares = (m for table in tables for m in table.measures if m.statistic == Statistic.PERCENTAGE)
            self._near[sheet] = tuple(dict.fromkeys(m.kind for m in shares if m.kind))
        return self._near[sheet]

    def identifier_facts(self) -> Facts:
        """The noun identifier."""
        from wpmi_lint.deduce.identifiers import identifiers

        found = identifiers(self.document, self.hidden())
        rows = [
            {"what": f.what, "place": f.place, "count": f.number, "certain": f.certain, "hidden": f.hidden}
            for f in found
        ]
        places = [self._place(f.sheet, address(*f.cell) if f.cell else None) for f in found]
        return from_rows("identifier", rows, lambda i: places[i])
