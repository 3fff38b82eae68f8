"""What makes a finding the same one in the next run: its rule and headers, never a figure or an address."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wpmi_lint.model import Finding


def fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding of a redacted report with its fingerprint; those alike in everything are numbered in order."""
    seen: dict[str, int] = {}
    for finding in findings:
        place = finding.place
        parts = (finding.rule, place.path, place.sheet or "", *place.row_header, "", *place.column_header)
        digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        seen[digest] = seen.get(digest, 0) + 1
        yield finding, f"{digest}:{seen[digest]}"
