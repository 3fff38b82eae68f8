"""ODS workbooks: said to be unreadable until they are read."""

from __future__ import annotations

from wpmi_lint.model import Document, Unreadable


def read_ods(path: str, _: bytes, sha256: str) -> Document | Unreadable:
    """Not read yet."""
    return Unreadable(path, "ODS workbooks are not read yet", "save it as .xlsx", None, sha256)
