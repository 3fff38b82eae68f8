"""NamedTuple as typing has it, made ten times faster: a check defines more than a hundred of them before it starts.

A named tuple of the standard library compiles its constructor from text, and typing's checks each annotation before.
Here that happens once for each number of fields; the constructor of a record is a copy with its own names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import namedtuple
    from functools import cache
    from types import FunctionType

    # typing compiles and checks every annotation; nothing here reads them at run time.
    _OWN = frozenset({"__annotations__", "__orig_bases__"})

    @cache
    def _plain(size):  # noqa: ANN001, ANN202
        """The constructor of a named tuple of that many fields, whose names are to be replaced, and their accessors."""
        plain = namedtuple("plain", [f"field{i}" for i in range(size)])
        return plain.__new__, [vars(plain)[name] for name in plain._fields]

    class _Record(tuple):
        """What all named tuples can do."""

        __slots__ = ()
        _fields = ()

        def _replace(self, /, **changes):  # noqa: ANN003, ANN202
            record = tuple.__new__(type(self), map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"{type(self).__name__} has no field {', '.join(changes)}")
            return record

        def _asdict(self):  # noqa: ANN202
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):  # noqa: ANN204
            fields = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({fields})"

        def __getnewargs__(self):  # noqa: ANN204
            return tuple(self)

    class _Maker(type):
        def __new__(cls, name, bases, namespace):  # noqa: ANN001, ANN204
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace["__annotations__"])
            defaults = {field: namespace[field] for field in fields if field in namespace}
            new, properties = _plain(len(fields))
            code = new.__code__.replace(co_varnames=("_cls", *fields))
            parts = {key: value for key, value in namespace.items() if key not in _OWN}
            parts |= zip(fields, properties, strict=True)
            parts["__new__"] = FunctionType(code, new.__globals__, name="__new__", argdefs=tuple(defaults.values()))
            parts |= {"__slots__": (), "__match_args__": fields, "_fields": fields, "_field_defaults": defaults}
            return type(name, (_Record,), parts)

    class NamedTuple(metaclass=_Maker):
        """The base that a record names; the class made is a plain named tuple."""
