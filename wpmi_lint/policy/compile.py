"""Writes the compiled form of each bundled policy: python -m wpmi_lint.policy.compile.

The tool is quick at its first run because of these files. They are read only where their key fits, so an old one is
slow, never wrong; a test says when they are to be written again.
"""

from __future__ import annotations

import os

from wpmi_lint.policy import cache, loading


def compiled(name: str) -> str:
    """The text of the compiled form of a bundled policy."""
    text = loading.find(name)
    return cache.entry(loading.key(text), loading.compile_text(text)._replace(path=""))


def main() -> None:
    """Writes all of them."""
    for name in loading.bundled():
        path = cache.compiled_path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="ascii", newline="\n") as file:
            file.write(compiled(name))


if __name__ == "__main__":
    main()
