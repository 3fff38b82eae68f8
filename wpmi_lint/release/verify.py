"""Whether the files of a release are still the ones that its receipt cleared."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.errors import UsageError
from wpmi_lint.records import NamedTuple
from wpmi_lint.release.gather import gather
from wpmi_lint.release.receipt import read_receipt, sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Difference(NamedTuple):
    """A file that is not as it was when the receipt was written."""

    name: str
    what: str  # "changed", "missing", "new", "refused"


class Verified(NamedTuple):
    """What became of a release since its receipt was written."""

    release: str
    files: int
    differences: tuple[Difference, ...]


def verify(path: str, folder: str = "") -> Verified:
    """Hold a receipt against the files. Raises UsageError where it is no receipt, or its folder is gone."""
    statement = read_receipt(path)
    predicate = statement["predicate"]
    folder = folder or os.path.normpath(os.path.join(os.path.dirname(path) or ".", predicate["folder"]))
    if not os.path.isdir(folder):
        raise UsageError(
            f"{path}: the folder {folder} is not there", "name the folder: wpmi-lint verify RECEIPT FOLDER"
        )
    cleared = {entry["name"]: entry["digest"]["sha256"] for entry in statement["subject"]}
    now = {file.name: sha256(file.path) for file in gather(folder).files}
    found = [Difference(name, "missing") for name in cleared if name not in now]
    found += [Difference(name, "new") for name in now if name not in cleared]
    found += [Difference(name, "changed") for name in cleared if name in now and now[name] != cleared[name]]
    found += _changed_inputs(predicate["inputs"].values(), folder)
    if predicate["verdict"] != "cleared":
        found.append(Difference(predicate["release"]["name"], "refused"))
    return Verified(predicate["release"]["name"], len(cleared), tuple(sorted(found)))


def _changed_inputs(entries: Iterable[Mapping[str, str]], folder: str) -> Iterable[Difference]:
    for entry in entries:
        path = os.path.join(folder, *entry["path"].split("/"))
        if sha256(path) != entry["sha256"]:
            yield Difference(entry["path"], "changed" if os.path.exists(path) else "missing")
