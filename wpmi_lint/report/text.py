"""Text as a terminal shows it: what is safe to print, how wide it is, and how it is cut and wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def clean(text: str) -> str:
    r"""Text that cannot drive a terminal: white space becomes one space, any other control is shown as \x1b.

    Bidirectional controls, zero-width characters and lone surrogates count as controls.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _shown(char) for char in text)


def _shown(char: str) -> str:
    if char.isspace():
        return " "
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _narrow(char: str) -> bool:
    """One cell wide without a look into rich's tables: letters of Europe, dashes, quotes, the euro."""
    return char < "\u0300" or "\u2010" <= char <= "\u2027" or char == "\u20ac"


def width(text: str) -> int:
    """How many terminal cells the text takes: wide characters two, combining marks none."""
    if text.isascii() or all(map(_narrow, text)):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, limit: int) -> str:
    """The text in at most `limit` cells, with ".." where something was left out of its middle."""
    if width(text) <= limit:
        return text
    if limit <= 2:
        return ".."[:limit]
    tail = (limit - 2) // 3
    head = limit - 2 - tail
    return _take(text, head) + ".." + _take(text[::-1], tail)[::-1]


def _take(text: str, limit: int) -> str:
    if text.isascii():
        return text[:limit]
    used = 0
    for place, char in enumerate(text):
        used += width(char)
        if used > limit:
            return text[:place]
    return text


def left(text: str, size: int) -> str:
    """The text padded on its right."""
    return text + " " * (size - width(text))


def right(text: str, size: int) -> str:
    """The text padded on its left."""
    return " " * (size - width(text)) + text


def wrap(text: str, limit: int) -> Iterator[str]:
    """Lines of at most `limit` cells, broken at spaces; a word that is too long is broken where it must be."""
    line = ""
    for word in text.split():
        if line and width(line) + 1 + width(word) > limit:
            yield line
            line = ""
        while not line and width(word) > limit:
            part = _take(word, limit) or word[0]
            yield part
            word = word[len(part) :]
        line = f"{line} {word}" if line else word
    if line:
        yield line


def joined(words: Iterable[object]) -> str:
    """The words of a message as one text."""
    return "".join(map(str, words))


def counted(number: int, word: str, plural: str = "") -> str:
    """The number with its noun: "1 table", "2 tables", "no tables"."""
    if number == 1:
        return f"1 {word}"
    return f"{number or 'no'} {plural or word + 's'}"


def quoted(words: tuple[str, ...]) -> str:
    """Header words, from the outside in, as one quoted text."""
    return '"' + clean(" / ".join(word for word in words if word)) + '"'
