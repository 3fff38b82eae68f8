"""Whether the files of a release are still the ones that its receipt cleared."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.errors import UsageError
from wpmi_lint.records import NamedTuple
from wpmi_lint.release.gather import gather
from wpmi_lint.release.receipt import sha256
from wpmi_lint.release.receipt_file import read_receipt

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
    """Compare the files with a receipt. Raises UsageError where it is not a receipt, or its folder is gone."""
    statement = read_receipt(path)
    predicate = statement["predicate"]
    folder = folder or os.path.normpath(os.path.join(os.path.dirname(path) or ".", predicate["folder"]))
    if not os.path.isdir(folder):
        raise UsageError(f"{path}: there is no folder {folder}", "name the folder: wpmi-lint verify RECEIPT FOLDER")
    cleared = {entry["name"]: entry["digest"]["sha256"] for entry in statement["subject"]}
    now = {file.name: sha256(file.path) for file in gather(folder).files}
    name = predicate["release"]["name"]
    differences = [Difference(name=file, what="missing") for file in cleared if file not in now]
    differences += [Difference(name=file, what="new") for file in now if file not in cleared]
    differences += [
        Difference(name=file, what="changed") for file in cleared if now.get(file, cleared[file]) != cleared[file]
    ]
    differences += _changed_inputs(predicate["inputs"].values(), folder)
    if predicate["verdict"] != "cleared":
        differences.append(Difference(name=name, what="refused"))
    return Verified(release=name, files=len(cleared), differences=tuple(sorted(differences)))


def _changed_inputs(entries: Iterable[Mapping[str, str]], folder: str) -> Iterable[Difference]:
    for entry in entries:
        path = os.path.join(folder, *entry["path"].split("/"))
        if sha256(path) != entry["sha256"]:
            yield Difference(name=entry["path"], what="changed" if os.path.exists(path) else "missing")
