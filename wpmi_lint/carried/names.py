"""What defined names carry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpmi_lint.carried.listing import listed, sample
from wpmi_lint.carried.ways import item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.package.book import Book, DefinedName

_CONSTANT = re.compile(r'^(?:[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?%?|"[^"]*"|\{.*\})$', re.S)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_EXTERNAL = re.compile(r"\[\d+\]")


def defined_names(book: Book) -> Iterator[Hidden]:
    """Names that are hidden, constant, broken or point outside; one item a way."""
    found: dict[str, list[DefinedName]] = {}
    for name in book.defined:
        for what in _ways(name):
            found.setdefault(what, []).append(name)
    for what, names in found.items():
        constants = [name.text for name in names if _CONSTANT.match(name.text)]
        figures = sum(len(_NUMBER.findall(text)) for text in constants if not text.startswith('"'))
        yield item(
            what,
            f"{len(names)} names: " + listed([name.name for name in names]),
            figures if what in ("defined-name-constant", "defined-name-hidden") else 0,
            part=book.workbook,
            words=sample([text.strip('"') for text in constants] + [name.name for name in names]),
        )


def _ways(name: DefinedName) -> Iterator[str]:
    if name.name.startswith("_xlnm."):
        return
    if name.hidden:
        yield "defined-name-hidden"
    if _CONSTANT.match(name.text):
        yield "defined-name-constant"
    if _EXTERNAL.search(name.text):
        yield "defined-name-external"
    if "#REF!" in name.text:
        yield "defined-name-broken"
