"""A release as it lies on the disk: the manifest, the register, the files that are listed and those that are not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wpmi_lint.closest import nearest
from wpmi_lint.errors import UsageError
from wpmi_lint.paths import matches_file
from wpmi_lint.records import NamedTuple
from wpmi_lint.release.manifest import Manifest, ManifestItem, beside, load_manifest, read_manifest
from wpmi_lint.release.receipt_file import is_receipt
from wpmi_lint.release.register import Register, load_register
from wpmi_lint.yaml_file import Fault, refuse, top

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpmi_lint.yaml_file import YamlFile

MANIFEST = "release.yaml"
MAX_FILES = 20_000
SCHEMAS = ".wpmi-lint"  # the folder in which `init` puts the schemas for editors
OWN = frozenset({MANIFEST, "register.yaml", "waivers.yaml", "wpmi-lint.yaml"})  # what the tool reads, nobody receives
SYSTEM = frozenset({".git", ".gitignore", ".gitattributes", ".gitkeep", ".DS_Store", "Thumbs.db", "desktop.ini"})


class Candidate(NamedTuple):
    """A file of the release's folder with what the manifest says of it."""

    name: str  # relative to the manifest's folder, / between folders
    path: str
    items: tuple[ManifestItem, ...]  # () : not listed


class Release(NamedTuple):
    """A release, gathered."""

    manifest: Manifest
    register: Register  # an empty one where none was found
    waivers: str  # the path of the waivers, "" where there are none
    files: tuple[Candidate, ...]  # sorted by name
    missing: tuple[ManifestItem, ...]  # items that no file answers to
    earlier: tuple[Manifest, ...]  # the releases that it was compared with


def gather(path: str) -> Release:
    """Gather a release from its folder or its manifest. Raises UsageError where manifest or register is broken."""
    file = read_manifest(find_manifest(path))
    paths = beside(file)
    register = load_register(paths.register) if paths.register else Register(path="")
    manifest = load_manifest(file, register)
    own = {os.path.realpath(path) for path in (manifest.path, *paths) if path}
    files = tuple(_candidate(manifest, name) for name in sorted(_files(manifest.folder, own)))
    used = {item for candidate in files for item in candidate.items}
    return Release(
        manifest=manifest,
        register=register,
        waivers=paths.waivers,
        files=files,
        missing=tuple(item for item in manifest.items if item not in used),
        earlier=tuple(_earlier(file, manifest, register)),
    )


def find_manifest(path: str) -> str:
    """The manifest that a path means: the file itself, or release.yaml in the folder."""
    if os.path.isfile(path):
        return path
    if not os.path.isdir(path):
        raise UsageError(f"{path}: no such file or folder")
    inside = os.path.join(path, MANIFEST)
    if os.path.isfile(inside):
        return inside
    near = nearest(MANIFEST, [name for name in os.listdir(path) if name.lower().startswith("release")])
    help = f"there is {near}: rename it, or name it" if near else "`wpmi-lint init --release` writes one to start from"
    raise UsageError(f"{path}: there is no {MANIFEST} in this folder", help)


def find_manifests(path: str, may_be_none: bool = False) -> tuple[str, ...]:
    """The manifests that a path means: as find_manifest, else all that lie below the folder, sorted.

    Raises UsageError where there is none, unless there `may_be_none` below a folder.
    """
    if not os.path.isdir(path) or os.path.isfile(os.path.join(path, MANIFEST)):
        return (find_manifest(path),)
    manifests = []
    for here, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if MANIFEST in files:
            manifests.append(os.path.normpath(os.path.join(here, MANIFEST)))
            folders.clear()  # what lies below belongs to this release
    return tuple(manifests) if manifests or may_be_none else (find_manifest(path),)


def _files(folder: str, own: set[str]) -> Iterator[str]:
    """Every file below the folder that would go with it, except what the tool itself reads and writes."""
    count = 0
    for here, folders, files in os.walk(folder):
        linked = [name for name in folders if os.path.islink(os.path.join(here, name))]  # not walked: shown as a file
        folders[:] = sorted(name for name in folders if name not in SYSTEM and name not in linked)
        for name in (*files, *linked):
            path = os.path.join(here, name)
            if name in SYSTEM or _is_own(name, here, folder) or os.path.realpath(path) in own:
                continue
            count += 1
            if count > MAX_FILES:
                raise UsageError(f"{folder}: more than {MAX_FILES:,} files", "is this the folder of one release?")
            yield os.path.relpath(path, folder).replace(os.sep, "/")


def _is_own(name: str, here: str, folder: str) -> bool:
    """Whether the tool itself wrote or reads the file: settings, receipts, copies of its schemas."""
    if os.path.basename(here) == SCHEMAS:
        return name.endswith(".schema.json")
    return (here == folder and name in OWN) or (name.endswith("receipt.json") and is_receipt(os.path.join(here, name)))


def _candidate(manifest: Manifest, name: str) -> Candidate:
    items = tuple(item for item in manifest.items if matches_file(name, item.path))
    return Candidate(name=name, path=os.path.join(manifest.folder, *name.split("/")), items=items)


def _earlier(file: YamlFile, manifest: Manifest, register: Register) -> Iterator[Manifest]:
    for i, name in enumerate(manifest.compare_with):
        at = ("compare_with", i) if isinstance(top(file).values.get("compare_with"), list) else ("compare_with",)
        path = os.path.normpath(os.path.join(manifest.folder, name))
        path = os.path.join(path, MANIFEST) if os.path.isdir(path) else path
        if not os.path.isfile(path):
            refuse(file, [Fault(at, f'there is no manifest "{name}" ({path})')])
        earlier = load_manifest(read_manifest(path), register)
        if earlier.date > manifest.date or os.path.samefile(path, manifest.path):
            refuse(file, [Fault(at, f'"{name}" of {earlier.date} is not earlier than this one of {manifest.date}')])
        yield earlier
