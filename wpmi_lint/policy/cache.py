"""Resolved policies on disk, as JSON: those compiled with the tool, and the user's cache folder. Never pickle.

The text of a policy is a list of nodes: a tag and the parts of a record, tuple or mapping, where [n] is the node n
above. What a policy repeats (the sentences of a family, a citation) is one node, which makes reading quick.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from typing import Any

from wpmi_lint import __version__, resources, terms
from wpmi_lint.policy import resolved as r

MOST_ENTRIES = 50
_BROKEN = (OSError, ValueError, TypeError, IndexError, KeyError, RecursionError)

_MAPPING = 1
_TYPES: tuple[type, ...] = (
    *(r.FieldOf, r.Literal, r.Compare, r.OneOf, r.Between, r.Present, r.Not, r.And, r.Or),
    *(r.Citation, r.Clause, r.Slot, r.Sentence, r.Rule, r.Leave, r.Source, r.Expectation, r.Example, r.Policy),
    *(terms.Term, terms.DimensionTerm, terms.Vocabulary),
)
_TAGS = {tuple: 0, dict: _MAPPING, **{kind: tag for tag, kind in enumerate(_TYPES, 2)}}


def key(texts: list[bytes]) -> str:
    """What a resolved policy depends on: its text and its parents' texts, the grammar and the tool's version."""
    with open(os.path.join(resources.folder("grammar"), "policy.lark"), "rb") as file:
        texts = [*texts, file.read(), __version__.encode()]
    return hashlib.sha256(b"".join(hashlib.sha256(text).digest() for text in texts)).hexdigest()


def compiled() -> str:
    """The folder of the compiled forms of the bundled policies, each named by its key; an installed tool has them."""
    return os.path.join(resources.folder("policies"), "compiled")


def folder() -> str:
    """The tool's folder in the user's cache folder."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "wpmi-lint", "policies")


def load(key: str, whole: bool = True) -> r.Policy | None:
    """The policy with this key, from its compiled form or the cache; None where neither has it."""
    with contextlib.suppress(*_BROKEN):
        return _read(compiled(), key, key, whole=whole)
    with contextlib.suppress(*_BROKEN):
        return _read(folder(), key, key + _stamp(), whole=whole)
    return None


def store(key: str, policy: r.Policy) -> None:
    """Puts a policy into the cache, for its owner alone; nothing happens where that is not possible."""
    temporary = os.path.join(folder(), f"{key}.json.{os.getpid()}")
    with contextlib.suppress(OSError):
        os.makedirs(folder(), mode=0o700, exist_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(entry(key + _stamp(), policy))
        os.replace(temporary, temporary.removesuffix(f".{os.getpid()}"))
        _forget()
    with contextlib.suppress(OSError):
        os.unlink(temporary)


def _forget() -> None:
    """Removes the oldest files: each change of a policy leaves one behind."""
    files = sorted(os.scandir(folder()), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for old in files[MOST_ENTRIES:]:
        os.unlink(old.path)


def entry(stamped: str, policy: r.Policy) -> str:
    """The text of a file: its key on the first line, then the policy."""
    return f"{stamped}\n{encode(policy)}\n"


def _read(folder: str, key: str, stamped: str, *, whole: bool) -> r.Policy:
    with open(os.path.join(folder, f"{key}.json"), encoding="ascii") as file:
        first, _, body = file.read().partition("\n")
    if first != stamped:
        raise ValueError("another policy")
    return decode(body, whole)


def _stamp() -> str:
    """The age of the code that resolves policies, so that a working copy of the tool does not serve old answers."""
    here = os.path.dirname(os.path.abspath(__file__))
    folders = (here, os.path.join(os.path.dirname(here), "nouns"))
    files = [entry.path for folder in folders for entry in os.scandir(folder) if entry.is_file()]
    return "-" + hashlib.sha256(repr([os.stat(path).st_mtime_ns for path in sorted(files)]).encode()).hexdigest()[:16]


def encode(policy: r.Policy) -> str:
    """The policy as two lines of JSON: what a check needs, then its clauses and examples."""
    return f"{_line(policy._replace(clauses=(), examples=()))}\n{_line((policy.clauses, policy.examples))}"


def decode(text: str, whole: bool = True) -> r.Policy:
    """The policy of such a text. Raises ValueError, TypeError, IndexError or KeyError where it is none."""
    first, _, second = text.partition("\n")
    policy = _value(first)
    if not isinstance(policy, r.Policy):
        raise TypeError("not a policy")
    clauses, examples = _value(second) if whole else ((), ())
    return policy._replace(clauses=clauses, examples=examples)


def _line(value: object) -> str:
    nodes: dict[str, int] = {}

    def part(value: Any) -> object:  # noqa: ANN401
        if type(value) not in _TAGS:
            return value
        parts = [part for pair in value.items() for part in pair] if type(value) is dict else value
        node = json.dumps([_TAGS[type(value)], *map(part, parts)], separators=(",", ":"))
        return [nodes.setdefault(node, len(nodes))]

    part(value)
    return f"[{','.join(nodes)}]"


def _value(line: str) -> Any:  # noqa: ANN401
    values: list[Any] = []
    for tag, *parts in json.loads(line):
        parts = [values[part[0]] if part.__class__ is list else part for part in parts]
        if tag > _MAPPING:
            values.append(_TYPES[tag - 2](*parts))
        else:
            values.append(dict(zip(parts[::2], parts[1::2], strict=True)) if tag else tuple(parts))
    return values[-1]
