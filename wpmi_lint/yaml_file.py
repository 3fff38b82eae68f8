"""A YAML file as plain values with the place of each: only words, lists and keys, nothing that runs or expands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.errors import UsageError
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | None | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]

MAX_BYTES = 2_000_000
MAX_DEPTH = 24
MAX_NODES = 200_000
LISTED = 40  # faults of a file that are said
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Mark(NamedTuple):
    """A place in a text file, 1-based."""

    line: int
    column: int


class YamlFile(NamedTuple):
    """A file that was read. `marks` has the place of each value, `keys` that of each key."""

    path: str
    value: Value
    marks: Mapping[Path, Mark]
    keys: Mapping[Path, Mark]

    def mark(self, at: Path) -> Mark:
        """The place of a key, else of its value, else of what it would stand in."""
        while at and at not in self.keys and at not in self.marks:
            at = at[:-1]
        return self.keys.get(at) or self.marks.get(at) or Mark(1, 1)


class Problem(NamedTuple):
    """One thing that is wrong with a file."""

    at: Path
    words: str


def refuse(file: YamlFile, problems: list[Problem], help: str = "") -> None:
    """Raise UsageError with one line for each problem, in the order of the file; return where there is none."""
    if not problems:
        return
    placed = sorted({(file.mark(problem.at), _key(problem.at), problem.words) for problem in problems})
    lines = [f"{file.path}:{mark.line}:{mark.column}: {key}{words}" for mark, key, words in placed]
    if len(lines) > LISTED:
        lines[LISTED:] = [f"{file.path}: and {len(lines) - LISTED} more"]
    raise UsageError("\n".join(lines), help)


def _key(at: Path) -> str:
    name = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in at).lstrip(".")
    return f"{name}: " if name else ""


def read_yaml(path: str) -> YamlFile:
    """Read a file. Raises UsageError that names file, line and column."""
    try:
        with open(path, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
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

    builder = _Builder(path)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        place = f":{at.line + 1}:{at.column + 1}" if at else ""
        problem = error.problem or error.context or ""
        if "nesting depth" in problem:  # PyYAML 6.0.4 and later stop by themselves, with words of their own
            raise UsageError(f"{path}{place}: nested deeper than {MAX_DEPTH} levels") from None
        raise UsageError(f"{path}{place}: not YAML: {problem}", _yaml_help(text, at)) from None
    except yaml.YAMLError as error:  # a character that YAML does not allow
        raise UsageError(f"{path}: not YAML: {str(error).splitlines()[0]}") from None
    return YamlFile(path, builder.value, builder.marks, builder.keys)


def _yaml_help(text: str, at: object) -> str:
    lines = text.splitlines()
    line = lines[at.line] if hasattr(at, "line") and at.line < len(lines) else ""  # it may be past the end
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces, not with tabs"
    return 'text that has ": " or " #" in it, or begins with * & ! % @, stands in quotes'


class _Builder:
    """Builds the value from parser events, without recursion."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.value: Value = None
        self.marks: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self._open: list[tuple[Path, list[Value] | dict[str, Value]]] = []
        self._key: list[str | None] = []  # the key that waits for its value, one for each open mapping or list
        self._documents = 0

    def take(self, event: object) -> None:
        import yaml

        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._stop(event, "a second document begins here: keep one to a file")
            case yaml.AliasEvent():
                self._stop(event, f"aliases (*{event.anchor}) are not read: write the value out")
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent():
                self._begin(event, {})
            case yaml.SequenceStartEvent():
                self._begin(event, [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._open.pop()
                self._key.pop()

    def _scalar(self, event: object) -> None:
        text: str = event.value  # type: ignore[attr-defined]
        self._no_tag(event)
        if self._open and isinstance(self._open[-1][1], dict) and self._key[-1] is None:
            self._begin_key(event, text)
            return
        plain = event.implicit[0]  # type: ignore[attr-defined]
        self._add(event, None if plain and text in NULLS else text)

    def _begin_key(self, event: object, key: str) -> None:
        at, mapping = self._open[-1]
        if key in mapping:
            self._stop(event, f'the key "{key}" stands here a second time (first in line {self.keys[(*at, key)].line})')
        self._key[-1] = key
        self.keys[(*at, key)] = _mark(event)

    def _begin(self, event: object, container: list[Value] | dict[str, Value]) -> None:
        self._no_tag(event)
        if self._open and isinstance(self._open[-1][1], dict) and self._key[-1] is None:
            self._stop(event, "a key is one word, not a list or a mapping")
        if len(self._open) >= MAX_DEPTH:
            self._stop(event, f"nested deeper than {MAX_DEPTH} levels")
        self._open.append((self._add(event, container), container))
        self._key.append(None)

    def _add(self, event: object, value: Value) -> Path:
        if len(self.marks) >= MAX_NODES:
            self._stop(event, f"more than {MAX_NODES:,} values")
        if not self._open:
            self.value = value
        at = self._place(value) if self._open else ()
        self.marks[at] = _mark(event)
        return at

    def _place(self, value: Value) -> Path:
        at, container = self._open[-1]
        if isinstance(container, list):
            container.append(value)
            return (*at, len(container) - 1)
        key = self._key[-1]
        assert key is not None
        container[key] = value
        self._key[-1] = None
        return (*at, key)

    def _no_tag(self, event: object) -> None:
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            self._stop(event, f"tags ({tag}) are not read: write a plain value")

    def _stop(self, event: object, words: str) -> None:
        mark = _mark(event)
        raise UsageError(f"{self.path}:{mark.line}:{mark.column}: {words}")


def _mark(event: object) -> Mark:
    start = event.start_mark  # type: ignore[attr-defined]
    return Mark(start.line + 1, start.column + 1)


class Entry(NamedTuple):
    """A mapping inside a file, after its schema was checked."""

    file: YamlFile
    at: Path
    values: Mapping[str, Value]

    def text(self, key: str) -> str:
        """The words under a key; "" where there are none."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words; one word alone is a list of one."""
        value = self.values.get(key)
        if isinstance(value, str):
            return (value,)
        return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()

    def entries(self, key: str) -> tuple[Entry, ...]:
        """A list of mappings."""
        value = self.values.get(key)
        if not isinstance(value, list):
            return ()
        return tuple(Entry(self.file, (*self.at, key, i), v) for i, v in enumerate(value) if isinstance(v, dict))

    def entry(self, key: str) -> Entry | None:
        """A mapping under a key."""
        value = self.values.get(key)
        return Entry(self.file, (*self.at, key), value) if isinstance(value, dict) else None

    def mark(self, key: str = "") -> Mark:
        """The place of a key, or of the entry."""
        return self.file.mark((*self.at, key) if key else self.at)


def top(file: YamlFile) -> Entry:
    """The whole file as an entry."""
    return Entry(file, (), file.value if isinstance(file.value, dict) else {})
