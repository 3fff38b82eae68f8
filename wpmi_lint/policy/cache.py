"""Resolved policies on disk: those compiled with the tool, and the user's cache folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys

from wpmi_lint import __version__, resources
from wpmi_lint.policy import codec
from wpmi_lint.policy.resolved import Policy

_BROKEN = (OSError, ValueError, TypeError, IndexError, KeyError, RecursionError)


def key(texts: list[bytes]) -> str:
    """What a resolved policy depends on: its text and its parents' texts, the grammar and the tool's version."""
    with open(os.path.join(resources.folder("grammar"), "policy.lark"), "rb") as file:
        texts = [*texts, file.read(), __version__.encode()]
    digest = hashlib.sha256()
    for text in texts:
        digest.update(hashlib.sha256(text).digest())
    return digest.hexdigest()


def compiled_path(name: str) -> str:
    """Where the compiled form of a bundled policy is."""
    return os.path.join(resources.folder("policies"), "compiled", f"{name}.json")


def folder() -> str:
    """The tool's folder in the user's cache folder."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "wpmi-lint", "policies")


def load(digest: str, compiled: str = "", examples: bool = True) -> Policy | None:
    """The policy with this key, from its compiled form or the cache; None where neither has it."""
    if compiled:
        with contextlib.suppress(*_BROKEN):
            return _read(compiled, digest, examples)
    with contextlib.suppress(*_BROKEN):
        return _read(_path(digest), digest + _stamp(), examples)
    return None


def store(digest: str, policy: Policy) -> None:
    """Puts a policy into the cache, for its owner alone; nothing happens where that is not possible."""
    path = _path(digest)
    temporary = f"{path}.{os.getpid()}"
    with contextlib.suppress(OSError):
        os.makedirs(folder(), mode=0o700, exist_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(entry(digest + _stamp(), policy))
        os.replace(temporary, path)
    with contextlib.suppress(OSError):
        os.unlink(temporary)


def entry(digest: str, policy: Policy) -> str:
    """The text of a cache file: the key on the first line, then the policy."""
    return f"{digest}\n{codec.encode(policy)}\n"


def _path(digest: str) -> str:
    return os.path.join(folder(), f"{digest}.json")


def _read(path: str, digest: str, examples: bool) -> Policy:
    with open(path, encoding="ascii") as file:
        first, _, body = file.read().partition("\n")
    if first != digest:
        raise ValueError("another policy")
    return codec.decode(body, examples)


def _stamp() -> str:
    """The age of the code that resolves policies, so that a working copy of the tool does not serve old answers."""
    here = os.path.dirname(os.path.abspath(__file__))
    folders = (here, os.path.join(os.path.dirname(here), "nouns"))
    files = [entry.path for folder in folders for entry in os.scandir(folder) if entry.is_file()]
    return "-" + hashlib.sha256(repr([os.stat(path).st_mtime_ns for path in sorted(files)]).encode()).hexdigest()[:16]
