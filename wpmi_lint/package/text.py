"""Bytes of a text file as text: byte order mark, strict UTF-8, UTF-16 by its pattern, then Windows-1252."""

from __future__ import annotations

from wpmi_lint.model import Remark
from wpmi_lint.records import NamedTuple

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe\0\0", "utf-32-le", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32-be", "UTF-32"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\x0c\x1a\x1b") + b"\x7f"


class Text(NamedTuple):
    """A decoded file. `problem` is set where it is no text at all."""

    words: str
    encoding: str
    remark: Remark | None = None
    problem: str = ""
    line: int | None = None


def decode(data: bytes) -> Text:
    """The text of a file without its byte order marks. No statistics are used: the order is fixed."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], codec, name))
    try:
        return _checked(Text(data.decode(), "UTF-8"))
    except UnicodeDecodeError as error:
        wide = _wide(data)
        if wide:
            return _checked(_strict(data, wide, "UTF-16"))
        if _is_binary(data):
            return Text("", "", problem="it is a binary file, no text")
        return _checked(_western(data, data.count(b"\n", 0, error.start) + 1))


def _strict(data: bytes, codec: str, name: str) -> Text:
    try:
        words = data.decode(codec)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(codec, "ignore").count("\n") + 1
        return Text("", name, problem=f"it is marked as {name}, and is not: a byte does not fit", line=line)
    while words.startswith("\ufeff"):
        words = words[1:]
    return Text(words, name)


def _western(data: bytes, line: int) -> Text:
    """Any byte is a character here, so this cannot fail: that is why it is said."""
    try:
        words, name = data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        words, name = data.decode("latin-1"), "Latin-1"
    return Text(words, name, Remark(f"not UTF-8: read as {name}, so letters beyond a to z may be wrong", line))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is zero."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even <= half * 0.02:
        return "utf-16-le"
    if even > half * 0.4 and odd <= half * 0.02:
        return "utf-16-be"
    return None


def _checked(text: Text) -> Text:
    """Zero bytes make a text one that programs read differently; UTF-16 without mark is valid UTF-8 full of them."""
    if text.problem or "\0" not in text.words:
        return text
    if text.encoding == "UTF-8":
        data = text.words.encode()
        wide = _wide(data)
        if wide:
            return _checked(_strict(data, wide, "UTF-16"))
        if _is_binary(data):
            return Text("", "", problem="it is a binary file, no text")
    line = text.words.count("\n", 0, text.words.index("\0")) + 1
    return Text("", text.encoding, problem="it has a NUL character, which programs show in different ways", line=line)


def _is_binary(data: bytes) -> bool:
    """More than one byte in twenty is a control character: in random bytes it is one in ten."""
    sample = data[:65_536]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > max(len(sample) // 20, 4)
