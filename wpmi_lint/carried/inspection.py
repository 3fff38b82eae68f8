"""What a format says of its hidden content: the inspections that look for it, or why nobody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.model import Document


class Inspection(NamedTuple):
    """One look for some ways. It gets the document as it was opened, with the format's own model, and opens nothing."""

    ways: tuple[str, ...]
    look: Callable[[Document], Iterator[Hidden]]


class NotInspected(NamedTuple):
    """In place of inspections: nobody looks at what this format hides, so none of it is checked."""

    reason: str


def inspect(
    document: Document, inspections: tuple[Inspection, ...], wanted: frozenset[str] | None = None
) -> tuple[Hidden, ...]:
    """Everything hidden in a document, or of the wanted ways alone."""
    return tuple(
        thing
        for inspection in inspections
        if wanted is None or not wanted.isdisjoint(inspection.ways)
        for thing in inspection.look(document)
        if wanted is None or thing.what in wanted
    )
