"""What a format is, and what it gives. All of it is data; nothing here opens a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.model import Document, Refusal
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from wpmi_lint.carried.ways import Inspection, NotInspected
    from wpmi_lint.model import Location


class Reader(NamedTuple):
    """What the module of a format gives, under the name READER."""

    claims: Callable[[str, bytes], bool]  # path and bytes; asked only where one of the format's beginnings fits
    open: Callable[[str, bytes], Document]  # path and bytes; never raises for what a file holds
    place: Callable[[Document, int, int, int], Location]  # document, sheet, row, column
    carried: tuple[Inspection, ...] | NotInspected


class Format(NamedTuple):
    """A format by what is cheap to know; its module is imported for a file that may be in it."""

    name: str  # what `file.format` says
    suffixes: tuple[str, ...]  # of the files that a folder is searched for
    module: str
    magic: tuple[bytes, ...] = ()  # how such a file begins; none: any text that no other format claims

    @property
    def reader(self) -> Reader:
        """The readers and inspections of the format."""
        from importlib import import_module

        reader: Reader = import_module(self.module).READER
        return reader


def unread(path: str, *refusals: Refusal) -> Document:
    """A file of which nothing was read, and why."""
    return Document(path=path, format="", sha256="", data=b"", sheets=(), refusals=refusals)
