"""YAML with the place of every key and value, so that an error can name its line. No tags, no aliases, bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wpmi_lint.errors import UsageError

if TYPE_CHECKING:
    import yaml

LARGEST = 1 << 20  # bytes: a configuration written by people is far smaller
DEEPEST = 40  # levels of nesting

Route = tuple["str | int", ...]


class Mark(NamedTuple):
    """A place in a text file, counted from 1."""

    line: int
    column: int


class Marked(NamedTuple):
    """A YAML document as plain values. Dates stay text; `marks` has the place of each key or list item by its route."""

    path: str
    value: object
    marks: dict[Route, Mark]

    def where(self, route: Route) -> str:
        """path:line:column of the nearest known place."""
        while route and route not in self.marks:
            route = route[:-1]
        mark = self.marks.get(route, Mark(1, 1))
        return f"{self.path}:{mark.line}:{mark.column}"


def load(path: str) -> Marked:
    """Read a YAML file. Raises UsageError that says where and what."""
    try:
        with open(path, "rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    if len(data) > LARGEST:
        raise UsageError(f"{path}: larger than {LARGEST >> 20} MiB", "this should be a short file written by people")
    return parse(data, path)


def parse(data: bytes, path: str) -> Marked:
    """The same for the bytes of a file."""
    import yaml

    marks: dict[Route, Mark] = {}
    try:
        loader = yaml.SafeLoader(data.decode("utf-8-sig"))
        node = loader.get_single_node()
        return Marked(path, None if node is None else _value(node, (), marks, path, set()), marks)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 at byte {error.start}", "save it as UTF-8") from error
    except yaml.YAMLError as error:
        raise UsageError(_yaml_problem(error, path)) from error
    except RecursionError:
        raise UsageError(f"{path}: nested too deeply") from None


def _yaml_problem(error: yaml.YAMLError, path: str) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"{path}:{mark.line + 1}:{mark.column + 1}: {problem}" if mark else f"{path}: {problem}"


def _value(node: yaml.Node, route: Route, marks: dict[Route, Mark], path: str, seen: set[int]) -> object:
    import yaml

    start = Mark(node.start_mark.line + 1, node.start_mark.column + 1)
    marks.setdefault(route, start)
    if id(node) in seen:
        raise UsageError(f"{path}:{start.line}:{start.column}: aliases (&name, *name) are not allowed here")
    seen.add(id(node))
    if len(route) > DEEPEST:
        raise UsageError(f"{path}:{start.line}:{start.column}: nested too deeply")
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, route, marks, path, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*route, i), marks, path, seen) for i, item in enumerate(node.value)]
    return _scalar(node)


def _mapping(
    node: yaml.MappingNode, route: Route, marks: dict[Route, Mark], path: str, seen: set[int]
) -> dict[str, object]:
    out: dict[str, object] = {}
    for key, value in node.value:
        name, mark = str(key.value), Mark(key.start_mark.line + 1, key.start_mark.column + 1)
        if name in out:
            raise UsageError(f'{path}:{mark.line}:{mark.column}: the key "{name}" is there twice')
        marks[(*route, name)] = mark
        out[name] = _value(value, (*route, name), marks, path, seen)
    return out


def _scalar(node: yaml.Node) -> object:
    import yaml

    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind in ("bool", "int", "float"):
        return yaml.SafeLoader("").construct_object(node)
    return str(node.value)
