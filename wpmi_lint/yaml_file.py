"""A YAML file as plain values with the place of each: only words, lists and keys, nothing that runs or expands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wpmi_lint.errors import UsageError
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yaml import Event, Node
    from yaml import Mark as Position

YamlValue = str | None | list["YamlValue"] | dict[str, "YamlValue"]
KeyPath = tuple[str | int, ...]

MAX_BYTES = 2_000_000
MAX_DEPTH = 24
MAX_NODES = 200_000
LISTED = 40  # faults of a file that are shown
NULL = "tag:yaml.org,2002:null"  # what YAML takes a plain empty, ~ or null for


class Mark(NamedTuple):
    """A place in a text file, 1-based."""

    line: int
    column: int


class YamlFile(NamedTuple):
    """A file that was read. `marks` has the place of each key and of each value in a list."""

    path: str
    value: YamlValue
    marks: dict[KeyPath, Mark]

    def mark(self, at: KeyPath) -> Mark:
        """The place of a key or value, else of what it would be in."""
        while at and at not in self.marks:
            at = at[:-1]
        return self.marks.get(at) or Mark(line=1, column=1)


class Fault(NamedTuple):
    """One thing that is wrong with a file."""

    at: KeyPath
    words: str


def refuse(file: YamlFile, faults: list[Fault], help: str = "") -> None:
    """Raise UsageError with one line for each fault, in the order of the file; return where there is none."""
    if not faults:
        return
    placed = sorted({(file.mark(fault.at), _key(fault.at), fault.words) for fault in faults})
    lines = [f"{file.path}:{mark.line}:{mark.column}: {key}{words}" for mark, key, words in placed]
    if len(lines) > LISTED:
        lines[LISTED:] = [f"{file.path}: and {len(lines) - LISTED} more"]
    raise UsageError("\n".join(lines), help)


def _key(at: KeyPath) -> str:
    name = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in at).lstrip(".")
    return f"{name}: " if name else ""


def read_yaml(path: str) -> YamlFile:
    """Read a file. Raises UsageError that names file, line and column."""
    try:
        with open(path, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    if len(data) > MAX_BYTES:
        raise UsageError(
            f"{path}: larger than {MAX_BYTES // 1_000_000} MB", "such a file is written by hand: is it the right one?"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}:{line}:1: not UTF-8", "save the file as UTF-8") from None
    return parse_yaml(path, text)


def parse_yaml(path: str, text: str) -> YamlFile:
    """Read the text of a file. Plain scalars stay words as written: `no`, `0014` and `1.0` keep their spelling."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    file = YamlFile(path=path, value=None, marks={})
    try:
        _inspect(path, yaml.parse(text, Loader=loader))
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        place = f":{at.line + 1}:{at.column + 1}" if at else ""
        problem = error.problem or error.context or ""
        if "nesting depth" in problem:  # the parser of PyYAML 6.0.4 looks ahead and stops before the events get there
            raise UsageError(f"{path}{place}: nested deeper than {MAX_DEPTH} levels") from None
        raise UsageError(f"{path}{place}: not YAML: {problem}", _yaml_help(text, at)) from None
    except yaml.YAMLError as error:  # a character that YAML does not allow
        raise UsageError(f"{path}: not YAML: {str(error).splitlines()[0]}") from None
    return file._replace(value=_value(file, root, ())) if root else file


def _yaml_help(text: str, at: Position | None) -> str:
    lines = text.splitlines()
    line = lines[at.line] if at and at.line < len(lines) else ""  # it may be past the end
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces, not with tabs"
    return 'put text that contains ": " or " #", or begins with * & ! % @, in quotes'


def _inspect(path: str, events: Iterable[Event]) -> None:
    """Refuse what a plain file does not have, event by event: before any part of PyYAML recurses into it."""
    import yaml

    depth = values = documents = 0
    for event in events:
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        values += isinstance(event, yaml.NodeEvent)
        if documents > 1:
            raise _refused(path, event, "a second document begins here: keep one to a file")
        if isinstance(event, yaml.AliasEvent):
            raise _refused(path, event, f"aliases (*{event.anchor}) are not read: write the value out")
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            raise _refused(path, event, f"tags ({tag}) are not read: write a plain value")
        if depth > MAX_DEPTH:
            raise _refused(path, event, f"nested deeper than {MAX_DEPTH} levels")
        if values > MAX_NODES:
            raise _refused(path, event, f"more than {MAX_NODES:,} keys and values")


def _value(file: YamlFile, node: Node, at: KeyPath) -> YamlValue:
    """The plain value of a node; its place and those of all that it holds are put into the file."""
    import yaml

    file.marks.setdefault(at, _mark(node))  # the place of a key is that of its value
    if isinstance(node, yaml.SequenceNode):
        return [_value(file, child, (*at, i)) for i, child in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return None if node.tag == NULL else str(node.value)
    values: dict[str, YamlValue] = {}
    for key, child in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _refused(file.path, key, "a key is one word, not a list or a mapping")
        if key.value in values:
            first = file.marks[*at, key.value].line
            raise _refused(file.path, key, f'duplicate key "{key.value}" (first in line {first})')
        file.marks[*at, key.value] = _mark(key)
        values[key.value] = _value(file, child, (*at, key.value))
    return values


def _refused(path: str, part: Event | Node, words: str) -> UsageError:
    line, column = _mark(part)
    return UsageError(f"{path}:{line}:{column}: {words}")


def _mark(part: Event | Node) -> Mark:
    start = part.start_mark
    assert start is not None  # every parser of PyYAML sets it
    return Mark(line=start.line + 1, column=start.column + 1)


class YamlEntry(NamedTuple):
    """A mapping inside a file, after its schema was checked."""

    file: YamlFile
    at: KeyPath
    values: Mapping[str, YamlValue]

    def text(self, key: str) -> str:
        """The words under a key; "" where there are none."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words; one word alone is a list of one."""
        value = self.values.get(key)
        if isinstance(value, str):
            return (value,)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    def entries(self, key: str) -> tuple[YamlEntry, ...]:
        """A list of mappings."""
        value = self.values.get(key)
        if not isinstance(value, list):
            return ()
        return tuple(
            YamlEntry(file=self.file, at=(*self.at, key, i), values=values)
            for i, values in enumerate(value)
            if isinstance(values, dict)
        )

    def entry(self, key: str) -> YamlEntry | None:
        """A mapping under a key."""
        value = self.values.get(key)
        return YamlEntry(file=self.file, at=(*self.at, key), values=value) if isinstance(value, dict) else None

    def fields(self, *lists: str) -> dict[str, Any]:
        """What it holds as fields of a record: words, and `lists` as tuples; `from` and `to` are starts and ends."""
        names = {"from": "starts", "to": "ends"}
        words = {key: value for key, value in self.values.items() if isinstance(value, str) and value}
        tuples = {key: self.texts(key) for key in lists if self.texts(key)}
        return {names.get(key, key): value for key, value in (words | tuples).items()}

    def mark(self, key: str = "") -> Mark:
        """The place of a key, or of the entry."""
        return self.file.mark((*self.at, key) if key else self.at)


def top(file: YamlFile) -> YamlEntry:
    """The whole file as an entry."""
    return YamlEntry(file=file, at=(), values=file.value if isinstance(file.value, dict) else {})
