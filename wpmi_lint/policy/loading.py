"""A policy by name or path: from the cache, else parsed and resolved."""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

from wpmi_lint import resources
from wpmi_lint.closest import closest
from wpmi_lint.errors import PolicyError, UsageError
from wpmi_lint.policy import cache
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from wpmi_lint.policy.resolved import Policy

_SUFFIX = ".wpmi"
_MOST_BYTES = 4_000_000
_EXTENDS = re.compile(rb'^[ \t]*extends[ \t]+(?:"|\xe2\x80\x9c)([^"\n\xe2]+)', re.MULTILINE | re.IGNORECASE)


class Text(NamedTuple):
    """A policy's text and the texts of the policies it extends, nearest first."""

    path: str  # as it is shown
    real: str  # where the file is
    bundled: str  # the name of a bundled policy, else ""
    data: bytes
    parents: tuple[Text, ...]


def bundled() -> tuple[str, ...]:
    """The names of the policies that ship with the tool."""
    names = os.listdir(resources.folder("policies"))
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


def load(name_or_path: str, examples: bool = True) -> Policy:
    """The policy of a bundled name or a file; without its examples where only its rules are to run.

    Raises UsageError where there is none, PolicyError with every problem where it cannot be used.
    """
    return _load(find(name_or_path), examples)


def find(name_or_path: str, beside: str = "", seen: tuple[str, ...] = ()) -> Text:
    """The text of a policy with the texts of those it extends. Raises UsageError where one cannot be read."""
    name = name_or_path if name_or_path in bundled() else ""
    if name:
        real = os.path.join(resources.folder("policies"), name + _SUFFIX)
        path = f"policies/{name}{_SUFFIX}"
    else:
        real = path = os.path.join(os.path.dirname(beside), name_or_path) if beside else name_or_path
    if real in seen:
        raise UsageError(f"{path}: the policy extends itself")
    data = _read(real, name_or_path)
    parents = tuple(find(m.decode("utf-8", "replace"), real, (*seen, real)) for m in _EXTENDS.findall(data)[:1])
    return Text(path, real, name, data, parents)


def _read(path: str, name: str) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        known = ", ".join(bundled())
        reason = "is a folder" if os.path.isdir(path) else "cannot be read"
        if isinstance(error, FileNotFoundError):
            reason = f"is neither a bundled policy nor a file{closest(name, bundled())}"
        raise UsageError(
            f"policy {name!r} {reason}", f"bundled policies: {known}; or give the path of a file"
        ) from error
    if len(data) > _MOST_BYTES:
        raise UsageError(f"policy {name!r} is larger than {_MOST_BYTES // 1_000_000} MB")
    return data


def _load(text: Text, examples: bool = True) -> Policy:
    digest = key(text)
    cached = cache.load(digest, cache.compiled_path(text.bundled) if text.bundled else "", examples)
    if cached is None:
        cached = compile_text(text)
        cache.store(digest, cached._replace(path=""))
    return cached._replace(path=text.path)


def key(text: Text) -> str:
    """What the resolved policy depends on."""
    return cache.key(_all(text))


def _all(text: Text) -> list[bytes]:
    return [text.data, *(data for parent in text.parents for data in _all(parent))]


def decoded(text: Text) -> str:
    """The characters of a policy, lines ending in \\n. Raises PolicyError where they are not UTF-8."""
    try:
        return text.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = text.data.count(b"\n", 0, error.start) + 1
        raise PolicyError((f"error: the policy is not UTF-8\n --> {text.path}:{line}:1",)) from error


def compile_text(text: Text) -> Policy:
    """Parses and resolves a policy. Raises PolicyError with every problem."""
    from wpmi_lint.policy import problems as p
    from wpmi_lint.policy.parse import parse
    from wpmi_lint.policy.resolve import resolve

    source = decoded(text)
    parent = _load(text.parents[0]) if text.parents else None
    digest = hashlib.sha256(b"".join(_all(text))).hexdigest()
    found = resolve(parse(source), source, text.path, digest, parent)
    if found.policy is None:
        raise PolicyError(tuple(p.render(problem, text.path, source) for problem in found.problems))
    return found.policy
