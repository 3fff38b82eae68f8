"""A policy by name or path: from the cache, else parsed and resolved."""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

from wpmi_lint import resources
from wpmi_lint.closest import closest, nearest
from wpmi_lint.errors import PolicyError, UsageError
from wpmi_lint.policy import cache
from wpmi_lint.records import NamedTuple
from wpmi_lint.resources import MAIN, SUFFIX, bundled, bundled_path, kind_of_policy

if TYPE_CHECKING:
    from typing import Any

    from wpmi_lint.policy.pages import File
    from wpmi_lint.policy.resolved import Policy

_MOST_BYTES = 4_000_000
_MOST_PARTS = 100
_NAMED = rb'\s+(?:"|\xe2\x80\x9c)([^"\n\xe2]+)'
_EXTENDS = re.compile(rb"^[ \t]*extends" + _NAMED, re.MULTILINE | re.IGNORECASE)
_INCLUDE = re.compile(rb"^[ \t]*include" + _NAMED, re.MULTILINE | re.IGNORECASE)


class Text(NamedTuple):
    """A file of a policy, and the texts that it is resolved with."""

    path: str  # as it is shown
    real: str  # where the file is
    data: bytes
    parents: tuple[Text, ...] = ()  # the policy that it extends
    parts: tuple[tuple[str, Text | str], ...] = ()  # that it includes: as named there; why where one cannot be


def load(name_or_path: str, whole: bool = True) -> Policy:
    """The policy of a bundled name or a file; without its clauses and examples where only its rules are to run.

    Raises UsageError where there is none, PolicyError with every problem where it cannot be used.
    """
    return _load(find(name_or_path), whole)


def find(name_or_path: str, beside: str = "", seen: tuple[str, ...] = ()) -> Text:
    """The text of a policy with the texts of its parts and of those it extends.

    Raises UsageError where one of these policies cannot be read; a part that cannot be is reported at its `include`.
    """
    plain = os.path.basename(name_or_path) == name_or_path
    inside = bundled_path(name_or_path) if plain else ""
    if inside:
        real, path = os.path.join(resources.policies(), inside), f"policies/{inside}"
    else:
        real = path = os.path.join(os.path.dirname(beside), name_or_path) if beside else name_or_path
        if os.path.isfile(os.path.join(real, MAIN)):
            real = path = os.path.join(real, MAIN)
    if real in seen:
        raise UsageError(f"{path}: the policy extends itself")
    data = _read(real, name_or_path)
    parents = tuple(find(name, real, (*seen, real)) for name in _names(_EXTENDS, data)[:1])
    text = Text(path, real, data, parents=parents)
    return text._replace(parts=_parts(text, (real,), {real: ""}))


def files(name_or_path: str) -> list[Text]:
    """The files of a policy that are formatted together: all of a folder, or the one file, which may be a part."""
    if kind_of_policy(name_or_path) == "part":
        return [Text(name_or_path, name_or_path, _read(name_or_path, name_or_path))]
    main = find(name_or_path)
    if os.path.basename(main.real) != MAIN:
        return [main]
    real, path = os.path.dirname(main.real), os.path.dirname(main.path)
    names = sorted(name for name in os.listdir(real) if name.endswith(SUFFIX))
    return [Text(os.path.join(path, name), at := os.path.join(real, name), _read(at, name)) for name in names]


def including(path: str) -> list[str]:
    """The policies beside a part, or in a folder beside it, that include it; none where the path is not of a part."""
    if kind_of_policy(path) != "part":
        return []
    folder, real = os.path.dirname(path), os.path.abspath(path)
    entries = sorted(os.listdir(folder or "."))
    beside = [os.path.join(folder, name, MAIN) for name in entries] + [os.path.join(folder, name) for name in entries]
    policies = [name for name in beside if name.endswith(SUFFIX) and kind_of_policy(name) == "policy"]
    return [name for name in policies if real in (os.path.abspath(part.real) for _, part in _all_parts(find(name)))]


def _names(keyword: re.Pattern[bytes], data: bytes) -> list[str]:
    """The names in quotes behind a keyword, each once."""
    return list(dict.fromkeys(name.decode("utf-8", "replace") for name in keyword.findall(data)))


def _parts(owner: Text, chain: tuple[str, ...], seen: dict[str, str]) -> tuple[tuple[str, Text | str], ...]:
    """The parts that a file includes. `chain` leads to it, `seen` are all files of the policy, each with its name."""
    return tuple((name, _part(name, owner, chain, seen=seen)) for name in _names(_INCLUDE, owner.data))


def _part(name: str, owner: Text, chain: tuple[str, ...], *, seen: dict[str, str]) -> Text | str:
    """A part beside the file that includes it, else one that ships; in words why there is none."""
    file = name.removesuffix(SUFFIX) + SUFFIX
    real, path = (os.path.join(os.path.dirname(place), file) for place in (owner.real, owner.path))
    if not os.path.isfile(real):
        real, path = os.path.join(resources.policies(), file), f"policies/{file}"
    real = os.path.normpath(real)
    if real in map(os.path.normpath, chain):
        return "it includes itself"
    if real in seen or name in seen.values():
        return "a policy includes a part once, and no two parts of one name"
    if len(seen) > _MOST_PARTS:
        return f"a policy has at most {_MOST_PARTS} parts"
    seen[real] = name
    try:
        text = Text(path, real, _read(real, name))
    except UsageError:
        folders = filter(os.path.isdir, (os.path.dirname(owner.real), resources.policies()))
        parts = {part for folder in folders for part in os.listdir(folder) if part.endswith(SUFFIX)} - {MAIN}
        near = nearest(name, (part.removesuffix(SUFFIX) for part in sorted(parts)))
        absent = f"there is no {file} beside {owner.path}, and none ships with the tool"
        return f"did you mean `{near}`?" if near else absent
    return text._replace(parts=_parts(text, (*chain, real), seen))


def _read(path: str, name: str) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = f"is a folder without a {MAIN}" if os.path.isdir(path) else "cannot be read"
        if isinstance(error, FileNotFoundError):
            reason = f"is neither a bundled policy nor a file{closest(name, bundled(), '; did you mean {}?')}"
        help = f"bundled policies: {', '.join(bundled())}; or give the path of a file"
        raise UsageError(f'policy "{name}" {reason}', help) from error
    if len(data) > _MOST_BYTES:
        raise UsageError(f'policy "{name}" is larger than {_MOST_BYTES // 1_000_000} MB')
    return data


def _load(text: Text, whole: bool = True) -> Policy:
    key = cache.key(_all(text))
    policy = cache.load(key, whole)
    if policy is None:
        policy = compile_text(text)
        cache.store(key, policy)
    return _placed(policy, text)


def _placed(policy: Policy, text: Text) -> Policy:
    """A policy with the paths of its files: what is resolved and kept has only the names of its parts."""
    paths = {name: part.path for name, part in _all_parts(text)}
    items: dict[str, Any] = {
        field: tuple(item._replace(path=paths.get(item.path, item.path)) for item in getattr(policy, field))
        for field in ("rules", "examples", "clauses", "leaves")
    }
    return policy._replace(path=text.path, parts=tuple((paths[name], sha256) for name, sha256 in policy.parts), **items)


def write_compiled(folder: str) -> list[str]:
    """Writes the compiled form of each bundled policy into a folder, for a wheel to carry; the paths of the files.

    A compiled form is read only where its key fits the policy's text, so an old one is slow, never wrong.
    """
    os.makedirs(folder, exist_ok=True)
    texts = {cache.key(_all(text)): text for text in map(find, bundled())}
    paths = {os.path.join(folder, f"{key}.json"): cache.entry(key, compile_text(text)) for key, text in texts.items()}
    for path, entry in paths.items():
        with open(path, "w", encoding="ascii", newline="\n") as file:
            file.write(entry)
    return list(paths)


def _all_parts(text: Text) -> list[tuple[str, Text]]:
    parts = [(name, part) for name, part in text.parts if isinstance(part, Text)]
    return [inner for name, part in parts for inner in ((name, part), *_all_parts(part))]


def _all(text: Text) -> list[bytes]:
    parents = [data for parent in text.parents for data in _all(parent)]
    return [text.data, *(part.data for _, part in _all_parts(text)), *parents]


def decoded(text: Text) -> str:
    """The characters of a policy, lines ending in \\n. Raises PolicyError where they are not UTF-8."""
    try:
        return text.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = text.data.count(b"\n", 0, error.start) + 1
        raise PolicyError((f"error: the policy is not UTF-8\n --> {text.path}:{line}:1",)) from error


def compile_text(text: Text) -> Policy:
    """Parses and resolves a policy. Raises PolicyError with every problem."""
    return examined(text)[0]


def examined(text: Text) -> tuple[Policy, tuple[str, ...]]:
    """A policy parsed and resolved, and what it is warned of. Raises PolicyError with every problem."""
    from wpmi_lint.policy.pages import rendered, written
    from wpmi_lint.policy.resolve import resolve

    pages = written(_file(text))
    policy, problems = resolve(pages, _load(text.parents[0]) if text.parents else None)
    blocks = tuple(rendered(pages.pages, problem) for problem in problems)
    if policy is None:
        raise PolicyError(blocks)
    digest = hashlib.sha256(b"".join(_all(text))).hexdigest()
    parts = tuple((name, hashlib.sha256(part.data).hexdigest()) for name, part in _all_parts(text))
    return policy._replace(sha256=digest, parts=parts), blocks


def _file(text: Text) -> File:
    from wpmi_lint.policy.pages import File

    parts = {name: _file(part) if isinstance(part, Text) else part for name, part in text.parts}
    return File(text.path, decoded(text), parts)
