"""The compiled form of each bundled policy, for a wheel to carry: the tool is then quick at its first run.

A compiled form is read only where its key fits the policy's text, so an old one is slow, never wrong.
"""

from __future__ import annotations

import os

from wpmi_lint.policy import cache, loading


def compiled(name: str) -> str:
    """The text of the compiled form of a bundled policy."""
    text = loading.find(name)
    return cache.entry(loading.key(text), loading.compile_text(text))


def write(folder: str) -> tuple[str, ...]:
    """Writes all of them into a folder, made where it is missing; the paths of the files."""
    os.makedirs(folder, exist_ok=True)
    paths = []
    for name in loading.bundled():
        path = os.path.join(folder, f"{name}.json")
        with open(path, "w", encoding="ascii", newline="\n") as file:
            file.write(compiled(name))
        paths.append(path)
    return tuple(paths)
