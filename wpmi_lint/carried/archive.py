"""What an archive carries beside its parts: bytes behind its directory, and names that programs read in two ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.carried.ways import item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.carried.ways import Hidden
    from wpmi_lint.package.gate import Gate

WAYS = ("zip-trailing-data", "zip-backslash-names")


def archive(gate: Gate) -> Iterator[Hidden]:
    """Bytes after the directory, an archive's comment among them, and backslashes in names."""
    if gate.trailing:
        words = (gate.trailing[:300].decode("latin-1"),)
        yield item("zip-trailing-data", f"{len(gate.trailing):,} bytes after the directory", words=words)
    names = gate.backslashed
    if names:
        yield item("zip-backslash-names", f"{len(names)} names", part=names[0])
